"""Incoming: what Slack tells us of, as what it means. Pure: a payload in, a value out.

Whatever is not for us becomes ``Ignored`` with a reason, which is counted; what is not as Slack describes it becomes
``Unusable``. A message's id is its channel and ``ts``, so that it counts once however many events tell of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from bot.engine.events import MessageReceived, ProfileChanged
from bot.platforms.slack.ids import NAME, Payload, read_direct, read_id, read_part, read_text, read_ts
from bot.platforms.slack.markup import typed
from bot.runtime.ports import Address, Incoming

LONGEST_NAME = 80

_WRITTEN = (None, "file_share", "me_message", "thread_broadcast")
"""Subtypes of messages that a person wrote; edits, deletions and what bots say have others."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """No turn comes of it, on purpose."""

    reason: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """It is of a kind that we take, and not of the shape that Slack describes; a dead letter is kept of it."""

    reason: str


NoTurn = Ignored | Unusable


@dataclass(frozen=True, slots=True)
class TabOpened:
    """A person looks at the app: its home page or the messages."""

    address: Address
    tab: Literal["home", "messages"]


@dataclass(frozen=True, slots=True)
class Uninstalled:
    """A workspace removed the app, or took its token away, at that moment."""

    team: str
    at: datetime


@dataclass(frozen=True, slots=True)
class ProfileNews:
    """Somebody of the workspace, whom we may know or not, changed their profile."""

    id: str
    address: Address
    change: ProfileChanged


Told = Incoming | TabOpened | Uninstalled | ProfileNews


def read_event(payload: Payload) -> Told | NoTurn:
    """What an event of the Events API means."""
    event, team = payload.get("event"), read_id(payload.get("team_id"))
    if not isinstance(event, dict) or not team:
        return Unusable("unusable_event")
    match event.get("type"):
        case "app_uninstalled":  # whoever Slack still lists as installed: this workspace is not
            return Uninstalled(team, _moment(payload))
        case "tokens_revoked":
            # Only the bot's own token matters; people's tokens are never asked for.
            bots = read_part(event, "tokens").get("bot")
            return Uninstalled(team, _moment(payload)) if bots else Ignored("anothers_token")
        case _ if not _is_for(team, payload.get("authorizations")):
            return Ignored("another_team")
        case "message":
            return _message(team, event, payload)
        case "app_home_opened":
            return _tab(team, event)
        case "user_change":
            return _profile(team, event, payload)
        case _:
            return Ignored("unknown_event")


def read_profile(user: Payload) -> ProfileChanged:
    """Name, time zone, language and country of a user as Slack describes one; empty where it says nothing."""
    names = read_part(user, "profile")
    whole = read_text(names.get("real_name")) or read_text(user.get("real_name"))
    locale = read_text(user.get("locale"))
    language, _, country = locale.partition("-")
    return ProfileChanged(
        name=(read_text(names.get("first_name")) or whole.partition(" ")[0])[:LONGEST_NAME],
        timezone=read_text(user.get("tz")),
        language=locale if language.isalpha() else "",
        country=country.upper() if len(country) == 2 and country.isalpha() else "",
    )


def _message(team: str, event: Payload, payload: Payload) -> Incoming | NoTurn:
    if event.get("bot_id") or event.get("subtype") not in _WRITTEN or event.get("user") == "USLACKBOT":
        return Ignored("not_a_person")
    user, channel, ts = read_id(event.get("user")), read_id(event.get("channel")), read_ts(event.get("ts"))
    if not (user and channel and ts) or not isinstance(event.get("text"), str):
        return Unusable("unusable_message")
    if event.get("channel_type", "im") != "im" or not read_direct(channel):
        return Ignored("not_a_direct_message")
    if payload.get("is_ext_shared_channel") is True or _is_guest(team, event):
        return Ignored("another_workspaces_guest")
    return Incoming(f"{channel}:{ts}", Address(NAME, team, user, channel), MessageReceived(typed(event["text"])))


def _tab(team: str, event: Payload) -> TabOpened | NoTurn:
    user = read_id(event.get("user"))
    address = Address(NAME, team, user, read_direct(event.get("channel")))
    match event.get("tab", "home"):
        case "home" | "messages" as tab if user:
            return TabOpened(address, tab)
        case _:
            return Unusable("unusable_tab")


def _profile(team: str, event: Payload, payload: Payload) -> ProfileNews | NoTurn:
    user = read_part(event, "user")
    if not read_id(user.get("id")) or user.get("is_bot") is True:
        return Unusable("unusable_profile")
    if user.get("team_id", team) != team:
        return Ignored("another_team")
    id_ = read_text(payload.get("event_id"))
    return ProfileNews(id_, Address(NAME, team, read_id(user.get("id"))), read_profile(user))


def _is_for(team: str, authorizations: object) -> bool:
    """Whether the team whose event it is is one that it is delivered for."""
    if not isinstance(authorizations, list) or not authorizations:
        return True
    return any(isinstance(one, dict) and one.get("team_id") == team for one in authorizations)


def _is_guest(team: str, event: Payload) -> bool:
    return any(event.get(name) not in (None, team) for name in ("user_team", "source_team", "team"))


def _moment(payload: Payload) -> datetime:
    """The end of the second in which it happened, by Slack's clock; long ago where that is not said."""
    match payload.get("event_time"):
        case int() as at if 0 <= at < 10**11:
            return datetime.fromtimestamp(at + 1, UTC)
        case _:
            return datetime.fromtimestamp(0, UTC)
