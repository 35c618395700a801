"""Extension: a feedback request drafted from the compose box; nothing is kept, and nothing is sent by itself.

Two dialogs and a card: a form that asks for what cannot be done without, the draft in a field in which it may be
changed, and the text as a card in the compose box, where it waits until the person presses Send.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.content.cleaning import clean
from bot.content.message import Paragraph
from bot.engine.events import FormSubmitted, MessageReceived
from bot.platforms.teams.elements import attachment, card, lines, small, submit, title
from bot.platforms.teams.forms import (
    Answer,
    Body,
    Filled,
    dialog_of,
    fields_of,
    form_body,
    message_body,
    read_filled,
    submitted,
)
from bot.runtime.forms import Field, form_for, has_form
from bot.runtime.voice import Voice

COMMAND = "draftFeedbackRequest"
"""The id of the action in the manifest."""

INTENT = "draft_request"
WRITE = "write_draft"
DRAFT = "draft"
INSERT = "insert"
LONGEST_DRAFT = 2_000


def fetched(value: Body, voice: Voice) -> Body | None:
    """The first dialog; ``None`` when it is no action of ours."""
    return form_body(INTENT, voice) if _is_ours(value, voice) else None


def acted(value: Body, voice: Voice) -> Body | None:
    """What a dialog of the action leads to: the next dialog, or the card for the compose box."""
    if not _is_ours(value, voice):
        return None
    text = _inserted(value)
    if text is not None:
        return _result(text)
    filled = read_filled(value)
    return _drafted(filled, voice) if filled is not None and filled.intent == INTENT else None


def _is_ours(value: Body, voice: Voice) -> bool:
    return value.get("commandId") == COMMAND and has_form(INTENT, voice) and WRITE in voice.coach.library.skills


def _inserted(value: Body) -> str | None:
    data = value.get("data")
    text = data.get(DRAFT) if isinstance(data, dict) and data.get("step") == INSERT else None
    return clean(text) if isinstance(text, str) else None


def _drafted(filled: Filled, voice: Voice) -> Body:
    read = submitted(filled, voice)
    match read:
        case Answer(body):
            return body
        case MessageReceived():
            return message_body(_answer(read, voice))
        case FormSubmitted(_, _, values):
            return _preview(values, voice)


def _preview(values: Mapping[str, Any], voice: Voice) -> Body:
    """The draft, where it may be changed."""
    form = form_for(INTENT, voice)
    given = {"news_channel": "email", "tone": "warm", **values}
    draft = voice.coach.library.skills[WRITE].run(given, voice.facts).get(DRAFT, "")
    field = Field(DRAFT, voice.text("forms.draft"), LONGEST_DRAFT, value=str(draft))
    body = [*fields_of(replace(form, fields=(field,)), {}), *small(voice.text("forms.preview"))]
    return dialog_of(form.title, card(body, [submit(voice.text("forms.insert"), {"step": INSERT})]))


def _answer(event: MessageReceived, voice: Voice) -> str:
    """What the coach says to somebody who is at risk, at once and in the dialog, because there may be no chat yet."""
    spoken = voice.coach.take_turn(voice.conversation, event, voice.now).message
    parts = spoken.parts if spoken is not None else ()
    return "\n\n".join(part.text for part in parts if isinstance(part, Paragraph))


def _result(text: str) -> Body:
    """The card for the compose box, with its first line in the list of results."""
    content = card(lines(text))
    first = next((line for line in text.split("\n") if line.strip()), "…")
    preview = {"contentType": "application/vnd.microsoft.card.thumbnail", "content": {"title": title(first)}}
    attached = {**attachment(content), "preview": preview}
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": [attached]}}
