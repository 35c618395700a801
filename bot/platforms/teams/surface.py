"""The surface: Teams as the server has it, put together from its settings."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable

import aiohttp
from aiohttp import web

from bot.platforms.surface import note_no_turn
from bot.platforms.teams.configuration import doubts, faults
from bot.platforms.teams.connector import Connector, open_session
from bot.platforms.teams.credentials import LOGIN_URL, Ask, Credentials, with_secret
from bot.platforms.teams.desk import Desk
from bot.platforms.teams.door import Door
from bot.platforms.teams.forms import offer
from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.incoming import NAME
from bot.platforms.teams.keys import OPENID_URL, Keys
from bot.platforms.teams.sending import TeamsPlatform
from bot.platforms.teams.tokens import Tokens
from bot.runtime.clock import Clock
from bot.runtime.installations import Installations
from bot.runtime.turn import Bot
from bot.runtime.voice import Voice
from bot.settings import Settings, TeamsSettings

__all__ = ["NAME", "TeamsSurface", "build", "doubts_of", "faults_of", "places_of"]

log = logging.getLogger(__name__)

DRAIN = 2.0


def faults_of(settings: Settings) -> list[str]:
    return faults(settings.teams)


def doubts_of(settings: Settings) -> list[str]:
    return doubts(settings.teams)


def places_of(settings: Settings) -> list[str]:
    teams = settings.teams
    return [teams.openid_url or OPENID_URL, teams.login_url or LOGIN_URL]


def build(settings: Settings, installations: Installations, clock: Clock) -> TeamsSurface:
    return TeamsSurface(settings.teams, clock, note_no_turn)


class TeamsSurface:
    """Implements ``Surface``. Which tenants may use it stands in the settings: there are no installations."""

    def __init__(
        self,
        settings: TeamsSettings,
        clock: Clock,
        count: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._count = count
        self._monotonic = monotonic
        self._hosts = ServiceHosts(settings.service_hosts)
        self._keys = Keys(settings.openid_url or OPENID_URL)
        self._desks: list[Desk] = []
        self._session: aiohttp.ClientSession | None = None
        self._credentials: Credentials | None = None
        self.platform = TeamsPlatform(clock, monotonic)

    def routes(self, bot: Bot, wake: Callable[[], None]) -> Iterable[web.RouteDef]:
        desk = Desk(bot, wake, self.platform, self._clock)
        self._desks.append(desk)
        tokens = Tokens(self._settings.app_id, self._keys, self._hosts, self._settings.tenants)
        return [Door(tokens, desk, self._count).route()]

    async def start(self, bot: Bot) -> None:
        """Open the session for sending, and begin to fetch the keys without waiting for them."""
        self.platform.extras = lambda message: offer(message.keys, Voice(bot.coach, self._clock.now()))
        self._session = open_session(self._monotonic)
        self._credentials = Credentials(self._ask(self._session))
        self.platform.open(Connector(self._session, self._credentials, self._hosts, self._monotonic))
        self._keys.start()
        if not self._settings.tenants:
            log.warning("AFTERWORD_ALLOWED_TENANTS is empty, so nobody in Teams is let in.", extra={"action": "start"})

    def listen(self) -> None:
        """Teams speaks to us by the route alone."""

    async def drain(self) -> None:
        for desk in self._desks:
            await desk.drain(DRAIN)

    async def close(self) -> None:
        await self._keys.close()
        if self._credentials is not None:
            await self._credentials.close()
        if self._session is not None:
            await self._session.close()

    def _ask(self, session: aiohttp.ClientSession) -> Ask:
        settings = self._settings
        if settings.managed_identity:
            # The SDK is heavy and needed for this alone.
            from bot.platforms.teams.identity import with_identity  # noqa: PLC0415

            return with_identity(settings.app_id)
        return with_secret(session, settings.app_id, settings.password, settings.tenant, settings.login_url)
