"""Slack as the server has it: the parts put together."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.platforms.slack.api import SLACK_API, SlackApi
from bot.platforms.slack.configuration import doubts, faults
from bot.platforms.slack.desk import Desk
from bot.platforms.slack.dispatch import Dispatcher
from bot.platforms.slack.door import Door
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.ids import NAME
from bot.platforms.slack.installing import INSTALL_PATH, Installing
from bot.platforms.slack.manifest import EVENTS_PATH, REDIRECT_PATH
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.people import People
from bot.platforms.slack.responding import Responder
from bot.platforms.slack.sending import SlackPlatform
from bot.platforms.slack.socket import Socket
from bot.platforms.slack.workspaces import Workspaces
from bot.platforms.surface import note_no_turn
from bot.runtime.clock import Clock
from bot.runtime.installations import Installations
from bot.runtime.ports import Address
from bot.runtime.turn import Bot
from bot.settings import Settings, SlackSettings

__all__ = ["NAME", "SlackSurface", "build", "doubts_of", "faults_of", "places_of"]

DRAIN = 3.0


def faults_of(settings: Settings) -> list[str]:
    return faults(settings.slack)


def doubts_of(settings: Settings) -> list[str]:
    return doubts(settings.slack)


def places_of(settings: Settings) -> list[str]:
    return [f"{settings.slack.api_url or SLACK_API}api.test"]


def build(settings: Settings, installations: Installations, clock: Clock) -> SlackSurface:
    return SlackSurface(settings.slack, installations, clock, note_no_turn)


class SlackSurface:
    """Implements ``Surface``."""

    def __init__(
        self,
        settings: SlackSettings,
        installations: Installations,
        clock: Clock,
        count: Callable[[str], None],
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._count = count
        self._api = SlackApi(settings.api_url or SLACK_API)
        self._pace = Pace(monotonic)
        self._errands = Errands()
        self._workspaces = Workspaces(installations, clock, settings.bot_token, monotonic)
        self._people = People(self._api, self._workspaces, self._pace, self._errands, clock, monotonic)
        self.platform = SlackPlatform(self._api, self._workspaces, self._pace, clock)
        self._socket: Socket | None = None
        self._listening: asyncio.Task[None] | None = None

    async def start(self, bot: Bot) -> None:
        self.platform.sent = lambda address: self._sent(bot, address)
        await self._api.open()

    def routes(self, bot: Bot, wake: Callable[[], None]) -> Sequence[web.RouteDef]:
        """Events, interactions and commands by HTTP where there is a signing secret, installing where it is set up."""
        dispatcher = Dispatcher(self._api.client, self._desk(bot, wake), self._workspaces, bot.bury, self._count)
        if self._settings.app_token:
            self._socket = Socket(self._api, self._settings.app_token, dispatcher.dispatch, random.random)
        return [*self._door(dispatcher, bot), *self._installing()]

    def listen(self) -> None:
        if self._socket is not None:
            self._listening = asyncio.ensure_future(self._socket.run())

    async def drain(self) -> None:
        if self._listening is not None and self._socket is not None:
            self._listening.cancel()
            await self._socket.finish()

    async def close(self) -> None:
        await self._errands.finish(DRAIN)
        await self._api.close()

    def _desk(self, bot: Bot, wake: Callable[[], None]) -> Desk:
        responder = Responder(self._api)
        forms = Forms(bot, self._api, self._workspaces, responder, self._errands, self._clock)
        return Desk(bot, wake, forms, self._people, self._workspaces, self._api, responder, self._errands)

    def _door(self, dispatcher: Dispatcher, bot: Bot) -> list[web.RouteDef]:
        if not self._settings.signing_secret:
            return []
        door = Door(self._settings.signing_secret, dispatcher.dispatch, bot.bury, self._count, self._clock)
        return [web.post(EVENTS_PATH, door.receive)]

    def _installing(self) -> list[web.RouteDef]:
        if not self._settings.client_id:
            return []
        installing = Installing(self._settings, self._api, self._workspaces, self._clock, self._count)
        return [web.get(INSTALL_PATH, installing.begin), web.get(REDIRECT_PATH, installing.end)]

    def _sent(self, bot: Bot, address: Address) -> None:
        """Every turn that changes something says something; so this is when the home page may be out of date."""
        self._people.show_home(bot, address)
