"""Bytes of a file to text, or the reason why they are none."""

from __future__ import annotations

import codecs
import re

from bot.compiler.nodes import File
from bot.compiler.problems import Notes

MOST_BYTES = 400_000
"""Size of one file; the largest shipped one has a tenth of it."""

_OTHER_ENCODINGS = (codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)

# What nobody means to write: controls, lone surrogates, breaks that only some editors show, and characters that turn or
# hide what stands beside them. The joiners inside emoji and some scripts are not among them.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)


def decode(path: str, data: bytes, notes: Notes) -> File | None:
    """Return the file as text with plain line breaks, or ``None`` after noting why it cannot be one."""
    if len(data) > MOST_BYTES:
        whole = File(path, "")
        notes.problem_at(whole, 0, 0, f"the file has {len(data):,} bytes; at most {MOST_BYTES:,} are read. Split it.")
        return None
    if data.startswith(_OTHER_ENCODINGS) or data[:64].count(0) > len(data[:64]) // 3:
        notes.problem_at(File(path, ""), 0, 0, "the file is not UTF-8 (it looks like UTF-16); save as UTF-8.")
        return None
    text = _text(path, data.removeprefix(codecs.BOM_UTF8), notes)
    if text is None:
        return None
    file = File(path, text.replace("\r\n", "\n").replace("\r", "\n"))
    return file if _is_writable(file, notes) else None


def _text(path: str, data: bytes, notes: Notes) -> str | None:
    try:
        return data.decode()
    except UnicodeDecodeError as fault:
        before = data[: fault.start]
        line = before.count(b"\n") + 1
        readable = File(path, data.decode(errors="replace"))
        column = len(before[before.rfind(b"\n") + 1 :].decode(errors="replace")) + 1
        notes.problem_at(
            readable, line, column, f"byte 0x{data[fault.start]:02X} is not UTF-8; save the file as UTF-8."
        )
        return None


def _is_writable(file: File, notes: Notes) -> bool:
    for number, line in enumerate(file.lines, start=1):
        unwanted = _UNWANTED.search(line)
        if unwanted is not None:
            notes.problem_at(file, number, unwanted.start() + 1, f"{name_of(unwanted[0])} stands here; delete it.")
            return False
    return True


def unwanted_in(text: str) -> str | None:
    """Return the first character that no text may hold, as ``name_of`` says it; tabs and line breaks may be there."""
    found = _UNWANTED.search(text)
    return name_of(found[0]) if found else None


def name_of(character: str) -> str:
    """Say an invisible character by its number."""
    return f"an invisible character (U+{ord(character):04X})"
