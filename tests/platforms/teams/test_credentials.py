from __future__ import annotations

import asyncio

import pytest

from bot.platforms.teams.credentials import EARLY, Credentials, Granted, NoTokenError, read_grant
from tests.fakes import Watch


class Authority:
    """Gives tokens with numbers, or none, when it is told to."""

    def __init__(self) -> None:
        self.asked = 0
        self.fails = False
        self.goes_on = asyncio.Event()
        self.goes_on.set()

    async def ask(self) -> Granted:
        self.asked += 1
        await self.goes_on.wait()
        if self.fails:
            raise NoTokenError("invalid_client")
        return Granted(f"token-{self.asked}", 3_600.0)


async def test_many_who_need_a_token_at_once_ask_once() -> None:
    authority = Authority()
    credentials = Credentials(authority.ask)

    tokens = await asyncio.gather(*(credentials.token() for _ in range(20)))

    assert set(tokens) == {"token-1"}
    assert authority.asked == 1


async def test_a_token_near_its_end_serves_while_the_next_is_asked_for() -> None:
    authority, watch = Authority(), Watch(1_000.0)
    credentials = Credentials(authority.ask, watch)
    await credentials.token()
    watch.now += 3_600 - EARLY + 1
    authority.goes_on.clear()

    during = await credentials.token()
    authority.goes_on.set()
    await asyncio.sleep(0)
    await asyncio.sleep(0)

    assert (during, await credentials.token()) == ("token-1", "token-2")


async def test_after_a_refusal_nobody_asks_again_for_a_while() -> None:
    authority, watch = Authority(), Watch(1_000.0)
    authority.fails = True
    credentials = Credentials(authority.ask, watch)

    for _ in range(5):
        with pytest.raises(NoTokenError, match="invalid_client"):
            await credentials.token()
    watch.now += 6
    authority.fails = False

    assert await credentials.token() == "token-2"


@pytest.mark.parametrize(
    "answer",
    [None, [], {}, {"access_token": ""}, {"access_token": 5}, {"access_token": "a\r\nb"}, {"error": "x" * 500}],
)
def test_what_is_no_token_is_none(answer: object) -> None:
    with pytest.raises(NoTokenError):
        read_grant(answer)


def test_a_token_is_never_shown() -> None:
    assert "secret" not in repr(read_grant({"access_token": "secret", "expires_in": "3599"}))
    assert read_grant({"access_token": "secret", "expires_in": "3599"}).seconds == 3_599
