"""Responding: the addresses at which Slack takes an answer for half an hour, and no other address whatever."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.platforms.slack.api import LOOPBACK, SlackApi

HOSTS = frozenset({"hooks.slack.com"})
PATIENCE = 0.4
"""Seconds; it may have to fit between a turn that could not be saved and the three that Slack waits."""


class Responder:
    """Posts to response URLs. A stand-in on this computer may have its own beside its API."""

    def __init__(self, api: SlackApi) -> None:
        self._api = api
        stand_in = urlsplit(api.url)
        self._stand_in = (stand_in.scheme, stand_in.netloc) if stand_in.hostname in LOOPBACK else None

    async def respond(self, url: str, answer: Mapping[str, Any]) -> bool:
        """Post an answer; false when the address is not Slack's, or it was not taken."""
        if not self._is_allowed(url):
            return False
        try:
            async with self._api.session.post(
                url, json=answer, allow_redirects=False, timeout=aiohttp.ClientTimeout(total=PATIENCE)
            ) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    def _is_allowed(self, url: str) -> bool:
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            return False
        if self._stand_in == (parts.scheme, parts.netloc):
            return True
        return parts.scheme == "https" and parts.netloc in HOSTS and port is None
