"""Keys from a key server that rotates, is slow, down, or talks rubbish."""

from __future__ import annotations

import asyncio
import itertools
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.platforms.teams import keys as subject
from bot.platforms.teams.key_list import LARGEST, SigningKey
from bot.platforms.teams.keys import Keys
from tests.fakes import Watch
from tests.standins.teams import TeamsStandIn


@pytest.fixture
def watch() -> Watch:
    return Watch(1_000.0)


@pytest_asyncio.fixture
async def keys(teams: TeamsStandIn, watch: Watch) -> AsyncIterator[Keys]:
    made = Keys(f"{teams.url}/meta", watch)
    yield made
    await made.close()


async def find(keys: Keys, key_id: str) -> SigningKey | None:
    return keys.known(key_id) or (await keys.bring(key_id) if keys.may_bring(key_id) else None)


async def test_keys_are_fetched_at_their_first_use_and_then_known(teams: TeamsStandIn, keys: Keys) -> None:
    found = [await find(keys, "k1") for _ in range(5)]

    assert all(one is not None and one.endorsements == {"msteams"} for one in found)
    assert teams.key_server.asked == 1


async def test_a_new_key_is_good_at_its_first_use(teams: TeamsStandIn, keys: Keys) -> None:
    await find(keys, "k1")
    teams.authority.add("k2")

    assert await find(keys, "k2") is not None


async def test_whatever_keys_are_named_we_knock_once_a_minute(teams: TeamsStandIn, keys: Keys, watch: Watch) -> None:
    await find(keys, "k1")
    knocked = []

    for number in range(300):
        before = teams.key_server.asked
        await find(keys, f"made-up-{number}")
        knocked += [watch.now] * (teams.key_server.asked - before)
        watch.now += 1

    assert [later - earlier for earlier, later in itertools.pairwise(knocked)] == [60.0] * 4


async def test_a_new_key_is_found_within_a_minute_while_others_are_made_up(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    await find(keys, "k1")
    await find(keys, "made-up")
    teams.authority.add("k2")
    watch.now += 1
    at_once = await find(keys, "k2")

    watch.now += 59

    assert (at_once, await find(keys, "k2") is not None) == (None, True)


async def test_while_there_is_no_key_at_all_nobody_makes_us_knock_more_often(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    teams.key_server.rubbish = b"<html>"

    for number in range(300):
        await find(keys, f"k{number}")
        watch.now += 1

    assert teams.key_server.asked == 5


async def test_the_first_list_is_looked_for_with_growing_pauses(teams: TeamsStandIn, watch: Watch) -> None:
    teams.key_server.rubbish = b"<html>"
    pauses: list[float] = []
    found = asyncio.Event()

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)
        if len(pauses) == 9:
            teams.key_server.rubbish = None
            found.set()

    keys = Keys(f"{teams.url}/meta", watch, sleep)
    keys.start()
    await found.wait()
    found_then = await find(keys, "k1")
    await keys.close()

    assert pauses == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    assert found_then is not None


@pytest.mark.parametrize("key_id", ["../../dev/null", "", "a" * 200, "x y"])
async def test_a_name_that_no_key_has_leads_to_no_call(teams: TeamsStandIn, keys: Keys, key_id: str) -> None:
    assert await find(keys, key_id) is None
    assert teams.key_server.asked == 0


async def test_a_key_that_is_withdrawn_is_gone_after_the_next_look(teams: TeamsStandIn, keys: Keys) -> None:
    await find(keys, "k1")
    teams.authority.published = []
    teams.authority.add("k2")

    await find(keys, "k2")

    assert await find(keys, "k1") is None


@pytest.mark.parametrize(
    "rubbish", [b"", b"<html>", b"[]", b'{"jwks_uri": 5}', b'{"jwks_uri": "http://evil.example/keys"}']
)
async def test_old_keys_stay_good_while_the_key_server_talks_rubbish(
    teams: TeamsStandIn, keys: Keys, watch: Watch, rubbish: bytes
) -> None:
    await find(keys, "k1")
    teams.key_server.rubbish = rubbish
    watch.now += 3 * subject.FRESH

    unknown, known = await find(keys, "k9"), await find(keys, "k1")

    assert (unknown, known is not None) == (None, True)


async def test_a_key_server_that_sends_us_elsewhere_is_not_followed(teams: TeamsStandIn, keys: Keys) -> None:
    teams.key_server.moved_to = f"{teams.url}/elsewhere"

    assert await find(keys, "k1") is None


async def test_a_key_server_is_not_listened_to_without_end(teams: TeamsStandIn, keys: Keys) -> None:
    teams.key_server.rubbish = json.dumps({"jwks_uri": f"{teams.url}/keys"}).encode() + b" " * LARGEST

    assert await find(keys, "k1") is None


async def test_known_keys_are_found_at_once_while_the_key_server_is_slow(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    await find(keys, "k1")
    teams.key_server.delay = 60.0
    watch.now += 2 * subject.FRESH

    async with asyncio.timeout(0.5):
        assert await find(keys, "k1") is not None


async def test_keys_are_looked_at_again_after_a_day_beside_everything_else(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    await find(keys, "k1")
    watch.now += subject.FRESH + 1

    await find(keys, "k1")
    await find(keys, "unknown")

    assert teams.key_server.asked == 2
