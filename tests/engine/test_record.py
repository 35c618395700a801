"""A conversation goes to JSON and back unchanged, also from an older version."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.engine.conversation import Application, Conversation, Frame, Profile, Timer, Waiting
from bot.engine.record import BadConversationError, dump, dump_snapshot, load, load_snapshot, upgraded

NAMES = st.text("abc_", min_size=1, max_size=6)
MOMENTS = st.datetimes(timezones=st.just(UTC), min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1))
VALUES = st.one_of(st.text(), st.integers(), st.booleans(), MOMENTS, st.tuples(NAMES, NAMES))
SLOTS = st.dictionaries(NAMES, VALUES, max_size=3)
WAITING = st.builds(
    Waiting, st.integers(1), NAMES, NAMES, st.tuples(NAMES), st.integers(0, 2), st.one_of(st.none(), MOMENTS)
)
FRAMES = st.builds(
    Frame,
    NAMES,
    NAMES,
    st.sampled_from(["main", "run", "digression", "nudge"]),
    NAMES,
    SLOTS,
    st.one_of(st.none(), WAITING),
    st.dictionaries(NAMES, NAMES, max_size=2),
    st.tuples(NAMES),
    st.one_of(st.none(), st.integers(1, 20)),
)
APPLICATIONS = st.builds(Application, st.integers(1, 20), SLOTS, SLOTS, st.booleans())
TIMERS = st.builds(
    Timer,
    NAMES,
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2030, 1, 1)),
    MOMENTS,
    st.one_of(st.none(), MOMENTS),
    st.one_of(st.none(), st.integers(1, 20)),
    SLOTS,
)
CONVERSATIONS = st.builds(
    Conversation,
    profile=st.builds(Profile, st.text(), st.just("Europe/London"), st.just("en"), st.just("GB")),
    slots=SLOTS,
    applications=st.tuples(APPLICATIONS),
    current=st.one_of(st.none(), st.integers(1, 20)),
    stack=st.lists(FRAMES, max_size=3).map(tuple),
    timers=st.lists(TIMERS, max_size=2).map(tuple),
    counts=st.dictionaries(NAMES, st.integers(1), max_size=3),
    asked=st.integers(0),
    fired=st.tuples(NAMES),
    missed=st.tuples(NAMES),
    last_nudge=NAMES,
    nudges_paused=st.booleans(),
    small_print_shown=st.booleans(),
    last_now=st.one_of(st.none(), MOMENTS),
    last_message=st.one_of(st.none(), MOMENTS),
    keep_until=st.one_of(st.none(), MOMENTS),
    planned_with=NAMES,
)


@given(CONVERSATIONS)
def test_a_conversation_comes_back_as_it_was(conversation: Conversation) -> None:
    assert load(dump(conversation)) == conversation


@given(st.lists(FRAMES, max_size=3).map(tuple), st.one_of(st.none(), APPLICATIONS))
def test_a_snapshot_comes_back_as_it_was(stack: tuple[Frame, ...], application: Application | None) -> None:
    assert load_snapshot(dump_snapshot(stack, application)) == (stack, application)


def test_a_field_that_is_newer_than_a_snapshot_has_its_default() -> None:
    older = '[[["request","start","main","1",{},[4,"role","request.role"]]],[1,{"role":"analyst"}]]'

    (frame,), application = load_snapshot(older)

    assert frame == Frame("request", "start", "main", "1", waiting=Waiting(4, "role", "request.role"))
    assert application == Application(1, {"role": "analyst"})


def test_a_quiet_conversation_is_small() -> None:
    assert dump(Conversation(profile=Profile("Sam"))) == (
        '{"schema":1,"profile":{"name":"Sam","timezone":"UTC","language":"en","country":""}}'
    )


def test_an_older_conversation_is_brought_up_step_by_step() -> None:
    upgrades = {1: lambda plain: {**plain, "asked": 4}, 2: lambda plain: {**plain, "asked": plain["asked"] + 1}}

    plain = upgraded({"schema": 1}, 3, upgrades)

    assert plain == {"asked": 5}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"schema":2}',
        '{"schema":"1"}',
        '{"schema":1,"colour":"red"}',
        '{"schema":1,"stack":[{}]}',
        '{"schema":1,"slots":{"a":{"b":1}}}',
        '{"schema":1,"last_now":"yesterday"}',
    ],
)
def test_what_cannot_be_read_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadConversationError) as caught:
        load(text)

    assert "yesterday" not in str(caught.value)


def test_every_field_has_a_way_out_and_back() -> None:
    now = datetime(2026, 3, 4, tzinfo=UTC)
    full = Conversation(current=1, snapshots=("{}",), last_now=now, keep_until=now + timedelta(days=90))

    assert set(json.loads(dump(full))) == {"schema", "profile", "current", "snapshots", "last_now", "keep_until"}
