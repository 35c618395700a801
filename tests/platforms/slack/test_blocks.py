"""Blocks: what Slack takes, what nobody can break out of, and what is left when only text is read."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.cleaning import clean
from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.platforms.slack.blocks import blocks_of, fallback, picked, presser, read_value
from tests.hostile.texts import HostileText, faults_in, hostile_texts
from tests.platforms.slack.showing import CHOICES, DRAFT, LINKS, PERSON, asked, echoing, longest, nudge
from tests.standins.slack_checks import SCHEMAS, faults_of_blocks
from tests.standins.slack_screen import labels_of, words_of


def buttons(*some: Button, question: int | None = 7) -> OutgoingMessage:
    return OutgoingMessage((Paragraph("Well?"),), some, question=question)


# -------------------------------------------------------------------------------------------- what Slack takes


@pytest.mark.parametrize("message", [asked("One.", "Two."), nudge(), longest(), buttons(*CHOICES, *LINKS)])
def test_slack_takes_every_kind_of_message(message: OutgoingMessage) -> None:
    assert faults_of_blocks(blocks_of(message, PERSON)) == []


def test_the_published_schema_is_beside_the_checkout() -> None:
    if not SCHEMAS.is_dir():
        pytest.skip("no published schemas beside this checkout; the limits and the SDK's models were checked")

    assert (SCHEMAS / "slack-surfaces.schema.json").is_file()


@pytest.mark.parametrize("hostile", hostile_texts(), ids=lambda hostile: hostile.id)
def test_nothing_in_a_text_breaks_out_of_a_message(hostile: HostileText) -> None:
    message = echoing(clean(hostile.text))

    payload = {"text": fallback(message), "blocks": blocks_of(message, PERSON)}

    assert faults_in(hostile, [payload]) == []
    assert faults_of_blocks(payload["blocks"]) == []


@given(st.text(max_size=300), st.text(min_size=1, max_size=80), st.text(max_size=30))
def test_slack_takes_whatever_a_value_holds(text: str, label: str, code: str) -> None:
    message = OutgoingMessage(
        (Paragraph(text), Block(text, label, label), SmallPrint(text)), (Button(code, label),), question=3
    )

    assert faults_of_blocks(blocks_of(message, PERSON)) == []


def test_five_fold_growth_by_escaping_still_fits() -> None:
    blocks = blocks_of(echoing("&" * 4_000), PERSON)

    assert len(json.dumps(blocks)) < 13_200
    assert words_of(blocks).startswith("You said: &&&&")


def test_a_text_that_is_too_long_for_one_section_goes_on_in_the_next() -> None:
    text = "A sentence of some length, again and again. " * 100

    sections = [block for block in blocks_of(OutgoingMessage((Paragraph(text),)), PERSON) if block["type"] == "section"]

    assert len(sections) == 2
    assert " ".join(words_of(sections).split()) == text.strip()


# ------------------------------------------------------------------------------------------------------- parts


def test_parts_come_in_order_then_what_can_be_pressed_then_the_small_print() -> None:
    kinds = [block["type"] for block in blocks_of(asked("One."), PERSON)]

    assert kinds == ["section", "rich_text", "rich_text", "actions", "context"]


def test_a_draft_is_copied_as_it_was_written() -> None:
    text = "Dear R&D,\n\n3 < 4 <!channel> ```code``` *bold* https://example.org"

    block = blocks_of(OutgoingMessage((Block(text),)), PERSON)[0]

    assert "".join(run["text"] for run in block["elements"][0]["elements"]) == text
    assert block["elements"][0]["type"] == "rich_text_preformatted"


@pytest.mark.parametrize("text", ["<!" * 1_000, "<" * 2_000, "a<@U0SAM> " * 200], ids=["open", "bare", "closed"])
def test_a_draft_full_of_control_characters_still_fits(text: str) -> None:
    blocks = blocks_of(OutgoingMessage((Block(text),)), PERSON)

    assert faults_of_blocks(blocks) == []
    assert len(json.dumps(blocks)) < 6_000


def test_a_mail_is_offered_with_the_draft_in_it() -> None:
    link = blocks_of(OutgoingMessage((DRAFT,)), PERSON)[1]["elements"][0]["elements"][0]

    assert link["url"].startswith("mailto:?subject=Thank%20you&body=Hello%2C%0D%0A%0D%0AThank")
    assert link["text"] == "Open in my mail program"


def test_a_mail_whose_address_grows_too_long_is_not_offered() -> None:
    blocks = blocks_of(OutgoingMessage((Block("ä" * 1_000, "Thank you", "Open"),)), PERSON)

    assert [block["type"] for block in blocks] == ["rich_text"]


def test_a_paragraph_without_words_takes_no_block() -> None:
    assert blocks_of(OutgoingMessage((Paragraph(" "), Paragraph("Hello."))), PERSON) == blocks_of(
        OutgoingMessage((Paragraph("Hello."),)), PERSON
    )


def test_small_print_is_there_however_much_was_said() -> None:
    small = SmallPrint("I'm a program.")

    assert words_of(blocks_of(OutgoingMessage((Paragraph("word " * 4_000), small)), PERSON)).endswith("I'm a program.")


# ----------------------------------------------------------------------------------------------------- buttons


def test_a_choice_says_which_question_it_answers_and_a_link_opens_its_address() -> None:
    row = blocks_of(buttons(CHOICES[0], LINKS[0]), PERSON)[-1]["elements"]

    assert read_value(row[0]["value"]) == (7, "sent")
    assert (row[1]["url"], "value" in row[1]) == ("https://example.org/book", False)


def test_addresses_that_slack_takes_only_in_text_stand_in_text() -> None:
    blocks = blocks_of(buttons(*LINKS), PERSON)

    assert labels_of(blocks) == ["Book a talk"]
    assert "Call 116 123" in words_of(blocks)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "slack://open", "//example.org"])
def test_an_address_of_another_kind_is_no_button(address: str) -> None:
    assert len(blocks_of(buttons(Button("x", "Press", address)), PERSON)) == 1


def test_a_choice_without_a_question_is_no_button() -> None:
    assert len(blocks_of(buttons(CHOICES[0], question=None), PERSON)) == 1


def test_the_row_says_whose_buttons_they_are() -> None:
    assert presser(blocks_of(buttons(*CHOICES), PERSON)[-1]["block_id"]) == PERSON
    assert presser("b12") is None


@pytest.mark.parametrize("value", ["", "1", "one:sent", "1:", "1:a b", "١:sent", "state-of-last-month:1", None, 7])
def test_a_forged_value_is_no_choice(value: object) -> None:
    assert read_value(value) is None


# ------------------------------------------------------------------------------------------------------ picked


def test_what_was_chosen_stands_where_the_choices_were() -> None:
    shown = picked(blocks_of(asked("Well?"), PERSON), "I sent it")

    assert labels_of(shown) == []
    assert "✓ I sent it" in words_of(shown)
    assert words_of(shown).startswith("Well?")
    assert faults_of_blocks(shown) == []


def test_links_stay_when_a_choice_was_made() -> None:
    shown = picked(blocks_of(buttons(CHOICES[0], LINKS[0]), PERSON), "I sent it")

    assert labels_of(shown) == ["Book a talk"]


def test_a_label_that_slack_hands_back_escaped_is_not_escaped_twice() -> None:
    message = buttons(Button("rd", "R&D <one>"))
    blocks = blocks_of(message, PERSON)

    shown = picked(blocks, blocks[-1]["elements"][0]["text"]["text"])

    assert words_of(shown).endswith("✓ R&D <one>")


def test_rows_that_are_not_ours_are_left_alone() -> None:
    row = {"type": "actions", "block_id": "b1", "elements": [{"type": "button"}]}

    assert picked([row], "x") == [row]


# ---------------------------------------------------------------------------------------------------- fallback


def test_text_alone_says_everything_and_numbers_the_choices() -> None:
    text = fallback(asked("Here is yours:"))

    assert text.startswith("Here is yours:\nHello,")
    assert text.endswith("[1] I sent it\n[2] Change it\n[3] Remind me at 17:00")


def test_of_a_nudge_text_alone_shows_the_preview_and_no_employer() -> None:
    assert fallback(nudge()) == "A note from your coach"


def test_text_alone_is_never_empty() -> None:
    assert fallback(OutgoingMessage(())) == "…"


@given(st.text(max_size=4_000))
def test_text_alone_keeps_to_the_limit(text: str) -> None:
    assert len(fallback(OutgoingMessage((Paragraph(text + "&" * 700),)))) <= 3_000
