"""Errands: done beside everything else, one of a name at a time, and what is shown is the newest."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from bot.platforms.slack.errands import Errands

Errand = Callable[[str], Coroutine[Any, Any, None]]


@pytest.fixture
def done() -> list[str]:
    return []


@pytest.fixture
def errand(done: list[str]) -> Errand:
    async def errand(what: str) -> None:
        await asyncio.sleep(0)
        done.append(what)

    return errand


async def test_what_is_asked_for_while_it_is_done_is_done_once_more_with_the_newest(
    errand: Errand, done: list[str]
) -> None:
    errands = Errands()
    errands.run("home:sam", errand("first"), once_more=True)
    await asyncio.sleep(0)

    for what in ("second", "third"):
        errands.run("home:sam", errand(what), once_more=True)
    await errands.finish(5)

    assert done == ["first", "third"]


async def test_what_need_not_be_the_newest_is_done_once(errand: Errand, done: list[str]) -> None:
    errands = Errands()
    errands.run("form:1", errand("first"))

    errands.run("form:1", errand("second"))
    await errands.finish(5)

    assert done == ["first"]


async def test_one_that_failed_is_done_once_more_all_the_same(errand: Errand, done: list[str]) -> None:
    async def fails() -> None:
        await asyncio.sleep(0)
        raise RuntimeError

    errands = Errands()
    errands.run("home:sam", fails(), once_more=True)

    errands.run("home:sam", errand("second"), once_more=True)
    await errands.finish(5)

    assert done == ["second"]


async def test_what_is_not_done_in_time_is_given_up_with_what_waits_behind_it(errand: Errand, done: list[str]) -> None:
    errands = Errands()
    errands.run("home:sam", asyncio.sleep(60), once_more=True)
    errands.run("home:sam", errand("second"), once_more=True)
    await asyncio.sleep(0)

    await errands.finish(0)
    await asyncio.sleep(0.01)

    assert done == []
