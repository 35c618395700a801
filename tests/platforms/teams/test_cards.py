from __future__ import annotations

import json
from typing import Any

import pytest

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.platforms.teams.cards import WORDS, activity_of, notice_of, picked_card, text_activity_of
from tests.standins.teams import card_of, labels_of, words_of
from tests.standins.teams_checks import faults_of_activity, faults_of_card

HOSTILE = [
    "<at>everyone</at> <script>x</script> <img src=x> <a href=x>y</a>",
    "[Click me](https://evil.example) **bold** _it_ # head\n- list\n1. one",
    "${user.name} ${7*7} {{DATE(2026-01-01T00:00:00Z, SHORT)}} {{TIME(x)}}",
    '"}],"actions":[{"type":"Action.OpenUrl"}]',
    "\ud800 \x00 \u202e gone \u2028 line",
    "😀" * 4_000,
    "\n" * 4_000 + "end",
    "x\n" * 2_000,
]


def said(*parts: Any, **more: Any) -> OutgoingMessage:
    return OutgoingMessage(tuple(Paragraph(part) if isinstance(part, str) else part for part in parts), **more)


def draft(text: str = "Dear Dana,\n\nthank you.") -> OutgoingMessage:
    note = Block(text, mail_subject="Feedback", mail_label="Open in mail")
    choices = (Button("sent", "I sent it"), Button("change", "Change it"))
    return said("Paste it.", note, SmallPrint("A program."), buttons=choices, question=3)


def pressed(message: OutgoingMessage) -> dict[str, Any]:
    card = card_of(activity_of(message))
    return {one["id"]: one["value"] for one in card["body"] if one["type"] == "Input.Text"}


def test_what_is_only_said_is_plain_text() -> None:
    activity = activity_of(said("One.", "Two."))

    assert (activity["text"], activity["textFormat"]) == ("One.\nTwo.", "plain")
    assert "attachments" not in activity


def test_a_draft_is_a_card_with_its_choices_and_a_mail() -> None:
    activity = activity_of(draft())

    assert faults_of_activity(activity) == []
    assert labels_of(activity) == ["I sent it", "Change it", "Open in mail ↗"]
    mail = card_of(activity)["actions"][2]["url"]
    assert mail == "mailto:?subject=Feedback&body=Dear%20Dana%2C%0D%0A%0D%0Athank%20you."


def test_a_choice_says_which_question_it_answers_on_new_and_on_old_clients() -> None:
    action = card_of(activity_of(draft()))["actions"][0]

    assert (action["data"]["question"], action["data"]["choice"]) == (3, "sent")
    assert action["fallback"]["data"]["msteams"]["value"] == action["data"]


def test_a_mail_whose_address_is_too_long_to_open_is_left_out() -> None:
    assert labels_of(activity_of(draft("long " * 500))) == ["I sent it", "Change it"]


def test_a_link_says_that_it_leaves_teams() -> None:
    book = Button("book", "Book a talk", link="https://example.org/book")
    bad = Button("bad", "Bad", link="javascript:alert(1)")

    assert labels_of(activity_of(said("A person.", buttons=(book, bad)))) == ["Book a talk ↗"]


def test_there_are_six_actions_at_most_and_choices_come_first() -> None:
    links = tuple(Button(f"l{number}", f"Link {number}", link="https://example.org") for number in range(9))
    choices = tuple(Button(f"c{number}", f"Choice {number}") for number in range(3))

    labels = labels_of(activity_of(said("Many.", buttons=(*links, *choices), question=1)))

    assert labels[:3] == ["Choice 0", "Choice 1", "Choice 2"]
    assert len(labels) == 6


def test_a_notification_of_a_reminder_names_no_employer() -> None:
    activity = activity_of(said("Acme said no on Monday.", preview="A note from your coach", nudge="draft.send_by"))

    assert activity["summary"] == "A note from your coach"
    assert "text" not in activity
    assert "Acme" in words_of(activity)


def test_a_press_is_answered_with_the_card_and_what_was_picked() -> None:
    card = picked_card(pressed(draft())[WORDS], "I sent it")

    assert card is not None
    assert faults_of_card(card) == []
    assert words_of(card) == words_of(card_of(activity_of(draft()))) + "\n✓ I sent it"
    assert [action["title"] for action in card["actions"]] == ["Open in mail ↗"]


@pytest.mark.parametrize(
    "words",
    [
        None,
        5,
        "",
        "x",
        "{}",
        "[[]]",
        '[["text"]]',
        '[["text", 5]]',
        '[["evil", "x"]]',
        "[" * 50_000,
        '[["block","a",1,2]]',
    ],
)
def test_words_of_nobodys_card_make_no_card(words: object) -> None:
    assert picked_card(words, "I sent it") is None


@pytest.mark.parametrize("text", HOSTILE)
def test_words_that_came_back_are_cleaned_and_loosened(text: str) -> None:
    card = picked_card(json.dumps([["text", text], ["block", text, text, text]]), text)

    assert card is None or faults_of_card(card) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_a_text_becomes_anything_else(text: str) -> None:
    buttons = (Button("a", text[:200]), Button("b", text[:200], link="https://example.org"))
    message = said(text, Block(text, mail_subject=text[:100], mail_label=text[:50]), buttons=buttons, question=1)

    assert faults_of_activity(activity_of(message)) == []
    assert faults_of_activity(text_activity_of(message)) == []
    assert faults_of_activity(notice_of(text[:2_000])) == []


def test_a_long_text_is_cut_on_a_whole_character_and_says_so() -> None:
    activity = activity_of(said("👩‍👩‍👧‍👦" * 600, buttons=(Button("a", "A"),), question=1))

    assert words_of(activity).rstrip().endswith("👩‍👩‍👧‍👦…")
    assert faults_of_activity(activity) == []
