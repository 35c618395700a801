"""What Slack knows: workspaces, people, messages, views, triggers. Plain state, changed by calls and by people."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

TRIGGER_LIVES = 3.0
RESPONSE_URL_LIVES = 1_800.0
RESPONSE_URL_USES = 5

APP = "A0AFTERWORD"


@dataclass(slots=True)
class Team:
    """A workspace that installed the app. ``lost`` is the error that its token gives once it is no good any more."""

    id: str
    token: str
    scopes: frozenset[str]
    bot_user: str = "U0BOT"
    bot_id: str = "B0BOT"
    lost: str | None = None


@dataclass(slots=True)
class Person:
    """Somebody in a workspace. ``unreachable`` is the error with which posting to them is refused."""

    id: str
    team: str
    channel: str
    name: str = "sam"
    tz: str = "Europe/London"
    locale: str = "en-GB"
    unreachable: str | None = None
    home: View | None = None
    modals: list[View] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    """What Slack itself tells them: that a command failed, or what stands beside a field."""


@dataclass(slots=True)
class Message:
    """One message in a direct message; ``author`` is a user id. Ephemeral ones are gone when Slack is opened again."""

    ts: str
    channel: str
    author: str
    text: str
    blocks: list[dict[str, Any]] = field(default_factory=list)
    metadata: Mapping[str, Any] | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class View:
    """A modal or a home page as somebody sees it, with what they typed."""

    id: str
    body: dict[str, Any]
    hash: str
    values: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)


@dataclass(slots=True)
class Trigger:
    person: Person
    made: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    person: Person
    made: float
    message: Message | None = None
    uses: int = 0


@dataclass(slots=True)
class World:
    """All of it. ``clock`` gives seconds since the epoch."""

    clock: Callable[[], float] = time.time
    teams: dict[str, Team] = field(default_factory=dict)
    people: dict[tuple[str, str], Person] = field(default_factory=dict)
    channels: dict[str, list[Message]] = field(default_factory=dict)
    public: set[str] = field(default_factory=set)
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)
    codes: dict[str, Team] = field(default_factory=dict)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    _last: float = 0.0

    def team_of(self, token: str) -> Team | None:
        return next((team for team in self.teams.values() if team.token == token), None)

    def person_in(self, channel: str) -> Person | None:
        return next((person for person in self.people.values() if person.channel == channel), None)

    def number(self) -> int:
        return next(self._numbers)

    def ts(self) -> str:
        """A timestamp of its own for each message, as Slack has it."""
        self._last = max(self.clock(), self._last + 0.000_1)
        return f"{self._last:.6f}"

    def trigger(self, person: Person) -> str:
        name = f"{self.number()}.{person.team}.{person.id}"
        self.triggers[name] = Trigger(person, self.clock())
        return name

    def response_url(self, person: Person, message: Message | None = None) -> str:
        name = f"r{self.number()}"
        self.response_urls[name] = ResponseUrl(person, self.clock(), message)
        return name

    def say(self, message: Message) -> Message:
        """Put a message into its channel; blocks without an id get one, as Slack does it."""
        message.blocks = [{"block_id": f"b{self.number()}", **block} for block in message.blocks]
        self.channels.setdefault(message.channel, []).append(message)
        return message

    def view(self, body: Mapping[str, Any], old: View | None = None) -> View:
        """A view as it is shown; fields that stay keep what was typed, new ones begin with their initial value."""
        shown = {**body, "blocks": [{"block_id": f"b{self.number()}", **block} for block in body["blocks"]]}
        view = View(old.id if old else f"V{self.number()}", shown, f"{self.ts()}.h")
        for block in shown["blocks"]:
            if block["type"] == "input":
                element = block["element"]
                kept = (old.values if old else {}).get(block["block_id"], {}).get(element["action_id"])
                view.values[block["block_id"]] = {element["action_id"]: kept or _initial(element)}
        return view


def _initial(element: Mapping[str, Any]) -> dict[str, Any]:
    if element["type"] == "plain_text_input":
        return {"type": element["type"], "value": element.get("initial_value")}
    return {"type": element["type"], "selected_option": element.get("initial_option")}
