"""A gallery of every kind of card that Teams is sent: out of the conversation tests, and the longest there may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.engine.conversation import Conversation
from bot.platforms.teams.cards import WORDS, activity_of, picked_card
from bot.platforms.teams.extension import COMMAND, acted
from bot.platforms.teams.forms import Answer, form_body, offer, read_filled, submitted
from bot.runtime.export import with_export
from bot.runtime.voice import Voice
from tests.platforms.overhearing import overheard
from tests.platforms.stage import scripts
from tests.shipped import coach
from tests.standins.teams import card_of

Card = dict[str, Any]

VOICE = Voice(coach(), datetime(2026, 3, 4, 10, 10, tzinfo=UTC))
HOSTILE = "**bold** [link](https://evil.example) <b>x</b> ${x} {{DATE(2026-01-01T00:00:00Z)}} 👩‍👩‍👧"
RUDE = "You made the wrong decision." + " Why didn't I get the job?" * 20
LONG = "A sentence that is as long as people write them when they have something to get off their chest. " * 60

SPOKEN: Mapping[str, str] = {
    "welcome": "welcome.first_need",
    "question": "slots.news_channel",
    "draft": "draft.show_draft",
    "call_card": "call_card.how_it_went",
    "checked_in_the_chat": "check_draft.show_rewritten",
    "plan": "plan.show_plan_card",
    "my_things": "my_things.what",
    "forget_me": "forget_me.sure",
    "practice": "practise.show_kit",
    "crisis": "crisis.other",
    "reminder": "sent.reply",
}
"""What the coach says, by the message key that makes it of a kind."""

FORMS = ("draft_request", "check_draft", "got_feedback")
DRAFT = OutgoingMessage(
    (
        Paragraph(f"Press Reply on their e-mail and paste it.\n{HOSTILE}"),
        Block("Dear Dana,\n\nThank you for the time.\n\nSam", mail_subject="Feedback", mail_label="Open in mail"),
        SmallPrint("I'm a program. Whoever owns this workspace may be able to export this chat."),
    ),
    (Button("sent", "I sent it"), Button("change", "Change it"), Button("remind", "Remind me at 17:00")),
    question=3,
)
LONGEST = OutgoingMessage(
    (Paragraph(LONG), Block("x" * 400 + "\n" + LONG, mail_subject="Feedback", mail_label="Open in mail")),
    tuple(Button(f"c{number}", f"A choice with a label as long as they get, {number} " * 2) for number in range(6)),
    question=4,
)


@cache
def cards() -> Mapping[str, Card]:
    """Every kind of card by name."""
    return {**dict(_spoken()), **dict(_forms()), **dict(_made_up())}


def _spoken() -> Iterator[tuple[str, Card]]:
    said = [message for script in scripts().values() for message in overheard(script, coach())]
    for name, key in SPOKEN.items():
        message = next(one for one in said if key in one.keys and "attachments" in activity_of(one))
        yield name, card_of(activity_of(message, offer(message.keys, VOICE)))


def _forms() -> Iterator[tuple[str, Card]]:
    for intent in FORMS:
        yield f"form_{intent}", _card_of_dialog(form_body(intent, VOICE))
    rude = {"form": "check_draft", "application": None, "step": "fill", "draft": RUDE}
    wrong = {"form": "draft_request", "application": None, "step": "fill", "company": "x" * 200}
    filled = {"form": "draft_request", "application": None, "step": "fill", "company": "Acme"}
    inserted = acted({"commandId": COMMAND, "data": {"step": "insert", "draft": "Dear Dana,\n\nthank you."}}, VOICE)
    assert inserted is not None, "it is ours"
    yield "form_with_a_mistake", _card_of_dialog(_acted(wrong))
    yield "form_checked", _card_of_dialog(_submitted(rude))
    yield "compose_preview", _card_of_dialog(_acted(filled))
    yield "compose_result", dict(inserted["composeExtension"]["attachments"][0]["content"])


def _made_up() -> Iterator[tuple[str, Card]]:
    hostile, longest = card_of(activity_of(DRAFT, offer(("slots.news_channel",), VOICE))), card_of(activity_of(LONGEST))
    picked = picked_card(next(one["value"] for one in hostile["body"] if one.get("id") == WORDS), "I sent it")
    assert picked is not None, "its words came along"
    (export,) = with_export(None, Conversation(slots={"note": LONG[:600]}))
    yield from (
        ("hostile", hostile),
        ("picked", picked),
        ("longest", longest),
        ("export", card_of(activity_of(export))),
    )


def _acted(data: Card) -> Any:
    return acted({"commandId": COMMAND, "data": data}, VOICE)


def _submitted(data: Card) -> Any:
    filled = read_filled({"data": data})
    assert filled is not None, "it is a form of ours"
    read = submitted(filled, VOICE)
    assert isinstance(read, Answer), "a draft is checked in its place"
    return read.body


def _card_of_dialog(body: Any) -> Card:
    return dict(body["task"]["value"]["card"]["content"])
