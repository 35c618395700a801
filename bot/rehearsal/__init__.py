"""Rehearsal: conversation tests written like a script, played against the coach with a pretended clock."""
