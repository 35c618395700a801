"""Slack's Web API as the app may use it: each method with its scope, its arguments and what it does to the world.

Stricter than Slack: an argument or a method that is not documented is refused, so that a misspelt one is found.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.standins.slack_checks import faults_of_blocks, faults_of_view
from tests.standins.slack_world import APP, TRIGGER_LIVES, Message, Person, Team, View, World

Arguments = Mapping[str, Any]
Answer = dict[str, Any]

LONGEST_TEXT = 40_000


class RefusedError(Exception):
    """Slack says no; ``error`` is its code, ``extra`` whatever it adds."""

    def __init__(self, error: str, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.extra = extra


@dataclass(frozen=True, slots=True)
class Method:
    """``scope`` is empty where any token will do. A method that reads may be called by GET."""

    run: Callable[[World, Team, Arguments], Answer]
    scope: str
    required: frozenset[str]
    optional: frozenset[str]
    reads: bool = False


def _method(
    run: Callable[[World, Team, Arguments], Answer], scope: str, required: str, optional: str = "", reads: bool = False
) -> Method:
    return Method(run, scope, frozenset(required.split()), frozenset(optional.split()), reads)


# ------------------------------------------------------------------------------------------------------ methods


def _auth_test(world: World, team: Team, arguments: Arguments) -> Answer:
    return {"team_id": team.id, "user_id": team.bot_user, "bot_id": team.bot_id, "team": team.id, "user": "coach"}


def _auth_revoke(world: World, team: Team, arguments: Arguments) -> Answer:
    team.lost = "token_revoked"
    return {"revoked": True}


def _post(world: World, team: Team, arguments: Arguments) -> Answer:
    person = _reached(world, team, arguments["channel"])
    _check_content(arguments)
    message = world.say(
        Message(
            ts=world.ts(),
            channel=person.channel,
            author=team.bot_user,
            text=str(arguments.get("text", ""))[:LONGEST_TEXT],
            blocks=list(arguments.get("blocks") or []),
            metadata=arguments.get("metadata"),
        )
    )
    return {"channel": person.channel, "ts": message.ts, "message": as_json(message, team)}


def _update(world: World, team: Team, arguments: Arguments) -> Answer:
    person = _reached(world, team, arguments["channel"])
    _check_content(arguments)
    for message in world.channels.get(person.channel, []):
        if message.ts == arguments["ts"]:
            if message.author != team.bot_user:
                raise RefusedError("cant_update_message")
            message.text = str(arguments.get("text", message.text))
            message.blocks = [{"block_id": f"b{world.number()}", **one} for one in arguments.get("blocks") or []]
            return {"channel": person.channel, "ts": message.ts, "text": message.text}
    raise RefusedError("message_not_found")


def _history(world: World, team: Team, arguments: Arguments) -> Answer:
    person = _reached(world, team, arguments["channel"])
    oldest, latest = float(arguments.get("oldest") or 0), float(arguments.get("latest") or "inf")
    inclusive = _is_on(arguments.get("inclusive"))
    found = [
        as_json(message, team, metadata=_is_on(arguments.get("include_all_metadata")))
        for message in reversed(world.channels.get(person.channel, []))
        if not message.ephemeral and _between(float(message.ts), oldest, latest, inclusive)
    ]
    limit = int(arguments.get("limit") or 100)
    return {"messages": found[:limit], "has_more": len(found) > limit}


def _open_conversation(world: World, team: Team, arguments: Arguments) -> Answer:
    person = world.people.get((team.id, str(arguments["users"])))
    if person is None:
        raise RefusedError("user_not_found")
    if person.unreachable is not None:
        raise RefusedError(person.unreachable)
    return {"channel": {"id": person.channel}, "no_op": True, "already_open": True}


def _user(world: World, team: Team, arguments: Arguments) -> Answer:
    person = world.people.get((team.id, str(arguments["user"])))
    if person is None:
        raise RefusedError("user_not_found")
    locale = {"locale": person.locale} if _is_on(arguments.get("include_locale")) else {}
    profile = {"real_name": person.name, "display_name": person.name, "first_name": person.name}
    return {
        "user": {
            "id": person.id,
            "team_id": team.id,
            "name": person.name.lower(),
            "real_name": person.name,
            "deleted": person.unreachable is not None,
            "is_bot": False,
            "tz": person.tz,
            "tz_label": person.tz,
            "tz_offset": 0,
            "profile": profile,
            **locale,
        }
    }


def _open_view(world: World, team: Team, arguments: Arguments) -> Answer:
    person = _triggered(world, team, arguments["trigger_id"])
    _check_view(arguments["view"], "modal")
    view = world.view(arguments["view"])
    person.modals = [view]
    return {"view": view_json(view, team)}


def _push_view(world: World, team: Team, arguments: Arguments) -> Answer:
    person = _triggered(world, team, arguments["trigger_id"])
    _check_view(arguments["view"], "modal")
    person.modals.append(world.view(arguments["view"]))
    return {"view": view_json(person.modals[-1], team)}


def _update_view(world: World, team: Team, arguments: Arguments) -> Answer:
    for person in world.people.values():
        for place, view in enumerate(person.modals):
            if person.team == team.id and _is_named(view, arguments):
                _check_hash(view, arguments)
                _check_view(arguments["view"], "modal")
                person.modals[place] = world.view(arguments["view"], view)
                return {"view": view_json(person.modals[place], team)}
    raise RefusedError("not_found")


def _publish_view(world: World, team: Team, arguments: Arguments) -> Answer:
    person = world.people.get((team.id, str(arguments["user_id"])))
    if person is None:
        raise RefusedError("user_not_found")
    if person.home is not None:
        _check_hash(person.home, arguments)
    _check_view(arguments["view"], "home")
    person.home = world.view(arguments["view"], person.home)
    return {"view": view_json(person.home, team)}


METHODS: Mapping[str, Method] = {
    "auth.test": _method(_auth_test, "", "", reads=True),
    "auth.revoke": _method(_auth_revoke, "", "", "test", reads=True),
    "chat.postMessage": _method(
        _post, "chat:write", "channel", "text blocks metadata mrkdwn parse unfurl_links unfurl_media link_names"
    ),
    "chat.update": _method(_update, "chat:write", "channel ts", "text blocks metadata parse link_names"),
    "conversations.history": _method(
        _history, "im:history", "channel", "oldest latest inclusive limit cursor include_all_metadata", reads=True
    ),
    "conversations.open": _method(_open_conversation, "im:write", "users", "return_im"),
    "users.info": _method(_user, "users:read", "user", "include_locale", reads=True),
    "views.open": _method(_open_view, "", "view trigger_id"),
    "views.push": _method(_push_view, "", "view trigger_id"),
    "views.update": _method(_update_view, "", "view", "view_id external_id hash"),
    "views.publish": _method(_publish_view, "", "user_id view", "hash"),
}


# -------------------------------------------------------------------------------------------------------- rules


def _reached(world: World, team: Team, channel: str) -> Person:
    """Whose direct message a channel is; a user's id stands for it too."""
    if channel in world.public:
        raise RefusedError("not_in_channel")
    person = world.people.get((team.id, channel)) or world.person_in(channel)
    if person is None or person.team != team.id:
        raise RefusedError("channel_not_found")
    if person.unreachable is not None:
        raise RefusedError(person.unreachable)
    return person


def _check_content(arguments: Arguments) -> None:
    if not arguments.get("text") and not arguments.get("blocks"):
        raise RefusedError("no_text")
    if _is_on(arguments.get("link_names")) or arguments.get("parse") == "full":
        raise RefusedError("invalid_arguments", detail="names must not become mentions")
    faults = faults_of_blocks(arguments["blocks"]) if arguments.get("blocks") else []
    if "msg_blocks_too_long" in faults:
        raise RefusedError("msg_blocks_too_long")
    if faults:
        raise RefusedError("invalid_blocks", response_metadata={"messages": faults})
    metadata = arguments.get("metadata")
    if metadata is not None and not (
        isinstance(metadata, dict)
        and isinstance(metadata.get("event_type"), str)
        and isinstance(metadata.get("event_payload"), dict)
    ):
        raise RefusedError("invalid_metadata_format")


def _check_view(view: object, kind: str) -> None:
    faults = faults_of_view(view)
    if not isinstance(view, dict) or view.get("type") != kind:
        faults.append(f"the view is no {kind}")
    if faults:
        raise RefusedError("invalid_arguments", response_metadata={"messages": faults})


def _check_hash(view: View, arguments: Arguments) -> None:
    if arguments.get("hash") and arguments["hash"] != view.hash:
        raise RefusedError("hash_conflict")


def _triggered(world: World, team: Team, name: str) -> Person:
    trigger = world.triggers.get(name)
    if trigger is None or trigger.person.team != team.id:
        raise RefusedError("invalid_trigger_id")
    if trigger.used:
        raise RefusedError("exchanged_trigger_id")
    if world.clock() - trigger.made > TRIGGER_LIVES:
        raise RefusedError("expired_trigger_id")
    trigger.used = True
    return trigger.person


def _is_named(view: View, arguments: Arguments) -> bool:
    external = arguments.get("external_id")
    return view.id == arguments.get("view_id") or (external is not None and view.body.get("external_id") == external)


def _between(ts: float, oldest: float, latest: float, inclusive: bool) -> bool:
    return oldest <= ts <= latest if inclusive else oldest < ts < latest


def _is_on(value: object) -> bool:
    return value in (True, "true", "True", "1", 1)


def as_json(message: Message, team: Team, metadata: bool = True) -> Answer:
    """A message as the API and payloads show it."""
    ours = {"bot_id": team.bot_id, "app_id": APP} if message.author == team.bot_user else {}
    shown: Answer = {"type": "message", "user": message.author, "ts": message.ts, "team": team.id, "text": message.text}
    shown |= {**ours, "blocks": message.blocks}
    return {**shown, "metadata": message.metadata} if metadata and message.metadata else shown


def view_json(view: View, team: Team) -> Answer:
    """A view as the API and payloads show it, with what stands in its fields."""
    return {
        "id": view.id,
        "team_id": team.id,
        "app_id": APP,
        "app_installed_team_id": team.id,
        "bot_id": team.bot_id,
        "private_metadata": "",
        "callback_id": "",
        "external_id": "",
        "clear_on_close": False,
        "notify_on_close": False,
        "title": None,
        "submit": None,
        "close": None,
        "root_view_id": view.id,
        "previous_view_id": None,
        **view.body,
        "hash": view.hash,
        "state": {"values": view.values},
    }
