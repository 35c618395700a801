"""The conversation tests, kept in PostgreSQL between any two lines."""

from __future__ import annotations

from itertools import count

import pytest

from bot.bootstrap import build_service
from bot.content.message import OutgoingMessage
from bot.engine.events import Arrived, ChoicePicked, Event, MessageReceived, ProfileChanged
from bot.engine.schedules import resolve
from bot.rehearsal.script import Arrives
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Incoming
from bot.runtime.turn import Bot
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.fakes import FakePlatform
from tests.platforms.stage import Recorder, Stage, scripts
from tests.shipped import coach
from tests.storage.postgres.server import new_database

SCRIPTS = scripts()
ADDRESSES = (Address("slack", "T1", f"U{number}") for number in count())


class Player:
    """Somebody whose platform adds nothing."""

    def __init__(self, bot: Bot, address: Address) -> None:
        self._bot = bot
        self._address = address
        self._numbers = count()
        self._question = 0

    async def writes(self, text: str) -> None:
        await self._happens(MessageReceived(text))

    async def picks(self, code: str) -> None:
        await self._happens(ChoicePicked(self._question, code))

    async def arrives(self) -> None:
        await self._happens(Arrived())

    async def sees(self, message: OutgoingMessage) -> None:
        assert message.parts
        self._question = message.question or self._question

    async def knows(self, profile: ProfileChanged) -> None:
        await self._happens(profile)

    async def _happens(self, event: Event) -> None:
        await self._bot.handle(Incoming(f"{self._address.user}:{next(self._numbers)}", self._address, event))


@pytest.fixture(scope="module")
def one_url(empty_tables: str) -> str:
    return new_database(empty_tables, like=empty_tables)


@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_conversation_test_holds_on_postgresql(path: str, one_url: str) -> None:
    script, address = SCRIPTS[path], next(ADDRESSES)
    given = script.given
    clock = SimulatedClock(resolve(given.now, given.timezone))
    storage = await open_storage(one_url, KeyRing([Key(b"k" * 32)]))
    recorder = Recorder(FakePlatform(name="slack"))
    service = build_service(coach(), storage, {"slack": recorder}, clock, jitter=lambda: 0.0)
    player = Player(service.bot, address)

    if not isinstance(script.lines[0], Arrives):
        await player.knows(ProfileChanged(given.name, given.timezone, given.language, given.country))
    stage = Stage(player, address, service, recorder)
    for line in script.lines:
        await stage.take(line)

    await storage.forget(address)
    await storage.close()
