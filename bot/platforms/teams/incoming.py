"""Incoming: what an activity of Teams is, as the event that it stands for; pure.

An activity comes as a plain dictionary out of JSON, already vouched for by its token. What it says of the person is
still theirs to make up: a button's value counts for no more than the choice that it names.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.engine.events import ChoicePicked, CommandGiven, Event, MessageReceived, ProfileChanged
from bot.platforms.teams.tokens import tenants_of
from bot.runtime.ports import Address

NAME = "teams"

COMMANDS: Mapping[str, str] = {
    "draft": "draft_request",
    "check": "check_draft",
    "call": "on_call",
    "feedback": "got_feedback",
    "plan": "plan",
    "practise": "practise",
    "my things": "my_things",
    "stop": "stop",
    "help": "help",
}
"""The commands of the manifest, and what each stands for. A greeting is none:
what it means depends on what was said before."""

PERSONAL = "personal"

_ID = re.compile(r"[!-;=?-~]{1,400}")
_ZONE = re.compile(r"[A-Za-z0-9_+/-]{1,64}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_COUNTRY = re.compile(r"[A-Z]{2}")
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,100}")
_OBJECTS = ("from", "recipient", "conversation", "channelData")
_LARGEST_QUESTION = 10**9


class BadActivityError(Exception):
    """An activity that is not shaped like one; the message says where."""


@dataclass(frozen=True, slots=True)
class Said:
    """Something that the person did in their chat with us."""

    event: Event


@dataclass(frozen=True, slots=True)
class Installed:
    """The app was added to the person's chat, or taken away."""

    added: bool


@dataclass(frozen=True, slots=True)
class Invoked:
    """A call that wants an answer in its response; ``value`` is as it came."""

    name: str
    value: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InGroup:
    """Somebody spoke to us where others listen."""


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing for us to do; why."""

    reason: str


Meaning = Said | Installed | Invoked | InGroup | Ignored


@dataclass(frozen=True, slots=True)
class Activity:
    """An activity as it is used: its id (unique per tenant), whose it is, what it tells of them and what it means."""

    id: str
    address: Address
    profile: ProfileChanged
    meaning: Meaning


def read_activity(activity: Mapping[str, Any]) -> Activity:
    """Read an activity.

    Raises:
        BadActivityError: it lacks what every activity has, or has it in a wrong shape.
    """
    _check_shape(activity)
    conversation = activity.get("conversation", {})
    return Activity(
        id=f"{_id(conversation, 'conversation')}|{_id(activity, 'activity')}",
        address=_address(activity),
        profile=_profile(activity),
        meaning=_meaning(activity),
    )


# ----------------------------------------------------------------------------------------------------- shapes


def _check_shape(activity: Mapping[str, Any]) -> None:
    if not isinstance(activity.get("type"), str):
        raise BadActivityError("type")
    for name in _OBJECTS:
        if not isinstance(activity.get(name, {}), dict):
            raise BadActivityError(name)
    entities = activity.get("entities") or []
    if not isinstance(entities, list) or not all(isinstance(one, dict) for one in entities):
        raise BadActivityError("entities")
    if not isinstance(activity.get("text") or "", str):
        raise BadActivityError("text")


def _id(holder: Mapping[str, Any], what: str) -> str:
    found = holder.get("id")
    if not isinstance(found, str) or not _ID.fullmatch(found):
        raise BadActivityError(f"id of the {what}")
    return found


def _address(activity: Mapping[str, Any]) -> Address:
    """Where the person is met.

    The directory's id is what an administrator knows a person by; where it is missing the chat's own id has to do.
    """
    sender, conversation = activity.get("from", {}), activity["conversation"]
    tenants = tenants_of(activity)
    if len(tenants) != 1:
        raise BadActivityError("tenant")
    chat = _id(sender, "sender")
    user = _matching(_ID, sender.get("aadObjectId"), chat)
    bot = _matching(_ID, activity.get("recipient", {}).get("id"))
    route = {"service": str(activity.get("serviceUrl", "")), "user": chat, "bot": bot}
    return Address(NAME, next(iter(tenants)), user, _id(conversation, "conversation"), route)


# ---------------------------------------------------------------------------------------------------- profile


def _profile(activity: Mapping[str, Any]) -> ProfileChanged:
    """What the activity tells of the person; the client's own entity wins."""
    clients = (one for one in activity.get("entities") or [] if one.get("type") == "clientInfo")
    client: Mapping[str, Any] = next(clients, {})
    return ProfileChanged(
        name=_first_name(activity.get("from", {}).get("name")),
        timezone=_matching(_ZONE, client.get("timezone"), activity.get("localTimezone")),
        language=_matching(_LANGUAGE, client.get("locale"), activity.get("locale")),
        country=_matching(_COUNTRY, client.get("country")),
    )


def _matching(pattern: re.Pattern[str], *values: object) -> str:
    return next((value for value in values if isinstance(value, str) and pattern.fullmatch(value)), "")


def _first_name(name: object) -> str:
    """How somebody signs: the first word of their name, also where a directory writes the last name first."""
    if not isinstance(name, str):
        return ""
    last, comma, first = name.partition(",")
    words = (first if comma else last).split()
    return words[0][:80] if words else ""


# ---------------------------------------------------------------------------------------------------- meaning


def _meaning(activity: Mapping[str, Any]) -> Meaning:
    if activity.get("from", {}).get("role") == "bot" or str(activity.get("from", {}).get("id")).startswith("28:"):
        return Ignored("from a bot")
    kind = activity["type"]
    if kind == "invoke":
        return _invoke(activity)
    if not _is_personal(activity):
        return InGroup() if kind == "message" else Ignored("not a personal chat")
    match kind:
        case "message":
            return _message(activity)
        case "installationUpdate":
            return _installation(activity.get("action"))
        case "conversationUpdate":
            return _members(activity)
        case _:
            return Ignored("nothing said")


def _is_personal(activity: Mapping[str, Any]) -> bool:
    conversation = activity["conversation"]
    return conversation.get("conversationType") == PERSONAL and conversation.get("isGroup") is not True


def _message(activity: Mapping[str, Any]) -> Meaning:
    text = activity.get("text") or ""
    value = activity.get("value")
    picked = read_choice(value)
    if picked is not None:
        return Said(picked)
    if value is not None:
        return Ignored("a button that is none of ours")
    command = COMMANDS.get(" ".join(text.lower().split()).rstrip(".!"))
    return Said(CommandGiven(command, text)) if command else Said(MessageReceived(text))


def _invoke(activity: Mapping[str, Any]) -> Meaning:
    name, value = activity.get("name"), activity.get("value")
    if not isinstance(name, str):
        raise BadActivityError("name")
    if name.startswith("composeExtension/") or _is_personal(activity):
        return Invoked(name, value if isinstance(value, dict) else {})
    return Ignored("not a personal chat")


def _installation(action: object) -> Meaning:
    if action in ("add", "remove"):
        return Installed(added=action == "add")
    return Ignored("an upgrade")


def _members(activity: Mapping[str, Any]) -> Meaning:
    own = activity.get("recipient", {}).get("id")
    if own is not None and own in _member_ids(activity.get("membersAdded")):
        return Installed(added=True)
    if own is not None and own in _member_ids(activity.get("membersRemoved")):
        return Installed(added=False)
    return Ignored("somebody else came or went")


def _member_ids(members: object) -> list[object]:
    return [one.get("id") for one in members if isinstance(one, dict)] if isinstance(members, list) else []


def read_choice(value: object) -> ChoicePicked | None:
    """The choice that a button's data names; ``None`` for what no button of ours says."""
    if not isinstance(value, dict):
        return None
    question, choice = value.get("question"), value.get("choice")
    if isinstance(question, bool) or not isinstance(question, int) or not 0 <= question < _LARGEST_QUESTION:
        return None
    if not isinstance(choice, str) or not _CODE.fullmatch(choice):
        return None
    return ChoicePicked(question, choice)
