"""Forms: what a person can fill in at once instead of being asked, for every platform that can show fields.

A form begins with an intent, like the slash command or the button that opens it, and hands its values to the dialog
that the intent starts. It keeps nothing: what is known is filled in when it opens, what comes back is one event.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.coach.setting import Setting
from bot.content.cleaning import clean
from bot.content.cutting import cut
from bot.engine.events import FormSubmitted, MessageReceived
from bot.engine.listening import known_slots
from bot.engine.model import LONG_TEXT, OneOf, Slot, Text
from bot.engine.values import Value, Values
from bot.runtime.voice import Voice

_SLOTS: Mapping[str, tuple[str, ...]] = {
    "draft_request": ("company", "role", "news_channel"),
    "check_draft": ("draft",),
    "got_feedback": ("said",),
}
"""What each form asks for, by the intent whose dialog takes the answers."""

_REQUIRED = frozenset({"draft", "said"})

REVIEW = "review_draft"
"""The skill that reads a draft against the etiquette."""


@dataclass(frozen=True, slots=True)
class Field:
    """One slot to fill in: a text of at most ``most`` characters, or one of ``choices`` (code and label)."""

    slot: str
    label: str
    most: int = 0
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    required: bool = False

    @property
    def long(self) -> bool:
        return self.most >= LONG_TEXT


@dataclass(frozen=True, slots=True)
class Form:
    """A form as it is to be shown. ``dialog`` and ``application`` come back with it."""

    intent: str
    dialog: str
    application: int | None
    title: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class FieldErrors:
    """What has to be put right, in the person's words, by slot; nothing was kept."""

    errors: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Review:
    """What was found in a draft, each empty when there is nothing of the kind; nothing of it was kept."""

    praise: str
    findings: tuple[str, ...]
    rewritten: str


def has_form(intent: str, voice: Voice) -> bool:
    """Whether the intent has a form, and the operator has not switched its dialog off."""
    return intent in _SLOTS and intent in voice.coach.library.starts


def form_for(intent: str, voice: Voice, text: str = "") -> Form:
    """The form that an intent opens, with what is known already. ``text`` is what the person brought along for it.

    Raises:
        KeyError: the intent has no form.
    """
    dialog = voice.coach.library.starts[intent]
    known = {**known_slots(voice.conversation), **_open_texts(voice)}
    slots = [_slot(name, dialog, voice) for name in _SLOTS[intent]]
    fields = tuple(_field(slot, known, voice, clean(text)) for slot in slots if slot is not None)
    return Form(intent, dialog, voice.conversation.current, voice.text(f"forms.{intent}"), fields)


def read_form(
    intent: str, application: int | None, values: Mapping[str, object], voice: Voice
) -> FormSubmitted | MessageReceived | FieldErrors:
    """What came back, by slot, as an event or as what has to be put right.

    A text in which somebody is at risk is handed on as if it had been written in the chat, because there it is
    answered before anything else.

    Raises:
        KeyError: the intent has no form.
    """
    form = form_for(intent, voice)
    texts = {field.slot: _text(values.get(field.slot)) for field in form.fields}
    errors = {field.slot: error for field in form.fields if (error := _error(field, texts[field.slot], voice))}
    if errors:
        return FieldErrors(errors)
    at_risk = next((text for text in texts.values() if text and is_risk(text, voice)), None)
    if at_risk is not None:
        return MessageReceived(at_risk)
    return FormSubmitted(form.dialog, application, {slot: text for slot, text in texts.items() if text})


def review(draft: str, voice: Voice) -> Review:
    """Read a draft against the etiquette, on the spot; without the skill there is nothing to find."""
    skill = voice.coach.library.skills.get(REVIEW)
    known = {**known_slots(voice.conversation), "draft": clean(draft)}
    found: Values = {} if skill is None else skill.run(known, voice.facts)
    clean_already = found.get("clean") is True
    return Review(
        praise=str(found.get("praise", "")),
        findings=tuple(str(found.get("findings_text", "")).splitlines()),
        rewritten="" if clean_already else str(found.get("rewritten", "")),
    )


# ------------------------------------------------------------------------------------------------------ fields


def _slot(name: str, dialog: str, voice: Voice) -> Slot | None:
    """The slot as the dialog knows it; none in an operator's dialog that has no such slot."""
    library = voice.coach.library
    return library.dialogs[dialog].slots.get(name) or library.slots.get(name)


def _field(slot: Slot, known: Mapping[str, Any], voice: Voice, brought: str) -> Field:
    message = voice.say(f"forms.{slot.name}")
    label = voice.text(f"forms.{slot.name}")
    required = slot.name in _REQUIRED
    match slot.kind:
        case OneOf(codes):
            choices = tuple((one.code, one.label) for one in message.buttons if one.code in codes)
            value = known.get(slot.name)
            return Field(slot.name, label, choices=choices, value=value if value in dict(choices) else "")
        case Text(most):
            value = brought if required and brought else str(known.get(slot.name, ""))
            return Field(slot.name, label, most, value=cut(value, most), required=required)
        case _:
            raise KeyError(slot.name)


def _open_texts(voice: Voice) -> dict[str, Value]:
    """The texts that are being worked on in dialogs that have not ended, the newest of each."""
    return {
        name: value
        for frame in voice.conversation.stack
        for name, value in frame.slots.items()
        if name in _REQUIRED and isinstance(value, str)
    }


# ----------------------------------------------------------------------------------------------------- answers


def _text(value: object) -> str:
    return clean(value) if isinstance(value, str) else ""


def _error(field: Field, text: str, voice: Voice) -> str | None:
    if not text:
        return voice.text("forms.empty") if field.required else None
    if field.choices:
        return None if text in dict(field.choices) else voice.text("forms.unknown")
    return voice.text("forms.too_long", {"most": field.most}) if len(text) > field.most else None


def is_risk(text: str, voice: Voice) -> bool:
    """Whether somebody is at risk in a text, which is then answered before anything else, and in the chat."""
    profile = voice.conversation.profile
    setting = Setting(now=voice.facts.now, language=profile.language, country=profile.country, long_text=True)
    return voice.coach.read(text, setting).safety is not None
