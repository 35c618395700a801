"""The desk: what each thing that happened in Slack leads to, and what it is answered with.

Nothing is acknowledged before it is committed, and nothing slower stands between the two: calls to Slack are errands
that begin after the commit. What cannot be committed is said where the person can see it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import assert_never

from bot.engine.events import Arrived, ChoicePicked, CommandGiven, Event, MessageReceived
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.blocks import picked
from bot.platforms.slack.errands import Errands
from bot.platforms.slack.forms import Forms
from bot.platforms.slack.incoming import ProfileNews, TabOpened, Told, Uninstalled
from bot.platforms.slack.interactions import CheckWanted, Command, FormWanted, Press, Submission
from bot.platforms.slack.people import People
from bot.platforms.slack.replies import AGAIN, TAKEN, Reply, notice
from bot.platforms.slack.responding import Responder
from bot.platforms.slack.workspaces import Workspaces
from bot.runtime.ports import Incoming
from bot.runtime.turn import Bot, Handled

log = logging.getLogger(__name__)

Meaning = Told | Command | Press | FormWanted | CheckWanted | Submission

HELP = frozenset({"", "help"})

FORMS: Mapping[str, str] = {"draft": "draft_request", "check": "check_draft", "feedback": "got_feedback"}
"""Words behind the slash command that open a form, with its intent."""

COMMANDS: Mapping[str, str] = {
    **FORMS,
    "call": "on_call",
    "plan": "plan",
    "practise": "practise",
    "practice": "practise",
    "snooze": "snooze_stop",
    "stop": "stop",
}
"""Words behind the slash command, with the command or intent that they give."""


class Desk:
    """Takes what has been read of a request to its end."""

    def __init__(
        self,
        bot: Bot,
        wake: Callable[[], None],
        forms: Forms,
        people: People,
        workspaces: Workspaces,
        api: SlackApi,
        responder: Responder,
        errands: Errands,
    ) -> None:
        self._bot = bot
        self._wake = wake
        self._forms = forms
        self._people = people
        self._workspaces = workspaces
        self._api = api
        self._responder = responder
        self._errands = errands

    async def take(self, meaning: Meaning) -> Reply:
        """Do what it takes and say what to answer.

        Raises:
            NotSavedError, StorageUnavailableError: nothing was committed; answer with ``not_saved``.
        """
        match meaning:
            case Incoming():
                await self._handle(meaning)
            case Command():
                return await self._command(meaning)
            case Press():
                await self._press(meaning)
            case FormWanted(address, intent, trigger):
                self._forms.open(address, intent, trigger)
            case CheckWanted():
                await self._check(meaning)
            case Submission():
                return await self._submit(meaning)
            case TabOpened():
                await self._open_tab(meaning)
            case ProfileNews(id_, address, change):
                await self._people.learn(self._bot, address, id_, change)
            case Uninstalled():
                await self._leave(meaning)
            case _:
                assert_never(meaning)
        return TAKEN

    async def not_saved(self, meaning: Meaning) -> Reply:
        """Say so where the person can see it. Events need no words: Slack delivers them again."""
        match meaning:
            case Command():
                return self._notice("forms.not_saved")
            case Press(response_url=url):
                said = notice(self._forms.voice().text("forms.not_saved"))
                return TAKEN if await self._responder.respond(url, said) else AGAIN
            case Submission(view=view):
                return self._forms.not_saved(view)
            case _:
                return AGAIN

    async def _leave(self, uninstalled: Uninstalled) -> None:
        if await self._workspaces.leave(uninstalled.team, uninstalled.at):
            log.info(
                "A workspace removed the coach; what was kept of its people is deleted.",
                extra={"action": "uninstall", "workspace": uninstalled.team},
            )

    async def _open_tab(self, opened: TabOpened) -> None:
        """Draw the home page; greet somebody who opens the messages for the first time, and nobody twice."""
        address = opened.address
        if opened.tab == "home":
            self._people.show_home(self._bot, address)
        elif await self._bot.recall(address) is None:
            await self._handle(Incoming(f"arrived:{address.user}", address, Arrived(), only_new=True))

    async def _command(self, command: Command) -> Reply:
        word, _, rest = command.words.partition(" ")
        name = word.lower()
        if name in HELP:
            return self._notice("home.usage")
        known = name in COMMANDS and not self._forms.is_risk(rest)
        if known and name in FORMS and self._forms.has(FORMS[name]):
            self._forms.open(command.address, FORMS[name], command.trigger, rest, command.response_url)
            return TAKEN
        event: Event = CommandGiven(COMMANDS[name], rest) if known else MessageReceived(command.words)
        handled = await self._handle(Incoming(command.id, command.address, event))
        if name not in COMMANDS:
            return self._notice("home.usage", "forms.answered_in_chat")
        in_chat = handled.address is not None and handled.address.channel == command.typed_in != ""
        return TAKEN if in_chat else self._notice("forms.answered_in_chat")

    def _notice(self, *keys: str) -> Reply:
        voice = self._forms.voice()
        return Reply(body=notice("\n\n".join(voice.text(key) for key in keys)))

    async def _press(self, press: Press) -> None:
        await self._handle(Incoming(press.id, press.address, press.event))
        if isinstance(press.event, ChoicePicked) and press.shown and press.label:
            self._errands.run(f"picked:{press.id}", self._show_picked(press))

    async def _show_picked(self, press: Press) -> None:
        """Let the message say what was chosen. One that only the person sees can only be replaced by an answer."""
        blocks = picked(press.shown, press.label)
        if press.ephemeral:
            answer = {"replace_original": True, "text": press.label, "blocks": blocks}
            await self._responder.respond(press.response_url, answer)
            return
        token = await self._workspaces.token_at_once(press.address.tenant)
        if token is not None:
            where = {"channel": press.address.channel, "ts": press.ts}
            await self._api.call("chat.update", token, **where, text=press.label, blocks=blocks, parse="none")

    async def _check(self, wanted: CheckWanted) -> None:
        incoming = await self._forms.check(wanted)
        if incoming is not None:
            await self._handle(incoming)

    async def _submit(self, form: Submission) -> Reply:
        result = await self._forms.submit(form)
        if isinstance(result, Reply):
            return result
        await self._handle(result)
        return TAKEN

    async def _handle(self, incoming: Incoming) -> Handled:
        """Commit a turn, then see to what may follow it."""
        handled = await self._bot.handle(incoming)
        self._wake()
        self._people.ask_profile(self._bot, incoming.address)
        return handled
