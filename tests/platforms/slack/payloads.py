"""Recorded shapes of what Slack sends, shortened to what counts."""

from __future__ import annotations

from typing import Any

Payload = dict[str, Any]

SAM = "slack:T0ONE:U0SAM"


def event(inner: Payload, **more: Any) -> Payload:
    authorization = {"enterprise_id": None, "team_id": "T0ONE", "user_id": "U0BOT", "is_bot": True}
    return {
        "type": "event_callback",
        "team_id": "T0ONE",
        "event_id": "Ev0ONE",
        "event_time": 1_772_620_000,
        "authorizations": [authorization],
        "event": inner,
        **more,
    }


def message(**more: Any) -> Payload:
    plain = {"type": "message", "channel_type": "im", "channel": "D0SAM", "user": "U0SAM", "team": "T0ONE"}
    return event({**plain, "text": "acme said no", "ts": "1772620000.000100", **more})


def command(text: str = "", **more: Any) -> Payload:
    return {
        "team_id": "T0ONE",
        "user_id": "U0SAM",
        "channel_id": "D0SAM",
        "command": "/afterword",
        "text": text,
        "trigger_id": "1.2.abc",
        "response_url": "https://hooks.slack.com/commands/T0ONE/1/x",
        **more,
    }


def press(action: Payload | None = None, **more: Any) -> Payload:
    button = {
        "type": "button",
        "action_id": "choice:0",
        "block_id": f"choice:{SAM}",
        "value": "3:draft",
        "text": {"type": "plain_text", "text": "Draft it"},
        "action_ts": "1772620050.5",
    }
    return {
        "type": "block_actions",
        "team": {"id": "T0ONE"},
        "user": {"id": "U0SAM", "team_id": "T0ONE"},
        "channel": {"id": "D0SAM"},
        "container": {"type": "message", "is_ephemeral": False},
        "message": {"ts": "1772620001.000200", "blocks": [{"type": "actions", "block_id": f"choice:{SAM}"}]},
        "response_url": "https://hooks.slack.com/actions/T0ONE/1/x",
        "trigger_id": "1.2.def",
        "actions": [{**button, **(action or {})}],
        **more,
    }


def submission(**more: Any) -> Payload:
    view = {"id": "V1", "hash": "1.h", "callback_id": "form:draft_request", "state": {"values": {}}}
    return {
        "type": "view_submission",
        "team": {"id": "T0ONE"},
        "user": {"id": "U0SAM", "team_id": "T0ONE"},
        "view": view,
        **more,
    }
