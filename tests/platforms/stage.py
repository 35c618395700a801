"""A stage: conversation tests, played by a person who has a platform open before them, with our server behind it."""

from __future__ import annotations

from collections import deque
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.bootstrap import Service
from bot.content.message import OutgoingMessage
from bot.engine.ticking import next_due
from bot.rehearsal.expect import check
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Arrives, Finished, Line, Picks, Quiet, Script, Speaks, Waits, Writes
from bot.runtime.clock import SimulatedClock
from bot.runtime.delivery import Delivery, Platform, Sent
from bot.runtime.leap import leap
from bot.runtime.ports import Address, Letter

HERE = Path(__file__).parents[1] / "conversations"
BETWEEN = timedelta(seconds=2)
"""People do not type faster than platforms let us answer."""


def scripts() -> dict[str, Script]:
    """Those that a person can play: whoever arrives does so once, before anything else."""
    opened = {str(path.relative_to(HERE)): open_script(path) for path in find_scripts([HERE])}
    found = {name: script for name, script in opened.items() if isinstance(script, Script)}
    assert len(found) == len(opened), "every script can be read"
    return {
        name: script
        for name, script in found.items()
        if not any(isinstance(line, Arrives) for line in script.lines[1:])
    }


class Player(Protocol):
    """Somebody who acts on a platform, and checks that they see there what the coach says."""

    async def writes(self, text: str) -> None: ...

    async def picks(self, code: str) -> None: ...

    async def arrives(self) -> None: ...

    async def sees(self, message: OutgoingMessage) -> None: ...


class Recorder:
    """Passes everything on and remembers what was shown."""

    def __init__(self, inner: Platform) -> None:
        self.name = inner.name
        self.shown: deque[OutgoingMessage] = deque()
        self._inner = inner

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        delivery = await self._inner.send(address, message, letter)
        if delivery == Sent():
            self.shown.append(message)
        return delivery


class Stage:
    """One player, our server, and a clock that moves when the script says so."""

    def __init__(self, player: Player, address: Address, service: Service, recorder: Recorder) -> None:
        assert isinstance(service.clock, SimulatedClock), "time passes when the script says so"
        self._player = player
        self._address = address
        self._service = service
        self._clock = service.clock
        self._recorder = recorder

    async def take(self, line: Line) -> None:
        match line:
            case Writes(_, text):
                await self._player.writes(text)
                await self._see()
            case Picks(_, code):
                await self._player.picks(code)
                await self._see()
            case Arrives():
                await self._player.arrives()
                await self._see()
            case Waits(_, length):
                self._recorder.shown.clear()
                await leap(self._clock, self._clock.now() + length, self._next_due, self._service.worker.round)
                await self._check_seen()
            case Speaks():
                check(line, self._recorder.shown.popleft() if self._recorder.shown else None, reworded=False)
            case Quiet():
                assert not self._recorder.shown
            case Finished():
                conversation = await self._service.bot.recall(self._address)
                assert conversation is None or conversation.stack == ()

    async def _see(self) -> None:
        self._recorder.shown.clear()
        self._clock.move_to(self._clock.now() + BETWEEN)
        await self._service.worker.round()
        await self._check_seen()

    async def _check_seen(self) -> None:
        for message in self._recorder.shown:
            await self._player.sees(message)

    async def _next_due(self) -> datetime | None:
        conversation = await self._service.bot.recall(self._address)
        return None if conversation is None else next_due(conversation)
