"""Named mistakes that an author may make, each made in a shipped dialog: what is done to which file.

Where our language makes a mistake impossible, the nearest thing that an author could write is made in its place; the
comment beside it says so.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

DIALOG = "dialogs/draft.yaml"
CONTENT = "content/en/draft.yaml"
CALL_CARD = "content/en/call_card.yaml"

Change = Callable[[bytes], bytes]


@dataclass(frozen=True, slots=True)
class Damage:
    """What is done to a file, and a word that the message must hold beside file and line."""

    change: Change
    names: str = ""
    file: str = DIALOG


def text(new: str) -> Change:
    return lambda old: new.encode()


def swap(old: str, new: str) -> Change:
    """Put something in the place of what stands there once; what is not there would be no mistake made."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data, f"the file no longer holds {old!r}"
        return data.replace(old.encode(), new.encode(), 1)

    return change


def put(after: str, new: str) -> Change:
    return swap(after, after + new)


def cut(at: str) -> Change:
    return lambda data: data[: data.index(at.encode())]


def states(new: str) -> Change:
    """Everything from ``states:`` on becomes something else."""
    return lambda data: data[: data.index(b"states:")] + new.encode()


def many(count: int) -> str:
    return (
        "states:\n  start: {go: s0}\n"
        + "".join(f"  s{n}: {{go: s{n + 1}}}\n" for n in range(count))
        + f"  s{count}: {{end: done}}\n"
    )


BOMB = "a0: &a0 {x: 1}\n" + "".join(f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}\n" for n in range(1, 31))
LEVELS = "".join(" " * n + "a:\n" for n in range(800))
LINE = "  left:    {say: left, end: done}\n"
DONE = """\
done:
  - Good. That's enough for today. Write to me when you want to go on.
  - That's enough for today. Your note is here when you want to go on.
"""

DAMAGES: dict[str, Damage] = {
    "only_blanks": Damage(text("  \n \n\n")),
    "null_document": Damage(text("~\n")),
    "scalar_document": Damage(text("draft\n")),
    "two_documents": Damage(put("done:    {say: done, end: done}\n", "---\ndialog: other\n")),
    "tab_indent": Damage(swap("  own:\n    ask: draft", "  own:\n\task: draft")),
    "bad_indent": Damage(swap("    ask: draft\n    words: own_draft", "    ask: draft\n     words: own_draft")),
    "unclosed_quote": Damage(swap("about: Write", 'about: "Write')),
    "unclosed_bracket": Damage(swap("starts_on: [draft_request]", "starts_on: [draft_request")),
    "colon_in_plain_text": Damage(swap("  - Then leave it.", "  - Note: then leave it."), file=CONTENT),
    "truncated_at_state_end": Damage(cut("  own:\n"), "own"),
    "html_error_page": Damage(text("<!DOCTYPE html>\n<html><body><h1>502 Bad Gateway</h1></body></html>\n")),
    "json_trailing_comma": Damage(swap("{run: sent, end: done}", "{run: sent, end: done,}")),
    "utf8_bom": Damage(lambda data: b"\xef\xbb\xbf" + data),
    "utf16_bom": Damage(lambda data: data.decode().encode("utf-16")),
    "latin1_bytes": Damage(lambda data: data.replace(b"about: Write", b"about: \xe9crire")),
    "nul_byte": Damage(lambda data: data.replace(b"about: Write", b"about: Wr\x00ite")),
    "escape_nul_in_text": Damage(swap("A warmer one:", "A warmer\\0 one:"), file=CONTENT),
    "yaml_directive_3": Damage(lambda data: b"%YAML 3.0\n---\n" + data),
    "duplicate_state": Damage(put(LINE, LINE), "left"),
    "duplicate_key_in_state": Damage(swap("    ask: next_step\n", "    ask: next_step\n    ask: change\n")),
    "merge_key_bomb": Damage(lambda data: BOMB.encode() + data),
    "recursive_alias": Damage(swap("starts_on: [draft_request]", "starts_on: &a [draft_request, *a]")),
    "recursive_state": Damage(swap("  left:    {say: left, end: done}", "  left: &l {say: left, end: done, go: *l}")),
    "merge_key_override": Damage(swap("{say: left, end: done}", "{say: left, <<: {end: done}}")),
    "python_name_tag": Damage(swap("about: Write", "about: !!python/name:os.system Write")),
    "custom_tag": Damage(swap("about: Write", "about: !secret Write")),
    "binary_tag": Damage(swap("say: left", "say: !!binary bGVmdA==")),
    "deep_flow_nesting": Damage(swap("about: Write", "about: " + "[" * 100_000 + " Write")),
    "deep_block_nesting": Damage(lambda data: data + LEVELS.encode()),
    "key_is_mapping": Damage(swap("about: Write", "? {a: b}\n: x\nabout: Write")),
    "unknown_top_key": Damage(put("format: 1\n", "colour: red\n"), "colour"),
    "unknown_state_key": Damage(swap("    show: draft\n", "    shows: draft\n"), "show"),
    "key_wrong_case": Damage(swap("    show: draft\n", "    Show: draft\n"), "Show"),
    "states_missing": Damage(cut("states:"), "states"),
    "states_empty": Damage(states("states: {}\n"), "states"),
    "states_is_text": Damage(states("states: none yet\n"), "states"),
    "states_is_other_container": Damage(states("states:\n  - start\n"), "states"),
    "target_unknown": Damage(
        swap("write:   {do: write_draft, go: offer}", "write: {do: write_draft, go: ofer}"), "ofer"
    ),
    "target_wrong_case": Damage(
        swap("write:   {do: write_draft, go: offer}", "write: {do: write_draft, go: Offer}"), "Offer"
    ),
    "target_is_number": Damage(
        swap("write:   {do: write_draft, go: offer}", "write: {do: write_draft, go: 7}"), "write"
    ),
    # A list after `go` is how a state branches; one with a bare name in it is the mistake.
    "target_is_list": Damage(
        swap("write:   {do: write_draft, go: offer}", "write: {do: write_draft, go: [offer]}"), "write"
    ),
    # A map after `go` maps answers or ends; a state that asks nothing has none.
    "target_is_mapping": Damage(
        swap("write:   {do: write_draft, go: offer}", "write: {do: write_draft, go: {a: offer}}"), "write"
    ),
    "unreachable_state": Damage(put(LINE, "  alone: {say: left, end: done}\n"), "alone"),
    "cycle_without_input": Damage(
        swap(LINE, "  left: {say: left, go: other}\n  other: {say: done, go: left}\n"), "left"
    ),
    "self_loop_without_input": Damage(swap(LINE, "  left: {say: left, go: left}\n"), "left"),
    "long_automatic_chain": Damage(states(many(200)), "start"),
    "no_way_to_the_end": Damage(
        states("states:\n  start: {ask: change, go: {warmer: start, more_formal: start, own_words: start}}\n"), "start"
    ),
    "dead_end": Damage(swap(LINE, "  left: {say: left}\n"), "left"),
    "end_with_jump": Damage(swap(LINE, "  left: {say: left, end: done, go: done}\n"), "left"),
    "text_missing": Damage(swap("  left:    {say: left, end: done}", "  left:    {say: lost, end: done}"), "left"),
    "text_is_block_scalar": Damage(swap(DONE, "done: >\n  Good.\n"), file=CONTENT),
    "text_is_number": Damage(swap(DONE, "done: 42\n"), "done", CONTENT),
    "text_is_mapping": Damage(swap(DONE, "done:\n  a: Good.\n"), "done", CONTENT),
    "text_with_broadcast": Damage(swap(DONE, "done: <!channel> Good.\n"), "done", CONTENT),
    "template_variable_not_yet_set": Damage(swap("Say this:", "Say this, {no_reasons_step}:"), "on_call", CALL_CARD),
    "template_statement": Damage(
        swap(DONE, "done: Good {% for i in range(1000000000) %}x{% endfor %}.\n"), "done", CONTENT
    ),
    "state_named_no": Damage(
        lambda data: data.replace(b"  left: ", b"  no: ").replace(b"leave: left", b"leave: no"), "no"
    ),
    "state_named_date": Damage(
        lambda data: data.replace(b"  left: ", b"  2026-01-01: ").replace(b"leave: left", b"leave: 2026-01-01"),
        "2026-01-01",
    ),
    "state_named_null": Damage(
        lambda data: data.replace(b"  left: ", b"  ~: ").replace(b"leave: left", b"leave: ~"), "state"
    ),
    "state_name_too_long": Damage(lambda data: data.replace(b"  left: ", b"  ? " + b"l" * 10_000 + b"\n  : "), "state"),
    "choices_empty": Damage(
        lambda data: (
            data[: data.index(b"after_reminder:")]
            + b"after_reminder:\n  text: Good.\n  choices: {}\n"
            + data[data.index(b"instead:") :]
        ),
        "after_reminder",
        CONTENT,
    ),
    "choices_26": Damage(
        swap(
            "  choices:\n    sent:",
            "  choices:\n" + "".join(f"    c{n}: Choice {n}\n" for n in range(26)) + "    sent:",
        ),
        "next_step",
        CONTENT,
    ),
    "choice_label_76": Damage(swap("{label: I sent it,", "{label: " + "x" * 76 + ","), "sent", CONTENT),
    # Our language has no patterns; the key is unknown, and `heard_as` is compared word by word.
    "regex_catastrophic": Damage(swap("    words: own_draft\n", "    words: own_draft\n    pattern: (a+)+$\n"), "own"),
    "delay_infinite": Damage(swap("    until: send_by\n", "    lateness: .inf\n"), "send_by"),
    "delay_text": Damage(swap("    until: send_by\n", "    lateness: a while\n"), "send_by"),
    "delay_boolean": Damage(swap("    until: send_by\n", "    lateness: true\n"), "send_by"),
    "time_invalid": Damage(
        swap("    at: remind_at\n    until: send_by\n", "    after: 5 working days at 25:61\n"), "send_by"
    ),
    # A dialog names no time zone: they are the person's. The key is unknown.
    "timezone_unknown": Damage(swap("    until: send_by\n", "    timezone: Mars/Olympus\n"), "send_by"),
    "timezone_path": Damage(swap("    until: send_by\n", "    timezone: ../../etc/passwd\n"), "send_by"),
    "version_future": Damage(swap("format: 1\n", "format: 2\n"), "format"),
    "include_path_traversal": Damage(put("format: 1\n", "include: ../../etc/passwd\n"), "include"),
    "id_missing": Damage(swap("dialog: draft\n", ""), "dialog"),
    "one_million_states": Damage(states(many(20_000))),
}
