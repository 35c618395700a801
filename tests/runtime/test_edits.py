"""Whoever is in the middle of a conversation when an author edits a file goes on, and is never shown an error.

Conversations are stored and loaded between any two lines, and every process begins anew after an edit: what it needs of
the older version comes from the database.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.content.catalog import Catalog
from bot.engine.events import ChoicePicked, Event, MessageReceived, Reading, Tick
from bot.engine.model import Delay, Library, Message, Moment, Nudge, OneOf, Run, Slot, State, Text
from bot.engine.record import load
from bot.runtime.clock import SimulatedClock
from bot.runtime.coach import Coach
from bot.runtime.ports import Incoming, Storage
from bot.runtime.shelf import Shelf, UnusableVersionError
from bot.runtime.turn import Bot
from tests.content.catalogs import english
from tests.engine.building import asks, dialog, library, state
from tests.fakes import SAM, Keyed, library_with_repairs

HOUR = timedelta(hours=1)
NUDGE = Nudge("tea", "paint", Message("paint.tea"), after=Delay(plain=4 * HOUR), lateness=HOUR, consent="red")


def painting(**changes: object) -> Library:
    """Asks for a colour, then in another dialog for its shade, then for a note."""
    parts: dict[str, object] = {
        "structure": "1",
        "renamed": {},
        "colour": "colour",
        "codes": ("red", "blue"),
        "slot": Slot("note", Text(80)),
        "nudges": [NUDGE],
        "note": "note",
        "gone": False,
        "shade_gone": False,
    } | changes
    colour, note = str(parts["colour"]), str(parts["note"])
    codes: tuple[str, ...] = parts["codes"]  # type: ignore[assignment]
    paint = dialog(
        "paint",
        state("start", go=colour),
        state(colour, asks("paint", "colour", *codes), dict.fromkeys(codes, "shade")),
        State("shade", go=state("x", go=note).go, body=Run("shade")),
        state(note, asks("paint", "note"), "bye"),
        state("bye", says=["paint.bye"]),
        slots=[Slot("colour", OneOf(codes)), parts["slot"]],  # type: ignore[list-item]
        nudges=parts["nudges"],  # type: ignore[arg-type]
        starts_on=("paint",),
        structure=str(parts["structure"]),
        renamed=parts["renamed"],  # type: ignore[arg-type]
    )
    shade = dialog(
        "shade", state("start", asks("shade", "light"), "end"), slots=[Slot("light", Text(80))], structure="1"
    )
    known = library(*([] if parts["gone"] else [paint]), *([] if parts["shade_gone"] else [shade]))
    return replace(library_with_repairs(known, "failed", "moved"), version=f"v{parts['structure']}")


RENAMED: dict[str, object] = {"structure": "2", "colour": "tint", "note": "remark"}
WITH_A_MAP = {**RENAMED, "renamed": {"colour": "tint", "note": "remark"}}
EDITS: dict[str, dict[str, object]] = {
    "wording only": {},
    "state renamed without a map": RENAMED,
    "state renamed with a map": WITH_A_MAP,
    "choice removed": {"structure": "2", "codes": ("blue", "green")},
    "slot of another type": {"structure": "2", "slot": Slot("note", Moment())},
    "dialog removed": {"structure": "2", "gone": True},
    "sub-dialog removed": {"structure": "2", "shade_gone": True, "gone": True},
    "nudge removed": {"structure": "2", "nudges": []},
    "skill means something else": {"structure": "1/mix=2"},
}
LEFT = {"skill means something else"}
"""Edits after which nothing can be finished."""


def coach_of(known: Library) -> Coach:
    def read(text: str, setting: object) -> Reading:
        return (
            Reading(intent="paint", sure=True)
            if text == "paint"
            else Reading(command="stop" if text == "stop" else None, safety="self" if text == "crisis" else None)
        )

    return Coach(known, Catalog({"en": english(Keyed(known))}), read)


class Talk:
    """One person with a database; each ``edit`` ends the process and begins another with other files."""

    def __init__(self, storage: Storage, clock: SimulatedClock) -> None:
        self.storage, self.clock = storage, clock
        self.editions: dict[bytes, Coach] = {}
        self.nth = 0
        self.question = 0

    async def edit(self, known: Library, forgets: bool = False) -> None:
        coach = coach_of(known)
        name = f"{known.version} {len(self.editions)}".encode()
        self.editions[name] = coach
        if "/" in known.version:
            # Whatever is compiled again from now on has today's skills.
            self.editions = dict.fromkeys(self.editions, coach)
        if not forgets:
            await self.storage.keep_version(known.version, name, self.clock.now())
        self.bot = Bot(Shelf(coach, self.storage, self._made), self.storage, self.clock)

    def _made(self, bundle: bytes) -> Coach:
        if bundle not in self.editions:
            raise UnusableVersionError("gone")
        return self.editions[bundle]

    async def hears(self, event: Event) -> tuple[str, ...]:
        self.nth += 1
        handled = await self.bot.handle(Incoming(f"e{self.nth}", SAM, event))
        if handled.message is not None and handled.message.question is not None:
            self.question = handled.message.question
        return () if handled.message is None else handled.message.keys

    async def says(self, text: str) -> tuple[str, ...]:
        return await self.hears(MessageReceived(text))

    async def picks(self, code: str) -> tuple[str, ...]:
        return await self.hears(ChoicePicked(self.question, code))

    async def stack(self) -> list[tuple[str, str]]:
        body = (await self.storage.load(SAM)).body
        return [] if body is None else [(frame.dialog, frame.state) for frame in load(body).stack]


@pytest.fixture
def talk(storage: Storage, clock: SimulatedClock) -> Talk:
    return Talk(storage, clock)


@pytest.mark.parametrize("edit", EDITS)
async def test_who_was_asked_answers_as_if_nothing_had_happened(edit: str, talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")

    await talk.edit(painting(**EDITS[edit]))
    keys = await talk.picks("red")

    assert keys == (("repairs.moved", "repairs.old_choice", "welcome.hello") if edit in LEFT else ("shade.light",))
    assert "repairs.failed" not in keys
    assert await talk.storage.dead_letters(10) == []


@pytest.mark.parametrize("edit", EDITS)
async def test_who_is_in_a_dialog_that_another_one_runs_comes_back_to_it(edit: str, talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")
    await talk.picks("red")

    await talk.edit(painting(**EDITS[edit]))
    after = await talk.says("a light one")

    if edit in LEFT:
        assert after[0] == "repairs.moved"
    else:
        assert after == ("paint.note",)
        assert await talk.says("my note") == ("paint.bye",)
    assert await talk.storage.dead_letters(10) == []


@pytest.mark.parametrize("edit", EDITS)
async def test_a_reminder_that_was_promised_is_kept_where_it_is_still_written_down(edit: str, talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")
    await talk.picks("red")

    await talk.edit(painting(**EDITS[edit]))
    talk.clock.move_to(talk.clock.now() + 4 * HOUR)
    keys = await talk.hears(Tick(talk.clock.now()))

    assert "paint.tea" in keys or edit in LEFT | {"dialog removed"}
    assert await talk.storage.dead_letters(10) == []


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("answer", ["crisis", "stop"])
async def test_a_crisis_and_a_stop_win_after_every_edit(edit: str, answer: str, talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")

    await talk.edit(painting(**EDITS[edit]))
    keys = await talk.says(answer)

    assert any(key.startswith(answer) for key in keys)


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit not in ("wording only", "nudge removed")])
async def test_where_the_old_version_is_gone_there_is_an_explanation_and_a_way_on(edit: str, talk: Talk) -> None:
    await talk.edit(painting(), forgets=True)
    await talk.says("paint")

    await talk.edit(painting(**EDITS[edit]))
    keys = await talk.says("red, please")

    stays = edit in ("state renamed with a map", "choice removed", "slot of another type")
    assert keys
    assert stays or keys[0] == "repairs.moved"
    assert "repairs.failed" not in keys


async def test_what_was_finished_needs_its_version_no_longer(talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")
    await talk.edit(painting(**RENAMED))
    await talk.picks("red")
    assert await talk.storage.versions_in_use() == {"v1", "v2"}

    await talk.says("a light one")
    await talk.says("my note")

    assert await talk.storage.versions_in_use() == {"v2"}
    assert await talk.says("paint") == ("paint.colour",)
    assert await talk.stack() == [("paint", "tint")]


async def test_two_edits_later_it_is_still_finished_as_it_was_begun(talk: Talk) -> None:
    await talk.edit(painting())
    await talk.says("paint")
    await talk.edit(painting(**RENAMED))
    await talk.hears(Tick(talk.clock.now()))

    await talk.edit(painting(**{**RENAMED, "structure": "3", "colour": "hue"}))

    assert await talk.picks("red") == ("shade.light",)
    assert await talk.storage.versions_in_use() == {"v1", "v3"}
