"""Replies: what a request is answered with at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.platforms.slack.elements import escape, sections


@dataclass(frozen=True, slots=True)
class Reply:
    """Status and body; an empty body only acknowledges."""

    status: int = 200
    body: Mapping[str, Any] = field(default_factory=dict)


TAKEN = Reply()
AGAIN = Reply(503)
"""Slack delivers an event again that is answered so."""


def notice(text: str) -> dict[str, Any]:
    """A message that only the person sees, beside everything else."""
    return {
        "response_type": "ephemeral",
        "replace_original": False,
        "text": escape(text),
        "blocks": list(sections(text)),
    }
