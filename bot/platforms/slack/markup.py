"""Markup: what a person typed, out of what Slack made of it."""

from __future__ import annotations

import re

from bot.platforms.slack.elements import unescape

_MARKED = re.compile(r"<([@#!]?)([^<>|]{0,3000})(?:\|([^<>]{0,3000}))?>")


def typed(text: str) -> str:
    """The text as it was typed: links and addresses as they look, names of people as a name, nothing escaped."""
    return unescape(_MARKED.sub(_plain, text))


def _plain(match: re.Match[str]) -> str:
    """A mention without a label says only that somebody was mentioned; ids are no names."""
    sign, target, label = match.groups()
    if sign == "":
        return label or target.removeprefix("mailto:").removeprefix("tel:")
    if sign == "!":
        return label or target.partition("^")[0]
    return f"{sign}{label}" if label else f"{sign}somebody" if sign == "@" else "#channel"
