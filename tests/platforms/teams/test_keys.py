"""Keys from a key server that rotates, is slow, down, or talks rubbish."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from bot.platforms.teams import keys as subject
from bot.platforms.teams.keys import BadKeyListError, Keys, address_of_keys, read_keys
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


async def test_keys_are_fetched_at_their_first_use_and_then_known(teams: TeamsStandIn, keys: Keys) -> None:
    found = [await keys.find("k1") for _ in range(5)]

    assert all(one is not None and one.endorsements == {"msteams"} for one in found)
    assert teams.key_server.asked == 1


async def test_a_new_key_is_good_at_its_first_use(teams: TeamsStandIn, keys: Keys) -> None:
    await keys.find("k1")
    teams.authority.add("k2")

    assert await keys.find("k2") is not None


async def test_a_key_that_nobody_has_is_asked_for_once_a_minute(teams: TeamsStandIn, keys: Keys, watch: Watch) -> None:
    await keys.find("k1")

    for _ in range(59):
        await keys.find("zzz")
        watch.now += 1
    within_a_minute = teams.key_server.asked
    watch.now += 1
    await keys.find("zzz")

    assert (within_a_minute, teams.key_server.asked) == (2, 3)


async def test_made_up_key_ids_cannot_make_us_knock_for_ever(teams: TeamsStandIn, keys: Keys, watch: Watch) -> None:
    await keys.find("k1")

    for number in range(300):
        await keys.find(f"made-up-{number}")
        watch.now += 1

    assert teams.key_server.asked <= 1 + subject.MOST_ASKED + 300 / 60


@pytest.mark.parametrize("key_id", ["../../dev/null", "", "a" * 200, "x y", None, 7])
async def test_a_name_that_no_key_has_leads_to_no_call(teams: TeamsStandIn, keys: Keys, key_id: object) -> None:
    assert await keys.find(key_id) is None
    assert teams.key_server.asked == 0


async def test_a_key_that_is_withdrawn_is_gone_after_the_next_look(teams: TeamsStandIn, keys: Keys) -> None:
    await keys.find("k1")
    teams.authority.published = []
    teams.authority.add("k2")

    await keys.find("k2")

    assert await keys.find("k1") is None


@pytest.mark.parametrize(
    "rubbish", [b"", b"<html>", b"[]", b'{"jwks_uri": 5}', b'{"jwks_uri": "http://evil.example/keys"}']
)
async def test_old_keys_stay_good_while_the_key_server_talks_rubbish(
    teams: TeamsStandIn, keys: Keys, watch: Watch, rubbish: bytes
) -> None:
    await keys.find("k1")
    teams.key_server.rubbish = rubbish
    watch.now += 3 * subject.FRESH

    unknown, known = await keys.find("k9"), await keys.find("k1")

    assert (unknown, known is not None) == (None, True)


async def test_known_keys_are_found_at_once_while_the_key_server_is_slow(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    await keys.find("k1")
    teams.key_server.delay = 60.0
    watch.now += 2 * subject.FRESH

    async with asyncio.timeout(0.5):
        assert await keys.find("k1") is not None


async def test_keys_are_looked_at_again_after_a_day_beside_everything_else(
    teams: TeamsStandIn, keys: Keys, watch: Watch
) -> None:
    await keys.find("k1")
    watch.now += subject.FRESH + 1

    await keys.find("k1")
    await keys.find("unknown")

    assert teams.key_server.asked == 2


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": {}},
        {
            "keys": [
                5,
                {},
                {"kty": "EC", "kid": "a"},
                {"kty": "RSA", "kid": "a"},
                {"kty": "RSA", "kid": "b", "n": "!", "e": 3},
            ]
        },
    ],
)
def test_a_list_without_a_usable_key_is_rubbish(document: dict[str, object]) -> None:
    with pytest.raises(BadKeyListError):
        read_keys(document)


@pytest.mark.parametrize(
    "address", ["http://keys.example/", "ftp://keys.example/", "https://a@keys.example/", "", None]
)
def test_keys_are_fetched_over_https_alone(address: object) -> None:
    with pytest.raises(BadKeyListError):
        address_of_keys({"jwks_uri": address})
