"""Requests that are forged, odd or sent twice, out of the kit beside a checkout where there is one."""

from __future__ import annotations

import asyncio
import json
import socket
import sys
from collections import Counter
from pathlib import Path

import pytest
from aiohttp import web

from bot.bootstrap import build_service
from bot.platforms.teams.surface import TeamsSurface
from bot.runtime.clock import RealClock
from bot.runtime.ports import Incoming, Storage
from bot.runtime.turn import Bot, Handled
from bot.server import Server
from bot.settings import read_settings
from tests.platforms.teams.serving import no_count
from tests.shipped import coach
from tests.standins.teams_keys import APP_ID, TENANT

KIT = Path(__file__).parents[4] / "shared" / "kit"

pytestmark = pytest.mark.skipif(not KIT.is_dir(), reason="the kit of hostile requests is not here")


class CountingBot(Bot):
    """Counts the turns of everybody by the id that Teams has for them."""

    turns: Counter[str]

    async def handle(self, incoming: Incoming) -> Handled:
        handled = await super().handle(incoming)
        self.turns[incoming.address.route["user"]] += handled.outcome == "committed"
        return handled


async def test_every_request_of_the_kit_is_met_as_wanted(storage: Storage, tmp_path: Path) -> None:
    keys, url = _free_port(), asyncio.get_running_loop().create_future()
    stop = asyncio.Event()
    serving = asyncio.ensure_future(_serve(storage, keys, stop, url))

    played = await _play(f"http://127.0.0.1:{await url}", keys, tmp_path / "result.jsonl")
    stop.set()
    await serving

    assert len(played) >= 30
    assert [(one["id"], one["name"], one["got"], one["fail"]) for one in played if one["fail"]] == []


async def _serve(storage: Storage, keys: int, stop: asyncio.Event, url: asyncio.Future[int]) -> None:
    environment = {
        "MicrosoftAppId": APP_ID,
        "MicrosoftAppPassword": "secret",
        "AFTERWORD_ALLOWED_TENANTS": TENANT,
        "AFTERWORD_TEAMS_OPENID_URL": f"http://127.0.0.1:{keys}/meta",
        "AFTERWORD_TEAMS_LOGIN_URL": "http://127.0.0.1:9/",
    }
    clock = RealClock()
    surface = TeamsSurface(read_settings(environment).teams, clock, no_count)
    service = build_service(coach(), storage, {"teams": surface.platform}, clock)
    bot = CountingBot(service.bot.coach, storage, clock)
    bot.turns = Counter()
    server = Server(service, [_Counted(surface, bot)], works=False)
    await server.run("127.0.0.1", 0, stop, url.set_result)


class _Counted:
    """The surface, with a bot that counts and a place to ask for the count."""

    def __init__(self, surface: TeamsSurface, bot: CountingBot) -> None:
        self._surface = surface
        self._bot = bot

    def __getattr__(self, name: str) -> object:
        return getattr(self._surface, name)

    def routes(self, bot: Bot, wake: object) -> list[web.RouteDef]:
        return [*self._surface.routes(self._bot, lambda: None), web.get("/_test/turns", self._turns)]

    async def _turns(self, request: web.Request) -> web.Response:
        return web.json_response({"turns": self._bot.turns[request.query["user"]]})


async def _play(base: str, keys: int, result: Path) -> list[dict[str, object]]:
    arguments = [str(KIT / "play.py"), str(KIT / "dev" / "requests.jsonl"), "--base", base, "--jwks-port", str(keys)]
    player = await asyncio.create_subprocess_exec(
        sys.executable,
        *arguments,
        *("--only", "R-teams", "--out", str(result)),
        stdout=asyncio.subprocess.DEVNULL,
    )
    await asyncio.wait_for(player.wait(), 60)
    return [json.loads(line) for line in result.read_text(encoding="utf-8").splitlines()]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
