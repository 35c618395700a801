"""Whole journeys: people with Slack open before them, our server behind it."""

from __future__ import annotations

from collections import Counter

from bot.runtime.clock import RealClock
from bot.runtime.ports import Storage
from tests.platforms.serving import delivering
from tests.platforms.slack.serving import Running, built, running, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_screen import labels_of, words_of

NEWS = "acme said no, email this morning. analyst job"


async def test_what_somebody_writes_is_answered(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    attempts = await sam.writes(NEWS)

    answer = await sam.hears()

    assert [attempt.status for attempt in attempts] == [200]
    assert "Acme" in words_of(answer.blocks)
    assert slack.refused() == []


async def test_a_pressed_button_leads_on_and_shows_what_was_chosen(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    label = labels_of(question.blocks)[0]

    await sam.presses(label)
    answer = await sam.hears()
    await sam.until(lambda: labels_of(question.blocks) == [])

    assert f"✓ {label}" in words_of(question.blocks)
    assert answer.ts != question.ts
    assert slack.refused() == []


async def test_a_button_pressed_five_times_counts_once(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    press = sam.pressed(labels_of(question.blocks)[0], question)

    for _ in range(5):
        await slack.delivery.interaction(press)
    await sam.hears()
    await sam.writes("undo")
    await sam.hears()

    assert len(sam.answers) == 3


async def test_an_old_button_is_answered_kindly(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    first, second, *_ = labels_of(question.blocks)
    late = sam.pressed(second, question)
    await sam.presses(first)
    await sam.hears()

    await slack.delivery.interaction(late)

    assert "That button belongs to an older question" in words_of((await sam.hears()).blocks)


async def test_an_event_that_comes_four_times_is_answered_once(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    event = sam.written(NEWS)

    for _ in range(4):
        await slack.delivery.event(event)
    await sam.hears()
    await sam.writes("thanks")
    await sam.hears()

    assert len(sam.answers) == 2


async def test_a_message_told_of_by_two_events_is_answered_once(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    first = sam.written(NEWS)
    second = {**first, "event_id": "Ev0ANOTHER"}

    await slack.delivery.event(first)
    await slack.delivery.event(second)
    await sam.hears()
    await sam.writes("thanks")
    await sam.hears()

    assert len(sam.answers) == 2


async def test_the_first_look_at_the_messages_is_greeted_once(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.opens("messages")
    await sam.hears()
    await sam.opens("messages")
    await sam.writes("thanks")
    await sam.hears()

    assert len(sam.answers) == 2


async def test_the_home_page_is_there_for_somebody_who_never_wrote(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.opens("home")

    await sam.until(lambda: sam.person.home)

    assert sam.answers == []
    assert slack.refused() == []


async def test_a_home_page_shows_nothing_of_anybody_else(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    ana = slack.person(sam.team, "U0ANA")
    await sam.writes(NEWS)
    await sam.hears()

    await ana.opens("home")
    await ana.until(lambda: ana.person.home)

    assert ana.person.home is not None
    assert "Acme" not in words_of(ana.person.home.body["blocks"])


async def test_the_home_page_follows_what_happens_in_the_chat(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.opens("home")
    await sam.until(lambda: sam.person.home)

    await sam.writes(NEWS)
    await sam.hears()

    await sam.until(lambda: sam.person.home and "Acme" in words_of(sam.person.home.body["blocks"]))


async def test_the_home_page_follows_what_a_worker_alone_delivers(
    slack: SlackStandIn, storage: Storage, sam: Someone
) -> None:
    async with running(settings_for(slack), coach(), storage, works=False) as server:
        slack.deliver_to(server.events)
        await sam.writes(NEWS)
        async with delivering(*built(settings_for(slack), coach(), storage, RealClock(), Counter())):
            await sam.until(lambda: sam.person.home and "Acme" in words_of(sam.person.home.body["blocks"]))

    assert slack.refused() == []


async def test_a_button_on_the_home_page_is_answered_in_the_messages(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.opens("home")
    await sam.until(lambda: sam.person.home)
    assert sam.person.home is not None

    await sam.presses_in_view("They ring me soon", sam.person.home)

    assert labels_of((await sam.hears()).blocks)


async def test_name_and_time_zone_come_from_the_profile(served: Running, slack: SlackStandIn) -> None:
    team = slack.world.teams["T0ONE"]
    ana = slack.person(team, "U0ANA", name="Ana", tz="America/New_York")

    await ana.writes(NEWS)
    await ana.hears()

    await ana.until(lambda: any(call.method == "users.info" for call in slack.calls))
    conversation = await served.recall("U0ANA")
    assert conversation is not None
    assert (conversation.profile.name, conversation.profile.timezone) == ("Ana", "America/New_York")


async def test_news_of_a_profile_is_taken_of_people_whom_we_know_alone(
    served: Running, slack: SlackStandIn, sam: Someone
) -> None:
    await sam.writes(NEWS)
    await sam.hears()
    moved = {"id": "U0SAM", "team_id": "T0ONE", "tz": "Asia/Tokyo", "profile": {"first_name": "Sam"}}

    await slack.tell(sam.team, {"type": "user_change", "user": moved})
    await slack.tell(sam.team, {"type": "user_change", "user": {**moved, "id": "U0STRANGER"}})

    known, stranger = await served.recall("U0SAM"), await served.recall("U0STRANGER")
    assert known is not None
    assert known.profile.timezone == "Asia/Tokyo"
    assert stranger is None


async def test_a_call_that_hangs_delays_no_acknowledgement(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    slack.fail("*", "hang_before", times=4, seconds=2.0)

    (attempt,) = await sam.writes(NEWS)

    assert attempt.status == 200
    assert attempt.seconds < 1
