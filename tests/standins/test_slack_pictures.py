"""Pictures: everything that the coach shows in Slack has its likeness."""

from __future__ import annotations

from tests.standins.slack_pictures import pages


def test_everything_that_is_shown_can_be_drawn() -> None:
    drawn = pages()

    assert "Thank you again, Sam" in drawn["message"]
    assert "three small steps" in drawn["home_new"]
    assert "Go on in the chat" in drawn["form_checked"]


def test_what_people_write_is_no_markup_in_a_likeness_either() -> None:
    assert "<script" not in "".join(pages().values())
