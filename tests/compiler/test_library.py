"""Folders are laid over one another, dialogs are switched off, and rules are pointed at by their line."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from bot.coach.rules import BadRuleError
from bot.compiler.library import Compiled, compile_folders
from bot.compiler.problems import BrokenLibraryError
from bot.engine.model import End, Skill
from tests.compiler.example import CONTENT, DIALOGS, Overlay, compile_with, skills


def said(compiled: Compiled, key: str, language: str = "en") -> str:
    return compiled.catalog.wording(key, language).variants[0].text.pieces[0]


# ------------------------------------------------------------------------------------------------- overlays


def test_an_own_line_replaces_one_line_and_leaves_the_others(overlay: Overlay) -> None:
    compiled = compile_with(overlay(content__en__sent="promised: You bet I will.\n"))

    assert said(compiled, "sent.promised") == "You bet I will."
    assert said(compiled, "sent.reply") == "Did they reply?"


def test_the_last_of_several_folders_wins(overlay: Overlay) -> None:
    first = overlay("first", content__en__sent="promised: First.\nreply: First?\n")
    second = overlay("second", content__en__sent="promised: Second.\n")

    compiled = compile_with(first, second)

    assert (said(compiled, "sent.promised"), said(compiled, "sent.reply")) == ("Second.", "First?")


def test_an_own_dialog_replaces_the_whole_dialog(overlay: Overlay) -> None:
    own = "dialog: sent\nformat: 1\nstates:\n  start: {say: promised, end: done}\n"

    compiled = compile_with(overlay(dialogs__sent=own))

    assert list(compiled.library.dialogs["sent"].states) == ["start"]
    assert compiled.problems == (), "words of the replaced dialog wait for its return"


def test_an_own_slot_is_added_to_the_shared_ones(overlay: Overlay) -> None:
    compiled = compile_with(overlay(dialogs__slots="nickname: {text: 40, scope: person}\n"))

    assert {"nickname", "company"} <= set(compiled.library.slots)


def test_an_own_operator_gives_only_what_changes(overlay: Overlay) -> None:
    compiled = compile_with(overlay(content__operator="human_contact: Northside Careers\ndays_kept: 30\n"))

    assert compiled.catalog.operator["human_contact"] == "Northside Careers"
    assert compiled.catalog.operator["service_name"] == "Afterword"
    assert compiled.library.days_kept == 30


def test_a_rule_of_the_same_name_replaces_that_rule_only(overlay: Overlay) -> None:
    first = overlay("first", content__en__rules__names="a: [one]\nb: [two]\n")
    second = overlay("second", content__en__rules__names="b: [three]\n")

    compiled = compile_with(first, second)

    assert compiled.rules["en"]["names"] == {"a": ["one"], "b": ["three"]}


def test_a_map_in_a_rule_is_laid_over_key_by_key_and_keeps_its_order(overlay: Overlay) -> None:
    first = overlay("first", content__en__rules__names="areas: {a: one, b: two}\n")
    second = overlay("second", content__en__rules__names="areas: {c: three, a: four}\n")

    areas = compile_with(first, second).rules["en"]["names"]["areas"]

    assert list(areas.items()) == [("a", "four"), ("b", "two"), ("c", "three")]


def test_a_list_in_a_rule_is_replaced_or_added_to(overlay: Overlay) -> None:
    first = overlay("first", content__en__rules__names="areas: {a: [one], b: [two]}\n")
    second = overlay("second", content__en__rules__names="areas: {a: [three], b: {also: [three]}}\n")

    assert compile_with(first, second).rules["en"]["names"]["areas"] == {"a": ["three"], "b": ["two", "three"]}


def test_a_region_says_some_things_otherwise_and_the_rest_as_its_base(overlay: Overlay) -> None:
    region = overlay(content__operator="languages: [en, en-US]\n", **{"content__en-US__sent": "promised: You bet.\n"})

    compiled = compile_with(region)
    catalog = compiled.catalog

    assert said(compiled, "sent.promised", "en-US") == "You bet."
    assert catalog.languages["en-US"].messages.keys() == catalog.languages["en"].messages.keys()
    assert catalog.languages["en-US"].terms == catalog.languages["en"].terms


def test_a_clock_of_twelve_hours_needs_words_for_its_halves(overlay: Overlay) -> None:
    clock = overlay(content__en__words='terms: {moments: {clock: "{hour12} {half}"}}\n')

    with pytest.raises(BrokenLibraryError, match=r"moments\.am"):
        compile_with(clock)


def test_an_own_line_stands_above_a_shipped_one_for_the_region(overlay: Overlay) -> None:
    shipped = overlay(
        "shipped", content__operator="languages: [en, en-US]\n", **{"content__en-US__sent": "promised: You bet.\n"}
    )
    own = overlay("own", content__en__sent="promised: We are here.\n")

    assert said(compile_with(shipped, own), "sent.promised", "en-US") == "We are here."


def test_a_file_beside_the_languages_is_a_rule_of_all_of_them(overlay: Overlay) -> None:
    compiled = compile_with(overlay(content__helplines="countries: {GB: {emergency: 999}}\n"))

    assert compiled.rules["en"]["helplines"] == {"countries": {"GB": {"emergency": "999"}}}


def test_crisis_words_may_be_overridden_by_who_had_them_reviewed(overlay: Overlay) -> None:
    own = "reviewed_by: the head of counselling\npeople_to_call: Call us now.\n"

    assert said(compile_with(overlay(content__en__crisis=own)), "crisis.people_to_call") == "Call us now."


def test_an_original_that_was_noted_and_did_not_change_is_no_news(overlay: Overlay) -> None:
    folder = overlay(content__en__sent="promised: You bet.\n", content__en__originals="sent.promised: unknown\n")
    fingerprint = compile_with(folder).problems[0].message.partition("write `")[2].partition("`")[0]

    overlay(content__en__originals=f"sent.promised: {fingerprint}\n")

    assert compile_with(folder).problems == ()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(BrokenLibraryError, match=r"nowhere: there is no such folder\."):
        compile_folders([*DIALOGS, tmp_path / "nowhere"], CONTENT, skills)


# --------------------------------------------------------------------------------------------- switched off


def test_a_dialog_that_is_switched_off_ends_at_once_and_is_started_by_nothing(overlay: Overlay) -> None:
    compiled = compile_with(overlay(content__operator="off: [sent]\n"))

    sent = compiled.library.dialogs["sent"]
    assert [state.go for state in sent.states.values()] == [End("done")]
    assert (sent.nudges, "sent" in compiled.library.starts) == ({}, False)
    assert compiled.problems == ()


def test_who_maps_the_ends_of_a_dialog_that_is_switched_off_need_not_know(overlay: Overlay) -> None:
    two_ends = "dialog: two_ends\nformat: 1\nstates:\n  start: {ask: yes_or_no, go: {yes: found, no: end}}\n"
    two_ends += "  found: {end: found}\nslots:\n  yes_or_no: {yes no: true}\n"
    caller = "dialog: caller\nformat: 1\nstarts_on: [practise]\nstates:\n"
    caller += "  start: {run: two_ends, go: {found: well, done: end}}\n  well: {say: well, end: done}\n"
    folder = overlay(
        dialogs__two_ends=two_ends,
        dialogs__caller=caller,
        content__en__caller="well: Well done.\n",
        content__en__two_ends='yes_or_no: {text: Is it?, choices: {yes: "Yes", no: "No"}}\n',
        content__operator="off: [two_ends]\n",
    )

    assert compile_with(folder).library.dialogs["two_ends"].states["start"].go == End("done")


# ----------------------------------------------------------------------------------------- rules and skills


def failing(*path: str | int) -> Callable[[Mapping[str, Any]], Mapping[str, Skill]]:
    def skills_for(rules: Mapping[str, Any]) -> Mapping[str, Skill]:
        raise BadRuleError(path, "should be a text")

    return skills_for


@pytest.mark.parametrize(
    ("path", "message"),
    [
        (("names", "list", 1), "names.yaml:2:13: `names.list.1` should be a text."),
        (("names", "list", "more"), "names.yaml:2:7: `names.list` should be a text."),
        (("en", "names", "list"), "names.yaml:2:7: `names.list` should be a text."),
        (("names",), "names.yaml:1:1: `names` should be a text."),
        (("lost", "list"), "content/en/rules: lost.list: should be a text."),
    ],
)
def test_a_fault_in_a_rule_is_shown_at_its_line(path: tuple[str | int, ...], message: str, overlay: Overlay) -> None:
    folder = overlay(content__en__rules__names="other: x\nlist: [one, {two: three}]\n")

    with pytest.raises(BrokenLibraryError) as raised:
        compile_folders(DIALOGS, [*CONTENT, folder / "content"], failing(*path))

    assert str(raised.value).splitlines()[0].endswith(message)


def test_rules_are_handed_on_as_they_were_typed(overlay: Overlay) -> None:
    folder = overlay(content__en__blocks__letters="on: [yes, 10:30, 007]\n")

    assert compile_with(folder).rules["en"]["letters"] == {"on": ["yes", "10:30", "007"]}


# --------------------------------------------------------------------------------------------------- speed


def test_the_shipped_library_compiles_within_two_seconds() -> None:
    from bot.bootstrap import compile_all, find_folders

    compile_all(find_folders())
    started = time.process_time()

    compile_all(find_folders())

    assert time.process_time() - started < 2, "an eighth of that on a machine that does nothing else"


# ---------------------------------------------------------------------------------------------- what is heard


def heard(compiled: Compiled, key: str, code: str) -> tuple[str, ...]:
    return compiled.catalog.wording(key, "en").choices[code].heard_as


def test_a_choice_is_heard_as_all_that_its_words_stand_for(overlay: Overlay) -> None:
    compiled = compile_with(
        overlay(
            content__en__words="heard:\n  nothing yet: [not a word, crickets]\n  later: [not now]\n",
            content__en__sent="reply:\n  text: Did they reply?\n  choices:\n"
            "    they_replied: {label: They replied, heard_as: Later}\n    nothing_yet: Nothing yet\n",
        )
    )

    assert heard(compiled, "sent.reply", "they_replied") == ("Later", "not now")
    assert heard(compiled, "sent.reply", "nothing_yet") == ("not a word", "crickets")


def test_words_that_another_choice_has_are_not_lent(overlay: Overlay) -> None:
    compiled = compile_with(
        overlay(
            content__en__words='heard:\n  "no": [nope, Crickets!, not yet]\n  silence: [not yet]\n',
            content__en__sent="reply:\n  text: Did they reply?\n  choices:\n"
            '    they_replied: {label: They replied, heard_as: "no"}\n'
            "    nothing_yet: {label: Nothing yet, heard_as: [crickets, silence]}\n",
        )
    )

    assert heard(compiled, "sent.reply", "they_replied") == ("no", "nope")
    assert heard(compiled, "sent.reply", "nothing_yet") == ("crickets", "silence")
