"""Secrets that end: nobody can see it in them, so the settings say when, and how far that is off is told here."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.checkup.finding import Finding, ok, problem, warning
from bot.settings import Settings

SOON = 30
"""Days."""


def secrets(settings: Settings, today: date) -> Iterator[Finding]:
    """What ends soon or has ended, and what ends some day without a word of when."""
    for name, day in sorted(settings.secrets_expire.items()):
        yield _secret(name, day, today)
    if settings.teams.password and "MicrosoftAppPassword" not in settings.secrets_expire:
        yield warning(
            "secrets",
            "Microsoft's client secrets end some day, and nobody said when. Put MicrosoftAppPassword=YEAR-MONTH-DAY"
            " into AFTERWORD_SECRETS_EXPIRE.",
        )


def _secret(name: str, day: date, today: date) -> Finding:
    left = (day - today).days
    if day == date.min:
        return problem("secrets", f"the day of {name} in AFTERWORD_SECRETS_EXPIRE is not written like 2027-01-31.")
    if left < 0:
        return problem("secrets", f"{name} ended on {day}. Make a new one.")
    if left <= SOON:
        return warning("secrets", f"{name} ends in {left} days, on {day}. Make a new one.")
    return ok("secrets", f"{name} is good until {day}.")
