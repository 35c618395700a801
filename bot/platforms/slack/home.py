"""App Home: the control room. What it is about now, when the coach writes first, what is kept, and who helps.

It is useful to somebody who never wrote, and shows nothing but the person's own. What is pressed here is answered in
the direct message, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.content.message import Block, Button, SmallPrint
from bot.engine.commands import COMMANDS
from bot.engine.conversation import Application, Conversation, Profile, Timer
from bot.engine.schedules import manners_of
from bot.engine.values import Value
from bot.platforms.slack.elements import (
    LINK,
    Element,
    actions,
    button,
    context,
    header,
    is_web_link,
    link_button,
    preformatted,
    sections,
)
from bot.platforms.slack.modals import FORM
from bot.runtime.coach import Coach
from bot.runtime.forms import has_form
from bot.runtime.voice import Voice

COMMAND = "command"
"""How the ``action_id`` of a button begins whose value is the name of a ``CommandGiven``."""

MOST_REMINDERS = 5


def home_view(conversation: Conversation, coach: Coach, now: datetime) -> Element:
    """The page as it is now; a new conversation gives the page of somebody who never wrote."""
    voice = Voice(coach, now, conversation)
    blocks = [*_top(voice), *_reminders(voice), *_privacy(voice)]
    return {"type": "home", "callback_id": "home", "blocks": blocks}


# --------------------------------------------------------------------------------------------------- the parts


def _top(voice: Voice) -> Iterator[Element]:
    application = _current(voice.conversation)
    if application is None:
        yield header(str(voice.coach.catalog.operator.get("service_name", "Afterword")))
        yield from _shown(voice, "home.begin")
    else:
        yield header(voice.text("home.application_title"))
        yield from _application(voice, application)
    yield context(voice.text("home.where"))


def _application(voice: Voice, application: Application) -> Iterator[Element]:
    yield from _shown(voice, "home.application", application.slots)
    draft = _draft(voice.conversation)
    if draft is not None:
        yield from _shown(voice, "home.show_draft", block=draft)
    if application.saved:
        yield from _shown(voice, "home.kept", application.saved)
    yield from _shown(voice, "home.plan")
    yield from _shown(voice, "home.next_written" if draft or "sent_at" in application.slots else "home.next")


def _reminders(voice: Voice) -> Iterator[Element]:
    yield {"type": "divider"}
    yield header(voice.text("home.reminders_title"))
    timers = sorted(voice.conversation.timers, key=lambda timer: timer.due)[:MOST_REMINDERS]
    if voice.conversation.nudges_paused:
        yield from _shown(voice, "home.paused")
    elif not timers:
        yield from _shown(voice, "home.no_reminders")
    else:
        yield from sections("\n".join(_reminder(voice, timer) for timer in timers))
    yield from _shown(voice, "home.quiet", _quiet(voice.conversation))
    if timers:
        yield from _shown(voice, "home.reminders_change")


def _privacy(voice: Voice) -> Iterator[Element]:
    yield {"type": "divider"}
    yield header(voice.text("home.privacy_title"))
    yield from _shown(voice, "home.privacy")
    yield from _shown(voice, "home.human")


# ------------------------------------------------------------------------------------------------ what is known


def _current(conversation: Conversation) -> Application | None:
    return next((one for one in conversation.applications if one.number == conversation.current), None)


def _draft(conversation: Conversation) -> str | None:
    """The note that is being worked on, in whichever dialog has it on top."""
    drafts = [frame.slots["draft"] for frame in conversation.stack if frame.slots.get("draft")]
    return str(drafts[-1]) if drafts else None


def _reminder(voice: Voice, timer: Timer) -> str:
    """What a timer is for, in the words of its nudge where there are any."""
    own = f"home.reminder_{timer.nudge.replace('.', '_')}"
    known = own in voice.coach.catalog.language(voice.conversation.profile.language).messages
    return voice.text(own if known else "home.reminder", {"reminder_at": timer.due})


def _quiet(conversation: Conversation) -> Mapping[str, Value]:
    """The hours without a word; the zone is named once it is known."""
    manners, zone = manners_of(conversation.slots), conversation.profile.timezone
    hours = {"quiet_from": f"{manners.quiet_from:%H:%M}", "quiet_to": f"{manners.quiet_to:%H:%M}"}
    return hours if zone == Profile().timezone else {**hours, "zone": zone}


# --------------------------------------------------------------------------------------------------- in blocks


def _shown(
    voice: Voice, key: str, values: Mapping[str, Value] | None = None, block: str | None = None
) -> Iterator[Element]:
    message = voice.say(key, values, block)
    for part in message.parts:
        match part:
            case Block(text):
                yield preformatted(text)
            case SmallPrint(text):
                yield context(text)
            case _:
                yield from sections(part.text)
    row = [pressable for one in message.buttons for pressable in _button(one, voice)]
    if row:
        yield actions(row)


def _button(one: Button, voice: Voice) -> Iterator[Element]:
    if one.link is not None:
        if is_web_link(one.link):
            yield link_button(one.label, f"{LINK}:{one.code}", one.link)
    elif has_form(one.code, voice):
        yield button(one.label, f"{FORM}:{one.code}", one.code)
    elif one.code in COMMANDS or one.code in voice.coach.library.starts:
        yield button(one.label, f"{COMMAND}:{one.code}", one.code)
