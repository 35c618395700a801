"""Sending: each message is shown once, whatever goes wrong on the way, and nobody is bothered who cannot be reached."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.content.message import Button, OutgoingMessage, Paragraph
from bot.platforms.slack.api import CallError, NotReached, SlackApi
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.sending import GONE, LETTER, LOOK_BACK, SlackPlatform
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.runtime.clock import SimulatedClock
from bot.runtime.delivery import Ambiguous, NotNow, Refused, Sent
from bot.runtime.ports import Address, Letter, Storage
from tests.platforms.slack.test_pacing import Seconds
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_faults import Kind
from tests.standins.slack_screen import labels_of

NOW = datetime.now(UTC)
HELLO = OutgoingMessage((Paragraph("Hello, Sam."),), (Button("draft", "Draft it"),), question=3)


def letter(address: Address, number: int = 1, tries: int = 1, waited: int = 0) -> Letter:
    expires = NOW + timedelta(days=1)
    attempts = 2 * (tries + waited)
    return Letter(number, address, "", attempts, NOW + timedelta(seconds=5), expires, untried=waited)


@pytest.fixture
def address(sam: Someone) -> Address:
    return Address("slack", sam.person.team, sam.person.id, sam.person.channel)


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest_asyncio.fixture
async def api(slack: SlackStandIn) -> AsyncIterator[SlackApi]:
    opened = SlackApi(slack.api_url)
    await opened.open()
    yield opened
    await opened.close()


@pytest.fixture
def platform(api: SlackApi, storage: Storage, seconds: Seconds) -> SlackPlatform:
    workspaces = Workspaces(storage, SimulatedClock(NOW), "xoxb-T0ONE", seconds)
    return SlackPlatform(api, workspaces, Pace(seconds), SimulatedClock(NOW))


async def test_a_process_that_was_held_up_until_its_claim_lapsed_sends_nothing(
    api: SlackApi, slack: SlackStandIn, sam: Someone
) -> None:
    with pytest.raises(CallError) as caught:
        await api.call_until(
            time.monotonic() - 1, "chat.postMessage", "xoxb-T0ONE", channel=sam.person.channel, text="x"
        )

    assert caught.value.failure == NotReached()
    assert slack.calls == []
    assert sam.answers == []


async def test_a_process_that_was_held_up_between_head_and_body_sends_nothing(
    slack: SlackStandIn, sam: Someone
) -> None:
    moments = iter((4.9, 5.1))
    api = SlackApi(slack.api_url, lambda: next(moments))
    await api.open()

    with pytest.raises(CallError) as caught:
        await api.call_until(5.0, "chat.postMessage", "xoxb-T0ONE", channel=sam.person.channel, text="x")

    await api.close()
    assert caught.value.failure == NotReached()
    assert sam.answers == []
    assert list(moments) == []


async def test_a_message_is_shown_with_its_buttons_and_carries_its_letter(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address
) -> None:
    assert await platform.send(address, HELLO, letter(address)) == Sent()

    (shown,) = sam.messages
    assert labels_of(shown.blocks) == ["Draft it"]
    assert shown.metadata == {"event_type": LETTER, "event_payload": {"letter": "1"}}
    assert slack.refused() == []


async def test_somebody_whose_channel_is_not_known_yet_is_reached_by_their_id(
    platform: SlackPlatform, sam: Someone, address: Address
) -> None:
    assert await platform.send(replace(address, channel=""), HELLO, letter(address)) == Sent()

    assert len(sam.messages) == 1


async def test_a_second_message_waits_for_its_second(
    platform: SlackPlatform, sam: Someone, address: Address, seconds: Seconds
) -> None:
    await platform.send(address, HELLO, letter(address))
    waits = await platform.send(address, HELLO, letter(address, 2))
    seconds.now += 1
    later = await platform.send(address, HELLO, letter(address, 2))

    assert (waits, later) == (NotNow(1.0, tried=False), Sent())
    assert len(sam.messages) == 2


@pytest.mark.parametrize(
    ("kind", "shown"),
    [
        ("unavailable", 0),
        ("unavailable_after", 1),
        ("reset_before", 0),
        ("reset_after", 1),
        ("ok_false", 0),
        ("rubbish", 0),
    ],
)
async def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(
    platform: SlackPlatform,
    slack: SlackStandIn,
    sam: Someone,
    address: Address,
    seconds: Seconds,
    kind: Kind,
    shown: int,
) -> None:
    slack.fail("chat.postMessage", kind)

    first = await platform.send(address, HELLO, letter(address))
    after_first = len(sam.messages)
    seconds.now += 5
    second = await platform.send(address, HELLO, letter(address, tries=2))

    assert isinstance(first, NotNow)
    assert (after_first, second, len(sam.messages)) == (shown, Sent(), 1)


async def test_a_process_that_died_after_sending_leaves_no_second_copy(
    platform: SlackPlatform, api: SlackApi, storage: Storage, sam: Someone, address: Address
) -> None:
    await platform.send(address, HELLO, letter(address))
    successor = SlackPlatform(
        api, Workspaces(storage, SimulatedClock(NOW), "xoxb-T0ONE", Seconds()), Pace(Seconds()), SimulatedClock(NOW)
    )

    assert await successor.send(replace(address, channel=""), HELLO, letter(address, tries=2)) == Sent()

    assert len(sam.messages) == 1


async def test_what_only_had_to_wait_is_not_looked_for(
    platform: SlackPlatform, slack: SlackStandIn, address: Address, seconds: Seconds
) -> None:
    await platform.send(address, HELLO, letter(address))
    await platform.send(address, HELLO, letter(address, 2))
    seconds.now += 1

    await platform.send(address, HELLO, letter(address, 2, tries=2))

    assert "conversations.history" not in [call.method for call in slack.calls]


async def test_an_answer_is_sent_again_where_nobody_may_look_for_it(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds
) -> None:
    sam.team.scopes -= {"im:history"}
    slack.fail("chat.postMessage", "unavailable")
    await platform.send(address, HELLO, letter(address))
    seconds.now += 5

    assert await platform.send(address, HELLO, letter(address, tries=2)) == Sent()

    assert len(sam.messages) == 1


async def test_a_letter_that_is_ours_for_too_short_a_time_is_not_begun(
    platform: SlackPlatform, sam: Someone, address: Address
) -> None:
    short = replace(letter(address), due_at=NOW + timedelta(seconds=2))

    assert isinstance(await platform.send(address, HELLO, short), NotNow)

    assert sam.messages == []


async def test_nothing_is_sent_while_it_cannot_be_looked_for(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds
) -> None:
    slack.fail("chat.postMessage", "unavailable_after")
    slack.fail("conversations.history", "error")
    await platform.send(address, HELLO, letter(address))
    seconds.now += 5

    looked = await platform.send(address, HELLO, letter(address, tries=2))
    seconds.now += 5
    found = await platform.send(address, HELLO, letter(address, tries=3))

    assert (type(looked), found) == (NotNow, Sent())
    assert len(sam.messages) == 1


async def test_a_doubt_is_not_forgotten_while_the_letter_waits_for_its_turn(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds
) -> None:
    slack.fail("chat.postMessage", "unavailable_after")
    await platform.send(address, HELLO, letter(address))

    waited = await platform.send(address, HELLO, letter(address, tries=2))
    seconds.now += 5
    found = await platform.send(address, HELLO, letter(address, tries=2))

    assert (type(waited), found) == (NotNow, Sent())
    assert len(sam.messages) == 1


async def test_an_earlier_attempt_is_found_however_much_was_written_since(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds
) -> None:
    slack.fail("chat.postMessage", "unavailable_after")
    await platform.send(address, HELLO, letter(address))
    for number in range(3 * LOOK_BACK):
        sam.written(f"are you there? {number}")
    seconds.now += 60

    found = await platform.send(address, HELLO, letter(address, tries=2))

    assert found == Sent()
    assert len(sam.answers) == 1


async def test_who_waited_before_another_process_tried_looks_for_what_came_of_it(
    api: SlackApi,
    platform: SlackPlatform,
    slack: SlackStandIn,
    sam: Someone,
    address: Address,
    storage: Storage,
    seconds: Seconds,
) -> None:
    tokens = Workspaces(storage, SimulatedClock(NOW), "xoxb-T0ONE", seconds)
    other = SlackPlatform(api, tokens, Pace(Seconds()), SimulatedClock(NOW))
    await platform.send(address, HELLO, letter(address, 2))
    slack.fail("chat.postMessage", "unavailable_after")

    waited = await platform.send(address, HELLO, letter(address))
    await other.send(address, HELLO, letter(address, waited=1))
    seconds.now += 5
    found = await platform.send(address, HELLO, letter(address, tries=2, waited=1))

    assert (waited, found) == (NotNow(1.0, tried=False), Sent())
    assert len(sam.messages) == 2


async def test_a_nudge_of_which_nobody_knows_the_end_is_ambiguous(
    platform: SlackPlatform, slack: SlackStandIn, address: Address
) -> None:
    slack.fail("chat.postMessage", "unavailable_after")

    assert isinstance(await platform.send(address, HELLO, replace(letter(address), nudge="send_by")), Ambiguous)


async def test_the_longer_slack_is_away_the_longer_the_pauses_grow(
    platform: SlackPlatform, slack: SlackStandIn, address: Address, seconds: Seconds
) -> None:
    slack.fail("chat.postMessage", "error", times=25)
    pauses = []

    for tries in (*range(1, 25), 40_000):
        delivery = await platform.send(address, HELLO, letter(address, tries=tries))
        assert isinstance(delivery, NotNow)
        pauses.append(delivery.seconds)
        seconds.now += 10

    assert pauses[:8] == [2.0] * 8
    assert pauses[-1] == 60.0
    assert pauses == sorted(pauses)


@pytest.mark.parametrize(("asked", "waits"), [("7", 7.0), ("3600", 3600.0), ("soon", 1.0), ("-5", 1.0), ("٣", 1.0)])
async def test_a_pause_that_slack_asks_for_is_made(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, asked: str, waits: float
) -> None:
    slack.fail("chat.postMessage", "ratelimited", retry_after=asked.encode().decode("latin-1"))

    assert await platform.send(address, HELLO, letter(address)) == NotNow(waits, tried=False)

    assert sam.messages == []


@pytest.mark.parametrize("code", ["channel_not_found", "cannot_dm_bot", "user_disabled"])
async def test_somebody_who_cannot_be_reached_any_more_is_gone(
    platform: SlackPlatform, sam: Someone, address: Address, code: str
) -> None:
    sam.person.unreachable = code

    assert await platform.send(address, HELLO, letter(address)) == Refused(code, gone=True)


@pytest.mark.parametrize("code", ["account_inactive", "token_revoked"])
async def test_a_workspace_that_took_the_token_away_is_gone(
    platform: SlackPlatform, sam: Someone, address: Address, code: str
) -> None:
    sam.team.lost = code

    assert await platform.send(address, HELLO, letter(address)) == Refused(code, gone=True)
    assert code in GONE


@pytest.mark.parametrize("code", ["invalid_auth", "not_authed", "token_expired"])
async def test_what_is_sent_with_a_wrong_token_waits_for_the_right_one(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds, code: str
) -> None:
    sam.team.lost = code
    wrong = await platform.send(address, HELLO, letter(address))
    sam.team.lost = None
    seconds.now += 5

    right = await platform.send(address, HELLO, letter(address, tries=2))

    assert (wrong, right) == (NotNow(2.0), Sent())
    assert "conversations.history" not in [call.method for call in slack.calls]


async def test_a_reminder_waits_for_the_right_token_too(
    platform: SlackPlatform, sam: Someone, address: Address
) -> None:
    sam.team.lost = "invalid_auth"

    assert await platform.send(address, HELLO, replace(letter(address), nudge="send_by")) == NotNow(2.0)


async def test_an_earlier_attempt_is_not_given_up_because_the_token_is_wrong_now(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address, seconds: Seconds
) -> None:
    slack.fail("chat.postMessage", "unavailable_after")
    await platform.send(address, HELLO, letter(address))
    sam.team.lost = "invalid_auth"
    seconds.now += 5
    wrong = await platform.send(address, HELLO, letter(address, tries=2))
    sam.team.lost = None
    seconds.now += 5

    right = await platform.send(address, HELLO, letter(address, tries=3))

    assert (wrong, right) == (NotNow(2.0), Sent())
    assert len(sam.messages) == 1


async def test_the_log_says_once_a_minute_what_to_do_about_a_wrong_token(
    api: SlackApi, storage: Storage, sam: Someone, address: Address, caplog: pytest.LogCaptureFixture
) -> None:
    clock, seconds = SimulatedClock(NOW), Seconds()
    platform = SlackPlatform(api, Workspaces(storage, clock, "xoxb-wrong", seconds), Pace(seconds), clock)

    for number in range(4):
        await platform.send(address, HELLO, replace(letter(address, number), due_at=clock.now() + timedelta(seconds=5)))
        clock.move_to(clock.now() + timedelta(seconds=30))
        seconds.now += 30

    said = [record.getMessage() for record in caplog.records if "SLACK_BOT_TOKEN" in record.getMessage()]
    assert len(said) == 2
    assert "xoxb-wrong" not in str([vars(record) for record in caplog.records])


async def test_a_workspace_without_an_installation_is_not_called_at_all(
    api: SlackApi, storage: Storage, slack: SlackStandIn, address: Address
) -> None:
    platform = SlackPlatform(
        api, Workspaces(storage, SimulatedClock(NOW), "", Seconds()), Pace(Seconds()), SimulatedClock(NOW)
    )

    assert await platform.send(address, HELLO, letter(address)) == Refused("not_installed", gone=True)

    assert slack.calls == []


async def test_each_workspace_is_spoken_to_with_its_own_token(
    api: SlackApi, storage: Storage, slack: SlackStandIn
) -> None:
    workspaces = Workspaces(storage, SimulatedClock(NOW), "", Seconds())
    platform = SlackPlatform(api, workspaces, Pace(Seconds()), SimulatedClock(NOW))
    for team in ("T0A", "T0B"):
        await workspaces.keep(Workspace(team, slack.install(team).token), NOW)
    ana = slack.person(slack.world.teams["T0B"], "U0ANA")

    delivery = await platform.send(Address("slack", "T0B", "U0ANA"), HELLO, letter(Address("slack", "T0B", "U0ANA")))

    assert delivery == Sent()
    assert len(ana.messages) == 1


async def test_a_letter_that_is_not_ours_any_more_is_not_sent(
    platform: SlackPlatform, sam: Someone, address: Address
) -> None:
    lapsed = replace(letter(address), due_at=NOW)

    assert isinstance(await platform.send(address, HELLO, lapsed), NotNow)

    assert sam.messages == []


async def test_a_message_whose_blocks_are_refused_arrives_as_text(
    platform: SlackPlatform, slack: SlackStandIn, sam: Someone, address: Address
) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")

    delivery = await platform.send(address, HELLO, letter(address))

    (shown,) = sam.messages
    assert delivery == Sent()
    assert (shown.blocks, "Draft it" in shown.text) == ([], True)


class Moving:
    """A clock that shows each of these seconds after ``NOW`` once, and then stands still."""

    def __init__(self, *seconds: float) -> None:
        self._seconds = list(seconds)

    def now(self) -> datetime:
        return NOW + timedelta(seconds=self._seconds.pop(0) if len(self._seconds) > 1 else self._seconds[0])

    async def sleep(self, seconds: float) -> None:
        raise AssertionError("nobody sleeps here")


async def test_the_text_of_refused_blocks_is_not_sent_when_the_letter_may_be_somebody_elses(
    api: SlackApi, storage: Storage, slack: SlackStandIn, sam: Someone, address: Address
) -> None:
    workspaces = Workspaces(storage, SimulatedClock(NOW), "xoxb-T0ONE", Seconds())
    platform = SlackPlatform(api, workspaces, Pace(Seconds()), Moving(0.0, 0.0, 2.5))
    slack.fail("chat.postMessage", "invalid_blocks")

    assert await platform.send(address, HELLO, letter(address)) == NotNow(2.0)

    assert sam.messages == []


async def test_a_server_that_is_not_there_is_tried_again_without_a_doubt(
    storage: Storage, address: Address, slack: SlackStandIn
) -> None:
    nobody = SlackApi("http://127.0.0.1:1/api/")
    await nobody.open()
    platform = SlackPlatform(
        nobody, Workspaces(storage, SimulatedClock(NOW), "xoxb-T0ONE", Seconds()), Pace(Seconds()), SimulatedClock(NOW)
    )

    delivery = await platform.send(address, HELLO, letter(address))
    await nobody.close()

    assert isinstance(delivery, NotNow)
