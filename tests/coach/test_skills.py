"""The skills as a dialog calls them."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.coach.skills import skills_for
from bot.engine.conversation import Application
from bot.engine.model import Facts
from bot.engine.values import Value, Values, load_values, plain_value
from tests.coach.shipped_rules import shipped_rules

SKILLS = skills_for({"en": shipped_rules(), "en-US": {}})
NOW = datetime(2026, 3, 4, 10, 10, tzinfo=ZoneInfo("Europe/London"))
FACTS = Facts(now=NOW, name="Sam Field", country="GB")
EMAIL: Values = {"company": "acme", "role": "analyst", "news_channel": "email"}


def run(skill: str, facts: Facts = FACTS, **known: Value) -> Values:
    return SKILLS[skill].run(known, facts)


@pytest.mark.parametrize("name", SKILLS)
def test_a_skill_gives_no_slot_that_it_did_not_announce(name: str) -> None:
    everything: Values = {
        **EMAIL,
        "stage": "final",
        "draft": "Why me?",
        "said": "too vague",
        "own_text": "no",
        "first_name": "sam",
        "consultant": "priya",
    }

    given = SKILLS[name].run({slot: everything[slot] for slot in SKILLS[name].reads if slot in everything}, FACTS)

    assert set(given) <= set(SKILLS[name].gives)


@pytest.mark.parametrize("name", SKILLS)
def test_a_skill_needs_nothing_known_and_gives_nothing_empty(name: str) -> None:
    given = SKILLS[name].run({}, FACTS)

    assert all(value not in ("", ()) for value in given.values())
    assert load_values(json.loads(json.dumps(dict(given), default=plain_value))) == dict(given)


@pytest.mark.parametrize("name", SKILLS)
def test_the_same_slots_at_the_same_moment_give_the_same(name: str) -> None:
    assert SKILLS[name].run(EMAIL, FACTS) == SKILLS[name].run(EMAIL, FACTS)


def test_an_email_of_this_morning_gets_its_draft_and_its_moments() -> None:
    given = run("write_draft", **EMAIL)

    assert "analyst role at Acme" in str(given["draft"])
    assert given["send_by"] == NOW + timedelta(hours=24)
    assert given["remind_at"] == NOW.replace(hour=17, minute=0)
    assert (given["tone"], given["variant"]) == ("warm", 0)


def test_the_moment_the_news_came_may_have_been_stored_in_utc() -> None:
    given = run("write_draft", **EMAIL, news_at=datetime(2026, 3, 4, 8, tzinfo=UTC))

    assert given["send_by"] == NOW.replace(day=5, hour=8, minute=0)


def test_old_news_is_answered_without_haste() -> None:
    given = run("write_draft", **EMAIL, news_at=NOW - timedelta(weeks=3))

    assert given["old_news"] is True
    assert "send_by" not in given
    assert given["remind_at"] == NOW.replace(hour=17, minute=0)


def test_warmer_twice_over_stored_slots_changes_the_draft_twice() -> None:
    first = run("write_draft", **EMAIL)
    second = run("write_draft", **{**EMAIL, **first, "change": "warmer"})
    third = run("write_draft", **{**EMAIL, **second, "change": "warmer"})

    assert len({first["draft"], second["draft"], third["draft"]}) == 3


def test_a_persons_own_words_are_left_alone() -> None:
    given = run("write_draft", **EMAIL, change="own_words", draft="My own words.")

    assert given["draft"] == "My own words."
    assert given["send_by"]


def test_after_the_consultants_call_nothing_goes_to_the_employer() -> None:
    given = run("write_draft", company="hartwell", news_channel="recruiter", consultant="priya")

    assert str(given["draft"]).startswith("Hello Priya,")


def test_the_day_of_a_call_is_the_day_to_write() -> None:
    given = run("write_draft", news_channel="phone")

    assert given["send_by"] == NOW.replace(hour=18, minute=0)


def test_an_own_draft_is_reviewed_and_rewritten() -> None:
    given = run("review_draft", draft="Thank you. Why was I rejected? How can I improve?")

    assert given["clean"] is False
    assert given["praise"] == "You thank them first, and you ask what to improve."
    assert "puts them on the spot" in str(given["findings_text"])
    assert "Why" not in str(given["rewritten"])


def test_a_clean_draft_has_no_findings() -> None:
    given = run("review_draft", draft="Thank you for the interview. What could I improve for next time?")

    assert given["clean"] is True
    assert "findings_text" not in given


def test_a_text_pasted_into_the_opening_is_reviewed_as_well() -> None:
    assert run("review_draft", own_text="Why me?")["clean"] is False
    assert run("sort_feedback", own_text="too vague in my answers")["has_feedback"] is True


def test_feedback_is_sorted_and_its_areas_are_given() -> None:
    given = run("sort_feedback", said="they liked me but my answers were too vague")

    assert given["areas"] == ("answer_detail",)
    assert "sorted_text" in given


def test_a_standard_letter_gives_no_area() -> None:
    given = run("sort_feedback", said="We regret to inform you that you have not been shortlisted.")

    assert given["has_feedback"] is False
    assert "areas" not in given


def test_helplines_are_those_of_the_persons_country() -> None:
    assert run("find_helplines")["emergency"] == "999"
    assert "emergency" not in run("find_helplines", Facts(now=NOW, country="AQ"))


def emergency(zone: str, country: str = "", **known: Value) -> Value | None:
    facts = Facts(now=NOW.astimezone(ZoneInfo(zone)), country=country, usual_country="GB")
    return run("find_helplines", facts, **known).get("emergency")


def test_a_country_that_was_set_comes_before_a_place_that_was_told_and_that_before_the_time_zone() -> None:
    assert emergency("Europe/London", country="AU", said_country="US") == "000"
    assert emergency("Europe/London", said_country="US") == "911"
    assert emergency("Europe/London", message_text="i live in Texas and i want to die") == "911"
    assert emergency("America/Los_Angeles") == "911"


@pytest.mark.parametrize("zone", ["UTC", "Africa/Nairobi"])
def test_no_emergency_number_is_guessed(zone: str) -> None:
    assert emergency(zone) is None


def test_where_nothing_is_known_the_operators_lines_stand_beside_the_international_one() -> None:
    lines = run("find_helplines", Facts(now=NOW.astimezone(UTC), usual_country="GB"))["helplines"]

    assert "116 123" in str(lines)
    assert "findahelpline.com" in str(lines)


def test_sending_is_marked_with_the_moment() -> None:
    assert run("mark_sent")["sent_at"] == NOW


@pytest.mark.parametrize("language", ["en-US", "en-GB", "xx"])
def test_a_language_without_drafts_of_its_own_uses_its_base_or_english(language: str) -> None:
    assert run("call_lines", Facts(now=NOW, language=language))["lines"]


def test_a_regional_language_lays_its_own_files_over_its_base() -> None:
    calls = {"lines": {"usual": ["1. Thanks for calling."], "application": ["1. Thanks for calling."]}, "call_back": []}
    skills = skills_for({"en": shipped_rules(), "en-US": {"calls": calls}})

    given = skills["call_lines"].run({}, Facts(now=NOW, language="en-US"))

    assert given["lines"] == "1. Thanks for calling."


@pytest.mark.parametrize(
    ("said", "again"),
    [
        ("another no. thats four this month", True),
        ("that's my fifth rejection", True),
        ("rejected again", True),
        ("got turned down by acme, three in a row now", True),
        ("acme said no", False),
        ("acme said no, after two interviews this week", False),
        ("they want another one for the team, and said no to me", False),
        ("no from acme, second interview was on Monday", False),
    ],
)
def test_one_more_no_is_told_from_a_first_one(said: str, again: bool) -> None:
    assert run("mark_told", message_text=said)["again"] is again


@pytest.mark.parametrize(("days", "again"), [(3, True), (60, False)])
def test_a_no_that_the_coach_was_told_of_lately_makes_the_next_one_one_more(days: int, again: bool) -> None:
    before = Application(1, {"company": "Apex", "told_at": NOW - timedelta(days=days)})

    assert run("mark_told", replace(FACTS, applications=(before,)), message_text="acme said no")["again"] is again


def test_the_same_no_told_twice_is_one() -> None:
    told = NOW - timedelta(days=1)
    facts = replace(FACTS, applications=(Application(1, {"told_at": told}),))

    assert run("mark_told", facts, told_at=told, message_text="they said no") == {"told_at": told, "again": False}


def test_the_smaller_act_takes_the_place_of_the_first_in_the_plan_too() -> None:
    smaller = run(
        "take_smaller", first_act="Write it all.", smaller_act="Write a line.", plan_card="What: Write it all."
    )

    assert smaller == {"first_act": "Write a line.", "plan_card": "What: Write a line."}
    assert (
        run("take_smaller", first_act="Write it all.", plan_card="What: Write it all.")["first_act"] == "Write it all."
    )


def test_a_moment_that_was_named_is_kept_while_it_is_to_come() -> None:
    named = NOW + timedelta(days=3)

    assert run("cool_off_time", named_at=named)["tomorrow_at"] == named
    assert run("cool_off_time", named_at=NOW - timedelta(days=3))["tomorrow_at"] > NOW
