"""The keys of the rules file `moments`, for the JSON Schema; the reader itself refuses what is missing or unknown."""

from __future__ import annotations

from collections.abc import Sequence

from bot.coach.moment_names import PARTS, UNITS
from bot.compiler.keys import Form, Key, Table, map_of

_WORD = r"^\S+$"
_WORDS: Form = {"type": "array", "items": {"type": "string", "pattern": _WORD}}
_ROWS: Form = {"type": "array", "items": {"type": "string", "minLength": 1}}


def _map(form: Form) -> Form:
    return {"type": "object", "propertyNames": {"pattern": _WORD}, "additionalProperties": form}


def _codes(codes: Sequence[str]) -> Form:
    return _map({"enum": list(codes)})


_NUMBERS = _map({"anyOf": [{"type": "integer"}, {"type": "string", "pattern": "^-?[0-9]+$"}]})
_RHYTHMS = ("daily", "weekly", "biweekly", "monthly")

LINKS: Table = {
    "after": Key("After lunch, the day after tomorrow.", _WORDS),
    "before": Key("The day before yesterday, before the weekend.", _WORDS),
    "next": Key("Next Friday, end of next week.", _WORDS),
    "last": Key("Last Friday, last night.", _WORDS),
    "the": Key("March the 12th, end of the month.", _WORDS),
    "of": Key("The first of April.", _WORDS),
    "week": Key("Friday week, a week on Friday.", _WORDS),
}

CLOCK: Table = {
    "leads": Key("An hour follows: at 9.", _WORDS),
    "hour_leads": Key("An hour follows, also in figures with no sign: at 1430.", _WORDS),
    "marks": Key("An hour stands before: 9 o'clock.", _WORDS),
    "halves": Key("How am and pm are written.", map_of({"enum": ["am", "pm"]})),
    "hour_signs": Key("Between hour and minutes, beside colon and dot: 7h30.", _WORDS),
    "exact": Key("Names of hours: noon is 12.", _NUMBERS),
    "fractions": Key("Minutes of a quarter or a half, with a word of `past` or `to` behind it.", _NUMBERS),
    "past": Key("Quarter past six.", _WORDS),
    "to": Key("Quarter to six.", _WORDS),
    "alone": Key("Minutes counted from the hour that follows with no word between: half nine.", _NUMBERS),
    "no_hours": Key("Numbers that are no hours: an, few.", _WORDS),
    "bounds": Key("Bounds of every day, near one of `denials`: not before 10.", _WORDS),
    "denials": Key("Not before 10, never after 9.", _WORDS),
    "spans": Key("Between two hours: 6 to 8pm.", _WORDS),
    "ends": Key("Before the hour that ends a span: from 6 until 8pm.", _WORDS),
}

RHYTHM: Table = {
    "adverbs": Key("Rhythms in one word: weekly.", _codes(_RHYTHMS)),
    "every": Key("Every Friday.", _WORDS),
    "once": Key("Before one of `per`: once a month.", _WORDS),
    "per": Key("Once a month, once every week.", _WORDS),
    "others": Key("Every second Friday.", _WORDS),
    "units": Key("Every week, every day.", _codes(_RHYTHMS)),
    "weekday": Key("Monday to Friday.", _WORDS),
    "plural_days": Key("Days that mean every week by themselves: Mondays.", _NUMBERS),
}

STRETCH: Table = {
    "half": Key("Half an hour.", _WORDS),
    "quarter": Key("Three quarters of an hour.", _WORDS),
    "articles": Key("Half an hour.", _WORDS),
    "lead_ins": Key("Before one of `led_in`: a couple.", _WORDS),
    "led_in": Key("A couple, another few.", _WORDS),
    "with_of": Key("Numbers with one of `of` behind them: a couple of days.", _WORDS),
    "more": Key("Two more days.", _WORDS),
    "alternatives": Key("Two or three days.", _WORDS),
    "counted_from": Key("A week on Friday.", _WORDS),
    "loose": Key("A day more or less: a few days.", _WORDS),
    "working": Key("Three working days.", _WORDS),
    "and_a_half": Key("Rows of words behind hours: an hour and a half.", _ROWS),
    "time": Key("In two weeks' time.", _WORDS),
    "ago": Key("Two days ago.", _WORDS),
    "how_often": Key("After these it is no length: once a week.", _WORDS),
    "edges": Key("Start, middle and end of a month.", _codes(("start", "middle", "end"))),
    "edged": Key("What has an end: end of the month.", _codes(("day", "week", "month", "year"))),
    "this": Key("End of this week.", _WORDS),
    "weekends": Key("At the weekend.", _WORDS),
    "feasts": Key("Feasts by month and day, or Easter.", _map({"type": "string", "pattern": r"^(easter|\d\d-\d\d)$"})),
    "new_year": Key("Rows of words: in the new year.", _ROWS),
    "steps": Key("Before one of `periods`, counted from this one: next is 1.", _NUMBERS),
    "periods": Key("Next month.", _codes(("week", "month", "year"))),
    "later": Key("Later this week.", _WORDS),
    "week_after_next": Key("Rows of words: the week after next.", _ROWS),
}

DAY: Table = {
    "day": Key("The day after tomorrow.", _WORDS),
    "this": Key("This morning.", _WORDS),
    "now": Key("After one of `just`: today.", _WORDS),
    "just": Key("Just now.", _WORDS),
    "denials": Key("Not today: the day is ruled out.", _WORDS),
    "denial_links": Key("Between one of `denials` and what is left out: not on a Friday.", _WORDS),
    "short_days": Key("No days after one of `no_days_after`: I sat.", _WORDS),
    "no_days_after": Key("I sat, in the sun.", _WORDS),
    "next_week": Key("Rows of words behind a day: Friday next week.", _ROWS),
    "ordinary_months": Key("Ordinary words too, so that they need a number: may.", _WORDS),
    "month_leads": Key("Before a month alone: in April.", _WORDS),
    "date_leads": Key("Before one of `the` and a number alone: on the 12.", _WORDS),
    "after_ordinals": Key("Behind an ordinal number, they make it no day: my 2nd interview.", _WORDS),
    "ordinal_endings": Key("Endings of numbers in figures: 12th.", _WORDS),
    "first_thing": Key("Rows of words that mean the morning.", _ROWS),
    "same_time": Key("Rows of words: this time tomorrow.", _ROWS),
    "vague_hours": Key("Rows of words for hours that have to be asked about: the small hours.", _ROWS),
    "unknown_days": Key("Rows of words for days that have to be asked about: a bank holiday.", _ROWS),
    "no_parts": Key("Rows of words that are no part of the day: good night.", _ROWS),
}

SHIFT: Table = {
    "before": Key("Half an hour before, the evening before.", _WORDS),
    "after": Key("Two days after.", _WORDS),
    "since": Key("A week from the interview.", _WORDS),
    "now": Key("Behind one of `since`: a week from now.", _WORDS),
    "times": Key("The hours of the parts of the day before or after.", map_of({"type": "string"})),
    "same_day": Key(
        "Parts that are of the very day, where they lie before the moment.",
        {"type": "array", "items": {"enum": list(PARTS)}},
    ),
    "the_day": Key("Rows of words that mean the morning of that day: on the day.", _ROWS),
    "not_led_by": Key("Before a length that counts from now: in an hour, after lunch.", _WORDS),
    "no_others": Key("Behind a part of the day they name no moment: in the morning before work.", _WORDS),
}

MOMENTS: Table = {
    "numbers": Key("Numbers in words.", _NUMBERS),
    "ordinals": Key("Ordinal numbers in words, up to 31.", _NUMBERS),
    "days": Key("Days of the week, from Monday as 0.", _NUMBERS),
    "months": Key("Months, from January as 1.", _NUMBERS),
    "units": Key("What may be counted.", _codes(UNITS)),
    "relative_days": Key("Days away from today: tomorrow is 1.", _NUMBERS),
    "parts": Key("Parts of the day.", _codes(PARTS)),
    "part_times": Key("The clock time that is meant by a part of the day.", map_of({"type": "string"})),
    "month_first": Key(
        "Countries and languages in which 4/6 is the sixth of April.", {"type": "array", "items": {"type": "string"}}
    ),
    "after_parts": Key("What part of the day begins after it: after lunch.", _codes(PARTS)),
}
"""The names; the sections of tying words stand beside them."""

SECTIONS: dict[str, tuple[str, Table]] = {
    "links": ("Words that tie names together everywhere.", LINKS),
    "clock": ("Words of clock times.", CLOCK),
    "rhythm": ("Words of rhythms.", RHYTHM),
    "stretch": ("Words of stretches of time.", STRETCH),
    "day": ("Words around days.", DAY),
    "shift": ("Words of moments before and after another.", SHIFT),
}
