"""The desk: what each thing that happened in Teams leads to, and what it is answered with.

What slows nobody down is done beside the request: that we are typing, and the one line in a group. It may be lost; what
the coach says never goes that way, but through the outbox.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import replace
from typing import Any

from bot.content.hearing import hear
from bot.engine.conversation import Conversation
from bot.engine.events import Arrived, CommandGiven, Event, MessageReceived, ProfileChanged
from bot.engine.listening import listening, visible_choices
from bot.platforms.teams import extension, forms
from bot.platforms.teams.cards import CHOOSE, WORDS, notice_of, picked_card
from bot.platforms.teams.incoming import Activity, Invoked, read_choice
from bot.platforms.teams.sending import TeamsPlatform
from bot.runtime.clock import Clock
from bot.runtime.forms import has_form
from bot.runtime.ports import Address, Incoming
from bot.runtime.turn import Bot, Handled, NotSavedError
from bot.runtime.voice import Voice
from bot.settings import is_timezone

TYPING_AFTER = 1.0
"""Seconds after which somebody who waits is shown that we are at it; Teams asks for a sign within two."""

MOST_ASIDES = 200
OLD_CHOICE = "repairs.old_choice"
CARD = "application/vnd.microsoft.card.adaptive"
MESSAGE = "application/vnd.microsoft.activity.message"
ERROR = "application/vnd.microsoft.error"

Body = Mapping[str, Any]


class Desk:
    """Takes what was read of an activity to its end. ``wake`` is called after a commit."""

    def __init__(self, bot: Bot, wake: Callable[[], None], platform: TeamsPlatform, clock: Clock) -> None:
        self._bot = bot
        self._wake = wake
        self._platform = platform
        self._clock = clock
        self._asides: set[asyncio.Task[object]] = set()

    async def hear(self, activity: Activity, event: Event) -> None:
        """Take a turn with what the person said.

        Raises:
            NotSavedError: nothing was committed.
        """
        if isinstance(event, CommandGiven):
            event = await self._command_or_answer(activity, event)
        await self._handle(activity, event)

    async def install(self, activity: Activity, added: bool) -> None:
        """Greet somebody who is new, once, however many activities tell of it; forget somebody who took us away.

        Raises:
            NotSavedError: nothing was committed.
        """
        if not added:
            await self._bot.forget(Incoming(activity.id, activity.address, Arrived()))
            return
        await self._handle(activity, Arrived(), only_new=True)

    def decline(self, activity: Activity) -> None:
        """Say in a group that we only talk in private."""
        text = Voice(self._bot.coach, self._clock.now()).text("forms.only_private")
        self._aside(self._platform.mention(activity.address, notice_of(text)))

    async def invoke(self, activity: Activity, invoked: Invoked) -> Body | None:
        """The answer to a call; ``None`` for one that we know nothing of."""
        match invoked.name:
            case "adaptiveCard/action":
                return await self._pressed(activity, invoked.value)
            case "task/fetch":
                return await self._opened(activity, invoked.value)
            case "task/submit":
                return await self._submitted(activity, invoked.value)
            case "composeExtension/fetchTask":
                return extension.fetched(invoked.value, await self._voice(activity))
            case "composeExtension/submitAction":
                return extension.acted(invoked.value, await self._voice(activity))
            case _:
                return None

    async def drain(self, within: float) -> None:
        """Wait for what is done beside requests; what is late is given up."""
        if self._asides:
            _, late = await asyncio.wait(self._asides, timeout=within)
            for aside in late:
                aside.cancel()

    # ---------------------------------------------------------------------------------------------------- turns

    async def _handle(self, activity: Activity, event: Event, only_new: bool = False) -> Handled:
        incoming = Incoming(activity.id, activity.address, event, self._profile(activity.profile), only_new)
        typing = asyncio.get_running_loop().call_later(TYPING_AFTER, self._type, activity.address)
        try:
            handled = await self._bot.handle(incoming)
        finally:
            typing.cancel()
        self._wake()
        return handled

    def _type(self, address: Address) -> None:
        self._aside(self._platform.mention(address, {"type": "typing"}))

    def _profile(self, told: ProfileChanged) -> ProfileChanged:
        """What the activity tells of the person, without zones and languages that we do not know."""
        languages = self._bot.coach.catalog.languages
        language = next((one for one in (told.language, told.language.split("-")[0]) if one in languages), "")
        return replace(told, timezone=told.timezone if is_timezone(told.timezone) else "", language=language)

    async def _command_or_answer(self, activity: Activity, command: CommandGiven) -> Event:
        """A command's word may also be what answers the question that waits; then it is that."""
        conversation = await self._bot.recall(activity.address)
        if conversation is None:
            return command
        coach, text = self._bot.coach, command.text
        questions, choices = listening(coach.library, conversation), visible_choices(conversation)
        heard = hear(text, questions, choices, coach.catalog, conversation.profile.language)
        return MessageReceived(text) if heard else replace(command, text="")

    async def _voice(self, activity: Activity) -> Voice:
        """The coach's words for this person; of somebody who cannot be recalled just now nothing is known."""
        try:
            conversation = await self._bot.recall(activity.address)
        except NotSavedError:
            conversation = None
        return Voice(self._bot.coach, self._clock.now(), conversation or Conversation())

    # ------------------------------------------------------------------------------------------ cards and forms

    async def _pressed(self, activity: Activity, value: Body) -> Body:
        """A choice, answered with its card in which the choice stands in the place of the buttons."""
        action = value.get("action")
        data = action.get("data") if isinstance(action, dict) and action.get("verb") == CHOOSE else None
        choice = read_choice(data)
        if choice is None or not isinstance(data, dict):
            return {"statusCode": 400, "type": ERROR, "value": {"code": "BadRequest", "message": "unknown action"}}
        try:
            handled = await self._handle(activity, choice)
        except NotSavedError:
            return _said(Voice(self._bot.coach, self._clock.now()).text("forms.not_saved"))
        card = picked_card(data.get(WORDS), data.get("label"))
        if card is None or (handled.message is not None and OLD_CHOICE in handled.message.keys):
            return _said("✓")
        return {"statusCode": 200, "type": CARD, "value": card}

    async def _opened(self, activity: Activity, value: Body) -> Body | None:
        intent, voice = forms.wanted_form(value), await self._voice(activity)
        return forms.form_body(intent, voice) if intent is not None and has_form(intent, voice) else None

    async def _submitted(self, activity: Activity, value: Body) -> Body | None:
        """A filled form: the same dialog again while something is to be put right, or nothing, which closes it."""
        filled, voice = forms.read_filled(value), await self._voice(activity)
        if filled is None or not has_form(filled.intent, voice):
            return None
        read = forms.submitted(filled, voice)
        if isinstance(read, forms.Answer):
            return read.body
        try:
            await self._handle(activity, read)
        except NotSavedError:
            return forms.again_body(filled, voice, {}, voice.text("forms.not_saved"))
        return {}

    # -------------------------------------------------------------------------------------------------- asides

    def _aside(self, doing: Coroutine[Any, Any, object]) -> None:
        if len(self._asides) >= MOST_ASIDES:
            doing.close()
            return
        task = asyncio.ensure_future(doing)
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)


def _said(text: str) -> Body:
    """An answer to a press that only says something."""
    return {"statusCode": 200, "type": MESSAGE, "value": text}
