"""Accepts what the coach says now: puts the new message key where a script expected another."""

from __future__ import annotations

from pathlib import Path

from bot.rehearsal.expect import Fix


def accept(fix: Fix) -> None:
    """Write the key into the script's file, at its place and nowhere else."""
    key = fix.key
    path = Path(key.file.path)
    lines = path.read_text(encoding="utf-8").split("\n")
    line, start = lines[key.line - 1], key.column - 1
    assert key.text in line[start:], "a key stands where its node says"
    lines[key.line - 1] = line[:start] + line[start:].replace(key.text, fix.says, 1)
    path.write_text("\n".join(lines), encoding="utf-8")
