"""The server side of the stand-in: the Web API, response URLs and sockets, on a free port of this machine alone."""

from __future__ import annotations

import base64
import json
from collections import defaultdict, deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.standins.slack_checks import faults_of_blocks
from tests.standins.slack_faults import Fault, Faults, suffer
from tests.standins.slack_methods import METHODS, Method, RefusedError
from tests.standins.slack_socket import Sockets
from tests.standins.slack_world import RESPONSE_URL_LIVES, RESPONSE_URL_USES, Message, ResponseUrl, Team, World

CLIENT_ID = "1.2"
CLIENT_SECRET = "client-secret-of-the-stand-in"
APP_TOKEN = "xapp-stand-in"

_ADDED = {"team_id"}
"""What Bolt's client adds to every call; Slack takes no notice of it outside of an organisation."""

_JSON_FIELDS = ("blocks", "view", "metadata")


@dataclass(frozen=True, slots=True)
class Call:
    """What the app asked of the API, and what it was told."""

    method: str
    team: str
    arguments: Mapping[str, Any]
    error: str | None = None


@dataclass(slots=True)
class Server:
    """``pace`` is how many seconds lie between two posts into one channel; sooner ones get 429. 0 lets all through."""

    world: World
    sockets: Sockets = field(default_factory=Sockets)
    faults: Faults = field(default_factory=Faults)
    pace: float = 0.0
    calls: list[Call] = field(default_factory=list)
    port: int = 0
    _runner: web.AppRunner | None = None
    _posts: dict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_post("/response/{name}", self._response)
        app.router.add_get("/link", self.sockets.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    # ------------------------------------------------------------------------------------------------- web api

    async def _api(self, request: web.Request) -> web.StreamResponse:
        name, arguments = request.match_info["method"], await _arguments(request)
        fault = self.faults.take(name)
        if fault is not None:
            return await suffer(fault, request, lambda: self._answer(name, request, arguments))
        answer = self._answer(name, request, arguments)
        if answer.get("error") == "ratelimited":
            return await suffer(Fault(name, "ratelimited"), request, dict)
        return web.json_response(answer)

    def _answer(self, name: str, request: web.Request, arguments: dict[str, Any]) -> dict[str, Any]:
        """Do what was asked, or say why not; either way it is on record."""
        token = _token(request, arguments)
        team = self.world.team_of(token)
        error, answer = None, {}
        try:
            if name == "oauth.v2.access":
                answer = self._installed(request, arguments)
            elif name == "apps.connections.open":
                answer = self._link(token)
            else:
                answer = self._done(name, request.method, token, team, arguments)
        except RefusedError as refused:
            error, answer = refused.error, {"error": refused.error, **refused.extra}
        self.calls.append(Call(name, team.id if team else "", arguments, error))
        return {"ok": error is None, **answer}

    def _done(self, name: str, verb: str, token: str, team: Team | None, arguments: dict[str, Any]) -> dict[str, Any]:
        method = METHODS.get(name)
        if method is None or (verb != "POST" and not method.reads):
            raise RefusedError("unknown_method")
        if team is None:
            raise RefusedError("invalid_auth" if token else "not_authed")
        if team.lost is not None:
            raise RefusedError(team.lost)
        _check_call(method, team, arguments)
        if name == "chat.postMessage":
            self._check_pace(str(arguments["channel"]))
        return method.run(self.world, team, arguments)

    def _check_pace(self, channel: str) -> None:
        posts, now = self._posts[channel], self.world.clock()
        if posts and now - posts[-1] < self.pace:
            raise RefusedError("ratelimited")
        posts.append(now)

    def _installed(self, request: web.Request, arguments: Mapping[str, Any]) -> dict[str, Any]:
        expected = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        given = (arguments.get("client_id"), arguments.get("client_secret"))
        if request.headers.get("Authorization") != f"Basic {expected}" and given != (CLIENT_ID, CLIENT_SECRET):
            raise RefusedError("bad_client_secret")
        team = self.world.codes.pop(str(arguments.get("code")), None)
        if team is None:
            raise RefusedError("invalid_code")
        self.world.teams[team.id] = team
        return {
            "access_token": team.token,
            "token_type": "bot",
            "scope": ",".join(sorted(team.scopes)),
            "bot_user_id": team.bot_user,
            "app_id": "A0AFTERWORD",
            "team": {"id": team.id, "name": team.id},
            "enterprise": None,
            "is_enterprise_install": False,
            "authed_user": {"id": "U0ADMIN"},
        }

    def _link(self, token: str) -> dict[str, Any]:
        if token != APP_TOKEN:
            raise RefusedError("not_allowed_token_type" if token.startswith("xoxb-") else "invalid_auth")
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={self.world.number()}"}

    # ------------------------------------------------------------------------------------------- response urls

    async def _response(self, request: web.Request) -> web.Response:
        name = request.match_info["name"]
        url, body = self.world.response_urls.get(name), await _arguments(request)
        self.calls.append(Call("response_url", url.person.team if url else "", body))
        if url is None:
            return web.json_response({"ok": False, "error": "invalid_url"}, status=404)
        if url.uses >= RESPONSE_URL_USES:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        if self.world.clock() - url.made > RESPONSE_URL_LIVES:
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        url.uses += 1
        faults = faults_of_blocks(body["blocks"]) if body.get("blocks") else []
        if faults or not (body.get("text") or body.get("blocks") or body.get("delete_original")):
            return web.json_response({"ok": False, "error": "invalid_blocks" if faults else "no_text"}, status=400)
        self._respond(url, body)
        return web.json_response({"ok": True})

    def _respond(self, url: ResponseUrl, body: Mapping[str, Any]) -> None:
        """Replace or delete the message that was pressed, or say something new: to them alone unless told otherwise."""
        if url.message is not None and (body.get("replace_original") or body.get("delete_original")):
            if body.get("delete_original"):
                self.world.channels[url.message.channel].remove(url.message)
            else:
                url.message.text = str(body.get("text", url.message.text))
                url.message.blocks = list(body.get("blocks", []))
            return
        self.tell(url, body)

    def tell(self, url: ResponseUrl, body: Mapping[str, Any]) -> None:
        """A new message in answer to a command or a press."""
        self.world.say(
            Message(
                ts=self.world.ts(),
                channel=url.person.channel,
                author=self.world.teams[url.person.team].bot_user,
                text=str(body.get("text", "")),
                blocks=list(body.get("blocks") or []),
                ephemeral=body.get("response_type", "ephemeral") != "in_channel",
            )
        )


# ----------------------------------------------------------------------------------------------------- requests


async def _arguments(request: web.Request) -> dict[str, Any]:
    """What a call carries: JSON, a form with JSON in some of its fields, or a query."""
    if "json" in request.content_type:
        found = await request.json()
        return found if isinstance(found, dict) else {}
    fields = {**request.query, **{name: str(value) for name, value in (await request.post()).items()}}
    return {name: json.loads(value) if name in _JSON_FIELDS else value for name, value in fields.items()}


def _token(request: web.Request, arguments: dict[str, Any]) -> str:
    own = arguments.pop("token", "")
    return request.headers.get("Authorization", "").removeprefix("Bearer ") or own


def _check_call(method: Method, team: Team, arguments: Mapping[str, Any]) -> None:
    if method.scope and method.scope not in team.scopes:
        raise RefusedError("missing_scope", needed=method.scope, provided=",".join(sorted(team.scopes)))
    missing = method.required - arguments.keys()
    unknown = arguments.keys() - method.required - method.optional - _ADDED
    if missing or unknown:
        messages = [f"missing: {name}" for name in sorted(missing)] + [f"unknown: {name}" for name in sorted(unknown)]
        raise RefusedError("invalid_arguments", response_metadata={"messages": messages})
