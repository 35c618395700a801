"""Identity: a managed identity of Azure in the place of a client secret, through the SDK."""

from __future__ import annotations

import asyncio

from botframework.connector.auth import ManagedIdentityAppCredentials  # type: ignore[import-untyped]

from bot.platforms.teams.credentials import Ask, Granted, NoTokenError

SCOPE = "https://api.botframework.com"
GOOD_FOR = 600.0
"""Seconds after which we ask the SDK again, which remembers tokens itself and renews them in time."""


def with_identity(app_id: str) -> Ask:
    """Ask with the identity whose client id is the bot's app id."""
    credentials = ManagedIdentityAppCredentials(app_id, oauth_scope=SCOPE)

    async def ask() -> Granted:
        try:
            return Granted(await asyncio.to_thread(credentials.get_access_token), GOOD_FOR)
        except Exception as error:  # noqa: BLE001 - the SDK raises whatever its many ways to a token raise
            raise NoTokenError(type(error).__name__) from None

    return ask
