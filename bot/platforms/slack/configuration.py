"""Configuration: everything in the settings for Slack that is missing or does not fit, a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.platforms.slack.api import LOOPBACK, SLACK_API
from bot.settings import SlackSettings

_TOKENS = ("xoxb-", "xoxp-", "xoxe", "xapp-")
_SECRET = re.compile("[0-9a-f]{32}")
_ODD_SECRET = (
    "SLACK_SIGNING_SECRET is usually 32 characters from 0 to 9 and a to f; if every request is refused, copy it once"
    " more from Basic Information."
)


def faults(settings: SlackSettings) -> list[str]:
    """What keeps Slack from working, each with what to do about it."""
    return [*_tokens(settings), *_ways_in(settings), *_installing(settings), *_address(settings)]


def doubts(settings: SlackSettings) -> list[str]:
    """What Slack would take, and what no secret of theirs has looked like so far."""
    if settings.signing_secret and not _SECRET.fullmatch(settings.signing_secret):
        return [_ODD_SECRET]
    return []


def _tokens(settings: SlackSettings) -> Iterator[str]:
    if not settings.bot_token and not (settings.client_id or settings.client_secret):
        yield "SLACK_BOT_TOKEN is missing; copy it from OAuth & Permissions, or set SLACK_CLIENT_ID to install by link."
    if settings.bot_token and not settings.bot_token.startswith("xoxb-"):
        yield f"SLACK_BOT_TOKEN is {_kind(settings.bot_token)}; the bot's own begins with xoxb-."
    if settings.app_token and not settings.app_token.startswith("xapp-"):
        yield f"SLACK_APP_TOKEN is {_kind(settings.app_token)}; the one for Socket Mode begins with xapp-."
    for name, value in (
        ("SLACK_BOT_TOKEN", settings.bot_token),
        ("SLACK_APP_TOKEN", settings.app_token),
        ("SLACK_SIGNING_SECRET", settings.signing_secret),
        ("SLACK_CLIENT_ID", settings.client_id),
        ("SLACK_CLIENT_SECRET", settings.client_secret),
    ):
        if not value.isascii() or not value.isprintable() or " " in value:
            yield f"{name} has a space or a strange character in it; copy it once more."


def _kind(value: str) -> str:
    return "another kind of token" if value.startswith(_TOKENS) else "no token"


def _ways_in(settings: SlackSettings) -> Iterator[str]:
    if not settings.signing_secret and not settings.app_token:
        yield (
            "SLACK_SIGNING_SECRET is missing; copy it from Basic Information"
            " (or set SLACK_APP_TOKEN to use Socket Mode)."
        )


def _installing(settings: SlackSettings) -> Iterator[str]:
    if settings.client_id and not settings.client_secret:
        yield "SLACK_CLIENT_SECRET is missing; it belongs to SLACK_CLIENT_ID, under Basic Information."
    if settings.client_secret and not settings.client_id:
        yield "SLACK_CLIENT_ID is missing; it belongs to SLACK_CLIENT_SECRET, under Basic Information."
    for name in sorted(settings.allowed):
        if not (name.startswith("T") and name.isalnum() and name.isupper()):
            yield f"AFTERWORD_ALLOWED_WORKSPACES: `{name}` is not the id of a workspace; they look like T0123ABCD."


def _address(settings: SlackSettings) -> Iterator[str]:
    try:
        parts = urlsplit(settings.api_url or SLACK_API)
    except ValueError:
        yield "AFTERWORD_SLACK_API_URL is not an address; leave it out unless you test against a stand-in."
        return
    if not parts.path.endswith("/api/") or not parts.hostname:
        yield "AFTERWORD_SLACK_API_URL has to end in /api/; leave it out unless you test against a stand-in."
    elif parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in LOOPBACK):
        yield "AFTERWORD_SLACK_API_URL has to begin with https://; plain http goes to this computer only."
