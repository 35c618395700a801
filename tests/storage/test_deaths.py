"""A process that is killed at any statement of what it does: another does it again, and it has happened once.

These are real deaths (``kill -9``) of real processes. What comes of a statement that fails while the process lives on
is shown in ``test_crash_points``.
"""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable
from datetime import datetime
from itertools import count
from multiprocessing import get_context
from pathlib import Path

import pytest

from bot.runtime.ports import Kept
from bot.storage.crypto import read_keys
from bot.storage.keyfile import open_key_file
from tests.storage.people import PRIYA, SAM
from tests.storage.postgres.server import new_database
from tests.storage.scenes import ELSEWHERE, MORNING, SCENES, WORKSPACE, House, Place, live, renew_key

MOST_STATEMENTS = 100
PATIENCE = 30.0

_PROCESSES = get_context("forkserver")
_PROCESSES.set_forkserver_preload(["pytest", "tests.storage.scenes"])

Places = Callable[[], Place]
Look = Callable[[Place, House], Awaitable[None]]


@pytest.fixture(params=["sqlite", "postgres", "postgres, answers lost"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Places:
    """One fresh place for each call."""
    folders = (tmp_path / str(number) for number in count())
    empty = "" if request.param == "sqlite" else request.getfixturevalue("empty_tables")

    def fresh() -> Place:
        folder = next(folders)
        folder.mkdir()
        url = new_database(empty, like=empty) if empty else f"sqlite:///{folder}/afterword.db"
        return Place(url, folder, answers="lost" in request.param)

    return fresh


async def nothing(place: Place, house: House) -> None:
    """There is nothing to be seen between the death and the second time."""


async def die_everywhere(places: Places, name: str, after: Look, between: Look = nothing) -> None:
    """Let a process die at each statement of a scene's act, do it again, and look ``after`` that and ``between``."""
    scene = SCENES[name]
    for at in range(1, MOST_STATEMENTS):
        place = await begun(places, name)
        died = dies(live, place, name, at)
        async with place.open(scene.again) as house:
            await between(place, house)
            await scene.act(house)
            await after(place, house)
        if not died:
            break
    assert 1 < at < MOST_STATEMENTS, "every statement was tried, and there were some"


async def begun(places: Places, name: str) -> Place:
    place = places()
    async with place.open(MORNING) as house:
        await SCENES[name].before(house)
    return place


def dies(do: Callable[..., None], *arguments: object) -> bool:
    """Do it in a process; false when that did not die of it."""
    process = _PROCESSES.Process(target=do, args=arguments)
    process.start()
    process.join(PATIENCE)
    code = process.exitcode
    process.close()
    assert code in (0, -signal.SIGKILL)
    return code != 0


async def uninterrupted(places: Places, name: str, moment: datetime) -> Kept | None:
    """What is kept of Sam where nobody died."""
    place = await begun(places, name)
    async with place.open(moment) as house:
        await SCENES[name].act(house)
        return await house.storage.kept(SAM)


async def test_a_message_counts_once_and_is_answered_wherever_the_process_dies(places: Places) -> None:
    moments = (SCENES["turn"].at, SCENES["turn"].again)
    expected = [kept.body for moment in moments if (kept := await uninterrupted(places, "turn", moment))]

    async def look(place: Place, house: House) -> None:
        kept = await house.storage.kept(SAM)
        assert kept is not None
        assert kept.body in expected
        assert kept.letters == ()
        answers = [keys[0] for _, keys in place.shown()]
        assert answers[:3] == ["setback.news", "draft.show_draft", "draft.after_reminder"]
        assert answers[3:] in (["sent.check_reply"], ["sent.check_reply"] * 2)

    await die_everywhere(places, "turn", look)


async def test_a_nudge_is_sent_once_or_is_known_to_have_been_on_its_way(places: Places) -> None:
    async def look(place: Place, house: House) -> None:
        kept = await house.storage.kept(SAM)
        assert kept is not None
        assert kept.letters == ()
        nudges = [nudge for nudge, _ in place.shown() if nudge]
        assert len(nudges) <= 1
        assert nudges or [letter.reason for letter in kept.dead_letters] == ["may have arrived"]

    await die_everywhere(places, "nudge", look)


async def test_an_installation_that_was_cut_short_can_be_begun_again(places: Places) -> None:
    async def look(place: Place, house: House) -> None:
        assert await house.workspaces.token("T1") == WORKSPACE.token
        assert await house.storage.kept(SAM) is not None

    await die_everywhere(places, "install", look)


async def test_where_the_coach_is_uninstalled_all_is_gone_or_nothing(places: Places) -> None:
    async def all_or_nothing(place: Place, house: House) -> None:
        there = [await house.storage.kept(person) is not None for person in (SAM, PRIYA)]
        assert there == [await house.workspaces.token("T1") is not None] * 2

    async def look(place: Place, house: House) -> None:
        assert await house.workspaces.token("T1") is None
        assert [await house.storage.kept(person) for person in (SAM, PRIYA)] == [None, None]
        assert await house.storage.kept(ELSEWHERE) is not None
        assert await house.workspaces.token("T2") is not None

    await die_everywhere(places, "uninstall", look, all_or_nothing)


async def test_who_asked_to_be_forgotten_is_forgotten_and_told_so_and_stays_forgotten(places: Places) -> None:
    async def look(place: Place, house: House) -> None:
        assert await house.storage.kept(SAM) is None
        assert (await house.storage.load(SAM, "U1-9")).known
        assert [keys for _, keys in place.shown()][-1] == ["forget_me.deleted"]
        assert await house.storage.kept(PRIYA) is not None

    await die_everywhere(places, "deletion", look)


async def test_a_rotation_goes_on_where_it_was_cut_short_and_old_keys_can_go(places: Places) -> None:
    async def opens(place: Place, house: House) -> None:
        assert [await house.storage.kept(person) is None for person in (SAM, PRIYA, ELSEWHERE)] == [False] * 3
        assert [await house.workspaces.token(team) for team in ("T1", "T2")] == [WORKSPACE.token] * 2

    async def opens_with_the_newest_key_alone(place: Place, house: House) -> None:
        newest, *_ = read_keys(place.key_file.read_text())
        place.key_file.write_text(newest.written)
        async with place.open(SCENES["rotation"].again) as later:
            await opens(place, later)

    await die_everywhere(places, "rotation", opens_with_the_newest_key_alone, opens)


def test_a_key_file_is_the_old_or_the_new_one_whenever_the_process_dies(tmp_path: Path) -> None:
    place = Place("", tmp_path)
    open_key_file(place.key_file)
    (old,) = read_keys(place.key_file.read_text())

    for at in range(1, MOST_STATEMENTS):
        before = read_keys(place.key_file.read_text())
        died = dies(renew_key, place, at)
        after = read_keys(place.key_file.read_text())

        assert after in (before, (after[0], *before))
        assert after[-1] == old
        if not died:
            break

    assert len(after) > 1
    assert 1 < at < MOST_STATEMENTS, "everything was tried, and there was something"
