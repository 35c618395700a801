"""The conversation tests, played by people in Slack: whatever a script expects is what they see, in Slack's form."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import Service, build_service
from bot.content.message import OutgoingMessage
from bot.content.wording import shown
from bot.engine.events import ProfileChanged
from bot.engine.schedules import resolve
from bot.engine.ticking import next_due
from bot.platforms.slack.surface import SlackSurface
from bot.rehearsal.expect import check
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.script import Arrives, Finished, Line, Picks, Quiet, Script, Speaks, Waits, Writes
from bot.runtime.clock import SimulatedClock
from bot.runtime.leap import leap
from bot.runtime.ports import Address, Delivery, Incoming, Letter, Platform, Sent
from bot.server import Server
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.platforms.slack.serving import TEAM, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_screen import labels_of, words_of
from tests.standins.slack_world import Message

HERE = Path(__file__).parents[2] / "conversations"
BETWEEN = timedelta(seconds=2)
"""People do not type faster than Slack lets us answer."""

SAM = Address("slack", TEAM, "U0SAM")


def _scripts() -> Iterator[tuple[str, Script]]:
    """Those that a person in Slack can play: there, opening the messages is told of once, before anything else."""
    for path in find_scripts([HERE]):
        script = open_script(path)
        assert isinstance(script, Script)
        if not any(isinstance(line, Arrives) for line in script.lines[1:]):
            yield str(path.relative_to(HERE)), script


SCRIPTS = dict(_scripts())


class Recorder:
    """Passes everything on and remembers what was shown."""

    name = "slack"

    def __init__(self, inner: Platform) -> None:
        self.shown: deque[OutgoingMessage] = deque()
        self._inner = inner

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        delivery = await self._inner.send(address, message, letter)
        if delivery == Sent():
            self.shown.append(message)
        return delivery


class Stage:
    """One person in Slack, our server behind it, and a clock that moves when the script says so."""

    def __init__(self, slack: SlackStandIn, sam: Someone, service: Service, recorder: Recorder) -> None:
        self._slack = slack
        self._sam = sam
        self._service = service
        self._recorder = recorder
        assert isinstance(service.clock, SimulatedClock)
        self._clock = service.clock

    async def take(self, line: Line) -> None:
        match line:
            case Writes(_, text):
                await self._after(self._sam.writes(text))
            case Picks(_, code):
                await self._after(self._press(code))
            case Arrives():
                await self._after(self._sam.opens("messages"))
            case Waits(_, length):
                self._recorder.shown.clear()
                await leap(self._clock, self._clock.now() + length, self._next_due, self._service.worker.round)
            case Speaks():
                check(line, self._recorder.shown.popleft() if self._recorder.shown else None, reworded=False)
            case Quiet():
                assert not self._recorder.shown
            case Finished():
                conversation = await self._service.bot.recall(SAM)
                assert conversation is None or conversation.stack == ()

    async def _after(self, doing: object) -> None:
        self._recorder.shown.clear()
        await doing  # type: ignore[misc]
        self._clock.move_to(self._clock.now() + BETWEEN)
        await self._service.worker.round()
        for message in self._recorder.shown:
            _same(message, self._sam.answers[-1])

    async def _press(self, code: str) -> None:
        message = self._sam.answers[-1]
        number = [button["value"].partition(":")[2] for button in _choices(message)].index(code)
        await self._sam.presses(_choices(message)[number]["text"]["text"].replace("&amp;", "&"), message)

    async def _next_due(self) -> object:
        conversation = await self._service.bot.recall(SAM)
        return None if conversation is None else next_due(conversation)


def _choices(message: Message) -> list[dict[str, object]]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [one for row in rows for one in row["elements"] if one["action_id"].startswith("choice:")]


def _same(message: OutgoingMessage, seen: Message) -> None:
    """Every word of the message is seen, and every label."""
    words = "".join(words_of(seen.blocks).split())
    for part in message.parts:
        assert "".join(shown(part.text).split()) in words
    assert labels_of(seen.blocks) == [
        button.label for button in message.buttons if not (button.link or "").startswith(("mailto:", "tel:"))
    ]


@asynccontextmanager
async def _stage(script: Script) -> AsyncIterator[tuple[Stage, SlackStandIn]]:
    given = script.given
    clock = SimulatedClock(resolve(given.now, given.timezone))
    storage = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    async with SlackStandIn(clock=lambda: clock.now().timestamp()) as slack:
        team = slack.install(TEAM)
        locale = f"{given.language}-{given.country or 'XX'}"
        sam = slack.person(team, SAM.user, name=given.name, tz=given.timezone, locale=locale)
        surface = SlackSurface(
            settings_for(slack), storage, clock, lambda _: None, monotonic=lambda: clock.now().timestamp()
        )
        recorder = Recorder(surface.platform)
        service = build_service(coach(), storage, {"slack": recorder}, clock, jitter=lambda: 0.0)
        stop, port = asyncio.Event(), asyncio.get_running_loop().create_future()
        server = asyncio.ensure_future(
            Server(service, [surface], works=False).run("127.0.0.1", 0, stop, port.set_result)
        )
        slack.deliver_to(f"http://127.0.0.1:{await port}/slack/events")
        known = ProfileChanged(given.name, given.timezone, given.language, given.country)
        if not isinstance(script.lines[0], Arrives):
            await service.bot.handle(Incoming("known", SAM, known))
        yield Stage(slack, sam, service, recorder), slack
        stop.set()
        await server


@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_conversation_test_holds_in_slack(path: str) -> None:
    script = SCRIPTS[path]

    async with _stage(script) as (stage, slack):
        for line in script.lines:
            await stage.take(line)

        assert slack.refused() == []
