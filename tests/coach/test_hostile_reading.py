"""Hostile texts are read like all others: quickly, cut to size, and heard where they stop or cry for help."""

import time
import unicodedata
from datetime import UTC, datetime

import pytest

from bot.coach.reader import read_text
from bot.coach.setting import Setting
from bot.content.cleaning import MOST_CHARACTERS, clean
from bot.engine.events import Reading
from tests.coach.shipped_knowledge import KNOWLEDGE
from tests.hostile.texts import HostileText, hostile_texts

DIRECTIONS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
SETTING = Setting(now=datetime(2026, 3, 4, 10, 10, tzinfo=UTC))


def expecting(code: str) -> pytest.MarkDecorator:
    chosen = [hostile for hostile in hostile_texts() if code in hostile.expect]
    return pytest.mark.parametrize("hostile", chosen, ids=lambda hostile: hostile.id)


@pytest.fixture(autouse=True, scope="module")
def _ready() -> None:
    KNOWLEDGE.make_ready()


def read(hostile: HostileText) -> Reading:
    return read_text(clean(hostile.text), SETTING, KNOWLEDGE)


@expecting("answers")
def test_every_text_is_read_within_a_tenth_of_a_second_of_cpu(hostile: HostileText) -> None:
    began = time.process_time()

    read(hostile)

    assert time.process_time() - began < 0.1


@expecting("normalised")
def test_what_is_read_holds_nothing_that_cannot_be_seen(hostile: HostileText) -> None:
    cleaned = clean(hostile.text)

    assert cleaned == clean(cleaned)
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") or sign in DIRECTIONS for sign in cleaned if sign != "\n")


@expecting("bounded")
def test_a_long_text_is_cut_to_size_before_it_is_read(hostile: HostileText) -> None:
    assert len(clean(hostile.text)) <= MOST_CHARACTERS


@expecting("opts_out")
def test_a_stop_is_heard_however_it_is_written(hostile: HostileText) -> None:
    assert read(hostile).command == "stop"


@expecting("not_opted_out")
def test_a_stop_that_is_none_stops_nothing(hostile: HostileText) -> None:
    assert read(hostile).command is None


@expecting("safety_path")
def test_a_cry_for_help_is_heard_however_it_is_written(hostile: HostileText) -> None:
    assert read(hostile).safety == "self"
