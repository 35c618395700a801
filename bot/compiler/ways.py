"""Ways: where a state goes on, as an author writes it behind ``go``."""

from __future__ import annotations

from bot.compiler.keys import WAY
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.phrases import WrittenCondition, read_condition
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import is_name, kind_of, read_keys
from bot.compiler.written import WrittenBranch, WrittenGo, WrittenMap, WrittenTo


def read_go(node: Node, notes: Notes) -> WrittenGo | None:
    """Read a state, states by answer or end, or a list of conditions with states."""
    match node:
        case Scalar():
            state = read_target(node, notes)
            return None if state is None else WrittenTo(state)
        case Mapping():
            return _by_answer(node, notes)
        case Sequence():
            return _branch(node, notes)


def read_target(node: Node, notes: Notes) -> Scalar | None:
    """Read the state that a way leads to."""
    if isinstance(node, Scalar) and is_name(node.text):
        return node
    if isinstance(node, Scalar) and not node.is_nothing:
        notes.problem(node, f"{quoted(node.text)} is not a state; a way leads to one state by its name.")
    else:
        notes.problem(node, f"a way leads to one state by its name, but this is {kind_of(node)}.")
    return None


def _by_answer(node: Mapping, notes: Notes) -> WrittenGo | None:
    if not node.entries:
        notes.problem(node, "`go` is empty; write `answer: state` for every answer.")
        return None
    if node.get("to") is not None and node.get("when") is not None:
        notes.problem(
            node, "conditions stand in a list: write `- {when: condition, to: state}` and a last `- {to: state}`."
        )
        return None
    named = [(key, read_target(value, notes.within(f"way {quoted(key.text)}"))) for key, value in node]
    ways = {key.text: target for key, target in named if target is not None}
    plain = tuple((key, target) for key, target in named if target is not None and key.text not in ("else", "skip"))
    if len(ways) < len(named):
        return None
    return WrittenMap(node.entries[0][0], plain, ways.get("else"), ways.get("skip"))


def _branch(node: Sequence, notes: Notes) -> WrittenGo | None:
    if not node.items:
        notes.problem(node, "`go` is an empty list; write `- {when: condition, to: state}` and a last `- {to: state}`.")
        return None
    ways = [_way(item, notes) for item in node.items]
    if any(way is None for way in ways):
        return None
    read = [way for way in ways if way is not None]
    (last_condition, rest), earlier = read[-1], read[:-1]
    if last_condition is not None:
        notes.problem(last_condition.node, "the last way must always hold; add `- {to: state}` without `when`.")
        return None
    conditional = tuple((condition, target) for condition, target in earlier if condition is not None)
    if len(conditional) < len(earlier):
        early = next(target for condition, target in earlier if condition is None)
        notes.problem(early, "this way has no `when`, so those after it are never taken; only the last has none.")
        return None
    return WrittenBranch(conditional, rest)


def _way(node: Node, notes: Notes) -> tuple[WrittenCondition | None, Scalar] | None:
    if not isinstance(node, Mapping):
        notes.problem(
            node, f"a way in a list is written `{{when: condition, to: state}}`, but this is {kind_of(node)}."
        )
        return None
    keys = read_keys(node, WAY, "a way", notes)
    if keys is None or "to" not in keys:
        return None
    target = read_target(keys["to"], notes)
    condition = read_condition(keys["when"], notes) if "when" in keys else None
    if target is None or ("when" in keys and condition is None):
        return None
    return condition, target
