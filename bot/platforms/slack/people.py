"""People: their home page and their profile, kept up to date beside the conversation."""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Callable

from bot.engine.conversation import Conversation
from bot.engine.events import ProfileChanged
from bot.platforms.slack.api import CallError, SlackApi, TooMuch
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.home import home_view
from bot.platforms.slack.ids import read_part
from bot.platforms.slack.incoming import read_profile
from bot.platforms.slack.pacing import Pace
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.clock import Clock
from bot.runtime.ports import Address, Incoming
from bot.runtime.turn import Bot, is_news

PROFILE_STAYS = 6 * 3_600.0
"""Seconds after which a profile is asked for again when somebody shows up; news of a change comes as an event."""

ASK_AGAIN = 60.0
"""Seconds after which a profile is asked for again that could not be asked for, or of which nothing was learned."""

MOST_REMEMBERED = 20_000


class People:
    """Calls that a person sees the effect of, made after everything else and left out where Slack has had enough."""

    def __init__(
        self,
        api: SlackApi,
        workspaces: Workspaces,
        pace: Pace,
        errands: Errands,
        clock: Clock,
        monotonic: Callable[[], float],
    ) -> None:
        self._api = api
        self._workspaces = workspaces
        self._pace = pace
        self._errands = errands
        self._clock = clock
        self._monotonic = monotonic
        self._ask_from: OrderedDict[str, float] = OrderedDict()

    def show_home(self, bot: Bot, address: Address) -> None:
        """Draw the home page as things are now."""
        self._errands.run(f"home:{address.person}", self._show_home(bot, address), once_more=True)

    def ask_profile(self, bot: Bot, address: Address) -> None:
        """Ask for name, time zone and language of somebody who just showed up."""
        if self._monotonic() >= self._ask_from.get(address.person, -math.inf):
            self._ask_not_before(address, ASK_AGAIN)
            self._errands.run(f"profile:{address.person}", self._ask_profile(bot, address))

    async def learn(self, bot: Bot, address: Address, id_: str, change: ProfileChanged) -> None:
        """Hand in news of a profile of somebody whom we know; of anybody else nothing is kept.

        Raises:
            NotSavedError: it could not be saved.
        """
        conversation = await bot.recall(address)
        if conversation is not None and is_news(conversation.profile, change):
            await bot.handle(Incoming(id_, address, change))

    async def _show_home(self, bot: Bot, address: Address) -> None:
        token = await self._workspaces.token(address.tenant)
        if token is None or not self._pace.may_call(address.tenant, "views.publish"):
            return
        conversation = await bot.recall(address) or Conversation()
        view = home_view(conversation, bot.coach, self._clock.now())
        await self._call(address, "views.publish", token, user_id=address.user, view=view)

    async def _ask_profile(self, bot: Bot, address: Address) -> None:
        token = await self._workspaces.token(address.tenant)
        if token is None or not self._pace.may_call(address.tenant, "users.info"):
            return
        told = await self._call(address, "users.info", token, user=address.user, include_locale=True)
        user = read_part(told, "user")
        id_ = f"profile:{address.user}:{self._clock.now().timestamp()}"
        await self.learn(bot, address, id_, read_profile(user))
        self._ask_not_before(address, PROFILE_STAYS)

    def _ask_not_before(self, address: Address, seconds: float) -> None:
        self._ask_from[address.person] = self._monotonic() + seconds
        self._ask_from.move_to_end(address.person)
        if len(self._ask_from) > MOST_REMEMBERED:
            self._ask_from.popitem(last=False)

    async def _call(self, address: Address, method: str, token: str, **arguments: object) -> dict[str, object]:
        try:
            return dict(await self._api.call(method, token, **arguments))
        except CallError as error:
            if isinstance(error.failure, TooMuch):
                self._pace.hold(address.tenant, method, error.failure.seconds)
            raise
