"""The peer: the SDK's stock echo, a ``CloudAdapter`` and a bot that says again what was said to it."""

from __future__ import annotations

from types import SimpleNamespace

from aiohttp import web
from botbuilder.core import ActivityHandler, TurnContext
from botbuilder.integration.aiohttp import CloudAdapter, ConfigurationBotFrameworkAuthentication
from botframework.connector.auth import AppCredentials, PasswordServiceClientCredentialFactory

from bot.settings import TeamsSettings


class Echo(ActivityHandler):
    """Answers with the words that came."""

    async def on_message_activity(self, turn_context: TurnContext) -> None:
        await turn_context.send_activity(turn_context.activity.text)


class FixedCredentials(AppCredentials):
    """A token that is there already: what the peer would spend on asking for one is not counted against it."""

    def get_access_token(self, force_refresh: bool = False) -> str:
        return "token-1"


class FixedCredentialFactory(PasswordServiceClientCredentialFactory):
    async def create_credentials(self, app_id: str, *arguments: object, **named: object) -> AppCredentials:
        return FixedCredentials(app_id=app_id)


def echo_route(settings: TeamsSettings) -> web.RouteDef:
    """The echo behind the same address, with the same key server."""
    configuration = SimpleNamespace(
        TO_BOT_FROM_CHANNEL_TOKEN_ISSUER="https://api.botframework.com",
        TO_BOT_FROM_CHANNEL_OPENID_METADATA_URL=settings.openid_url,
        TO_CHANNEL_FROM_BOT_OAUTH_SCOPE="https://api.botframework.com",
        TO_CHANNEL_FROM_BOT_LOGIN_URL="https://login.microsoftonline.com/botframework.com",
    )
    factory = FixedCredentialFactory(settings.app_id, "password")
    adapter = CloudAdapter(ConfigurationBotFrameworkAuthentication(configuration, credentials_factory=factory))
    bot = Echo()

    async def take(request: web.Request) -> web.Response:
        return await adapter.process(request, bot) or web.Response(status=202)

    return web.post("/api/messages", take)
