"""Dialog files: what the coach does, read from nodes into typed, not yet resolved dialogs."""

from __future__ import annotations

from bot.compiler.keys import DIALOG
from bot.compiler.nodes import Mapping, Node, Scalar, Sequence
from bot.compiler.nudges import read_nudges
from bot.compiler.phrases import WrittenCondition, read_condition
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import kind_of, read_choice, read_items, read_keys, read_mapping, read_name, read_text
from bot.compiler.slots import read_slots
from bot.compiler.states import read_state
from bot.compiler.written import WrittenDialog, WrittenState

FORMAT = 1
MOST_STATES = 300


def read_dialog(source: Mapping, stem: str, notes: Notes) -> WrittenDialog | None:
    """Read a dialog file; ``stem`` is its file name without the ending. ``None`` where it has no name or states."""
    keys = read_keys(source, DIALOG, "a dialog", notes) or {}
    name = _name(keys, stem, notes)
    if "format" in keys:
        _check_format(keys["format"], notes)
    states = _states(keys["states"], notes) if "states" in keys else {}
    if name is None or not states:
        return None
    return WrittenDialog(
        file=source.file,
        name=name,
        states=states,
        slots=read_slots(keys["slots"], notes) if "slots" in keys else {},
        nudges=read_nudges(keys["nudges"], notes) if "nudges" in keys else {},
        starts_on=_starts_on(keys, notes),
        over_when=_over_when(keys, notes),
        renamed=_renamed(keys["renamed"], notes) if "renamed" in keys else (),
        opens_application="opens" in keys
        and read_choice(keys["opens"], ("application",), "something to open", notes) is not None,
        about=_about(keys, notes),
    )


def _name(keys: dict[str, Node], stem: str, notes: Notes) -> Scalar | None:
    name = read_name(keys["dialog"], "the dialog's name", notes) if "dialog" in keys else None
    if name is not None and name.text != stem:
        notes.problem(name, f"the dialog is called `{name.text}` but its file `{stem}.yaml`; give both the same name.")
    return name


def _check_format(node: Node, notes: Notes) -> None:
    if not isinstance(node, Scalar) or node.text != str(FORMAT):
        shown = quoted(node.text) if isinstance(node, Scalar) and node.text else kind_of(node)
        notes.problem(node, f"`format` is {shown}, but this program reads `format: {FORMAT}` only.")


def _states(node: Node, notes: Notes) -> dict[str, WrittenState]:
    mapping = read_mapping(node, "`states`", notes)
    if mapping is None:
        return {}
    if len(mapping.entries) > MOST_STATES:
        notes.problem(mapping, f"the file has {len(mapping.entries):,} states; at most {MOST_STATES} are read.")
        return {}
    states = [read_state(key, value, notes) for key, value in mapping if _is_state_name(key, notes)]
    return {state.name.text: state for state in states if state is not None}


def _is_state_name(key: Scalar, notes: Notes) -> bool:
    if key.text == "end":
        notes.problem(key, "`end` is where a dialog ends; give the state another name.")
        return False
    return read_name(key, "a state's name", notes) is not None


def _starts_on(keys: dict[str, Node], notes: Notes) -> tuple[Scalar, ...]:
    if "starts_on" not in keys:
        return ()
    items = read_items(keys["starts_on"], "`starts_on`", notes)
    return tuple(intent for item in items if (intent := read_name(item, "an intent", notes)))


def _over_when(keys: dict[str, Node], notes: Notes) -> tuple[WrittenCondition, ...]:
    node = keys.get("over_when")
    items = () if node is None else read_items(node, "`over_when`", notes) if isinstance(node, Sequence) else (node,)
    return tuple(condition for item in items if (condition := read_condition(item, notes)))


def _renamed(node: Node, notes: Notes) -> tuple[tuple[Scalar, Scalar], ...]:
    mapping = read_mapping(node, "`renamed`", notes)
    pairs = [(key, read_name(value, "a state's name", notes)) for key, value in mapping or ()]
    return tuple((key, value) for key, value in pairs if value is not None)


def _about(keys: dict[str, Node], notes: Notes) -> str:
    about = read_text(keys["about"], "`about`", notes) if "about" in keys else None
    return "" if about is None else about.text
