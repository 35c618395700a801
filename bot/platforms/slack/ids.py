"""Ids: what Slack calls people, places and moments, and nothing that only looks like it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

NAME = "slack"

Payload = Mapping[str, Any]

NOTHING: Payload = {}

_ID = re.compile(r"[A-Z0-9]{2,40}")
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,9}")


def read_id(value: object) -> str:
    """The id of a workspace, a person or a channel; empty for anything else."""
    return value if isinstance(value, str) and _ID.fullmatch(value) else ""


def read_direct(value: object) -> str:
    """The id of a direct message; empty for any other channel."""
    return value if isinstance(value, str) and value.startswith("D") and _ID.fullmatch(value) else ""


def read_ts(value: object) -> str:
    """The ``ts`` of a message; empty for anything else."""
    return value if isinstance(value, str) and _TS.fullmatch(value) else ""


def whose(payload: Payload) -> tuple[str, str]:
    """Workspace and person of a request of any kind, as far as it says; it may be one that cannot be used."""
    event = read_part(payload, "event")
    team = read_id(payload.get("team_id")) or read_id(read_part(payload, "team").get("id"))
    people = (payload.get("user_id"), event.get("user"), read_part(payload, "user").get("id"))
    return team, next(filter(None, map(read_id, people)), "")


def read_text(value: object) -> str:
    return value if isinstance(value, str) else ""


def read_part(payload: Payload, name: str) -> Payload:
    """The object under a name; an empty one where there is none."""
    part = payload.get(name)
    return part if isinstance(part, dict) else NOTHING
