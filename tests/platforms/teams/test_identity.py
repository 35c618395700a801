"""A managed identity, asked for through the SDK from a stand-in for the place where Azure keeps it."""

from __future__ import annotations

import time

import pytest
from aiohttp import web

from bot.platforms.teams.credentials import NoTokenError

pytest.importorskip("botframework.connector.auth")


async def identity_endpoint(monkeypatch: pytest.MonkeyPatch, status: int) -> tuple[web.AppRunner, list[str]]:
    asked: list[str] = []

    async def give(request: web.Request) -> web.Response:
        asked.append(request.query["resource"])
        if status != 200:
            return web.json_response({"statusCode": status, "message": "no such identity"}, status=status)
        body = {"access_token": "token", "expires_on": str(int(time.time()) + 3_600), "token_type": "Bearer"}
        return web.json_response({**body, "resource": request.query["resource"]})

    app = web.Application()
    app.add_routes([web.get("/token", give)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    monkeypatch.setenv("IDENTITY_ENDPOINT", f"http://127.0.0.1:{runner.addresses[0][1]}/token")
    monkeypatch.setenv("IDENTITY_HEADER", "header")
    return runner, asked


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_a_managed_identity_gives_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.platforms.teams.identity import with_identity

    runner, asked = await identity_endpoint(monkeypatch, 200)

    granted = await with_identity("11111111-1111-1111-1111-111111111111")()
    await runner.cleanup()

    assert granted.token == "token"
    assert asked == ["https://api.botframework.com"]


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
async def test_an_identity_that_is_not_there_gives_none(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.platforms.teams.identity import with_identity

    runner, _ = await identity_endpoint(monkeypatch, 404)

    with pytest.raises(NoTokenError):
        await with_identity("22222222-2222-2222-2222-222222222222")()
    await runner.cleanup()
