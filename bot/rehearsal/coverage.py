"""Coverage: which states and ways of the dialogs the conversation tests have gone through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.engine.model import Branch, ByAnswer, Go, Library
from bot.engine.run import Way


@dataclass(frozen=True, slots=True)
class Covered:
    """One dialog's share. ``missing`` are (line, state, way), by line; without a way the state was never entered."""

    dialog: str
    states: tuple[int, int]
    ways: tuple[int, int]
    missing: tuple[tuple[int, str, str | None], ...]


def coverage(library: Library, taken: Iterable[Way]) -> list[Covered]:
    """Compare what was taken with what there is, dialog by dialog."""
    seen = set(taken)
    return [_covered(library, name, seen) for name in sorted(library.dialogs)]


def _covered(library: Library, dialog: str, seen: set[Way]) -> Covered:
    states = library.dialogs[dialog].states
    there = {(dialog, name, way) for name, state in states.items() for way in ways_of(library, dialog, name)}
    entered = {name for of, name, _ in seen if of == dialog} & set(states)
    missing: list[tuple[int, str, str | None]] = [
        (states[name].line, name, None) for name in states if name not in entered
    ]
    missing += [(states[name].line, name, way) for _, name, way in there - seen if name in entered]
    return Covered(
        dialog,
        (len(entered), len(states)),
        (len(there & seen), len(there)),
        tuple(sorted(missing, key=lambda one: (one[0], one[1], one[2] or ""))),
    )


def ways_of(library: Library, dialog: str, state: str) -> Iterator[str]:
    """Every way out of a state, named as a turn names those that it takes."""
    compiled = library.dialogs[dialog].states[state]
    yield from _ways(compiled.go)
    if compiled.if_silent is not None:
        yield "silence"


def _ways(go: Go) -> Iterator[str]:
    match go:
        case Branch(ways):
            yield from (str(nth) for nth in range(1, len(ways) + 1))
        case ByAnswer(by_code, otherwise, skipped):
            yield from by_code
            if otherwise is not None:
                yield "else"
            if skipped is not None:
                yield "skip"
        case _:
            yield "go"


def report(covered: Iterable[Covered]) -> Iterator[str]:
    """The figures as lines, and a line for each gap."""
    for one in covered:
        yield (
            f"{one.dialog:<20} states {one.states[0]:>3} of {one.states[1]:>3}"
            f"   ways {one.ways[0]:>3} of {one.ways[1]:>3}"
        )
        for line, state, way in one.missing:
            yield f"  dialogs/{one.dialog}.yaml:{line}: `{state}` {_gap(way)}"


def _gap(way: str | None) -> str:
    if way is None:
        return "is never entered"
    return f"never takes its way {way}" if way.isdecimal() else f"never goes by `{way}`"
