"""Modals: forms as Slack shows them, from the first moment to what comes back.

A trigger lives three seconds, so a modal opens at once with what needs no storage and is filled by an update. A draft
is read against the etiquette on the spot: the check replaces the form, and nothing of it is kept.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from bot.engine.events import FormSubmitted, MessageReceived
from bot.platforms.slack.elements import (
    LONGEST_ID,
    Element,
    actions,
    button,
    context,
    editable,
    plain,
    preformatted,
    sections,
)
from bot.runtime.forms import Field, FieldErrors, Form, form_for, has_form, read_form, review
from bot.runtime.voice import Voice

FORM = "form"
"""How the ``callback_id`` of a form begins, and the ``action_id`` of a button that opens one."""

CHECK_AGAIN = "check_again"
"""The ``action_id`` of the button that reads the draft in the form once more."""

ANSWER = "answer"
LONGEST_TITLE = 24
LONGEST_INPUT = 3_000
LONGEST_FIELD_LABEL = 2_000

CHECKED = "check_draft"
"""The intent whose form shows a check in place before it goes on."""

Step = Literal["fill", "checked"]


@dataclass(frozen=True, slots=True)
class Opened:
    """Which form a view is, out of what it carries."""

    intent: str
    application: int | None
    step: Step


@dataclass(frozen=True, slots=True)
class Answer:
    """What a submission is answered with at once; the form stays open and nothing was kept."""

    body: Mapping[str, Any]


def opening_view(intent: str, voice: Voice) -> Element:
    """What opens at once; it knows nothing of the person."""
    return _view(intent, voice, sections(voice.text("forms.opening")))


def trouble_view(intent: str, voice: Voice) -> Element:
    """What an opened form becomes when nothing can be read or saved."""
    return _view(intent, voice, sections(voice.text("forms.no_opening")))


def form_view(form: Form, voice: Voice) -> Element:
    """The form with its fields, for the update."""
    submit = voice.text("forms.check" if form.intent == CHECKED else "forms.send")
    small = "forms.not_kept" if form.intent == CHECKED else "forms.answered_in_chat"
    blocks = [*(_input(field) for field in form.fields), context(voice.text(small))]
    return _view(form.intent, voice, iter(blocks), submit, _carried(form, "fill"))


def checked_view(form: Form, draft: str, voice: Voice) -> Element:
    """What was found in a draft, with the draft below it to go on writing."""
    again = button(voice.text("forms.check_again"), CHECK_AGAIN, form.intent)
    blocks = [*_found(draft, voice), *(_input(field) for field in form.fields), actions([again])]
    return _view(form.intent, voice, iter(blocks), voice.text("forms.to_chat"), _carried(form, "checked"))


def submitted(view: Mapping[str, Any], voice: Voice) -> FormSubmitted | MessageReceived | Answer | None:
    """What a submitted view comes to: an event, or an answer for the view; ``None`` when it is no form of ours."""
    opened = read_opened(view)
    if opened is None or not has_form(opened.intent, voice):
        return None
    read = read_form(opened.intent, opened.application, read_values(view), voice)
    if isinstance(read, FieldErrors):
        return Answer({"response_action": "errors", "errors": dict(read.errors)})
    if opened.intent == CHECKED and opened.step == "fill" and isinstance(read, FormSubmitted):
        return Answer({"response_action": "update", "view": _checked(opened, read, voice)})
    return read


def checked_again(view: Mapping[str, Any], voice: Voice) -> Element | MessageReceived | None:
    """The view with a new check of what stands in its field, for an update.

    An event when it has to be answered in the chat, ``None`` when there is nothing to check.
    """
    opened = read_opened(view)
    if opened is None or not has_form(opened.intent, voice):
        return None
    read = read_form(opened.intent, opened.application, read_values(view), voice)
    match read:
        case FormSubmitted():
            return _checked(opened, read, voice)
        case MessageReceived():
            return read
        case FieldErrors():
            return None


def read_opened(view: Mapping[str, Any]) -> Opened | None:
    """Which form a view is; ``None`` for one that is none of ours."""
    try:
        carried = json.loads(view.get("private_metadata") or "")
        intent, application, step = carried["intent"], carried["application"], carried["step"]
    except (ValueError, TypeError, KeyError):
        return None
    known = isinstance(intent, str) and isinstance(application, int | None) and step in ("fill", "checked")
    return Opened(intent, application, step) if known else None


def read_values(view: Mapping[str, Any]) -> dict[str, str]:
    """What stands in the fields, by slot; an empty field is left out."""
    state = view.get("state")
    fields = state.get("values") if isinstance(state, dict) else None
    found = {slot: _value(answer) for slot, answer in fields.items()} if isinstance(fields, dict) else {}
    return {slot: value for slot, value in found.items() if value is not None}


# ------------------------------------------------------------------------------------------------------- views


def _view(
    intent: str, voice: Voice, blocks: Iterator[Element], submit: str | None = None, carried: str = ""
) -> Element:
    view: Element = {
        "type": "modal",
        "callback_id": f"{FORM}:{intent}"[:LONGEST_ID],
        "title": plain(voice.text(f"forms.{intent}"), LONGEST_TITLE),
        "close": plain(voice.text("forms.close"), LONGEST_TITLE),
        "blocks": list(blocks),
    }
    return view if submit is None else {**view, "submit": plain(submit, LONGEST_TITLE), "private_metadata": carried}


def _carried(form: Form, step: Step) -> str:
    return json.dumps(
        {"intent": form.intent, "dialog": form.dialog, "application": form.application, "step": step},
        separators=(",", ":"),
    )


def _checked(opened: Opened, read: FormSubmitted, voice: Voice) -> Element:
    draft = next((text for text in read.values.values() if isinstance(text, str)), "")
    form = form_for(opened.intent, voice, draft)
    return checked_view(Form(form.intent, form.dialog, opened.application, form.title, form.fields), draft, voice)


def _found(draft: str, voice: Voice) -> Iterator[Element]:
    found = review(draft, voice)
    if found.praise:
        yield from sections(found.praise)
    yield from sections(voice.text("forms.findings" if found.findings else "forms.clean"))
    for finding in found.findings:
        yield from sections(f"• {finding}")
    if found.rewritten:
        yield from sections(voice.text("forms.rewritten"))
        yield preformatted(found.rewritten)
    yield context(voice.text("forms.not_kept"))


# ------------------------------------------------------------------------------------------------------ fields


def _input(field: Field) -> Element:
    return {
        "type": "input",
        "block_id": field.slot,
        "label": plain(field.label, LONGEST_FIELD_LABEL),
        "optional": not field.required,
        "element": _radio(field) if field.choices else _text_input(field),
    }


def _text_input(field: Field) -> Element:
    most = min(field.most, LONGEST_INPUT)
    element: Element = {
        "type": "plain_text_input",
        "action_id": ANSWER,
        "multiline": field.long,
        "max_length": most,
    }
    return {**element, "initial_value": editable(field.value, most)} if field.value else element


def _radio(field: Field) -> Element:
    options = {code: {"text": plain(label, 75), "value": code} for code, label in field.choices}
    element: Element = {"type": "radio_buttons", "action_id": ANSWER, "options": list(options.values())}
    return {**element, "initial_option": options[field.value]} if field.value in options else element


def _value(answer: object) -> str | None:
    """What one field holds, whatever kind it is."""
    field = answer.get(ANSWER) if isinstance(answer, dict) else None
    if not isinstance(field, dict):
        return None
    option = field.get("selected_option")
    value = option.get("value") if isinstance(option, dict) else field.get("value")
    return value if isinstance(value, str) and value else None
