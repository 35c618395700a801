"""A strict stand-in for Teams: connector, token service and key server on 127.0.0.1, and people who use the chat.

async with TeamsStandIn() as teams:
    sam = teams.person("sam")
    teams.deliver_to("http://127.0.0.1:8080/api/messages")
    await sam.writes("acme said no, email this morning")
    activity = await sam.hears()
    await sam.presses("I sent it")
"""

from __future__ import annotations

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Self
from urllib.parse import unquote

import aiohttp
from aiohttp import web

from tests.standins.teams_checks import faults_of_activity, faults_of_card
from tests.standins.teams_keys import APP_ID, PASSWORD, TENANT, Authority

PATIENCE = 5.0
Kind = Literal["status", "reset_before", "reset_after", "hang", "status_after"]


@dataclass(slots=True)
class Fault:
    """What goes wrong with one call: ``status_after`` and ``reset_after`` have shown the message all the same."""

    kind: Kind
    status: int = 500
    code: str = "ServiceError"
    retry_after: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """A call that we got: where, what, and whether it was shown."""

    conversation: str
    activity: Mapping[str, Any]
    shown: bool
    faults: tuple[str, ...] = ()


@dataclass(slots=True)
class KeyServer:
    """How the key server behaves."""

    delay: float = 0.0
    status: int = 200
    rubbish: bytes | None = None
    moved_to: str = ""
    asked: int = 0


class TeamsStandIn:
    """Teams for one app in one tenant; ``checks`` what is posted, which takes a while.

    ``meanwhile`` is called while a post is being answered: by then time may have gone by.
    """

    def __init__(self, tenant: str = TENANT, checks: bool = True) -> None:
        self.tenant = tenant
        self._checks = checks
        self.authority = Authority()
        self.key_server = KeyServer()
        self.posts: list[Post] = []
        self.faults: deque[Fault] = deque()
        self.tokens_given = 0
        self.login_fails = False
        self.meanwhile: Callable[[], None] = _nothing
        self.url = ""
        self._bot = ""
        self._arrived: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self._runner: web.AppRunner | None = None
        self.session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.add_routes(
            [
                web.get("/meta", self._meta),
                web.get("/keys", self._keys),
                web.get("/elsewhere", self._elsewhere),
                web.post("/login/{tenant}/oauth2/v2.0/token", self._login),
                web.post("/teams/v3/conversations/{conversation}/activities", self._post),
                web.post("/teams/v3/conversations/{conversation}/activities/{answered}", self._post),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self.session is not None, "it runs"
        assert self._runner is not None, "it runs"
        await self.session.close()
        await self._runner.cleanup()

    @property
    def service(self) -> str:
        """The address of the service, as activities name it."""
        return f"{self.url}/teams/"

    def environment(self) -> dict[str, str]:
        """What the app has to be told to talk to us."""
        return {
            "MicrosoftAppId": APP_ID,
            "MicrosoftAppPassword": PASSWORD,
            "MicrosoftAppTenantId": self.tenant,
            "AFTERWORD_ALLOWED_TENANTS": self.tenant,
            "AFTERWORD_TEAMS_OPENID_URL": f"{self.url}/meta",
            "AFTERWORD_TEAMS_LOGIN_URL": f"{self.url}/login",
            "AFTERWORD_TEAMS_SERVICE_HOSTS": "127.0.0.1",
        }

    def deliver_to(self, url: str) -> None:
        self._bot = url

    def person(self, user: str, name: str = "Sam Hill") -> Someone:
        return Someone(self, user, name)

    def shown(self, conversation: str) -> list[Mapping[str, Any]]:
        """What stands in a chat."""
        return [post.activity for post in self.posts if post.shown and post.conversation == conversation]

    def refused(self) -> list[Post]:
        """Posts in which the app broke the rules."""
        return [post for post in self.posts if post.faults]

    async def deliver(self, activity: Mapping[str, Any], token: str | None = None) -> tuple[int, Any]:
        """Deliver an activity as the connector does; the status and the body of the answer."""
        assert self.session is not None, "it runs"
        good = token if token is not None else self.authority.token(str(activity.get("serviceUrl")))
        headers = {"Authorization": f"Bearer {good}", "Content-Type": "application/json; charset=utf-8"}
        async with self.session.post(self._bot, data=json.dumps(activity), headers=headers) as response:
            text = await response.text()
            return response.status, json.loads(text) if text.startswith("{") else text

    async def wait_for(self, conversation: str, count: int) -> None:
        """Wait until so many activities stand in the chat."""
        async with asyncio.timeout(PATIENCE):
            while len(self.shown(conversation)) < count:
                self._arrived[conversation].clear()
                await self._arrived[conversation].wait()

    # -------------------------------------------------------------------------------------------------- requests

    async def _meta(self, request: web.Request) -> web.Response:
        self.key_server.asked += 1
        await asyncio.sleep(self.key_server.delay)
        if self.key_server.moved_to:
            raise web.HTTPFound(self.key_server.moved_to)
        if self.key_server.rubbish is not None:
            return web.Response(body=self.key_server.rubbish, status=self.key_server.status)
        return web.json_response({"jwks_uri": f"{self.url}/keys"}, status=self.key_server.status)

    async def _elsewhere(self, request: web.Request) -> web.Response:
        return web.json_response({"jwks_uri": f"{self.url}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        return web.json_response(self.authority.document())

    async def _login(self, request: web.Request) -> web.Response:
        form = await request.post()
        good = form.get("client_secret") == PASSWORD and form.get("client_id") == APP_ID
        if self.login_fails or not good or form.get("scope") != "https://api.botframework.com/.default":
            return web.json_response({"error": "invalid_client"}, status=401)
        self.tokens_given += 1
        return web.json_response({"access_token": f"token-{self.tokens_given}", "expires_in": 3600})

    async def _post(self, request: web.Request) -> web.StreamResponse:
        conversation = unquote(request.match_info["conversation"])
        if not request.headers.get("Authorization", "").startswith("Bearer token-"):
            return web.json_response({"error": {"code": "Unauthorized"}}, status=401)
        activity = await request.json()
        fault = self.faults.popleft() if self.faults else None
        shown = fault is None or fault.kind in ("reset_after", "status_after")
        found = faults_of_activity(activity) if self._checks else []
        self.posts.append(Post(conversation, activity, shown, tuple(found)))
        self._arrived[conversation].set()
        self.meanwhile()
        if fault is None:
            return web.json_response({"id": f"1:{len(self.posts)}"}, status=201)
        return await _suffer(fault, request)


def _nothing() -> None:
    """What usually happens while a post is being answered."""


async def _suffer(fault: Fault, request: web.Request) -> web.StreamResponse:
    if fault.kind == "hang":
        await asyncio.sleep(30)
    if fault.kind in ("reset_before", "reset_after", "hang"):
        assert request.transport is not None, "it is connected"
        request.transport.abort()
    said = {"Retry-After": fault.retry_after, "Location": fault.location}
    headers = {name: value for name, value in said.items() if value}
    return web.json_response({"error": {"code": fault.code}}, status=fault.status, headers=headers)


@dataclass(slots=True)
class Someone:
    """A person in the personal chat with the app."""

    teams: TeamsStandIn
    user: str
    name: str
    timezone: str = "Europe/London"
    locale: str = "en-GB"
    country: str = "GB"
    _heard: int = 0
    _count: int = 0
    last: Mapping[str, Any] = field(default_factory=dict)

    @property
    def chat(self) -> str:
        return f"a:chat-{self.user}"

    @property
    def id(self) -> str:
        """How the coach knows them."""
        return f"teams:{self.teams.tenant}:aad-{self.user}"

    def activity(self, kind: str, **more: Any) -> dict[str, Any]:
        """An activity of theirs, as the connector would deliver it."""
        self._count += 1
        usual = {
            "type": kind,
            "id": f"{self.user}-{self._count}",
            "timestamp": "2026-03-04T10:10:00Z",
            "localTimezone": self.timezone,
            "locale": self.locale,
            "entities": [{"type": "clientInfo", "country": self.country, "platform": "Web"}],
            "channelId": "msteams",
            "serviceUrl": self.teams.service,
            "from": {"id": f"29:{self.user}", "aadObjectId": f"aad-{self.user}", "name": self.name},
            "recipient": {"id": f"28:{APP_ID}", "name": "Afterword"},
            "conversation": {"id": self.chat, "conversationType": "personal", "tenantId": self.teams.tenant},
            "channelData": {"tenant": {"id": self.teams.tenant}},
        }
        return {**usual, **more}

    async def writes(self, text: str) -> int:
        return (await self.teams.deliver(self.activity("message", text=text)))[0]

    async def installs(self) -> int:
        return (await self.teams.deliver(self.activity("installationUpdate", action="add")))[0]

    async def removes(self) -> int:
        return (await self.teams.deliver(self.activity("installationUpdate", action="remove")))[0]

    async def invokes(self, name: str, value: Mapping[str, Any]) -> Any:
        """Call; the body of the answer."""
        return (await self.teams.deliver(self.activity("invoke", name=name, value=value)))[1]

    async def hears(self) -> Mapping[str, Any]:
        """The next thing that is said to them; on a busy machine they may first see that we are typing."""
        while (await self.sees())["type"] == "typing":
            pass
        return self.last

    async def sees(self) -> Mapping[str, Any]:
        """The next thing that is shown to them."""
        await self.teams.wait_for(self.chat, self._heard + 1)
        self.last = self.teams.shown(self.chat)[self._heard]
        self._heard += 1
        return self.last

    async def presses(self, label: str) -> Any:
        """Press a button of the last card; the answer to it, whose card is checked."""
        card = card_of(self.last)
        action = next(one for one in card["actions"] if one["title"].startswith(label))
        if action["type"] == "Action.Submit":
            return await self.invokes("task/fetch", {"data": action["data"], "context": {"theme": "default"}})
        inputs = {name: one["value"] for name, one in inputs_of(card).items()}
        pressed = {"type": "Action.Execute", "verb": action["verb"], "data": {**action["data"], **inputs}}
        answer = await self.invokes("adaptiveCard/action", {"action": pressed, "trigger": "manual"})
        assert answer["statusCode"] == 200, answer
        if answer["type"] == "application/vnd.microsoft.card.adaptive":
            assert faults_of_card(answer["value"]) == []
        return answer

    async def presses_on_an_old_client(self, label: str) -> int:
        """Press a button where only its fallback is known: its label is written into the chat."""
        card = card_of(self.last)
        action = next(one for one in card["actions"] if one["title"].startswith(label))["fallback"]
        back = action["data"]["msteams"]
        return (await self.teams.deliver(self.activity("message", text=back["text"], value=back["value"])))[0]


def card_of(activity: Mapping[str, Any]) -> dict[str, Any]:
    """The card of an activity."""
    return dict(activity["attachments"][0]["content"])


def inputs_of(card: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """The fields of a card by id, hidden ones too."""
    pieces = [inner for one in card["body"] for inner in (one, *one.get("items", ()))]
    return {one["id"]: one for one in pieces if one["type"].startswith("Input.")}


def labels_of(activity: Mapping[str, Any]) -> list[str]:
    """What can be pressed."""
    return [one["title"] for one in card_of(activity).get("actions", [])] if activity.get("attachments") else []


def words_of(piece: object) -> str:
    """All words that are shown of an activity or a card."""
    if isinstance(piece, dict):
        if piece.get("isVisible") is False:
            return ""
        own = [str(piece[name]) for name in ("text", "label") if isinstance(piece.get(name), str)]
        inner = [
            words_of(value) for name, value in piece.items() if name in ("attachments", "content", "body", "items")
        ]
        runs = [words_of(run) for run in piece.get("inlines", [])]
        return "\n".join(filter(None, [*own, *runs, *inner]))
    return "\n".join(filter(None, map(words_of, piece))) if isinstance(piece, list) else ""
