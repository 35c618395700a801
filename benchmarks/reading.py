"""Reading a message against the least that any reader must do: part the text into words and look each one up.

    python benchmarks/reading.py [--rounds 5]

What is read are the labelled texts of the tests. Reader and floor read them in the same process, round about, so that a
busy machine slows both; what counts is the ratio. The reader has met the texts before, as a server has met most ways of
saying things after its first day; what the first meeting costs stands beside it. Exits with 1 when a budget is broken.
"""

from __future__ import annotations

import argparse
import gc
import json
import re
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from bot import bootstrap
from bot.coach.reader import Reader, make_reader
from bot.coach.setting import Setting
from bot.compiler.library import Compiled

ROOT = Path(__file__).parents[1]
SETS = ROOT / "tests" / "coach" / "sets"
RULES = ROOT / "content" / "en" / "rules"
SETTING = Setting(now=datetime(2026, 3, 4, 14, 30, tzinfo=UTC))

SHORT = 80
"""Characters of an ordinary chat message, at most."""

BUDGET = 5_000
"""Microseconds within which 95 of 100 messages of every kind are read, whatever the machine."""

RATIO = 60
"""How much more than the floor an ordinary short message may cost."""

MEMORY = 30
"""Megabytes that a reader with everything it has met may take."""

_WORD = re.compile(r"\w+")

Read = Callable[[str], object]


class Cost(NamedTuple):
    """Microseconds of CPU for one text: the mean, the middle one, and what 95 of 100 stay below."""

    mean: float
    p50: float
    p95: float


def texts() -> Mapping[str, Sequence[str]]:
    """Return the texts by kind; a pasted letter is an opening with feedback below it."""
    openings, commands, drafts, feedback = map(_texts, ("openings", "commands", "drafts", "feedback"))
    return {
        "short messages": [text for text in openings + commands if len(text) <= SHORT],
        "openings": openings,
        "drafts": drafts,
        "pasted letters": [f"they wrote:\n\nDear Sam,\n\n{text}\n\nKind regards,\nAnna" for text in feedback],
    }


def _texts(name: str) -> list[str]:
    lines = (SETS / f"{name}.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


def coach_reader(compiled: Compiled) -> Reader:
    """Return the reader over the shipped rules, everything in it made ready."""
    knowledge = bootstrap.build_knowledge(compiled)
    for language in knowledge.values():
        language.make_ready()
    return make_reader(knowledge)


def floor(known: Mapping[str, int]) -> Read:
    """Return a reader that tells for each word whether it knows it, and no more."""

    def read(text: str) -> list[int]:
        return [known.get(word, 0) for word in _WORD.findall(text.lower())]

    return read


def vocabulary() -> Mapping[str, int]:
    """Return every word of the rules with a number."""
    words = {word for path in RULES.glob("*.yaml") for word in _WORD.findall(path.read_text("utf-8").lower())}
    return {word: number for number, word in enumerate(sorted(words), start=1)}


def meet(read: Read, kind: Sequence[str]) -> float:
    """Read each text once and return the microseconds that one took."""
    started = time.process_time()
    for text in kind:
        read(text)
    return (time.process_time() - started) / len(kind) * 1e6


def measure(contenders: Mapping[str, Read], kind: Sequence[str], rounds: int) -> Mapping[str, Cost]:
    """Return what reading these texts costs each contender; of several rounds, each text's quickest counts."""
    quickest = {name: [float("inf")] * len(kind) for name in contenders}
    for _ in range(rounds):
        for name, read in contenders.items():
            costs = [_time(read, text) for text in kind]
            quickest[name] = list(map(min, quickest[name], costs))
    return {name: _cost(costs) for name, costs in quickest.items()}


def _time(read: Read, text: str) -> float:
    started = time.perf_counter()
    read(text)
    return (time.perf_counter() - started) * 1e6


def _cost(costs: Sequence[float]) -> Cost:
    return Cost(statistics.mean(costs), statistics.median(costs), statistics.quantiles(costs, n=20)[-1])


def memory(compiled: Compiled) -> float:
    """Return the megabytes of a reader that has met all the texts."""
    kinds = texts()
    gc.collect()
    tracemalloc.start()
    reader = coach_reader(compiled)
    for kind in kinds.values():
        meet(lambda text: reader(text, SETTING), kind)
    gc.collect()
    held = tracemalloc.get_traced_memory()[0] / 1e6
    tracemalloc.stop()
    return held


def main() -> int:
    parser = argparse.ArgumentParser(description="CPU time of reading one message against its floor, and memory.")
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    compiled = bootstrap.load(bootstrap.find_folders())
    reader = coach_reader(compiled)
    contenders: Mapping[str, Read] = {"floor": floor(vocabulary()), "reader": lambda text: reader(text, SETTING)}
    print(f"Reading one message, microseconds; the quickest of {rounds} rounds for each text.\n")
    print("  texts              first      p50      p95   floor p50   mean / floor")
    kept = True
    for name, kind in texts().items():
        first = meet(contenders["reader"], kind)
        found = measure(contenders, kind, rounds)
        own, least = found["reader"], found["floor"]
        ratio = own.mean / least.mean
        print(f"  {name:<15} {first:8.0f} {own.p50:8.0f} {own.p95:8.0f} {least.p50:11.1f} {ratio:10.0f} x")
        kept &= own.p95 <= BUDGET and (name != "short messages" or ratio <= RATIO)
    held = memory(compiled)
    print(f"\nThe reader holds {held:.1f} MB of at most {MEMORY}.")
    kept &= held <= MEMORY
    print(f"The budgets are {'kept' if kept else 'broken'}.")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
