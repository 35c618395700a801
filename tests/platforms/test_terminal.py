"""The terminal: a whole chat, from arriving to leaving, on a real database in memory."""

from __future__ import annotations

import io
from datetime import timedelta
from itertools import count

import pytest

from bot.engine.conversation import Conversation
from bot.platforms.terminal import Chat, Profile, Terminal, address_of
from bot.platforms.terminal_input import Lines
from bot.runtime.clock import Clock, RealClock, SimulatedClock
from bot.runtime.delivery import NotNow, Sent
from bot.runtime.outbox import Outbox
from bot.runtime.ports import Storage
from bot.runtime.turn import Bot
from bot.runtime.worker import Worker
from tests.fakes import MORNING, PRIYA, SAM, FaultyStorage, small_coach


async def chat(
    storage: Storage, *typed: str, clock: Clock | None = None, session: str = "a", out: io.StringIO | None = None
) -> str:
    """What is shown while somebody types these lines and leaves."""
    coach, out = small_coach(), out or io.StringIO()
    lines = iter(typed)
    ids = count()
    terminal = Terminal(SAM, out)
    clock = clock or SimulatedClock(MORNING)
    bot = Bot(coach, storage, clock)
    worker = Worker(
        bot, Outbox(coach, storage, {"terminal": terminal}, clock, lambda: 0.0), storage, clock, ("terminal",)
    )
    profile = Profile(SAM, "Sam", "Europe/London", "en")
    reading = Lines(lambda: next(lines, None))
    await Chat(bot, worker, storage, clock, terminal, profile, reading, lambda: f"{session}{next(ids)}").run()
    return out.getvalue()


async def test_the_coach_speaks_first_and_answers_every_line(storage: Storage) -> None:
    shown = await chat(storage, "no luck", "sent")

    assert [line for line in shown.splitlines() if line.startswith("coach: ")][:2] == [
        "coach: welcome.news",
        "coach: welcome.next_step",
    ]


async def test_a_choice_is_picked_by_its_number_with_or_without_brackets(storage: Storage) -> None:
    shown = await chat(storage, "no luck", "[1]")

    assert "coach: welcome.so_far" in shown


async def test_empty_lines_are_passed_over(storage: Storage) -> None:
    assert (await chat(storage, "", "   ")).count("coach:") == 1


async def test_somebody_who_comes_back_is_remembered(storage: Storage) -> None:
    await chat(storage, "no luck")

    shown = await chat(storage, session="b")

    assert "repairs.welcome_back" in shown
    assert "welcome.next_step" in shown


async def test_waiting_moves_the_clock_and_the_nudge_comes(storage: Storage) -> None:
    shown = await chat(storage, "no luck", "remind", "/wait 20 hours")

    assert "welcome.tea" in shown
    assert "note: It is now Thursday 05 March 2026, 06:10." in shown


async def test_what_is_no_length_of_time_is_told_how_to_write_it(storage: Storage) -> None:
    shown = await chat(storage, "/wait for it")

    assert "note: `for it` is not a length of time; write it like `20 hours` or `2 days`." in shown


async def test_the_real_clock_cannot_be_moved(storage: Storage) -> None:
    shown = await chat(storage, "/wait 2 days", clock=RealClock())

    assert "note: /wait moves a simulated clock" in shown


async def test_what_was_cut_is_said(storage: Storage) -> None:
    shown = await chat(storage, "x" * 1_000_000)

    assert "note: That is long; only its first 4,000 characters were read." in shown


async def test_what_could_not_be_saved_is_said_and_can_be_said_again(storage: Storage) -> None:
    faulty = FaultyStorage(storage, fails_at=0)

    shown = await chat(faulty, "no luck")  # type: ignore[arg-type]

    assert shown.startswith("note: Not saved. Please say it again.\n")
    assert "coach: welcome.next_step" in shown


async def test_leaving_by_a_word_ends_the_chat_there(storage: Storage) -> None:
    shown = await chat(storage, "/quit", "no luck")

    assert "welcome.next_step" not in shown


async def test_a_message_for_somebody_else_is_left_to_their_own_terminal(storage: Storage) -> None:
    out = io.StringIO()
    terminal = Terminal(SAM, out)
    message = small_coach().repair("failed", Conversation(), MORNING)
    assert message is not None

    assert isinstance(await terminal.send(PRIYA, message, 1), NotNow)
    assert await terminal.send(SAM, message, 2) == Sent()
    assert out.getvalue() == "coach: repairs.failed\n"


async def test_a_nudge_does_not_swallow_what_somebody_is_typing() -> None:
    out = io.StringIO()
    terminal = Terminal(SAM, out, around=lambda text: f"<{text}>")

    terminal.typing = True
    terminal.write(["coach: tea"])

    assert out.getvalue() == "<coach: tea\n>"


class _Closed(io.StringIO):
    """Output that nobody reads."""

    def write(self, text: str) -> int:
        raise BrokenPipeError


async def test_what_nobody_saw_waits_until_they_come_back(storage: Storage) -> None:
    with pytest.raises(BrokenPipeError):
        await chat(storage, "no luck", "sent", out=_Closed())

    shown = await chat(storage, session="b", clock=SimulatedClock(MORNING + timedelta(minutes=1)))

    assert shown.startswith("coach: welcome.news\n")


def test_a_person_is_known_by_their_name_on_this_computer() -> None:
    assert address_of("sam").person == "terminal:local:sam"
