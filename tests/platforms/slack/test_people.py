"""People: their profile is asked for now and then, and again soon when nothing was learned."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.engine.events import Arrived
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.people import ASK_AGAIN, PROFILE_STAYS, People
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Incoming, Storage
from bot.runtime.turn import Bot
from tests.fakes import MORNING
from tests.platforms.slack.test_pacing import Seconds
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_faults import Kind


class Asking:
    """A person who shows up, and what is asked about them."""

    def __init__(self, slack: SlackStandIn, api: SlackApi, storage: Storage, address: Address) -> None:
        clock = SimulatedClock(MORNING)
        self.seconds = Seconds()
        self.pace = Pace(self.seconds)
        self.bot = Bot(coach(), storage, clock)
        self.address = address
        self._slack = slack
        self._errands = Errands()
        workspaces = Workspaces(storage, clock, "xoxb-T0ONE", self.seconds)
        self._people = People(api, workspaces, self.pace, self._errands, clock, self.seconds)

    async def shows_up(self, after: float = 0.0) -> int:
        """How often a profile has been told by then."""
        self.seconds.now += after
        self._people.ask_profile(self.bot, self.address)
        await self._errands.finish(5.0)
        return [call.method for call in self._slack.calls].count("users.info")


@pytest_asyncio.fixture
async def asking(slack: SlackStandIn, storage: Storage, sam: Someone) -> AsyncIterator[Asking]:
    api = SlackApi(slack.api_url)
    await api.open()
    made = Asking(slack, api, storage, Address("slack", sam.person.team, sam.person.id, sam.person.channel))
    await made.bot.handle(Incoming("1", made.address, Arrived()))
    yield made
    await api.close()


async def test_a_profile_that_was_told_is_asked_for_again_after_hours(asking: Asking) -> None:
    first = await asking.shows_up()
    soon = await asking.shows_up(after=PROFILE_STAYS - 1)
    later = await asking.shows_up(after=1)

    assert (first, soon, later) == (1, 1, 2)


@pytest.mark.parametrize("kind", ["unavailable", "reset_before", "ratelimited"])
async def test_a_profile_that_was_not_told_is_asked_for_again_after_a_minute(
    asking: Asking, slack: SlackStandIn, kind: Kind
) -> None:
    slack.fail("users.info", kind)

    failed = await asking.shows_up()
    soon = await asking.shows_up(after=ASK_AGAIN - 1)
    later = await asking.shows_up(after=1)
    conversation = await asking.bot.recall(asking.address)

    assert (failed, soon, later) == (0, 0, 1)
    assert conversation is not None
    assert conversation.profile.timezone != "UTC"


async def test_a_profile_that_there_was_no_leave_to_ask_for_is_asked_for_after_a_minute(asking: Asking) -> None:
    while asking.pace.may_call(asking.address.tenant, "users.info"):
        pass

    busy = await asking.shows_up()
    later = await asking.shows_up(after=ASK_AGAIN)

    assert (busy, later) == (0, 1)
