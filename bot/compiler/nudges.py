"""Nudges: moments at which the coach may speak first, as an author writes them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import cast

from bot.compiler.keys import MANNERS, NUDGE
from bot.compiler.nodes import Node, Scalar
from bot.compiler.phrases import read_condition, read_delay, read_length
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import read_choices, read_items, read_keys, read_mapping, read_name, read_names
from bot.compiler.ways import read_target
from bot.compiler.written import Manner, WrittenNudge
from bot.engine.model import Delay

Keys = dict[str, Node]


def read_nudges(node: Node, notes: Notes) -> Mapping[str, WrittenNudge]:
    """Read nudges by name; one that has a problem is left out."""
    mapping = read_mapping(node, "`nudges`", notes)
    found = [_nudge(key, value, notes) for key, value in mapping or () if read_name(key, "a nudge's name", notes)]
    return {nudge.name.text: nudge for nudge in found if nudge}


def _nudge(name: Scalar, node: Node, notes: Notes) -> WrittenNudge | None:
    notes = notes.within(f"nudge {quoted(name.text)}")
    keys = read_keys(node, NUDGE, "a nudge", notes)
    if keys is None:
        return None
    if ("at" in keys) == ("after" in keys):
        notes.problem(name, "a nudge is due `at` a moment slot or `after` a length of time; write one of them.")
    if "last" in keys and "after" not in keys:
        notes.problem(keys["last"], "`last` goes with `after`; a reminder `at` a moment comes once and needs none.")
    series = _series(keys["after"], notes) if "after" in keys else ()
    ignores = read_choices(keys["ignores"], MANNERS, "a manner", notes) if "ignores" in keys else ()
    return WrittenNudge(
        name=name,
        at=_name(keys, "at", "a moment slot", notes),
        after=series[0] if series else None,
        then=series[1:],
        last=_name(keys, "last", "a message", notes),
        until=_name(keys, "until", "a moment slot", notes),
        lateness=_lateness(keys, notes),
        when=read_condition(keys["when"], notes) if "when" in keys else None,
        carries=read_names(keys["with"], "a slot for `with`", notes) if "with" in keys else (),
        ignores=cast("tuple[Manner, ...]", ignores),
        consent=_name(keys, "consent", "a choice", notes),
        go=read_target(keys["go"], notes) if "go" in keys else None,
    )


def _series(node: Node, notes: Notes) -> tuple[Delay, ...]:
    """Read one delay, or several of which each is longer than the one before, all counted from the consent."""
    delays: list[Delay] = []
    for item in (node,) if isinstance(node, Scalar) else read_items(node, "`after`", notes):
        delay = read_delay(item, notes)
        if delay is None:
            continue
        if delays and not _longer(delay, delays[-1]):
            message = "each length is counted from the consent, so it should be longer than the one before it"
            notes.problem(item, f"{message}; write all in days, or all in working days.")
        delays.append(delay)
    return tuple(delays)


def _longer(delay: Delay, before: Delay) -> bool:
    if bool(delay.working_days) != bool(before.working_days):
        return False
    return (delay.working_days, delay.plain) > (before.working_days, before.plain)


def _name(keys: Keys, key: str, what: str, notes: Notes) -> Scalar | None:
    return read_name(keys[key], f"{what} for `{key}`", notes) if key in keys else None


def _lateness(keys: Keys, notes: Notes) -> timedelta | None:
    return read_length(keys["lateness"], notes) if "lateness" in keys else None
