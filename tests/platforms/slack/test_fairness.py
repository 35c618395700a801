"""One workspace that floods us holds up no other."""

from __future__ import annotations

import asyncio
import json
import time
from datetime import UTC, datetime

from bot.engine.events import MessageReceived
from bot.runtime.installations import Installation
from bot.runtime.ports import Address, Incoming, Storage
from tests.platforms.slack.serving import running, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_server import CLIENT_ID, CLIENT_SECRET

FLOOD = 600


async def _asked_and_answered(sam: Someone) -> float:
    began = time.monotonic()
    await sam.writes("hello")
    await sam.hears(within=30)
    return time.monotonic() - began


async def test_while_one_workspace_floods_people_of_another_are_answered_soon(
    slack: SlackStandIn, storage: Storage, sam: Someone
) -> None:
    team = slack.install("T0FLOOD")
    await storage.install(Installation("slack", team.id, datetime.now(UTC), json.dumps({"token": team.token})))
    crowd = [slack.person(team, f"U0F{number}") for number in range(FLOOD)]
    settings = settings_for(slack, client_id=CLIENT_ID, client_secret=CLIENT_SECRET)

    async with running(settings, coach(), storage) as served:
        slack.deliver_to(served.events)
        for one in crowd:
            address = Address("slack", team.id, one.person.id, one.person.channel)
            await served.service.bot.handle(Incoming(one.person.id, address, MessageReceived("hello")))
        served.service.worker.wake()
        await asyncio.sleep(0.2)
        waited = await _asked_and_answered(sam)
        reached = sum(bool(one.answers) for one in crowd)

    assert waited < 3
    assert 0 < reached < FLOOD
