"""Kinds of slots, as authors are told of them: what one holds, its codes, and whether two are alike."""

from __future__ import annotations

from bot.engine.model import Kind, ManyOf, Moment, Number, OneOf, Text, YesNo


def codes_of(kind: Kind) -> tuple[str, ...]:
    """The codes that a slot of this kind may hold."""
    match kind:
        case OneOf(codes) | ManyOf(codes, _):
            return codes
        case YesNo():
            return ("yes", "no")
        case _:
            return ()


def what_it_holds(kind: Kind) -> str:
    """In an author's words."""
    match kind:
        case ManyOf():
            return "several codes"
        case OneOf():
            return "one code"
        case Text():
            return "a text"
        case Moment():
            return "a moment"
        case Number():
            return "a number"
        case YesNo():
            return "yes or no"


def same_kind(one: Kind, other: Kind) -> bool:
    """Whether a value may go from one slot to the other; how much of it fits may differ."""
    match one, other:
        case (Text(), Text()):
            return True
        case (OneOf(), OneOf()) | (ManyOf(), ManyOf()):
            return set(codes_of(one)) == set(codes_of(other))
        case _:
            return one == other
