"""Checkup: what `afterword doctor` looks at, each a file that gives findings."""
