"""Parsing: the body of a genuine request as one dictionary, whatever kind of request it is."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qsl

Payload = dict[str, Any]

MOST_FIELDS = 100

_JSON = "application/json"
_FORM = "application/x-www-form-urlencoded"


class UnusableError(Exception):
    """The request is genuine but nothing that we can use; ``reason`` is a code without any words of it."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def parse(body: bytes, content_type: str) -> Payload:
    """Read a body.

    Forms are told apart by the names of their fields, never by looking for a word in them: a slash command whose text
    contains ``payload`` stays what it is.

    Raises:
        UnusableError: it is not what its type says, or of a type that Slack does not send.
    """
    kind, charset = _kind(content_type)
    if charset not in ("", "utf-8", "utf8") or kind not in (_JSON, _FORM):
        raise UnusableError("unusable_content_type")
    try:
        text = body.decode()
    except UnicodeDecodeError as error:
        raise UnusableError("unusable_encoding") from error
    return _object(text) if kind == _JSON else _form(text)


def _kind(content_type: str) -> tuple[str, str]:
    kind, _, parameter = content_type.partition(";")
    name, _, value = parameter.strip().partition("=")
    return kind.strip().lower(), value.strip('" ').lower() if name.lower() == "charset" else ""


def _form(text: str) -> Payload:
    try:
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise UnusableError("unusable_form") from error
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise UnusableError("unusable_repeated_field")
    return _object(fields["payload"]) if fields.keys() == {"payload"} else fields


def _object(text: str) -> Payload:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnusableError("unusable_json") from error
    if not isinstance(found, dict):
        raise UnusableError("unusable_json")
    return found
