"""Incoming: each event means one thing, and what is not for us says why."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.events import MessageReceived, ProfileChanged
from bot.platforms.slack.incoming import (
    Ignored,
    ProfileNews,
    TabOpened,
    Told,
    Uninstalled,
    Unusable,
    read_event,
    read_profile,
)
from bot.runtime.ports import Address, Incoming
from tests.platforms.slack.payloads import event, message

SAM = Address("slack", "T0ONE", "U0SAM", "D0SAM")


def test_a_direct_message_is_a_turn_known_by_its_channel_and_moment() -> None:
    read = read_event(message(text="R&amp;D at <https://acme.test|acme.test> said no"))

    assert read == Incoming("D0SAM:1772620000.000100", SAM, MessageReceived("R&D at acme.test said no"))


@pytest.mark.parametrize(
    "more",
    [
        {"bot_id": "B0OTHER"},
        {"subtype": "bot_message"},
        {"subtype": "message_changed"},
        {"subtype": "message_deleted"},
        {"subtype": "channel_join"},
        {"user": "USLACKBOT"},
    ],
)
def test_what_no_person_wrote_is_no_turn(more: dict[str, Any]) -> None:
    assert read_event(message(**more)) == Ignored("not_a_person")


@pytest.mark.parametrize(
    "more", [{"channel_type": "channel", "channel": "C0JOBS"}, {"channel": "C0JOBS"}, {"channel_type": "mpim"}]
)
def test_nothing_is_answered_outside_of_direct_messages(more: dict[str, Any]) -> None:
    assert read_event(message(**more)) == Ignored("not_a_direct_message")


@pytest.mark.parametrize("more", [{"user_team": "T0OTHER"}, {"source_team": "T0OTHER"}, {"team": "T0OTHER"}])
def test_guests_from_another_workspace_are_not_answered(more: dict[str, Any]) -> None:
    assert read_event(message(**more)) == Ignored("another_workspaces_guest")


def test_a_shared_channel_is_not_answered() -> None:
    assert read_event({**message(), "is_ext_shared_channel": True}) == Ignored("another_workspaces_guest")


def test_a_file_with_words_is_its_words() -> None:
    read = read_event(message(subtype="file_share", files=[{"url_private": "http://169.254.169.254/"}]))

    assert isinstance(read, Incoming)
    assert read.event == MessageReceived("acme said no")


@pytest.mark.parametrize(
    "more",
    [
        {"text": None},
        {"text": 5},
        {"user": {"id": "U1"}},
        {"user": ""},
        {"channel": None},
        {"ts": "not a ts"},
        {"ts": 1.5},
    ],
)
def test_a_message_of_the_wrong_shape_is_unusable(more: dict[str, Any]) -> None:
    assert read_event(message(**more)) == Unusable("unusable_message")


@pytest.mark.parametrize(
    "more", [{"event": "x"}, {"event": None}, {"team_id": 5}, {"team_id": "../T1"}, {"team_id": None}]
)
def test_an_event_of_the_wrong_shape_is_unusable(more: dict[str, Any]) -> None:
    assert read_event({**message(), **more}) == Unusable("unusable_event")


def test_an_event_that_is_delivered_for_another_team_is_not_ours() -> None:
    assert read_event({**message(), "authorizations": [{"team_id": "T0OTHER"}]}) == Ignored("another_team")


@pytest.mark.parametrize("kind", ["reaction_added", "app_mention", "", None, 5])
def test_events_that_we_do_not_know_are_ignored(kind: object) -> None:
    assert read_event(event({"type": kind})) == Ignored("unknown_event")


@pytest.mark.parametrize("tab", ["home", "messages"])
def test_somebody_looks_at_a_tab(tab: str) -> None:
    read = read_event(event({"type": "app_home_opened", "user": "U0SAM", "channel": "D0SAM", "tab": tab}))

    assert isinstance(read, TabOpened)
    assert (read.address, read.tab) == (SAM, tab)


def test_an_uninstallation_happened_by_the_end_of_its_second() -> None:
    read = read_event(event({"type": "app_uninstalled"}))

    assert read == Uninstalled("T0ONE", datetime.fromtimestamp(1_772_620_001, UTC))


@pytest.mark.parametrize("authorizations", [[], [{"team_id": "T0OTHER"}], None])
def test_an_uninstallation_counts_whoever_is_still_installed(authorizations: object) -> None:
    read = read_event({**event({"type": "app_uninstalled"}), "authorizations": authorizations})

    assert isinstance(read, Uninstalled)
    assert read.team == "T0ONE"


def test_the_bots_token_taken_away_is_an_uninstallation_and_a_persons_is_not() -> None:
    bots = read_event(event({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0BOT"]}}))
    peoples = read_event(event({"type": "tokens_revoked", "tokens": {"oauth": ["U0SAM"], "bot": []}}))

    assert isinstance(bots, Uninstalled)
    assert peoples == Ignored("anothers_token")


def test_news_of_a_profile_says_who_it_is_about() -> None:
    user = {"id": "U0SAM", "team_id": "T0ONE", "tz": "Asia/Tokyo", "locale": "en-GB", "profile": {"first_name": "Sam"}}

    read = read_event(event({"type": "user_change", "user": user}))

    change = ProfileChanged("Sam", "Asia/Tokyo", "en-GB", "GB")
    assert read == ProfileNews("Ev0ONE", Address("slack", "T0ONE", "U0SAM"), change)


def test_news_of_somebody_in_another_workspace_is_not_ours() -> None:
    user = {"id": "U0ANA", "team_id": "T0OTHER", "tz": "Asia/Tokyo"}

    assert read_event(event({"type": "user_change", "user": user})) == Ignored("another_team")


@pytest.mark.parametrize(
    ("user", "name"),
    [
        ({"profile": {"first_name": "Ana", "real_name": "Ana Luz"}}, "Ana"),
        ({"profile": {"real_name": "Ana Luz"}}, "Ana"),
        ({"real_name": "Ana Luz"}, "Ana"),
        ({"profile": {"first_name": 5}}, ""),
        ({}, ""),
    ],
)
def test_the_name_is_the_first_one(user: dict[str, Any], name: str) -> None:
    assert read_profile(user).name == name


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
NAMES = st.sampled_from(["type", "user", "channel", "ts", "text", "tab", "tokens", "team", "subtype", "profile"])


@given(
    kind=st.sampled_from(["message", "app_home_opened", "tokens_revoked", "user_change", "app_uninstalled"]),
    inner=st.dictionaries(NAMES, JSON),
    outer=st.dictionaries(st.sampled_from(["team_id", "authorizations", "event_time", "event_id"]), JSON),
)
def test_no_shape_makes_reading_fail(kind: str, inner: dict[str, Any], outer: dict[str, Any]) -> None:
    read = read_event({**message(), "event": {**message()["event"], **inner, "type": kind}, **outer})

    assert isinstance(read, Told | Ignored | Unusable)
