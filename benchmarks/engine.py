"""The engine against a hand-written floor and a peer: ten turns, from a state's JSON to words and the next JSON.

    python benchmarks/engine.py [--rounds 15]

All three take the same turns in the same process, round about, so that a busy machine slows all of them. What counts is
the ratio. Exits with 1 when the engine costs more than its budget.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from benchmarks.floor import take_turn
from benchmarks.peer import take_peer_turn
from benchmarks.talk import CATALOG, EVENTS, LIBRARY, NEWCOMER, PAUSE, START
from bot.content.message import OutgoingMessage
from bot.content.render import render
from bot.engine.events import Event
from bot.engine.record import dump, load
from bot.engine.step import step

BUDGET = 2.0
"""How much more than the floor the engine may cost (DESIGN.md, section 9)."""

TALKS = 60
"""Conversations in one round of one of them."""

Take = Callable[[str, Event, datetime], tuple[str, OutgoingMessage | None]]


def take_engine_turn(text: str, event: Event, now: datetime) -> tuple[str, OutgoingMessage | None]:
    """What the one path of the shell does between loading and committing, reading apart."""
    turn = step(LIBRARY, load(text), event, now)
    message = render(turn.effects, CATALOG, turn.conversation.profile, now)
    return dump(turn.conversation), message


CONTENDERS: Mapping[str, Take] = {
    "floor, by hand": take_turn,
    "engine": take_engine_turn,
    "transitions": take_peer_turn,
}


def talk(take: Take) -> list[tuple[str, OutgoingMessage | None]]:
    """Hold the whole conversation; the state passes through JSON between any two turns."""
    text = dump(NEWCOMER)
    turns = []
    for number, event in enumerate(EVENTS):
        text, message = take(text, event, START + number * PAUSE)
        turns.append((text, message))
    return turns


def check() -> None:
    """Make sure that all do the same work: the same words, and a state with the same content, after every turn."""
    first, *others = ([(read(text), message) for text, message in talk(take)] for take in CONTENDERS.values())
    for other in others:
        assert other == first, "the contenders differ, so their costs cannot be compared"


def read(text: str) -> dict[str, Any]:
    """A state's content; snapshots are JSON within it."""
    plain: dict[str, Any] = json.loads(text)
    plain["snapshots"] = [json.loads(snapshot) for snapshot in plain.get("snapshots", ())]
    return plain


def measure(take: Take) -> float:
    """Return the CPU time of one turn in microseconds."""
    started = time.process_time()
    for _ in range(TALKS):
        talk(take)
    return (time.process_time() - started) / (TALKS * len(EVENTS)) * 1e6


def compare(rounds: int) -> dict[str, float]:
    """Return each one's median over the rounds; they take turns within a round."""
    for take in CONTENDERS.values():
        measure(take)
    gc.collect()
    found = [{name: measure(take) for name, take in CONTENDERS.items()} for _ in range(rounds)]
    return {name: statistics.median(one[name] for one in found) for name in CONTENDERS}


def main() -> int:
    parser = argparse.ArgumentParser(description="CPU time of one engine turn against its floor and a peer.")
    parser.add_argument("--rounds", type=int, default=15)
    rounds = parser.parse_args().rounds
    check()
    medians = compare(rounds)
    floor = medians["floor, by hand"]
    print(f"One turn of {len(EVENTS)}: state from JSON, step, words, state to JSON.")
    print(f"CPU time, median of {rounds} rounds.\n")
    for name, cost in medians.items():
        print(f"  {name:<16} {cost:7.1f} us   {cost / floor:5.2f} x the floor")
    ratio = medians["engine"] / floor
    print(f"\nThe budget is {BUDGET:.2f} x the floor: {'kept' if ratio <= BUDGET else 'broken'}.")
    return 0 if ratio <= BUDGET else 1


if __name__ == "__main__":
    sys.exit(main())
