"""Forms: what a dialog of Teams shows, and what comes back from it; pure.

A draft is read against the etiquette on the spot: the check replaces the form, and nothing of it is kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from bot.content.cutting import cut
from bot.engine.events import FormSubmitted, MessageReceived
from bot.platforms.teams.elements import (
    Element,
    attachment,
    card,
    framed,
    lines,
    loosened,
    open_dialog,
    roomy,
    small,
    submit,
)
from bot.runtime.forms import Field, FieldErrors, Form, Review, form_for, has_form, read_form, review
from bot.runtime.voice import Voice

Body = Mapping[str, Any]

CHECKED = "check_draft"
"""The intent whose form shows a check in place before it goes on."""

OFFERED: Mapping[str, str] = {
    "slots.news_channel": "draft_request",
    "slots.company": "draft_request",
    "slots.role": "draft_request",
    "check_draft.paste": "check_draft",
    "feedback.said": "got_feedback",
}
"""The form that may be filled in instead of answering, by the message key of the question."""

LONGEST_TITLE = 60
LONGEST_LABEL = 200

Step = Literal["fill", "checked"]


@dataclass(frozen=True, slots=True)
class Filled:
    """A form as it came back: which one, about which application, at which step, and its values by slot."""

    intent: str
    application: int | None
    step: Step
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a submission is answered with at once; the dialog stays open and nothing was kept."""

    body: Body


def offer(keys: Sequence[str], voice: Voice) -> list[Element]:
    """The button that opens the form which asks for the same as a message does, if there is one."""
    intent = next((OFFERED[key] for key in keys if key in OFFERED), None)
    if intent is None or not has_form(intent, voice):
        return []
    return [open_dialog(voice.text("forms.by_form"), {"form": intent})]


def wanted_form(value: Body) -> str | None:
    """The intent of the form that a button asks for."""
    data = value.get("data")
    intent = data.get("form") if isinstance(data, dict) else None
    return intent if isinstance(intent, str) else None


def form_body(intent: str, voice: Voice) -> Body:
    """The dialog with its form, for the answer to a fetch."""
    return _shown(form_for(intent, voice), voice)


def message_body(text: str) -> Body:
    """A dialog that only says something."""
    return {"task": {"type": "message", "value": loosened(text)}}


def read_filled(value: Body) -> Filled | None:
    """Which form came back; ``None`` for one that is none of ours."""
    data = value.get("data")
    if not isinstance(data, dict):
        return None
    intent, application, step = data.get("form"), data.get("application"), data.get("step")
    if not isinstance(intent, str) or isinstance(application, bool) or not isinstance(application, int | None):
        return None
    return Filled(intent, application, step, data) if step in ("fill", "checked") else None


def submitted(filled: Filled, voice: Voice) -> FormSubmitted | MessageReceived | Answer:
    """What a form comes to: an event, or an answer for the dialog.

    Raises:
        KeyError: there is no such form.
    """
    read = read_form(filled.intent, filled.application, filled.values, voice)
    match read:
        case FieldErrors(errors):
            return Answer(again_body(filled, voice, errors))
        case FormSubmitted() if filled.intent == CHECKED and filled.step == "fill":
            return Answer(_checked(filled, voice))
        case _:
            return read


def again_body(filled: Filled, voice: Voice, errors: Mapping[str, str], trouble: str = "") -> Body:
    """The same form once more, with what was filled in and what is to be put right."""
    return _shown(_refilled(filled, voice), voice, errors, trouble)


# ------------------------------------------------------------------------------------------------------ dialogs


def _shown(form: Form, voice: Voice, errors: Mapping[str, str] | None = None, trouble: str = "") -> Body:
    checks = form.intent == CHECKED
    body = [
        *(lines(trouble, color="Attention") if trouble else ()),
        *fields_of(form, errors or {}),
        *small(voice.text("forms.not_kept" if checks else "forms.in_chat")),
    ]
    button = submit(voice.text("forms.check" if checks else "forms.send"), _carried(form, "fill"))
    return dialog_of(form.title, card(body, [button]))


def _checked(filled: Filled, voice: Voice) -> Body:
    """What was found in a draft, with the draft below it to go on writing."""
    form = _refilled(filled, voice)
    found = review(next(field.value for field in form.fields), voice)
    buttons = [
        submit(voice.text("forms.check_again"), _carried(form, "fill")),
        submit(voice.text("forms.to_chat"), _carried(form, "checked")),
    ]
    body = [*_found(found, voice), *fields_of(form, {})]
    return dialog_of(form.title, card(body, buttons))


def _found(found: Review, voice: Voice) -> Iterator[Element]:
    if found.praise:
        yield from lines(found.praise)
    yield from lines(voice.text("forms.findings" if found.findings else "forms.clean"))
    for finding in found.findings:
        yield from lines(f"• {finding}")
    if found.rewritten:
        yield from lines(voice.text("forms.rewritten"))
        yield framed(found.rewritten)
    yield from small(voice.text("forms.not_kept"))


def dialog_of(title: str, content: Element) -> Body:
    """A dialog that shows a card."""
    shown = {"title": cut(loosened(title), LONGEST_TITLE), "height": "medium", "width": "medium"}
    return {"task": {"type": "continue", "value": {**shown, "card": attachment(content)}}}


def _carried(form: Form, step: Step) -> dict[str, object]:
    return {"form": form.intent, "application": form.application, "step": step}


def _refilled(filled: Filled, voice: Voice) -> Form:
    form = form_for(filled.intent, voice)
    fields = tuple(replace(field, value=_value(filled, field)) for field in form.fields)
    return replace(form, application=filled.application, fields=fields)


def _value(filled: Filled, field: Field) -> str:
    value = filled.values.get(field.slot)
    return value if isinstance(value, str) else ""


# ------------------------------------------------------------------------------------------------------- fields


def fields_of(form: Form, errors: Mapping[str, str]) -> Iterator[Element]:
    """The fields of a form, each with what is wrong with it above."""
    for field in form.fields:
        if field.slot in errors:
            yield from lines(errors[field.slot], color="Attention")
        if field.choices:
            yield _choices(field)
        else:
            yield roomy(_text(field)) if field.long else _text(field)


def _text(field: Field) -> Element:
    element: Element = {
        "type": "Input.Text",
        "id": field.slot,
        "label": cut(loosened(field.label), LONGEST_LABEL),
        "isMultiline": field.long,
        "maxLength": field.most,
    }
    return {**element, "value": loosened(cut(field.value, field.most))} if field.value else element


def _choices(field: Field) -> Element:
    element: Element = {
        "type": "Input.ChoiceSet",
        "id": field.slot,
        "label": cut(loosened(field.label), LONGEST_LABEL),
        "style": "expanded",
        "choices": [{"title": loosened(label), "value": code} for code, label in field.choices],
    }
    return {**element, "value": field.value} if field.value in dict(field.choices) else element
