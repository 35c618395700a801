"""Forms: opened while the trigger lives, filled once the person is known, and taken back.

A trigger lives for three seconds. So the form opens with nothing of the person in it, and storage is asked after that.
"""

from __future__ import annotations

from bot.content.cleaning import clean
from bot.engine.conversation import Conversation
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.ids import Payload, read_part, read_text
from bot.platforms.slack.interactions import CheckWanted, Submission
from bot.platforms.slack.modals import Answer, checked_again, form_view, opening_view, submitted, trouble_view
from bot.platforms.slack.replies import TAKEN, Reply, notice
from bot.platforms.slack.responding import Responder
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.clock import Clock
from bot.runtime.forms import form_for, has_form, is_risk
from bot.runtime.ports import Address, Incoming
from bot.runtime.turn import Bot, NotSavedError
from bot.runtime.voice import Voice


class Forms:
    """What can be filled in, for one bot."""

    def __init__(
        self, bot: Bot, api: SlackApi, workspaces: Workspaces, responder: Responder, errands: Errands, clock: Clock
    ) -> None:
        self._bot = bot
        self._api = api
        self._workspaces = workspaces
        self._responder = responder
        self._errands = errands
        self._clock = clock

    def has(self, intent: str) -> bool:
        return has_form(intent, self.voice())

    def is_risk(self, text: str) -> bool:
        """Whether a text has to be answered in the chat whatever it was meant for."""
        return bool(text) and is_risk(clean(text), self.voice())

    def voice(self, conversation: Conversation | None = None) -> Voice:
        """The coach's words for somebody, or for anybody."""
        return Voice(self._bot.coach, self._clock.now(), conversation or Conversation())

    def open(self, address: Address, intent: str, trigger: str, text: str = "", response_url: str = "") -> None:
        """Open the form of an intent with what the person brought along; where that fails, say so."""
        self._errands.run(f"form:{trigger}", self._open(address, intent, trigger, text, response_url))

    async def submit(self, form: Submission) -> Incoming | Reply:
        """What a form comes to: an event to be handled, or an answer for the form.

        Raises:
            NotSavedError: nothing can be read just now.
        """
        result = submitted(form.view, self.voice(await self._bot.recall(form.address)))
        match result:
            case None:
                return TAKEN
            case Answer(body):
                return Reply(body=body)
            case event:
                return Incoming(form.id, form.address, event)

    async def check(self, wanted: CheckWanted) -> Incoming | None:
        """Read the draft in a form once more and show what was found; an event when it belongs into the chat."""
        result = checked_again(wanted.view, self.voice(await self._bot.recall(wanted.address)))
        if result is None:
            return None
        if isinstance(result, dict):
            update = self._update(wanted.address, wanted.view, result)
            self._errands.run(f"check:{wanted.view.get('id')}", update)
            return None
        return Incoming(wanted.id, wanted.address, result)

    def not_saved(self, view: Payload) -> Reply:
        """The form stays open, with a word beside its first field."""
        blocks = view.get("blocks")
        fields = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
        first = next((str(block.get("block_id")) for block in fields if block.get("type") == "input"), None)
        if first is None:
            return Reply(503)
        return Reply(body={"response_action": "errors", "errors": {first: self.voice().text("forms.not_saved")}})

    async def _open(self, address: Address, intent: str, trigger: str, text: str, response_url: str) -> None:
        nobody = self.voice()
        try:
            token = await self._workspaces.token_at_once(address.tenant)
            if token is None:
                return
            opened = await self._api.call("views.open", token, trigger_id=trigger, view=opening_view(intent, nobody))
        except Exception:
            await self._responder.respond(response_url, notice(nobody.text("forms.no_opening")))
            raise
        try:
            voice = self.voice(await self._bot.recall(address))
            view = form_view(form_for(intent, voice, text), voice)
        except NotSavedError:
            view = trouble_view(intent, nobody)
        await self._update(address, read_part(opened, "view"), view)

    async def _update(self, address: Address, shown: Payload, view: Payload) -> None:
        token = await self._workspaces.token_at_once(address.tenant)
        id_ = read_text(shown.get("id"))
        if token is not None and id_:
            await self._api.call("views.update", token, view_id=id_, view=view)
