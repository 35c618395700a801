"""The reading of the labelled texts in tests/coach/sets, by task and class: `make score`.

Every text goes through what `afterword read` does with it. Shares come with 95 % Wilson intervals: the sets are small,
and a difference of three or four texts is noise. The rules were tuned with these texts in sight, so that the figures
say what must not be lost; how people fare whose words nobody has seen is told in docs/understanding.md.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from time import process_time_ns
from typing import Any

from bot import bootstrap
from bot.commands.read import LineReader
from bot.content.cleaning import clean

SETS = Path(__file__).parent.parent / "tests" / "coach" / "sets"
Z = 1.96
"""The normal quantile of a 95 % interval."""

_UNDATED = datetime(2026, 3, 4, 14, 30, tzinfo=UTC)
_NAMING = ("bad_news", "draft_request", "ambiguous", "out_of_scope")
_COACHING = ("bad_news", "draft_request", "got_feedback", "disagree_feedback", "choose_areas")

Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Read:
    """What a text should be read as, what it was read as, and how long that took."""

    labels: Fields
    found: Fields
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Row:
    """Of a class: how many were rightly found, how many there are, how many were said to be (0: no precision)."""

    name: str
    hits: int
    there: int
    said: int = 0

    @property
    def share(self) -> float:
        """Recall; for a row without ``said`` the plain share."""
        return self.hits / self.there if self.there else 1.0

    def __str__(self) -> str:
        precision = _worded(self.hits, self.said) if self.said else ""
        return f"  {self.name:<26}{_worded(self.hits, self.there):<30}{precision}".rstrip()


def main() -> None:
    for task, reads in read_sets().items():
        print(f"{task}: {len(reads)} texts, p95 {p95(reads):.1f} ms a text")
        print(f"  {'class':<26}{'found, of those there':<30}right, of those said")
        for row in TASKS[task](reads):
            print(row)
        print()


def read_sets() -> dict[str, list[Read]]:
    """Read every set; the first texts are read twice, so that making the rules ready is not timed."""
    compiled = bootstrap.load(bootstrap.find_folders())
    return {task: _read_set(task, LineReader.of(task.removesuffix("s"), "GB", None, compiled)) for task in TASKS}


def _read_set(task: str, reader: LineReader) -> list[Read]:
    items = [json.loads(line) for line in (SETS / f"{task}.jsonl").read_text("utf-8").splitlines()]
    for item in items[:3]:
        _read(item, reader)
    return [_read(item, reader) for item in items]


def _read(item: Fields, reader: LineReader) -> Read:
    now = datetime.fromisoformat(item["now"]).replace(tzinfo=UTC) if "now" in item else _UNDATED
    started = process_time_ns()
    found = reader.fields(clean(item["text"]), now)
    return Read(item["labels"], found, (process_time_ns() - started) / 1e6)


def p95(reads: Sequence[Read]) -> float:
    """Return the milliseconds of CPU that 95 of 100 texts stay within."""
    times = sorted(read.milliseconds for read in reads)
    return times[math.ceil(0.95 * len(times)) - 1]


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Return the bounds of the share ``hits / of``, which must not be of nothing."""
    share, spread = hits / of, Z * Z / of
    middle = (share + spread / 2) / (1 + spread)
    reach = Z * math.sqrt(share * (1 - share) / of + spread / (4 * of)) / (1 + spread)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def _worded(hits: int, of: int) -> str:
    if not of:
        return "none"
    low, high = wilson(hits, of)
    return f"{hits}/{of}".rjust(7) + f"  {hits / of:.2f} ({low:.2f}-{high:.2f})"


def openings(reads: Sequence[Read]) -> Iterator[Row]:
    yield _share("intent", [_intent(read) == read.labels["intent"] for read in reads])
    yield from _classes([({read.labels["intent"]}, {_intent(read)}, set()) for read in reads])
    crisis = [(read.labels, bool(read.found["crisis"])) for read in reads]
    yield _share("full answer: crisis", [full for labels, full in crisis if labels["crisis"] == "crisis"])
    yield _share("full answer: near miss", [full for labels, full in crisis if labels["near_miss"]])
    yield _share("full answer: none", [full for labels, full in crisis if labels["crisis"] == "none"])
    soft = [read.found["safety"] == "soft" for read in reads if read.labels["crisis"] == "borderline"]
    yield _share("soft question: borderline", soft)
    aside = [_intent(read) in _COACHING for read in reads if read.labels["intent"] == "out_of_scope"]
    yield _share("taken for coaching", aside)
    news = [read for read in reads if read.labels["intent"] == "bad_news"]
    yield _share("channel", [read.found["channel"] in read.labels["channel_accept"] for read in news])
    naming = [read for read in reads if read.labels["intent"] in _NAMING]
    yield from (_named(slot, naming) for slot in ("company", "role", "when_phrase"))


def _intent(read: Read) -> str:
    """The intent found; an accepted one counts as the labelled one."""
    found = str(read.found["intent"])
    return str(read.labels["intent"]) if found in read.labels["accept_intents"] else found


def _named(slot: str, reads: Sequence[Read]) -> Row:
    """Names count when they are exactly one of those accepted."""
    accepted = [read.labels.get(f"{slot}_accept") or [read.labels[slot]] for read in reads]
    found = [read.found[slot] for read in reads]
    hits = sum(name is not None and name in names for name, names in zip(found, accepted, strict=True))
    there = sum(read.labels[slot] is not None for read in reads)
    return Row(slot, hits, there, sum(name is not None for name in found))


def drafts(reads: Sequence[Read]) -> Iterator[Row]:
    yield from _codes(reads, "broken")
    yield _share("clean ones flagged", [bool(read.found["broken"]) for read in reads if read.labels["clean"]])
    yield _share("broken ones passed", [not read.found["broken"] for read in reads if not read.labels["clean"]])


def feedback(reads: Sequence[Read]) -> Iterator[Row]:
    yield from _codes(reads, "areas")
    for name in ("has_feedback", "invites_feedback", "refuses_feedback"):
        both = sum(read.labels[name] and read.found[name] for read in reads)
        yield Row(name, both, sum(read.labels[name] for read in reads), sum(read.found[name] for read in reads))


def commands(reads: Sequence[Read]) -> Iterator[Row]:
    yield _share("action", [read.found["action"] == read.labels["action"] for read in reads])
    yield from _classes([({read.labels["action"]}, {read.found["action"]}, set()) for read in reads])
    look_alikes = [read.found["action"] != "none" for read in reads if read.labels["action"] == "none"]
    yield _share("look-alikes taken", look_alikes)
    yield _share("date", [_same_day(read) for read in reads if read.labels["date"] or read.labels["date_range"]])
    for name in ("time", "part", "recurrence"):
        yield _share(name, [read.found[name] == read.labels[name] for read in reads if read.labels[name]])


def _same_day(read: Read) -> bool:
    day, days = read.found["date"], read.labels["date_range"]
    if days:
        return day is not None and days[0] <= day <= days[1]
    return day in read.labels["date_accept"]


def _codes(reads: Sequence[Read], field: str) -> Iterator[Row]:
    """All codes together, then each; what is also acceptable is neither a hit nor wrong."""
    yield from _classes(
        [(set(read.labels[field]), set(read.found[field]), set(read.labels["also_acceptable"])) for read in reads],
        field,
    )


def _classes(judged: Sequence[tuple[set[str], set[str], set[str]]], together: str = "") -> Iterator[Row]:
    """Rows by class over (right, said, also acceptable), with one for all of them when ``together`` names it."""
    names = sorted({name for right, said, _ in judged for name in right | said})
    rows = [
        Row(
            name,
            sum(name in right & said for right, said, _ in judged),
            sum(name in right for right, _, _ in judged),
            sum(name in said - (acceptable - right) for right, said, acceptable in judged),
        )
        for name in names
    ]
    if together:
        yield Row(together, *(sum(getattr(row, name) for row in rows) for name in ("hits", "there", "said")))
    yield from rows


def _share(name: str, hits: Sequence[bool]) -> Row:
    return Row(name, sum(hits), len(hits))


TASKS: dict[str, Callable[[Sequence[Read]], Iterator[Row]]] = {
    "openings": openings,
    "drafts": drafts,
    "feedback": feedback,
    "commands": commands,
}
"""By the name of the set; without its last s that is what `afterword read` calls such a text."""

if __name__ == "__main__":
    main()
