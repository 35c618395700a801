"""What the people in Teams see when storage, keys or the connector fail, and that nothing is lost or said twice."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Storage, StorageUnavailableError
from tests.platforms.teams.serving import FaultyStorage, Running, running, settings_for
from tests.shipped import coach
from tests.standins.teams import Fault, Someone, TeamsStandIn, card_of, inputs_of, labels_of, words_of
from tests.standins.teams_keys import TENANT

NEWS = "acme said no, email this morning. analyst job"
SAM = Address("teams", TENANT, "aad-sam")


@pytest.fixture
def faulty(storage: Storage) -> FaultyStorage:
    return FaultyStorage(storage)


@pytest_asyncio.fixture
async def served(teams: TeamsStandIn, faulty: Any) -> AsyncIterator[Running]:
    async with running(settings_for(teams), coach(), faulty) as server:
        teams.deliver_to(server.messages)
        yield server


async def away() -> None:
    raise StorageUnavailableError("away")


async def test_what_was_not_saved_is_sent_again_by_teams(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    activity = sam.activity("message", text=NEWS)
    faulty.before["commit"] = away

    first, _ = await teams.deliver(activity)
    faulty.before.clear()
    second, _ = await teams.deliver(activity)

    assert (first, second) == (503, 202)
    assert "Acme" in words_of(await sam.hears())


async def test_a_press_that_was_not_saved_says_so(served: Running, sam: Someone, faulty: FaultyStorage) -> None:
    await sam.writes(NEWS)
    first = await sam.hears()
    faulty.before["commit"] = away

    answer = await sam.presses(labels_of(first)[0])

    assert answer["value"] == "Not saved. Please press again."


async def test_a_form_that_was_not_saved_stays_open(served: Running, sam: Someone, faulty: FaultyStorage) -> None:
    await sam.writes("draft")
    await sam.hears()
    dialog = await sam.presses("Fill in a form")
    data = {**card_of_dialog(dialog)["actions"][0]["data"], "company": "Acme"}
    faulty.before["commit"] = away

    answer = await sam.invokes("task/submit", {"data": data})

    assert words_of(card_of_dialog(answer)).startswith("Not saved. Please press again.")
    assert "Acme" in str(card_of_dialog(answer))


async def test_a_form_opens_while_storage_is_away(served: Running, sam: Someone, faulty: FaultyStorage) -> None:
    await sam.writes("draft")
    await sam.hears()
    faulty.before["load"] = away

    dialog = await sam.presses("Fill in a form")

    assert card_of_dialog(dialog)["actions"]


async def test_whoever_waits_sees_within_two_seconds_that_we_are_at_it(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    faulty.before["commit"] = lambda: asyncio.sleep(1.8)
    begun = time.monotonic()

    writing = asyncio.ensure_future(sam.writes(NEWS))
    first = await sam.sees()
    seen = time.monotonic() - begun
    faulty.before.clear()

    assert (first["type"], seen < 2.0, await writing) == ("typing", True, 202)
    assert "Acme" in words_of(await sam.hears())


async def test_a_resend_while_the_first_is_still_running_counts_once(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    await sam.writes(NEWS)
    card = card_of(await sam.hears())
    inputs = {name: one["value"] for name, one in inputs_of(card).items()}
    action = {"verb": "choose", "data": {**card["actions"][0]["data"], **inputs}}
    activity = sam.activity("invoke", name="adaptiveCard/action", value={"action": action})
    faulty.before["commit"] = lambda: asyncio.sleep(0.5)

    answers = await asyncio.gather(*(teams.deliver(activity) for _ in range(3)))
    faulty.before.clear()
    await sam.hears()
    await sam.writes("help")

    assert answers[0] == answers[1] == answers[2]
    assert "✓" in words_of(answers[0][1]["value"])
    assert "You can also type" in words_of(await sam.hears())


async def test_a_message_that_is_sent_again_while_it_is_being_taken_counts_once(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    activity = sam.activity("message", text=NEWS)
    faulty.before["commit"] = lambda: asyncio.sleep(0.5)

    answers = await asyncio.gather(*(teams.deliver(activity) for _ in range(3)))
    faulty.before.clear()
    await sam.hears()
    await sam.writes("help")

    assert [status for status, _ in answers] == [202, 202, 202]
    assert "You can also type" in words_of(await sam.hears())


async def test_a_stalled_key_server_and_database_keep_nobody_else_waiting(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    await sam.writes(NEWS)
    teams.key_server.delay = 30.0
    faulty.before["commit"] = lambda: asyncio.sleep(2.0)
    teams.authority.add("k7")
    strange = teams.authority.token(teams.service, "k7")
    slow = [
        asyncio.ensure_future(teams.deliver(sam.activity("message", text="hello"), strange)),
        asyncio.ensure_future(sam.writes("hello")),
    ]

    lag, answered = await _lag(), await _time_of(teams, served)
    await asyncio.gather(*slow)

    assert lag < 0.5
    assert answered < 0.5


async def test_who_has_a_known_key_is_answered_while_another_waits_for_the_key_server(
    served: Running, sam: Someone, teams: TeamsStandIn
) -> None:
    await sam.writes(NEWS)
    teams.key_server.delay = 30.0
    teams.authority.add("k7")
    strange = teams.authority.token(teams.service, "k7")
    waiting = asyncio.ensure_future(teams.deliver(sam.activity("message", text="hello"), strange))

    priya = teams.person("priya")
    status = await priya.writes(NEWS)
    await priya.hears()

    assert (status, waiting.done()) == (202, False)
    assert (await waiting)[0] == 401


async def test_forgers_who_make_up_keys_lead_to_one_call_and_not_to_one_each(
    served: Running, sam: Someone, teams: TeamsStandIn
) -> None:
    await sam.writes(NEWS)
    before = teams.key_server.asked
    teams.authority.add("attacker", published=False)
    forged = [teams.authority.token(teams.service, "attacker", {"kid": f"made-up-{number}"}) for number in range(20)]

    answers = [await teams.deliver(sam.activity("message", text=NEWS), token) for token in forged]

    assert {status for status, _ in answers} == {401}
    assert teams.key_server.asked == before + 1


async def test_what_led_to_no_turn_is_counted_by_its_reason_alone(
    served: Running, sam: Someone, teams: TeamsStandIn, faulty: FaultyStorage
) -> None:
    await teams.deliver(sam.activity("message", text=NEWS), "forged")
    await teams.deliver(sam.activity("message", text=5))
    await teams.deliver(sam.activity("message", text=NEWS, channelId="skype"))
    await teams.deliver(sam.activity("messageReaction"))
    await sam.invokes("evil/call", {})
    await teams.deliver(sam.activity("message", text="x" * 300_000))
    faulty.before["commit"] = away
    await sam.writes(NEWS)

    assert served.counted == {
        "token: not a token": 1,
        "activity: text": 1,
        "token: channel not endorsed": 1,
        "ignored: nothing said": 1,
        "activity: unknown call": 1,
        "body: 413": 1,
        "not saved": 1,
    }


async def test_a_reply_that_may_have_arrived_comes_at_most_once_more(
    served: Running, sam: Someone, teams: TeamsStandIn
) -> None:
    teams.faults.append(Fault("reset_after"))

    await sam.writes(NEWS)
    first, again = await sam.hears(), await sam.hears()
    await sam.writes("help")

    assert served.surface.platform.uncertain == 1
    assert words_of(first) == words_of(again)
    assert "You can also type" in words_of(await sam.hears())


async def test_a_reply_survives_a_connector_that_is_away(served: Running, sam: Someone, teams: TeamsStandIn) -> None:
    teams.faults.extend([Fault("status", 429, retry_after="1"), Fault("status", 412, retry_after="1")])

    await sam.writes(NEWS)
    await teams.wait_for(sam.chat, 1)

    assert len(teams.posts) == 3


class Nudged:
    """Somebody who asked for a reminder, an hour before it is due."""

    def __init__(self, running: Running, clock: SimulatedClock, storage: Storage) -> None:
        self.running = running
        self._clock = clock
        self._storage = storage

    def now(self) -> datetime:
        return self._clock.now()

    async def due(self) -> datetime:
        kept = await self._storage.kept(SAM)
        assert kept is not None, "they are known"
        assert kept.next_due is not None, "a reminder was asked for"
        return kept.next_due

    async def reminder_is_due(self) -> None:
        await self.time_goes_by(await self.due())

    async def time_goes_by(self, until: datetime) -> None:
        """Until a little after the moment, with the worker at work."""
        self._clock.move_to(until + timedelta(seconds=1))
        for _ in range(5):
            await self.running.service.worker.careful_round()
            self._clock.move_to(self._clock.now() + timedelta(minutes=1))


@pytest_asyncio.fixture
async def nudged(teams: TeamsStandIn, sam: Someone, storage: Storage) -> AsyncIterator[Nudged]:
    clock = SimulatedClock(datetime(2026, 3, 4, 10, 10, tzinfo=UTC))
    async with running(settings_for(teams), coach(), storage, clock, works=False) as server:
        teams.deliver_to(server.messages)
        await sam.writes(NEWS)
        await _answered(server, sam)
        await sam.presses(labels_of(sam.last)[0])
        await _answered(server, sam)
        await sam.presses("Remind me")
        await _answered(server, sam)
        yield Nudged(server, clock, storage)


async def _answered(server: Running, sam: Someone) -> None:
    await server.service.worker.careful_round()
    await sam.hears()


async def test_a_reminder_names_no_employer_in_its_notification(nudged: Nudged, sam: Someone) -> None:
    await nudged.reminder_is_due()
    reminder = await sam.hears()

    assert "Acme" in words_of(reminder)
    assert "Acme" not in reminder["summary"]
    assert "text" not in reminder


@pytest.mark.parametrize("kind", ["reset_after", "reset_before", "status_after"])
async def test_a_reminder_never_comes_twice(nudged: Nudged, sam: Someone, teams: TeamsStandIn, kind: Any) -> None:
    before = len(teams.posts)
    teams.faults.append(Fault(kind, 502))

    await nudged.reminder_is_due()

    assert len(teams.posts) == before + 1


async def test_somebody_who_blocked_us_is_left_in_peace(
    nudged: Nudged, sam: Someone, teams: TeamsStandIn, storage: Storage
) -> None:
    before = await nudged.running.service.bot.recall(SAM)
    await sam.writes("help")
    teams.faults.append(Fault("status", 403, "MessageWritesBlocked"))

    await nudged.running.service.worker.careful_round()
    kept = await nudged.running.service.bot.recall(SAM)

    assert before is not None
    assert before.timers != ()
    assert kept is not None
    assert kept.timers == ()


async def test_no_reminder_comes_after_a_stop(nudged: Nudged, sam: Someone, teams: TeamsStandIn) -> None:
    due = await nudged.due()
    await sam.writes("stop")
    await _answered(nudged.running, sam)
    before = len(teams.posts)

    await nudged.time_goes_by(due)

    assert "Stopped" in words_of(sam.last)
    assert len(teams.posts) == before


async def test_a_reminder_that_teams_holds_back_does_not_come_after_a_stop(
    nudged: Nudged, sam: Someone, teams: TeamsStandIn
) -> None:
    teams.faults.extend([Fault("status", 429, retry_after="250")] * 9)
    await nudged.reminder_is_due()
    held_back = len(teams.posts)
    teams.faults.clear()

    await sam.writes("stop")
    await nudged.time_goes_by(nudged.now() + timedelta(minutes=10))

    assert teams.posts[held_back - 1].shown is False
    assert ["Stopped" in words_of(post.activity) for post in teams.posts[held_back:]] == [True]


def card_of_dialog(body: Any) -> dict[str, Any]:
    return dict(body["task"]["value"]["card"]["content"])


async def _lag() -> float:
    """How late the loop is at its worst; of two windows the better, as other work here is no stall of ours."""
    return min([await _worst_lag(0.4) for _ in range(2)])


async def _worst_lag(seconds: float) -> float:
    worst, end = 0.0, time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.monotonic()
        await asyncio.sleep(0.005)
        worst = max(worst, time.monotonic() - begun - 0.005)
    return worst


async def _time_of(teams: TeamsStandIn, served: Running) -> float:
    """How long it takes to be answered at another door of the same server."""
    begun = time.monotonic()
    assert teams.session is not None
    async with teams.session.get(f"{served.url}/healthz") as response:
        assert response.status == 200
    return time.monotonic() - begun
