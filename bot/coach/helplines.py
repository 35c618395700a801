"""Helplines: whom to call or text in a crisis, by country."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.coach.blocks import Line, read_line
from bot.coach.rules import BadRuleError, Rules

FRESH_FOR = timedelta(days=180)
"""How long an entry counts as checked."""

_SAME_COUNTRY = {"UK": "GB"}


@dataclass(frozen=True, slots=True)
class Helpline:
    """One line; it has a number to ``call``, a way to ``text``, or both."""

    name: str
    call: str
    text: str
    hours: str
    language: str
    source: str
    checked_on: date


@dataclass(frozen=True, slots=True)
class Country:
    emergency: str
    lines: tuple[Helpline, ...]


@dataclass(frozen=True, slots=True)
class Helplines:
    countries: Mapping[str, Country]
    international: Helpline
    line: Line
    international_line: Line

    @classmethod
    def from_rules(cls, rules: Rules) -> Helplines:
        """Read the file ``helplines``.

        Raises:
            BadRuleError: something is missing, a line can be neither called nor texted, or a date is none.
        """
        return cls(
            countries={code: _country(part) for code, part in rules.part("countries").parts().items()},
            international=_helpline(rules.part("international")),
            line=read_line(rules.part("wording", "line")),
            international_line=read_line(rules.part("wording", "international")),
        )

    def country(self, code: str) -> Country | None:
        """The entry of an ISO 3166 code in any case; ``UK`` is understood as well."""
        return self.countries.get(country_code(code))

    def worded(self, code: str) -> str:
        """Return one helpline a row; the international one when the country has none or is not known."""
        country = self.country(code)
        if country is None:
            return self.international_line.say(_words(self.international))
        return "\n".join(self.line.say(_words(line)) for line in country.lines)

    def guessed(self, code: str) -> str:
        """Return the lines of a country that is only assumed, and the international one beside them."""
        lines = self.worded(code)
        return lines if self.country(code) is None else f"{lines}\n{self.worded('')}"

    def stale(self, today: date) -> tuple[Helpline, ...]:
        """Return the lines that nobody has checked for longer than ``FRESH_FOR``."""
        lines = [self.international, *(line for country in self.countries.values() for line in country.lines)]
        return tuple(line for line in lines if today - line.checked_on > FRESH_FOR)


def country_code(code: str) -> str:
    """The code under which a country stands in the file."""
    upper = code.upper()
    return _SAME_COUNTRY.get(upper, upper)


def _words(line: Helpline) -> dict[str, str]:
    return {"name": line.name, "call": line.call, "text": line.text}


def _country(rules: Rules) -> Country:
    return Country(rules.part("emergency").text(), tuple(_helpline(line) for line in rules.part("lines").items()))


def _helpline(rules: Rules) -> Helpline:
    call, text = (rules.part(way).text() if rules.has(way) else "" for way in ("call", "text"))
    if not call and not text:
        raise BadRuleError(rules.path, "has neither `call` nor `text`")
    return Helpline(
        name=rules.part("name").text(),
        call=call,
        text=text,
        hours=rules.part("hours").text(),
        language=rules.part("language").text(),
        source=rules.part("source").text(),
        checked_on=_day(rules.part("checked_on")),
    )


def _day(rules: Rules) -> date:
    try:
        return date.fromisoformat(rules.text())
    except ValueError:
        raise BadRuleError(rules.path, "should be a day like 2026-03-04") from None
