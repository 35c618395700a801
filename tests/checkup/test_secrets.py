"""Secrets that end: told in time, and with how long is left."""

from __future__ import annotations

from datetime import date

import pytest

from bot.checkup.secrets import secrets
from bot.settings import Settings, read_settings

TODAY = date(2026, 3, 4)


def settings(expire: str = "", **more: str) -> Settings:
    return read_settings({"AFTERWORD_SECRETS_EXPIRE": expire, **more})


@pytest.mark.parametrize(
    ("day", "level", "said"),
    [
        ("2026-03-03", "problem", "ended on 2026-03-03"),
        ("2026-03-04", "warning", "in 0 days"),
        ("2026-04-03", "warning", "in 30 days"),
        ("2026-04-04", "ok", "good until 2026-04-04"),
        ("soon", "problem", "not written like"),
    ],
)
def test_a_secret_is_told_of_by_how_long_it_is_good(day: str, level: str, said: str) -> None:
    (finding,) = secrets(settings(f"SLACK_CLIENT_SECRET={day}"), TODAY)

    assert finding.level == level
    assert said in finding.text
    assert "SLACK_CLIENT_SECRET" in finding.text


def test_a_client_secret_of_teams_whose_end_nobody_wrote_down_is_asked_for() -> None:
    (finding,) = secrets(settings(MicrosoftAppPassword="hush"), TODAY)

    assert finding.level == "warning"
    assert "hush" not in finding.text


def test_without_secrets_there_is_nothing_to_say() -> None:
    assert list(secrets(settings(), TODAY)) == []
