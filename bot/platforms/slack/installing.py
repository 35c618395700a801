"""Installing: from an administrator's click to a token of their workspace, and only where the operator allows it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from aiohttp import web

from bot.platforms.slack.api import CallError, SlackApi
from bot.platforms.slack.ids import Payload, read_id, read_part, read_text
from bot.platforms.slack.manifest import REDIRECT_PATH, scopes
from bot.platforms.slack.states import COOKIE, LIVES, is_ours, new_state
from bot.platforms.slack.workspaces import Workspace, Workspaces
from bot.runtime.clock import Clock
from bot.runtime.ports import StorageUnavailableError
from bot.settings import SlackSettings

log = logging.getLogger(__name__)

INSTALL_PATH = "/slack/install"
LONGEST_CODE = 300

INSTALLED = "Installed. You can close this page: in Slack, open Afterword under Apps and write to it."
REFUSED = "Slack says that the installation was not agreed to. Nothing was installed."
STALE = "This link was used already, is older than ten minutes, or was opened in another browser. Please begin again."
NOT_ALLOWED = "This workspace is not on the operator's list, so nothing was installed. Please ask whoever runs this."
FAILED = "Slack did not confirm the installation. Nothing was installed. Please begin again."
BUSY = "Nothing could be saved just now, so nothing was installed. Please try again in a minute."

_SAFE = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"}


class Installing:
    """The two pages of an installation. What comes in by their addresses is never shown, followed or logged."""

    def __init__(
        self, settings: SlackSettings, api: SlackApi, workspaces: Workspaces, clock: Clock, count: Callable[[str], None]
    ) -> None:
        self._settings = settings
        self._api = api
        self._workspaces = workspaces
        self._clock = clock
        self._count = count

    async def begin(self, request: web.Request) -> web.Response:
        """Send the browser to Slack's consent page, with a state that it has to bring back."""
        state = new_state(self._settings.client_secret, self._now)
        asked = {"client_id": self._settings.client_id, "scope": ",".join(sorted(scopes())), "state": state}
        address = f"{self._origin}/oauth/v2/authorize?{urlencode(asked)}"
        response = web.Response(status=302, headers={**_SAFE, "Location": address})
        response.set_cookie(
            COOKIE, state, max_age=LIVES, path=REDIRECT_PATH, secure=True, httponly=True, samesite="Lax"
        )
        return response

    async def end(self, request: web.Request) -> web.Response:
        """Take the code that Slack sent the browser back with, if it is the browser that we sent there."""
        state, code = request.query.get("state", ""), request.query.get("code", "")
        if not is_ours(self._settings.client_secret, state, request.cookies.get(COOKIE, ""), self._now):
            return self._page(400, STALE)
        if "error" in request.query or not 0 < len(code) <= LONGEST_CODE:
            return self._page(400, REFUSED)
        try:
            if not await self._workspaces.first_use(state, self._clock.now()):
                return self._page(400, STALE)
            return await self._install(code)
        except StorageUnavailableError:
            return self._page(503, BUSY)
        except CallError:
            return self._page(400, FAILED)

    async def _install(self, code: str) -> web.Response:
        granted = await self._api.exchange(code, self._settings.client_id, self._settings.client_secret)
        team, token = read_id(read_part(granted, "team").get("id")), read_text(granted.get("access_token"))
        if not token:
            return self._page(400, FAILED)
        if granted.get("is_enterprise_install") is True or team not in self._settings.allowed:
            await self._api.call("auth.revoke", token)
            return self._page(403, NOT_ALLOWED)
        await self._workspaces.keep(_workspace(team, token, granted), self._clock.now())
        log.info("A workspace installed the coach.", extra={"action": "install", "workspace": team})
        return self._page(200, INSTALLED)

    @property
    def _now(self) -> float:
        return self._clock.now().timestamp()

    @property
    def _origin(self) -> str:
        api = urlsplit(self._api.url)
        return f"{api.scheme}://{api.netloc}"

    def _page(self, status: int, text: str) -> web.Response:
        self._count(f"install_{status}")
        response = web.Response(status=status, text=text, headers=_SAFE)
        response.del_cookie(COOKIE, path=REDIRECT_PATH)
        return response


def _workspace(team: str, token: str, granted: Payload) -> Workspace:
    return Workspace(team, token, read_text(granted.get("bot_user_id")), read_text(granted.get("scope")))
