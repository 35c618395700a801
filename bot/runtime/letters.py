"""An outgoing message as the JSON that waits in the outbox, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, Part, SmallPrint


class BadLetterError(ValueError):
    """A stored message cannot be read; it was written by another version or is damaged."""


_KINDS: Mapping[str, type[Part]] = {"text": Paragraph, "block": Block, "small": SmallPrint}
_NAMES = {kind: name for name, kind in _KINDS.items()}


def dump_message(message: OutgoingMessage) -> str:
    """Return compact JSON that leaves out what has its default."""
    plain = {
        **_filled(message),
        "parts": [{"is": _NAMES[type(part)], **_filled(part)} for part in message.parts],
        "buttons": [_filled(button) for button in message.buttons],
    }
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


def load_message(text: str) -> OutgoingMessage:
    """Read back what ``dump_message`` wrote.

    Raises:
        BadLetterError: it is not such a message.
    """
    try:
        plain = json.loads(text)
        return OutgoingMessage(
            **{
                **plain,
                "parts": tuple(_part(part) for part in plain["parts"]),
                "buttons": tuple(Button(**button) for button in plain["buttons"]),
                "keys": tuple(plain.get("keys", ())),
            }
        )
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadLetterError(type(error).__name__) from error


def _part(plain: Mapping[str, Any]) -> Part:
    return _KINDS[plain["is"]](**{name: value for name, value in plain.items() if name != "is"})


def _filled(item: OutgoingMessage | Part | Button) -> dict[str, Any]:
    values = ((field, getattr(item, field.name)) for field in fields(item))
    return {field.name: value for field, value in values if value != field.default}
