"""The page: a message as lines that a person and a program can both read."""

from __future__ import annotations

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.platforms.terminal_page import CUT, Page, lines, note

DRAFT = Block("Hello,\n\nThank you. Sam", mail_subject="Thank you", mail_label="Open as a new mail")


def message(*parts: Paragraph | Block | SmallPrint, buttons: tuple[Button, ...] = ()) -> OutgoingMessage:
    return OutgoingMessage(parts=parts, buttons=buttons)


def test_the_first_line_names_the_coach_and_every_other_one_is_indented() -> None:
    shown = lines(message(Paragraph("One.\nTwo."), Paragraph("Three."), SmallPrint("Small.")))

    assert shown == ["coach: One.", "  Two.", "  Three.", "  (Small.)"]


def test_choices_are_numbered_from_one_and_links_are_not() -> None:
    buttons = (
        Button("sent", "I sent it"),
        Button("book", "Book a talk", "https://example.org/book"),
        Button("no", "Not yet"),
    )

    shown = lines(message(Paragraph("Well?"), buttons=buttons))

    assert shown[1:] == ["  [1] I sent it", "  Book a talk: https://example.org/book", "  [2] Not yet"]


def test_a_text_to_copy_stands_between_two_cut_lines_as_it_is() -> None:
    shown = lines(message(Paragraph("You could send this:"), DRAFT))

    assert shown == ["coach: You could send this:", f"  {CUT}", "  Hello,", "  ", "  Thank you. Sam", f"  {CUT}"]


def test_on_a_screen_a_text_to_copy_is_not_indented_so_that_the_mouse_takes_nothing_else() -> None:
    shown = lines(message(Paragraph("You could send this:"), DRAFT), Page(screen=True))

    assert shown[3:6] == ["Hello,", "", "Thank you. Sam"]


def test_on_a_screen_a_mail_link_hides_behind_its_label() -> None:
    shown = lines(message(DRAFT), Page(links=True))

    assert shown[-1].startswith("  \x1b]8;;mailto:?subject=Thank%20you&body=Hello%2C%0A%0AThank%20you.%20Sam\x1b\\")
    assert "Open as a new mail" in shown[-1]


def test_a_transcript_has_no_mail_link_in_it() -> None:
    assert not any("mailto" in line for line in lines(message(DRAFT)))


def test_long_lines_are_wrapped_on_a_screen_and_stay_whole_in_a_transcript() -> None:
    text = "word " * 40

    assert max(map(len, lines(message(Paragraph(text)), Page(width=40)))) <= 40 + len("coach: ")
    assert len(lines(message(Paragraph(text)))) == 1


def test_nothing_that_a_terminal_would_obey_gets_through() -> None:
    hostile = "a\x1b]0;title\x07b\x9b31mc\rd\x08"

    shown = lines(message(Paragraph(hostile), Block(hostile), buttons=(Button("x", hostile),)))

    assert not any(mark in "\n".join(shown) for mark in "\x1b\x07\x9b\r\x08")


def test_on_a_screen_parts_stand_apart_and_so_does_what_comes_next() -> None:
    shown = lines(message(Paragraph("One."), Paragraph("Two.")), Page(screen=True))

    assert shown == ["coach: One.", "", "  Two.", ""]


def test_a_message_that_begins_with_a_text_to_copy_still_names_the_coach_first() -> None:
    assert lines(message(DRAFT))[0].startswith("coach:")


def test_a_message_without_anything_to_see_is_no_line() -> None:
    assert lines(OutgoingMessage(parts=())) == []


def test_a_line_of_the_terminal_itself_cannot_be_taken_for_the_coach() -> None:
    assert note("Not saved.") == "note: Not saved."
