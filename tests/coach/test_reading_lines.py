"""Reading lines: the fields that the command line tells."""

import pytest

from bot.coach.reading_lines import read_line
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW


def test_an_opening_tells_its_codes_and_pieces_of_the_text() -> None:
    fields = read_line("opening", {"text": "acme said no, email this morning. analyst job"}, NOW, "GB", KNOWLEDGE)

    assert {name: fields[name] for name in ("intent", "crisis", "channel", "company", "role", "when_phrase")} == {
        "intent": "bad_news",
        "crisis": False,
        "channel": "email",
        "company": "acme",
        "role": "analyst",
        "when_phrase": "this morning",
    }


def test_a_full_answer_comes_before_every_intent_and_names_its_rule() -> None:
    fields = read_line("opening", {"text": "Acme rejected me and I want to die"}, NOW, "GB", KNOWLEDGE)

    assert (fields["intent"], fields["crisis"], fields["safety_rule"]) == ("crisis", True, "wish_to_die")


def test_a_soft_question_leaves_the_intent_as_it_is() -> None:
    fields = read_line("opening", {"text": "Acme rejected me, I feel hopeless"}, NOW, "GB", KNOWLEDGE)

    assert (fields["intent"], fields["crisis"], fields["safety"]) == ("bad_news", False, "soft")


def test_a_command_tells_its_action_and_moment() -> None:
    fields = read_line("command", {"text": "remind me next tuesday at 9"}, NOW, "GB", KNOWLEDGE)

    assert fields == {"action": "snooze", "date": "2026-03-10", "time": "09:00", "part": None, "recurrence": None}


def test_a_look_alike_has_no_moment() -> None:
    fields = read_line("command", {"text": "my interview is tomorrow at 9"}, NOW, "GB", KNOWLEDGE)

    assert fields == {"action": "none", "date": None, "time": None, "part": None, "recurrence": None}


def test_another_kind_is_an_error() -> None:
    with pytest.raises(KeyError):
        read_line("poem", {"text": "x"}, NOW, "GB", KNOWLEDGE)
