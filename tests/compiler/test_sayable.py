"""What is surely known is followed along every way, so that only what may go wrong is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.compiler.problems import BrokenLibraryError
from tests.compiler.example import compile_with

HEAD = """dialog: note
format: 1
starts_on: [practise]
slots:
  what: {one of: [one, two]}
  own: {text: 80}
  size: {number: {from: 1, to: 9}, starts as: 3}
  draft: {text: 2000}
  tone: {one of: [warm, formal]}
states:
"""

WORDS = """what: {text: Which?, choices: {one: The first, two: The second}}
own: Say it.
hello: Hello.
about_own: "You said {own}."
about_company: "It was {company}."
about_size: "It is {size}."
about_draft: "Here is {draft}."
"""


def problems(states: str, folder: Path, words: str = "", **dialogs: str) -> list[str]:
    """What is said of a dialog of these states; other dialogs and words may be given beside it."""
    files = {"dialogs/note.yaml": HEAD + states, "content/en/note.yaml": WORDS + words}
    files |= {f"dialogs/{name}.yaml": text for name, text in dialogs.items()}
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    try:
        return [one.message for one in compile_with(folder).problems if one.severity == "problem"]
    except BrokenLibraryError as broken:
        return [one.message for one in broken.problems if one.severity == "problem"]


MAY_BE_SAID = {
    "an answer led here": "  start: {ask: own, go: {skip: end, else: next}}\n  next: {say: about_own, end: done}\n",
    "a condition led here": (
        "  start:\n    go:\n      - {when: company is known, to: next}\n      - {to: end}\n"
        "  next: {say: about_company, end: done}\n"
    ),
    "what was unknown went elsewhere": (
        "  start:\n    go:\n      - {when: company is unknown, to: end}\n      - {to: next}\n"
        "  next: {say: about_company, end: done}\n"
    ),
    "it starts as something": "  start: {say: about_size, end: done}\n",
    "a skill gives it": "  start: {do: write_draft, go: next}\n  next: {say: about_draft, end: done}\n",
    "it was known before a question": (
        "  start: {do: write_draft, go: ask}\n  ask: {ask: own, go: next}\n  next: {say: about_draft, end: done}\n"
    ),
    "it was kept from a dialog that was run": (
        "  start: {do: write_draft, go: run}\n  run: {run: check_draft, with: [draft], keep: [draft], go: next}\n"
        "  next: {say: about_draft, end: done}\n"
    ),
    "it is shown": "  start: {show: draft, end: done}\n",
}

MAY_BE_UNKNOWN = {
    "the question may be skipped": ("  start: {ask: own, go: next}\n  next: {say: about_own, end: done}\n", "own"),
    "one of two ways does not set it": (
        "  start: {ask: what, go: {one: ask, two: next}}\n  ask: {ask: own, go: {skip: end, else: next}}\n"
        "  next: {say: about_own, end: done}\n",
        "own",
    ),
    "it is cleared before it is said": (
        "  start: {do: write_draft, go: next}\n  next: {clear: draft, say: about_draft, end: done}\n",
        "draft",
    ),
    "it was asked for among others": (
        "  start: {fill: [own], go: next}\n  next: {say: about_own, end: done}\n",
        "own",
    ),
    "a silence led here": (
        "  start: {ask: own, if_silent: {after: 2 days, go: next}, go: {skip: end, else: next}}\n"
        "  next: {say: about_own, end: done}\n",
        "own",
    ),
    "the dialog that was run may not have it": (
        "  start: {run: check_draft, keep: [draft], go: next}\n  next: {say: about_draft, end: done}\n",
        "draft",
    ),
}

SHOWN = 'show_draft: "{draft}"\n'


@pytest.mark.parametrize("why", MAY_BE_SAID)
def test_it_may_be_said_because(why: str, tmp_path: Path) -> None:
    assert problems(MAY_BE_SAID[why], tmp_path, SHOWN) == []


@pytest.mark.parametrize("why", MAY_BE_UNKNOWN)
def test_it_is_refused_because(why: str, tmp_path: Path) -> None:
    states, slot = MAY_BE_UNKNOWN[why]

    found = problems(states, tmp_path)

    assert len(found) == 1
    assert f"`{slot}`" in found[0]


def test_a_way_back_counts_like_the_way_there(tmp_path: Path) -> None:
    states = "  start: {do: write_draft, go: next}\n"
    states += "  next: {say: about_draft, ask: what, go: {one: drop, two: end}}\n"
    states += "  drop: {clear: draft, say: hello, go: next}\n"

    assert problems(states, tmp_path) == [
        "state `next`: message `about_draft`: `draft` may be unknown when this is said, as questions can be skipped; add a variant that does without."
    ]


def test_a_dialog_that_is_run_knows_what_all_its_callers_know(tmp_path: Path) -> None:
    asked = "  start:\n    go:\n      - {when: company is known, to: run}\n      - {to: end}\n  run: {run: callee, end: done}\n"
    callee = "dialog: callee\nformat: 1\nstates:\n  start: {say: about_company, end: done}\n"
    words = tmp_path / "content" / "en" / "callee.yaml"
    words.parent.mkdir(parents=True)
    words.write_text('about_company: "It was {company}."\n', encoding="utf-8")
    careless = "dialog: careless\nformat: 1\nstarts_on: [plan]\nstates:\n  start: {run: callee, end: done}\n"

    careful = problems(asked, tmp_path, callee=callee)
    both = problems(asked, tmp_path, callee=callee, careless=careless)

    assert careful == []
    assert len(both) == 1


def test_a_nudge_knows_what_it_carries_and_what_its_condition_asks_for(tmp_path: Path) -> None:
    states = "  start: {ask: what, go: {one: end, two: end}}\n"
    nudge = "nudges:\n  later:\n    after: 2 days\n    consent: one\n"
    words = 'later: "About {company}: {own}."\n'

    knowing = problems(f"{states}{nudge}    when: company is known\n    with: [own]\n", tmp_path, words)
    guessing = problems(f"{states}{nudge}", tmp_path, words)

    assert knowing == []
    assert len(guessing) == 1


def test_a_variant_may_need_what_its_own_condition_asks_for(tmp_path: Path) -> None:
    words = 'again: [Say it., {when: company is known, text: "Say it, {company}."}]\n'

    assert problems("  start: {ask: own, words: again, go: end}\n", tmp_path, words) == []


def test_a_branch_may_read_what_the_first_message_said(tmp_path: Path) -> None:
    states = (
        "  start:\n    go:\n      - {when: feeling is low, to: end}\n      - {to: next}\n  next: {ask: own, go: end}\n"
    )

    assert problems(states, tmp_path) == []


def test_a_branch_may_read_what_the_answer_just_before_it_said(tmp_path: Path) -> None:
    states = "  start: {ask: what, go: {one: branch, two: end}}\n"
    states += "  branch:\n    go:\n      - {when: feeling is low, to: end}\n      - {to: next}\n"
    states += "  next: {ask: own, go: end}\n"

    assert problems(states, tmp_path) == []
