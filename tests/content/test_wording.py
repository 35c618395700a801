from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.content.wording import TERMS, Clock, shown, word
from bot.engine.values import Value
from tests.content.catalogs import english, shipped_terms

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
ENGLISH = english({}, roughly__send_by="yes")
LONDON = Clock(NOW, "Europe/London")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("company", "Acme", "Acme"),
        ("company", "{role} & <b>", "{role} & <b>"),
        ("areas", "pace", "a calmer pace"),
        ("areas", "my own", "my own"),
        ("areas", (), ""),
        ("areas", ("detail",), "more detail"),
        ("areas", ("detail", "pace"), "more detail and a calmer pace"),
        ("areas", ("detail", "pace", "facts"), "more detail, a calmer pace and company facts"),
        ("days", 1, "1 day"),
        ("days", 0, "0 days"),
        ("days", 12, "12 days"),
        ("count", 3, "3"),
        ("ready", True, "yes"),
        ("ready", False, "no"),
        ("remind_at", datetime(2026, 3, 4, 17, tzinfo=UTC), "today at 17:00"),
        ("send_by", datetime(2026, 3, 5, 10, 10, tzinfo=UTC), "tomorrow morning"),
    ],
)
def test_a_value_is_worded_by_its_kind(name: str, value: Value, words: str) -> None:
    assert word(name, value, ENGLISH, LONDON) == words


def test_a_moment_is_told_in_the_persons_zone() -> None:
    auckland = Clock(NOW, "Pacific/Auckland")

    assert word("remind_at", datetime(2026, 3, 4, 20, tzinfo=UTC), ENGLISH, auckland) == "tomorrow at 09:00"


def test_a_label_has_short_moments_and_rough_ones_stay_rough() -> None:
    assert word("remind_at", datetime(2026, 3, 5, 9, tzinfo=UTC), ENGLISH, LONDON, short=True) == "09:00 tomorrow"
    assert word("send_by", datetime(2026, 3, 5, 9, tzinfo=UTC), ENGLISH, LONDON, short=True) == "tomorrow morning"


def test_a_text_that_was_not_cleaned_at_the_door_is_cleaned_here() -> None:
    assert shown("Ac\x00me\u202e\nLtd") == "Acme\nLtd"


def test_the_shipped_language_can_word_a_list() -> None:
    assert set(TERMS) <= set(shipped_terms())
