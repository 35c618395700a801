"""A strict stand-in for Slack: an API that follows the documented contract, and people who use it.

Everything runs inside the test, on 127.0.0.1 and free ports, and ends with it. What the app did wrong is refused as
Slack refuses it, and stands in ``calls``.

    async with SlackStandIn() as slack:
        team = slack.install("T0ONE")
        sam = slack.person(team, "U0SAM")
        slack.deliver_to("http://127.0.0.1:8080/slack/events")
        await sam.writes("acme said no, email this morning")
        message = await sam.hears()
        await sam.presses("Draft it")
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

import aiohttp

from bot.platforms.slack.manifest import scopes
from tests.standins import slack_payloads as payloads
from tests.standins.slack_checks import faults_of_blocks, faults_of_view
from tests.standins.slack_delivery import Attempt, Delivery, Http
from tests.standins.slack_faults import Fault, Kind
from tests.standins.slack_screen import button_of, check_filled, fill, labels_of
from tests.standins.slack_server import Call, Server
from tests.standins.slack_world import Message, Person, ResponseUrl, Team, View, World

SIGNING_SECRET = "signing-secret-of-the-stand-in"
SCOPES = frozenset(scopes())
"""What an installed app may do: what its manifest asks for and no more."""

PATIENCE = 5.0
"""Seconds that somebody waits for an answer before the test fails."""


class SlackStandIn:
    """Slack, for one app. ``clock`` gives seconds since the epoch."""

    def __init__(self, clock: Callable[[], float] = time.time, pace: float = 0.0) -> None:
        self.world = World(clock)
        self.server = Server(self.world, pace=pace)
        self._session: aiohttp.ClientSession | None = None
        self._delivery: Delivery | None = None

    async def __aenter__(self) -> Self:
        await self.server.start()
        self._session = aiohttp.ClientSession()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.server.sockets.drop()
        if self._session is not None:
            await self._session.close()
        await self.server.stop()

    @property
    def api_url(self) -> str:
        """For ``AFTERWORD_SLACK_API_URL``."""
        return f"{self.server.url}/api/"

    @property
    def calls(self) -> list[Call]:
        return self.server.calls

    def refused(self) -> list[Call]:
        """The calls in which the app broke the contract; what an uninstalled workspace refuses is no fault."""
        broken = ("invalid_blocks", "invalid_arguments", "msg_blocks_too_long", "no_text", "unknown_method")
        return [call for call in self.calls if call.error in (*broken, "missing_scope", "not_in_channel")]

    # ------------------------------------------------------------------------------------- workspaces, delivery

    def install(self, team: str, token: str = "", scopes: frozenset[str] = SCOPES) -> Team:
        """A workspace in which the app is installed already."""
        self.world.teams[team] = Team(team, token or f"xoxb-{team}", scopes)
        return self.world.teams[team]

    def grant(self, team: str, scopes: frozenset[str] = SCOPES) -> str:
        """An administrator agreed: the code with which the app gets its token, once."""
        code = f"code-{self.world.number()}"
        self.world.codes[code] = Team(team, f"xoxb-{team}-{code}", scopes)
        return code

    async def uninstall(self, team: Team, order: tuple[str, ...] = ("tokens_revoked", "app_uninstalled")) -> None:
        """The token is no good any more, and the app is told so, in whichever order."""
        team.lost = "account_inactive"
        inner: Mapping[str, Mapping[str, Any]] = {
            "tokens_revoked": {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user]}},
            "app_uninstalled": {"type": "app_uninstalled"},
        }
        for name in order:
            await self.tell(team, inner[name])

    def person(
        self, team: Team, user: str, name: str = "Sam", tz: str = "Europe/London", locale: str = "en-GB"
    ) -> Someone:
        """Somebody in the workspace, with their direct message with the app."""
        person = Person(user, team.id, f"D{team.id[1:]}{user[1:]}", name, tz, locale)
        self.world.people[team.id, user] = person
        return Someone(self, person)

    def deliver_to(self, url: str, **options: Any) -> Http:
        """Deliver over HTTP; ``options`` are those of ``Http``: ``waits``, ``deadline``."""
        assert self._session is not None, "it runs"
        delivery = Http(url, SIGNING_SECRET, self.world.clock, self._session, **options)
        self._delivery = delivery
        return delivery

    def deliver_by_socket(self) -> None:
        """Deliver over whatever sockets the app opens."""
        self._delivery = self.server.sockets

    @property
    def delivery(self) -> Delivery:
        assert self._delivery is not None, "nobody said where to deliver"
        return self._delivery

    async def tell(self, team: Team, inner: Mapping[str, Any]) -> list[Attempt]:
        """Deliver any event, by the rules."""
        return await self.delivery.event(self.event(team, inner))

    def event(self, team: Team, inner: Mapping[str, Any]) -> dict[str, Any]:
        """An event with an id of its own, to be delivered once, again, or out of order."""
        return payloads.event(team, self.world.number(), self.world.ts(), inner)

    def fail(self, method: str, kind: Kind, times: int = 1, retry_after: str = "1", seconds: float = 4.0) -> None:
        """Let the next calls of a method (``*`` for any) go wrong."""
        self.server.faults.waiting.append(Fault(method, kind, times, retry_after, seconds))

    def response_url(self, person: Person, message: Message | None = None) -> tuple[str, ResponseUrl]:
        name = self.world.response_url(person, message)
        return f"{self.server.url}/response/{name}", self.world.response_urls[name]


class Someone:
    """A person with Slack open before them."""

    def __init__(self, slack: SlackStandIn, person: Person) -> None:
        self._slack = slack
        self.person = person
        self._heard = 0

    @property
    def team(self) -> Team:
        return self._slack.world.teams[self.person.team]

    # --------------------------------------------------------------------------------------------- what they do

    async def writes(self, text: str) -> list[Attempt]:
        return await self._slack.delivery.event(self.written(text))

    def written(self, text: str) -> dict[str, Any]:
        """What Slack would deliver of it, for deliveries out of the ordinary."""
        ts = self._slack.world.ts()
        self._slack.world.say(Message(ts, self.person.channel, self.person.id, text))
        return self._slack.event(self.team, payloads.message_event(self.person, text, ts))

    async def opens(self, tab: str = "home") -> list[Attempt]:
        return await self._slack.tell(self.team, payloads.home_event(self.person, tab))

    async def commands(self, text: str = "", name: str = "/afterword") -> Attempt:
        """Type a slash command; what comes back at once is shown to them alone."""
        address, url = self._slack.response_url(self.person)
        trigger = self._slack.world.trigger(self.person)
        attempt = await self._slack.delivery.command(payloads.command(self.person, name, text, trigger, address))
        if not attempt.accepted:
            self.person.told.append(f"{name} failed with the error “{attempt.reason}”")
        elif attempt.body:
            shown = _body(attempt)
            assert not faults_of_blocks(shown.get("blocks") or []), "Slack would not show it"
            self._slack.server.tell(url, shown)
        return attempt

    async def presses(self, label: str, message: Message | None = None) -> Attempt:
        """Press a button by its label: on the message given, else on the newest that has one."""
        shown = message or next(one for one in reversed(self.messages) if button_of(one.blocks, label))
        return await self._slack.delivery.interaction(self.pressed(label, shown))

    def pressed(self, label: str, message: Message) -> dict[str, Any]:
        button = button_of(message.blocks, label)
        assert button is not None, f"no button {label!r}; there are {labels_of(message.blocks)}"
        address, _ = self._slack.response_url(self.person, message)
        trigger = self._slack.world.trigger(self.person)
        return payloads.press(self.person, self.team, message, button, trigger, address)

    async def presses_in_view(self, label: str, view: View) -> Attempt:
        button = button_of(view.body["blocks"], label)
        assert button is not None, f"no button {label!r}; there are {labels_of(view.body['blocks'])}"
        world = self._slack.world
        payload = payloads.press_in_view(self.person, self.team, view, button, world.trigger(self.person), world.ts())
        return await self._slack.delivery.interaction(payload)

    async def submits(self, **answers: str) -> Attempt:
        """Fill in fields by their ``block_id`` and press the button below; what comes back changes the form."""
        view = self.modal
        for block_id, answer in answers.items():
            fill(view, block_id, answer)
        check_filled(view)
        payload = payloads.submission(self.person, self.team, view, self._slack.world.trigger(self.person))
        attempt = await self._slack.delivery.interaction(payload)
        if not attempt.accepted:
            self.person.told.append("We had some trouble connecting. Try again?")
            return attempt
        self._answered(view, _body(attempt) if attempt.body else {})
        return attempt

    def _answered(self, view: View, body: Mapping[str, Any]) -> None:
        match body.get("response_action"):
            case None | "clear":
                self.person.modals.clear()
            case "errors":
                inputs = {one["block_id"] for one in view.body["blocks"] if one["type"] == "input"}
                assert body["errors"], "an error says where and what"
                assert body["errors"].keys() <= inputs, "errors stand beside fields"
                self.person.told += body["errors"].values()
            case "update":
                assert not faults_of_view(body["view"]), faults_of_view(body["view"])
                self.person.modals[-1] = self._slack.world.view(body["view"], view)
            case other:
                raise AssertionError(f"no such response_action: {other}")

    # ------------------------------------------------------------------------------------------- what they see

    @property
    def messages(self) -> list[Message]:
        return self._slack.world.channels.get(self.person.channel, [])

    @property
    def answers(self) -> list[Message]:
        """What the app said to them, oldest first."""
        return [message for message in self.messages if message.author == self.team.bot_user]

    @property
    def modal(self) -> View:
        assert self.person.modals, "no form is open"
        return self.person.modals[-1]

    async def hears(self, within: float = PATIENCE) -> Message:
        """The next answer that they have not looked at yet."""
        await self.until(lambda: len(self.answers) > self._heard, within)
        self._heard += 1
        return self.answers[self._heard - 1]

    async def until(self, holds: Callable[[], object], within: float = PATIENCE) -> None:
        """Wait until something can be seen.

        Raises:
            TimeoutError: it could not be seen in time.
        """
        async with asyncio.timeout(within):
            while not holds():
                await asyncio.sleep(0.005)


def _body(attempt: Attempt) -> dict[str, Any]:
    """An answer as JSON; plain text is the text of a message."""
    try:
        found = json.loads(attempt.body)
    except ValueError:
        return {"text": attempt.body}
    return found if isinstance(found, dict) else {"text": attempt.body}
