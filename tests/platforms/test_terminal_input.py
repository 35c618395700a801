"""Input: lines as they come, whatever is in them."""

from __future__ import annotations

import os
import threading

import pytest

from bot.platforms.terminal_input import LONGEST_LINE, Lines, Pipe


def pipe(data: bytes) -> Pipe:
    """A pipe into which ``data`` is written from another thread, as it may be larger than a pipe holds."""
    reading, writing = os.pipe()

    def write() -> None:
        with os.fdopen(writing, "wb") as out:
            out.write(data)

    threading.Thread(target=write, daemon=True).start()
    return Pipe(reading)


def every(source: Pipe) -> list[str]:
    lines = []
    while (line := source.read()) is not None:
        lines.append(line)
    return lines


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"", []),
        (b"one", ["one"]),
        (b"one\n", ["one"]),
        (b"one\ntwo", ["one", "two"]),
        (b"one\r\n\ntwo\n", ["one", "", "two"]),
        ("tschüß 👋\n".encode(), ["tschüß 👋"]),
        (b"caf\xe9\n", ["caf\udce9"]),
    ],
)
def test_every_line_is_one_message_and_the_last_needs_no_end(data: bytes, lines: list[str]) -> None:
    assert every(pipe(data)) == lines


def test_of_an_endless_line_only_the_beginning_is_kept_and_the_next_line_is_whole() -> None:
    lines = every(pipe(b"x" * 3_000_000 + b"\nnext\n"))

    assert [len(line) for line in lines] == [LONGEST_LINE, 4]


async def test_lines_arrive_one_by_one_and_then_there_is_none() -> None:
    typed = Lines(pipe(b"one\ntwo\n").read)

    assert [await typed.next(), await typed.next(), await typed.next()] == ["one", "two", None]
