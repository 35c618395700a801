"""The conversation tests, played by people in Teams: whatever a script expects is what they see, in Teams' form."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import Service, build_service
from bot.content.message import OutgoingMessage
from bot.engine.schedules import resolve
from bot.engine.ticking import next_due
from bot.platforms.teams.elements import loosened
from bot.platforms.teams.surface import TeamsSurface
from bot.rehearsal.expect import check
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Arrives, Finished, Line, Picks, Quiet, Script, Speaks, Waits, Writes
from bot.runtime.clock import SimulatedClock
from bot.runtime.leap import leap
from bot.runtime.ports import Address, Delivery, Letter, Platform, Sent
from bot.server import Server
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.platforms.teams.serving import settings_for
from tests.shipped import coach
from tests.standins.teams import Someone, TeamsStandIn, card_of, labels_of, words_of
from tests.standins.teams_keys import TENANT

HERE = Path(__file__).parents[2] / "conversations"
BETWEEN = timedelta(seconds=2)
SAM = Address("teams", TENANT, "aad-sam")


def _scripts() -> dict[str, Script]:
    """Those that a person in Teams can play: there, the app is added once, before anything else."""
    opened = {str(path.relative_to(HERE)): open_script(path) for path in find_scripts([HERE])}
    scripts = {name: script for name, script in opened.items() if isinstance(script, Script)}
    assert len(scripts) == len(opened), "every script can be read"
    return {
        name: script
        for name, script in scripts.items()
        if not any(isinstance(line, Arrives) for line in script.lines[1:])
    }


SCRIPTS = _scripts()


class Recorder:
    """Passes everything on and remembers what was shown."""

    name = "teams"

    def __init__(self, inner: Platform) -> None:
        self.shown: deque[OutgoingMessage] = deque()
        self._inner = inner

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        delivery = await self._inner.send(address, message, letter)
        if delivery == Sent():
            self.shown.append(message)
        return delivery


class Stage:
    """One person in Teams, our server behind it, and a clock that moves when the script says so."""

    def __init__(self, sam: Someone, service: Service, clock: SimulatedClock, recorder: Recorder) -> None:
        self._sam = sam
        self._service = service
        self._clock = clock
        self._recorder = recorder

    async def take(self, line: Line) -> None:
        match line:
            case Writes(_, text):
                await self._after(await self._sam.writes(text))
            case Picks(_, code):
                await self._sam.presses(_label(self._sam, code))
                await self._after(202)
            case Arrives():
                await self._after(await self._sam.installs())
            case Waits(_, length):
                self._recorder.shown.clear()
                await leap(self._clock, self._clock.now() + length, self._next_due, self._service.worker.round)
                await self._see()
            case Speaks():
                check(line, self._recorder.shown.popleft() if self._recorder.shown else None, reworded=False)
            case Quiet():
                assert not self._recorder.shown
            case Finished():
                conversation = await self._service.bot.recall(SAM)
                assert conversation is None or conversation.stack == ()

    async def _after(self, status: int) -> None:
        assert status == 202
        self._recorder.shown.clear()
        self._clock.move_to(self._clock.now() + BETWEEN)
        await self._service.worker.round()
        await self._see()

    async def _see(self) -> None:
        for message in self._recorder.shown:
            _same(message, await self._sam.hears())

    async def _next_due(self) -> datetime | None:
        conversation = await self._service.bot.recall(SAM)
        return None if conversation is None else next_due(conversation)


def _label(sam: Someone, code: str) -> str:
    actions = card_of(sam.last)["actions"]
    return str(next(one["title"] for one in actions if one.get("data", {}).get("choice") == code))


def _same(message: OutgoingMessage, seen: object) -> None:
    """Every word of the message is seen, and every label."""
    assert isinstance(seen, dict)
    words = "".join(words_of(seen).split())
    assert all("".join(loosened(part.text).split()) in words for part in message.parts)
    assert [one.label for one in message.buttons if one.link is None] == [
        label for label in labels_of(seen) if not label.endswith("↗") and label != "Fill in a form"
    ]


@asynccontextmanager
async def _stage(script: Script) -> AsyncIterator[tuple[Stage, TeamsStandIn]]:
    given = script.given
    clock = SimulatedClock(resolve(given.now, given.timezone))
    storage = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    async with TeamsStandIn() as teams:
        sam = teams.person("sam", given.name)
        sam.timezone, sam.locale, sam.country = given.timezone, given.language, given.country
        surface = TeamsSurface(settings_for(teams), clock, lambda: clock.now().timestamp())
        recorder = Recorder(surface.platform)
        service = build_service(coach(), storage, {"teams": recorder}, clock, jitter=lambda: 0.0)
        stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
        serving = Server(service, [surface], works=False).run("127.0.0.1", 0, stop, port.set_result)
        server = asyncio.ensure_future(serving)
        teams.deliver_to(f"http://127.0.0.1:{await port}/api/messages")
        yield Stage(sam, service, clock, recorder), teams
        stop.set()
        await server


@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_conversation_test_holds_in_teams(path: str) -> None:
    script = SCRIPTS[path]

    async with _stage(script) as (stage, teams):
        for line in script.lines:
            await stage.take(line)

        assert teams.refused() == []
