"""The terminal: one person, one message a line, and nudges that appear while the chat is open.

Nothing typed here counts before it is saved, and nothing is shown that did not go through the outbox: it is the same
path as every other platform's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TextIO

from bot.content.cleaning import MOST_CHARACTERS, visible
from bot.content.message import OutgoingMessage
from bot.engine.events import Arrived, Event, MessageReceived, ProfileChanged
from bot.engine.record import load
from bot.engine.schedules import wall_time
from bot.engine.ticking import next_due
from bot.platforms.terminal_input import Lines
from bot.platforms.terminal_page import TRANSCRIPT, Page, lines, note
from bot.runtime.clock import Clock, SimulatedClock
from bot.runtime.delivery import Delivery, NotNow, Sent
from bot.runtime.leap import leap
from bot.runtime.lengths import BadLengthError, length_of
from bot.runtime.ports import Address, Incoming, Letter, Storage
from bot.runtime.turn import Bot, NotSavedError
from bot.runtime.worker import PAUSE, Worker

NAME = "terminal"
LEAVING = ("/quit", "/exit")


def address_of(person: str) -> Address:
    """Where the person of that name is met on this computer."""
    return Address(NAME, "local", person)


class Terminal:
    """Shows messages to the one person who sits here; ``around`` puts a text around what they are typing."""

    name = NAME

    def __init__(
        self,
        person: Address,
        out: TextIO,
        page: Page = TRANSCRIPT,
        around: Callable[[str], str] | None = None,
    ) -> None:
        self._person = person
        self._out = out
        self._page = page
        self._around = around
        self.typing = False
        self.gone = False

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        if address.user != self._person.user:
            return NotNow(
                PAUSE, tried=False
            )  # somebody else's, who uses the same database; their own terminal will show it
        try:
            self.write(lines(message, self._page))
        except BrokenPipeError:
            self.gone = True
            return NotNow(PAUSE)  # nobody reads any more; it will be shown when they come back
        return Sent()

    def write(self, shown: Sequence[str]) -> None:
        text = "".join(line + "\n" for line in shown)
        self._out.write(self._around(text) if self._around and self.typing else text)
        self._out.flush()


@dataclass(frozen=True, slots=True)
class Profile:
    """What the terminal knows of the person."""

    address: Address
    name: str
    timezone: str
    language: str


class Chat:
    """The conversation at the terminal, from arriving to leaving. ``new_id`` makes ids of inbound events."""

    def __init__(
        self,
        bot: Bot,
        worker: Worker,
        storage: Storage,
        clock: Clock,
        terminal: Terminal,
        profile: Profile,
        typed: Lines,
        new_id: Callable[[], str],
    ) -> None:
        self._bot = bot
        self._worker = worker
        self._storage = storage
        self._clock = clock
        self._terminal = terminal
        self._profile = profile
        self._typed = typed
        self._new_id = new_id

    async def run(self) -> None:
        """Talk until there is nothing more to read.

        Raises:
            BrokenPipeError: nobody is there to be shown anything.
        """
        profile = self._profile
        await self._tell(ProfileChanged(profile.name, profile.timezone, profile.language))
        await self._tell(Arrived())
        while (line := await self._next_line()) is not None and line.strip() not in LEAVING:
            await self._hear(line)
            if self._terminal.gone:
                raise BrokenPipeError

    async def _hear(self, line: str) -> None:
        if line.startswith("/wait"):
            await self._wait(line.removeprefix("/wait"))
        elif line.strip():
            if len(visible(line)) > MOST_CHARACTERS:
                self._note(f"That is long; only its first {MOST_CHARACTERS:,} characters were read.")
            await self._tell(MessageReceived(_unbracketed(line)))

    async def _tell(self, event: Event) -> None:
        """Hand an event in and show what comes of it."""
        try:
            await self._bot.handle(Incoming(self._new_id(), self._profile.address, event))
        except NotSavedError:
            self._note("Not saved. Please say it again.")
        await self._worker.careful_round()

    async def _next_line(self) -> str | None:
        """Wait for a line; nudges that fall due meanwhile are shown."""
        reading = asyncio.ensure_future(self._typed.next())
        self._terminal.typing = True
        try:
            while not (await asyncio.wait([reading], timeout=self._pause))[0]:
                await self._worker.careful_round()
            return reading.result()
        finally:
            self._terminal.typing = False
            reading.cancel()

    @property
    def _pause(self) -> float | None:
        """A simulated clock stands still while nobody moves it, so there is nothing to look for."""
        return None if isinstance(self._clock, SimulatedClock) else PAUSE

    async def _wait(self, length: str) -> None:
        if not isinstance(self._clock, SimulatedClock):
            self._note("/wait moves a simulated clock; start with --now to have one.")
            return
        try:
            until = self._clock.now() + length_of(length)
        except BadLengthError as error:
            self._note(f"{error}.")
            return
        await leap(self._clock, until, self._next_due, self._worker.round)
        local = wall_time(self._clock.now(), self._profile.timezone)
        self._note(f"It is now {local:%A %d %B %Y, %H:%M}.")

    async def _next_due(self) -> datetime | None:
        loaded = await self._storage.load(self._profile.address)
        return next_due(load(loaded.body)) if loaded.body is not None else None

    def _note(self, text: str) -> None:
        self._terminal.write([note(text)])


def _unbracketed(line: str) -> str:
    """``[1]`` and ``[I sent it]`` mean what stands between the brackets, as the choices are shown that way."""
    bare = line.strip()
    return bare[1:-1] if bare.startswith("[") and bare.endswith("]") and "]" not in bare[:-1] else line
