"""Moments in words, counted from a Wednesday afternoon in March."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

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
    *("before", "after", "from", "day", "evening", "morning", "quarter", "to", "past", "1430", "thirty", "pm"),
    *("easter", "midnight", "not", "or", "this time", "tomorrow", "31/12", "2/30", "3-4", "1h30", "29", "fortnight"),
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
        ("at 2", "2026-03-05", "14:00", None),
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
        ("ten past four", "2026-03-04", "16:10", None),
        ("ten minutes to three tomorrow", "2026-03-05", "14:50", None),
        ("twenty-five to six", "2026-03-04", "17:35", None),
        ("20 to 9 tomorrow", "2026-03-05", "08:40", None),
        ("from 5 to 6 tomorrow", "2026-03-05", "17:00", None),
        ("quarter after four", "2026-03-04", "16:15", None),
        ("at 1630", "2026-03-04", "16:30", None),
        ("24 mar 1500", "2026-03-24", "15:00", None),
        ("930am tomorrow", "2026-03-05", "09:30", None),
        ("9ish tomorrow", "2026-03-05", "09:00", None),
        ("in forty-five minutes", "2026-03-04", "15:15", None),
        ("in 1.5 hours", "2026-03-04", "16:00", None),
        ("in 90min", "2026-03-04", "16:00", None),
        ("quarter of an hour", "2026-03-04", "14:45", None),
        ("two and a half hours", "2026-03-04", "17:00", None),
        ("in 3-4 days", "2026-03-07", None, None),
        ("a week tomorrow", "2026-03-12", None, None),
        ("two weeks on friday", "2026-03-20", None, None),
        ("this time tomorrow", "2026-03-05", "14:30", None),
        ("on the last friday of the month", "2026-03-27", None, None),
        ("the first monday in april", "2026-04-06", None, None),
        ("the first monday of the month", "2026-04-06", None, None),
        ("start of next year", "2027-01-01", None, None),
        ("start of the week", "2026-03-09", None, None),
        ("this afternoon", "2026-03-04", "15:00", "afternoon"),
        ("tuesday fortnight", "2026-03-24", None, None),
        ("tomorrow week", "2026-03-12", None, None),
        ("easter monday", "2026-04-06", None, None),
        ("on the 5th of next month", "2026-04-05", None, None),
        ("2-3pm tomorrow", "2026-03-05", "14:00", None),
        ("tomorrow @ 4", "2026-03-05", "16:00", None),
        ("tonight at 12", "2026-03-05", "00:00", None),
        ("midnight", "2026-03-05", "00:00", None),
        ("later today", "2026-03-04", None, "evening"),
        ("in 1 hour 30 minutes", "2026-03-04", "16:00", None),
        ("in an hour and twenty minutes", "2026-03-04", "15:50", None),
        ("in 1h30", "2026-03-04", "16:00", None),
        ("in two weeks and three days", "2026-03-21", None, None),
        ("at 5 to 4", "2026-03-04", "15:55", None),
        ("at seven thirty tomorrow", "2026-03-05", "07:30", None),
        ("7 30 pm", "2026-03-04", "19:30", None),
        ("a month from today", "2026-04-04", None, None),
        ("the friday after next", "2026-03-13", None, None),
        ("saturday or sunday", "2026-03-07", None, None),
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


@pytest.mark.parametrize(
    ("text", "day", "at", "month_first"),
    [
        ("on 7/21 at 2:30pm", "2026-07-21", "14:30", False),
        ("on 7/30", "2026-07-30", None, False),
        ("30/7", "2026-07-30", None, True),
        ("4/6", "2026-06-04", None, False),
        ("4/6", "2026-04-06", None, True),
        ("4/6/26", "2026-06-04", None, False),
        ("04-06-2026", "2026-04-06", None, True),
        ("on 24.3. at 16:00", "2026-03-24", "16:00", False),
        ("monday 4/6", "2026-04-06", None, False),
        ("4/6 (monday)", "2026-04-06", None, False),
        ("by 8.15 pm", "2026-03-04", "20:15", False),
        ("tuesday 3/31", "2026-03-31", None, False),
        ("in 1/2 an hour", "2026-03-04", "15:00", False),
    ],
)
def test_a_day_in_figures_is_read_the_only_way_it_can_be_or_as_the_country_writes(
    text: str, day: str, at: str | None, month_first: bool
) -> None:
    when = READER.read(Words.of(text), NOW, month_first=month_first)

    assert (when.day, when.at) == (date.fromisoformat(day), time.fromisoformat(at) if at else None)


@pytest.mark.parametrize(
    ("country", "language", "first"),
    [("US", "en", True), ("", "en-US", True), ("GB", "en-US", False), ("", "en", False)],
)
def test_the_country_decides_what_comes_first_and_the_language_where_it_is_not_known(
    country: str, language: str, first: bool
) -> None:
    assert READER.month_first(country, language) is first


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("on 31/6 at 2pm", "unclear"),
        ("on 2026-02-30", "unclear"),
        ("31 june at 3pm", "unclear"),
        ("february 30th", "unclear"),
        ("29 february at 9", "unclear"),
        ("friday 12 march", "unclear"),
        ("12 march (friday)", "unclear"),
        ("tomorrow at 25:00", "unclear"),
        ("tomorrow at midnight", "unclear"),
        ("in ten", "unclear"),
        ("on boxing day", "unclear"),
        ("31st of next month at 9", "unclear"),
        ("in the small hours", "unclear"),
        ("tomorrow but not at 9", "unclear"),
        ("on 3 march at 5pm", "gone_by"),
        ("3/3", "gone_by"),
        ("an hour before", "from_what"),
        ("the evening before my interview", "from_what"),
        ("an hour before my interview on friday", "from_what"),
        ("the morning of the interview", "from_what"),
    ],
)
def test_what_names_no_moment_says_why(text: str, fault: str) -> None:
    when = READER.read(Words.of(text), NOW)

    assert (when.fault, READER.moment(when, NOW)) == (fault, None)
    assert when.known()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("3 march 2027", "2027-03-03"),
        ("3 march 2025", "2025-03-03"),
        ("31 january", "2027-01-31"),
        ("the 3rd at 9", "2026-04-03"),
        ("29 february 2028", "2028-02-29"),
    ],
)
def test_a_day_that_was_is_next_years_where_that_is_said_or_it_lies_further_back(text: str, day: str) -> None:
    assert READER.read(Words.of(text), NOW).day == date.fromisoformat(day)


def test_a_day_that_has_just_gone_by_may_be_of_last_year() -> None:
    assert READER.read(Words.of("30 december"), NOW.replace(month=1)).fault == "gone_by"


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("today at 6pm, 5 mins before", "2026-03-04 17:55"),
        ("tomorrow at 3pm, remind me an hour before", "2026-03-05 14:00"),
        ("its at 3pm tomorrow. half an hour before please", "2026-03-05 14:30"),
        ("thursday 12 march at 11am, the evening before", "2026-03-11 18:00"),
        ("thursday 12 march at 11am, the night before", "2026-03-11 18:00"),
        ("thursday 12 march at 11am, the morning before", "2026-03-12 08:00"),
        ("thursday 12 march at 7am, the morning before", "2026-03-11 08:00"),
        ("thursday 12 march at 11am, the day before", "2026-03-11 11:00"),
        ("the day before 12 march", "2026-03-11 09:00"),
        ("two working days before tuesday", "2026-03-06 09:00"),
        ("12 march at 11am, remind me on the day", "2026-03-12 08:00"),
        ("12 march at 11am, the monday before", "2026-03-09 11:00"),
        ("two days after friday", "2026-03-08 09:00"),
        ("the morning after the interview on friday", "2026-03-07 08:00"),
        ("the day before christmas", "2026-12-24 09:00"),
        ("in the morning before 10", "2026-03-05 10:00"),
        ("tomorrow morning before work", "2026-03-05 09:00"),
        ("the day before my 2nd interview on friday", "2026-03-05 09:00"),
    ],
)
def test_a_moment_beside_another(text: str, moment: str) -> None:
    found = READER.moment(READER.read(Words.of(text), NOW), NOW)

    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("in ten days but not on a weekend", "2026-03-16 09:00"),
        ("in one week but not on a weekend", "2026-03-11 09:00"),
        ("not friday, on monday", "2026-03-09 09:00"),
        ("tomorrow but not at 9, after 1", "2026-03-05 13:00"),
        ("no, friday", "2026-03-06 09:00"),
        ("not until friday", "2026-03-06 09:00"),
    ],
)
def test_what_is_ruled_out_is_left_out(text: str, moment: str) -> None:
    found = READER.moment(READER.read(Words.of(text), NOW), NOW)

    assert found is not None
    assert f"{found:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("zone", "now", "text", "moment"),
    [
        ("Europe/London", "2026-03-29T00:30", "in two hours", "2026-03-29T03:30:00+01:00"),
        ("Europe/London", "2026-10-25T00:30", "in two hours", "2026-10-25T01:30:00+00:00"),
        ("America/New_York", "2026-03-08T01:30", "in an hour", "2026-03-08T03:30:00-04:00"),
        ("America/New_York", "2026-03-07T12:00", "tomorrow at 3:30am, an hour before", "2026-03-08T01:30:00-05:00"),
        ("Europe/London", "2026-03-28T12:00", "tomorrow at noon, the day before at", "2026-03-28T12:00:00+00:00"),
        ("Europe/London", "2026-03-28T10:00", "tomorrow at 1:30am", "2026-03-29T02:30:00+01:00"),
        ("America/New_York", "2026-03-07T10:00", "tomorrow at 2:30am", "2026-03-08T03:30:00-04:00"),
        ("Europe/London", "2026-12-31T23:30", "in an hour", "2027-01-01T00:30:00+00:00"),
        ("Europe/London", "2026-12-31T10:00", "the 1st", "2027-01-01T09:00:00+00:00"),
        ("Europe/London", "2026-01-31T10:00", "in a month", "2026-02-28T09:00:00+00:00"),
        ("Europe/London", "2028-02-28T10:00", "tomorrow", "2028-02-29T09:00:00+00:00"),
        ("Europe/London", "2028-02-29T10:00", "in a year", "2029-02-28T09:00:00+00:00"),
        ("Europe/London", "2026-01-31T10:00", "the 30th", "2026-03-30T09:00:00+01:00"),
    ],
)
def test_hours_are_counted_over_a_change_of_the_clocks_and_days_over_the_end_of_a_month(
    zone: str, now: str, text: str, moment: str
) -> None:
    here = datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone))

    found = READER.moment(READER.read(Words.of(text), here), here)

    assert found is not None
    assert found.isoformat() == moment


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
