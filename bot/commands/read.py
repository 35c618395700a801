"""Read texts the way the coach does: JSON lines with `id` and `text` in, JSON lines out, in the same order."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot import bootstrap
from bot.coach.craft import Craft
from bot.coach.knowledge import Knowledge
from bot.coach.lines import read_answer_line, read_draft_line, read_feedback_line
from bot.coach.reading_lines import read_line
from bot.commands.arguments import Parser, moment
from bot.compiler.library import Compiled
from bot.content.cleaning import clean
from bot.errors import UsageError
from bot.runtime.clock import RealClock

LANGUAGE = "en"
KINDS = ("opening", "draft", "feedback", "command", "answer")


def add_arguments(parser: Parser) -> None:
    """What `afterword read` takes."""
    parser.add_argument("kind", choices=KINDS, help="what the texts are")
    parser.add_argument(
        "--now", metavar="ISO", help="when they were written (default: a line's own `now`, or this moment)"
    )
    parser.add_argument("--country", metavar="CC", default="", help="where they were written, like GB")


def run(arguments: Namespace) -> int:
    """Read until the input ends; 1 when a line could not be read."""
    now = moment(arguments.now) if arguments.now else None
    reading = LineReader.of(arguments.kind, arguments.country, now, bootstrap.load(bootstrap.find_folders()))
    failed = False
    for answer in _answers(sys.stdin.buffer, reading):
        failed |= "error" in answer
        print(json.dumps(answer, ensure_ascii=False), flush=True)
    return 1 if failed else 0


@dataclass(frozen=True, slots=True)
class LineReader:
    """What is the same for every line; ``now`` is ``None`` where each line has its own."""

    kind: str
    country: str
    now: datetime | None
    knowledge: Knowledge
    craft: Craft

    @classmethod
    def of(cls, kind: str, country: str, now: datetime | None, compiled: Compiled) -> LineReader:
        knowledge = bootstrap.build_knowledge(compiled)[LANGUAGE]
        return cls(kind, country, now, knowledge, Craft(compiled.rules[LANGUAGE]))

    def fields(self, text: str, now: datetime) -> dict[str, Any]:
        """What the coach makes of one cleaned text."""
        match self.kind:
            case "draft":
                return read_draft_line({"text": text}, self.craft)
            case "feedback":
                return read_feedback_line({"text": text}, self.craft)
            case "answer":
                return read_answer_line({"text": text}, self.craft)
            case _:
                return read_line(self.kind, {"text": text}, now, self.country, self.knowledge)


def _answers(lines: Iterable[bytes], reading: LineReader) -> Iterator[dict[str, Any]]:
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _answer(number, line, reading)


def _answer(number: int, line: bytes, reading: LineReader) -> dict[str, Any]:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError):
        item = None
    if not isinstance(item, dict) or not isinstance(item.get("text"), str):
        return {"error": f'line {number} is not JSON like {{"id": "1", "text": "..."}}'}
    said = {"id": item["id"]} if "id" in item else {}
    try:
        written = _written(item, reading.now)
    except UsageError as error:
        return {**said, "error": f"line {number}: {error}"}
    return {**said, **reading.fields(clean(item["text"]), written)}


def _written(item: dict[str, Any], now: datetime | None) -> datetime:
    """When a text was written; without an offset the zone does not matter, as only wall time is read."""
    written = now or (moment(str(item["now"])) if "now" in item else RealClock().now())
    return written if written.tzinfo else written.replace(tzinfo=UTC)
