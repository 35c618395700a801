"""The measured conversation: ten turns with choices, texts, a guard, a branch, variants and places to fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from bot.content.catalog import Catalog, ChoiceWords, Language, Variant, Wording
from bot.content.template import parse_template
from bot.engine.conditions import Clause, Condition
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import ChoicePicked, Event, MessageReceived, Reading
from bot.engine.model import (
    Ask,
    Branch,
    ByAnswer,
    Choice,
    Dialog,
    Go,
    Library,
    Message,
    OneOf,
    Question,
    Slot,
    State,
    Text,
    To,
)

START = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
PAUSE = timedelta(seconds=40)
"""How long the person takes for an answer."""

NEWCOMER = Conversation(profile=Profile("Sam", "Europe/London", "en", "GB"), small_print_shown=True)

EVENTS: Sequence[Event] = (
    MessageReceived("they turned me down", Reading(intent="bad_news")),
    ChoicePicked(1, "email"),
    MessageReceived("Hartwell"),
    MessageReceived("analyst"),
    ChoicePicked(4, "change"),
    ChoicePicked(5, "warm"),
    ChoicePicked(6, "wait"),
    MessageReceived("ask Priya about the second interview"),
    ChoicePicked(8, "sent"),
    ChoicePicked(9, "done"),
)


def _asks(slot: str, needs: tuple[str, ...] = (), *codes: str) -> Ask:
    return Ask(Question(slot, Message(f"request.{slot}", needs), tuple(Choice(code) for code in codes)))


def _state(name: str, body: Ask | None, go: Go, *says: Message) -> State:
    return State(name, go, says=says, body=body)


_REQUEST = Dialog(
    name="request",
    starts_on=("bad_news",),
    structure="1f3a5c7e",
    slots={
        slot.name: slot
        for slot in (
            Slot("channel", OneOf(("email", "phone", "recruiter")), "application"),
            Slot("company", Text(80), "application"),
            Slot("role", Text(80), "application"),
            Slot("next_step", OneOf(("sent", "change", "wait"))),
            Slot("tone", OneOf(("warm", "formal"))),
            Slot("note", Text(150)),
            Slot("again", OneOf(("another", "done"))),
        )
    },
    states={
        state.name: state
        for state in (
            _state("start", _asks("channel", (), "email", "phone", "recruiter"), To("company")),
            _state("company", _asks("company"), To("role")),
            _state("role", _asks("role", ("company",)), To("judge")),
            _state(
                "judge",
                None,
                Branch(
                    (
                        (Condition((Clause("channel", "is", "phone"),)), "by_phone"),
                        (Condition((Clause("company", "is known"), Clause("role", "is known"))), "offer"),
                        (Condition(), "company"),
                    )
                ),
            ),
            _state("by_phone", _asks("again", (), "another", "done"), ByAnswer({"another": "start", "done": "end"})),
            _state(
                "offer",
                _asks("next_step", (), "sent", "change", "wait"),
                ByAnswer({"sent": "thanked", "change": "tone", "wait": "note"}),
                Message("request.draft", ("company", "role", "tone", "note")),
            ),
            _state("tone", _asks("tone", (), "warm", "formal"), To("offer")),
            _state("note", _asks("note", ("company",)), To("offer")),
            _state(
                "thanked",
                _asks("again", (), "another", "done"),
                ByAnswer({"another": "start", "done": "goodbye"}),
                Message("request.thanked", ("company",)),
            ),
            _state("goodbye", None, To("end"), Message("request.goodbye", ("company",))),
        )
    },
)
LIBRARY = Library({"request": _REQUEST}, starts={"bad_news": "request"}, version="1")


def _words(*texts: str | tuple[Condition, str], **labels: str) -> Wording:
    variants = [(Condition(), text) if isinstance(text, str) else text for text in texts]
    return Wording(
        tuple(Variant(parse_template(text), when) for when, text in variants),
        {code: ChoiceWords(parse_template(label)) for code, label in labels.items()},
    )


_WARM = Condition((Clause("tone", "is", "warm"),))
_NOTED = Condition((Clause("tone", "is", "warm"), Clause("note", "is known")))

_MESSAGES: Mapping[str, Wording] = {
    "request.channel": _words(
        "How did the news reach you?", email="By e-mail", phone="By phone", recruiter="Through a recruiter"
    ),
    "request.company": _words("Which company was it?"),
    "request.role": _words("What was the job?", "What was the job at {company}?"),
    "request.draft": _words(
        "Thank you for the chance to interview at {company} for the {role} job.",
        (_WARM, "Thank you so much for the chance to meet the {role} team at {company}."),
        (_NOTED, "Thank you so much for the chance to meet the {role} team at {company}. You noted: {note}."),
    ),
    "request.next_step": _words(
        "Send it while it is fresh.",
        "Best today, while it is fresh.",
        sent="I sent it",
        change="Change it",
        wait="Not now",
    ),
    "request.tone": _words("How should it change?", warm="Warmer", formal="More formal"),
    "request.note": _words("What would you like to note about {company}?"),
    "request.thanked": _words("Good. {company} may or may not answer."),
    "request.again": _words("What would you like now?", another="Another one", done="Done for today"),
    "request.goodbye": _words("Write to me when you hear from {company}."),
}
CATALOG = Catalog({"en": Language("en", _MESSAGES)})
