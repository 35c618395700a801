"""A dialog as boxes and arrows, and the same as Mermaid text."""

from __future__ import annotations

from bot.compiler.graph import Arrow, Box, Picture, mermaid, picture
from tests.compiler.example import compile_with


def drawn(name: str) -> Picture:
    compiled = compile_with()
    return picture(compiled.library.dialogs[name], compiled.catalog)


def test_a_box_says_what_its_state_does() -> None:
    boxes = {box.name: box.about for box in drawn("draft").boxes}

    assert boxes["write"] == "does write_draft"
    assert boxes["talk"] == "runs consultant_talk"
    assert boxes["details"] == "fills news_channel"
    assert boxes["what_change"] == "How should it change?"


def test_a_long_message_is_cut_and_its_places_stay_readable() -> None:
    boxes = {box.name: box.about for box in drawn("draft").boxes}

    assert boxes["reminder"] == "I'll write once, {remind_at}, unl…"


def test_an_arrow_names_its_answer_or_condition() -> None:
    arrows = set(drawn("draft").arrows)

    assert Arrow("offer", "thanked", "sent") in arrows
    assert Arrow("start", "talk", "news_channel is recruiter") in arrows
    assert Arrow("start", "details", "else") in arrows
    assert Arrow("write", "offer") in arrows


def test_answers_that_lead_to_the_same_state_share_an_arrow() -> None:
    assert Arrow("what_change", "write", "warmer, more_formal") in drawn("draft").arrows


def test_a_nudge_is_drawn_where_it_begins() -> None:
    assert Arrow("(reply)", "reply", "when due") in drawn("sent").arrows


def test_mermaid_names_every_box_and_arrow_once() -> None:
    lines = mermaid(drawn("sent")).splitlines()

    assert lines[0] == "flowchart TD"
    assert len(lines) == 1 + len(drawn("sent").boxes) + len(drawn("sent").arrows)


def test_quotes_in_a_message_do_not_end_the_text_in_mermaid() -> None:
    text = mermaid(Picture("note", (Box("start", 'Type "stop".'),), ()))

    assert 'start<br/>Type #quot;stop#quot;."]' in text
