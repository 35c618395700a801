"""Moments in words, counted from a Wednesday afternoon in March."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.moment_parts import Reader
from bot.coach.moment_readers import BEGINNINGS
from bot.coach.moments import MomentReader
from bot.coach.words import Words
from tests.coach.phrasings_read import phrasings
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW

READER = KNOWLEDGE.moments
TIME_WORDS = (
    *("in", "a", "on", "the", "next", "last", "every", "two", "31", "31st", "99", "9999", "half", "hours", "weeks"),
    *("months", "years", "february", "friday", "end", "of", "at", "25", "weekend", "ago"),
)


@pytest.mark.parametrize(
    ("text", "day", "at", "part"),
    [
        ("tomorrow after lunch", "2026-03-05", None, "afternoon"),
        ("the day after tomorrow at noon", "2026-03-06", "12:00", None),
        ("next tuesday at 9", "2026-03-10", "09:00", None),
        ("next friday", "2026-03-13", None, None),
        ("friday", "2026-03-06", None, None),
        ("friday week", "2026-03-13", None, None),
        ("wednesday", "2026-03-11", None, None),
        ("in three working days", "2026-03-09", None, None),
        ("in a fortnight", "2026-03-18", None, None),
        ("in an hour and a half", "2026-03-04", "16:00", None),
        ("half nine", "2026-03-04", "21:30", None),
        ("quarter to nine tomorrow", "2026-03-05", "08:45", None),
        ("at 3", "2026-03-04", "15:00", None),
        ("at 2", "2026-03-05", "02:00", None),
        ("in the morning", "2026-03-05", None, "morning"),
        ("end of the month", "2026-03-31", None, None),
        ("end of next week", "2026-03-13", None, None),
        ("before the weekend", "2026-03-06", None, None),
        ("after the weekend", "2026-03-09", None, None),
        ("after easter", "2026-04-06", None, None),
        ("on the 1st", "2026-04-01", None, None),
        ("the first of april", "2026-04-01", None, None),
        ("late april", "2026-04-30", None, None),
        ("first thing", "2026-03-05", None, "morning"),
        ("a couple of days", "2026-03-06", None, None),
        ("the week after next", "2026-03-16", None, None),
        ("in the new year", "2027-01-02", None, None),
        ("just now", "2026-03-04", None, None),
        ("3rd of april", "2026-04-03", None, None),
        ("12/3", "2026-03-12", None, None),
        ("2026-04-01 at 10:15", "2026-04-01", "10:15", None),
        ("not today, thursday", "2026-03-05", None, None),
        ("between 6 and 8pm", "2026-03-04", "18:00", None),
    ],
)
def test_a_moment_to_come(text: str, day: str, at: str | None, part: str | None) -> None:
    when = READER.read(Words.of(text), NOW)

    assert (when.day, when.at, when.part) == (date.fromisoformat(day), time.fromisoformat(at) if at else None, part)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("yesterday", "2026-03-03"),
        ("last night", "2026-03-03"),
        ("on Tuesday afternoon", "2026-03-03"),
        ("on Friday", "2026-02-27"),
        ("two days ago", "2026-03-02"),
        ("at the weekend", "2026-02-28"),
        ("14 March", "2025-03-14"),
        ("this morning", "2026-03-04"),
    ],
)
def test_a_moment_gone_by(text: str, day: str) -> None:
    assert READER.read(Words.of(text), NOW, past=True).day == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("every friday", "weekly:FR"),
        ("mondays and thursdays", "weekly:MO,TH"),
        ("every second friday", "biweekly:FR"),
        ("once a month", "monthly"),
        ("weekly", "weekly"),
        ("every weekday", "weekly:MO,TU,WE,TH,FR"),
        ("tomorrow", None),
    ],
)
def test_a_rhythm(text: str, rhythm: str | None) -> None:
    assert READER.read(Words.of(text), NOW).recurrence == rhythm


def test_a_loose_wording_leaves_the_day_open() -> None:
    when = READER.read(Words.of("next month"), NOW)

    assert (when.first, when.last) == (date(2026, 4, 1), date(2026, 4, 30))


def test_a_part_of_the_day_has_its_usual_hour_in_the_persons_zone() -> None:
    moment = READER.moment(READER.read(Words.of("tomorrow evening"), NOW), NOW)

    assert moment is not None
    assert moment.isoformat() == "2026-03-05T19:00:00+00:00"


def test_what_names_no_moment_gives_none() -> None:
    assert READER.moment(READER.read(Words.of("they said no"), NOW), NOW) is None


@given(st.text(alphabet="0123456789/:.-stndrh ,ampfrimoy", max_size=40), st.booleans())
def test_any_figures_are_read(text: str, past: bool) -> None:
    when = READER.read(Words.of(text), NOW, past)

    assert READER.read(Words.of(text), NOW, past) == when


@given(
    st.lists(
        st.sampled_from(TIME_WORDS),
        max_size=8,
    ),
    st.booleans(),
)
def test_any_row_of_such_words_is_read(parts: list[str], past: bool) -> None:
    moment = READER.moment(READER.read(Words.of(" ".join(parts)), NOW, past), NOW)

    assert moment is None or moment.tzinfo is not None


class Unspared(MomentReader):
    """A reader that asks its small readers about every word."""

    def _readers_of(self, word: str) -> tuple[Reader, ...]:
        return tuple(beginning.reader for beginning in BEGINNINGS)


@pytest.mark.parametrize("past", [False, True])
def test_no_word_that_is_passed_over_begins_an_expression(past: bool) -> None:
    texts = [text for kind, fields in (("commands", 5), ("openings", 5)) for *_, text in phrasings(kind, fields)]
    unspared = Unspared(READER.names)

    otherwise = [
        text for text in texts if READER.read(Words.of(text), NOW, past) != unspared.read(Words.of(text), NOW, past)
    ]

    assert len(texts) > 600
    assert otherwise == []


@given(st.lists(st.sampled_from(TIME_WORDS), max_size=8))
def test_no_row_of_time_words_is_read_otherwise_by_asking_about_every_word(parts: list[str]) -> None:
    words = Words.of(" ".join(parts))

    assert READER.read(words, NOW) == Unspared(READER.names).read(words, NOW)
