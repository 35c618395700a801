"""Payloads: what Slack tells an app, in the shapes that it documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.standins.slack_methods import as_json, view_json
from tests.standins.slack_world import APP, Message, Person, Team, View

VERIFICATION = "not-used"

Payload = dict[str, Any]


def escaped(text: str) -> str:
    """What people type arrives with Slack's control characters escaped."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def event(team: Team, number: int, ts: str, inner: Mapping[str, Any]) -> Payload:
    """An event with what stands around it; ``number`` makes its id."""
    bot = {"enterprise_id": None, "team_id": team.id, "user_id": team.bot_user, "is_bot": True}
    return {
        "token": VERIFICATION,
        "team_id": team.id,
        "api_app_id": APP,
        "event": {**inner, "event_ts": ts},
        "type": "event_callback",
        "event_id": f"Ev{team.id}{number:08d}",
        "event_time": int(float(ts)),
        "authorizations": [{**bot, "is_enterprise_install": False}],
        "is_ext_shared_channel": False,
    }


def message_event(person: Person, text: str, ts: str) -> Payload:
    """Somebody wrote to the app, in their direct message with it."""
    run = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {
        "type": "message",
        "channel": person.channel,
        "channel_type": "im",
        "user": person.id,
        "team": person.team,
        "text": escaped(text),
        "ts": ts,
        "blocks": [{"type": "rich_text", "block_id": "typed", "elements": [run]}],
    }


def home_event(person: Person, tab: str) -> Payload:
    return {"type": "app_home_opened", "user": person.id, "channel": person.channel, "tab": tab}


def command(person: Person, name: str, text: str, trigger: str, response_url: str) -> dict[str, str]:
    """A slash command, as form fields."""
    return {
        "token": VERIFICATION,
        "team_id": person.team,
        "team_domain": person.team.lower(),
        "channel_id": person.channel,
        "channel_name": "directmessage",
        "user_id": person.id,
        "user_name": person.name.lower(),
        "command": name,
        "text": text,
        "api_app_id": APP,
        "is_enterprise_install": "false",
        "response_url": response_url,
        "trigger_id": trigger,
    }


def press(person: Person, team: Team, message: Message, button: Payload, trigger: str, response_url: str) -> Payload:
    """A button below a message was pressed; ``button`` carries its ``block_id``."""
    return {
        "type": "block_actions",
        **_who(person, trigger),
        "container": {
            "type": "message",
            "message_ts": message.ts,
            "channel_id": message.channel,
            "is_ephemeral": message.ephemeral,
        },
        "channel": {"id": person.channel, "name": "directmessage"},
        "message": as_json(message, team),
        "state": {"values": {}},
        "response_url": response_url,
        "actions": [_action(button, message.ts)],
    }


def press_in_view(person: Person, team: Team, view: View, button: Payload, trigger: str, ts: str) -> Payload:
    return {
        "type": "block_actions",
        **_who(person, trigger),
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(view, team),
        "actions": [_action(button, ts)],
    }


def submission(person: Person, team: Team, view: View, trigger: str) -> Payload:
    return {
        "type": "view_submission",
        **_who(person, trigger),
        "view": view_json(view, team),
        "response_urls": [],
    }


def _who(person: Person, trigger: str) -> Payload:
    user = {"id": person.id, "username": person.name.lower(), "name": person.name.lower(), "team_id": person.team}
    return {
        "user": user,
        "api_app_id": APP,
        "token": VERIFICATION,
        "trigger_id": trigger,
        "team": {"id": person.team, "domain": person.team.lower()},
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _action(button: Payload, ts: str) -> Payload:
    kept: Payload = {name: button[name] for name in ("action_id", "block_id", "text", "value", "url") if name in button}
    return {**kept, "type": "button", "action_ts": ts}
