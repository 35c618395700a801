"""Configuration: what is missing or does not fit is said in a line each, and nothing starts."""

from __future__ import annotations

import pytest

from bot.platforms.slack.configuration import faults
from bot.settings import SlackSettings, read_settings

WHOLE = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "abc"}
INSTALLS = {"SLACK_SIGNING_SECRET": "abc", "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "def"}


def settings(environment: dict[str, str]) -> SlackSettings:
    return read_settings(environment).slack


@pytest.mark.parametrize(
    "environment",
    [
        WHOLE,
        INSTALLS,
        {**INSTALLS, "AFTERWORD_ALLOWED_WORKSPACES": "T0ONE, T0TWO"},
        {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"},
        {**WHOLE, "AFTERWORD_SLACK_API_URL": "http://127.0.0.1:8099/api/"},
    ],
)
def test_what_fits_is_on_and_has_no_fault(environment: dict[str, str]) -> None:
    assert settings(environment).is_on
    assert faults(settings(environment)) == []


def test_slack_is_off_where_nothing_is_said_of_it() -> None:
    assert not settings({"AFTERWORD_ALLOWED_WORKSPACES": "T0ONE", "SLACK_BOT_TOKEN": "  "}).is_on


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET is missing"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": ""}, "SLACK_SIGNING_SECRET is missing"),
        ({"SLACK_SIGNING_SECRET": "abc"}, "SLACK_BOT_TOKEN is missing"),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "SLACK_BOT_TOKEN is missing"),
        ({**WHOLE, "SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN is another kind"),
        ({**WHOLE, "SLACK_BOT_TOKEN": "hello"}, "SLACK_BOT_TOKEN is no token; the bot's own begins with xoxb-"),
        ({**WHOLE, "SLACK_APP_TOKEN": "abc"}, "SLACK_APP_TOKEN is no token; the one for Socket Mode begins with xapp-"),
        ({**WHOLE, "SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is another kind"),
        ({**WHOLE, "SLACK_CLIENT_ID": "1.2"}, "SLACK_CLIENT_SECRET is missing"),
        ({**WHOLE, "SLACK_CLIENT_SECRET": "def"}, "SLACK_CLIENT_ID is missing"),
        ({**WHOLE, "SLACK_SIGNING_SECRET": "a b"}, "SLACK_SIGNING_SECRET has a space"),
        ({**WHOLE, "SLACK_BOT_TOKEN": "xoxb-é"}, "SLACK_BOT_TOKEN has a space or a strange"),
        ({**INSTALLS, "AFTERWORD_ALLOWED_WORKSPACES": "acme"}, "`acme` is not the id of a workspace"),
        ({**WHOLE, "AFTERWORD_SLACK_API_URL": "https://slack.test"}, "has to end in /api/"),
        ({**WHOLE, "AFTERWORD_SLACK_API_URL": "http://slack.test/api/"}, "has to begin with https://"),
        ({**WHOLE, "AFTERWORD_SLACK_API_URL": "http://[/api/"}, "is not an address"),
    ],
)
def test_each_fault_has_a_line_that_names_the_setting(environment: dict[str, str], named: str) -> None:
    (fault,) = faults(settings(environment))

    assert named in fault


def test_all_faults_are_said_at_once() -> None:
    assert len(faults(settings({"SLACK_CLIENT_ID": "1 2", "AFTERWORD_SLACK_API_URL": "x"}))) == 4


def test_no_fault_shows_a_secret() -> None:
    shown = "\n".join(faults(settings({"SLACK_BOT_TOKEN": "xoxp-very secret", "SLACK_CLIENT_SECRET": "very secret"})))

    assert "secret" not in shown.replace("SLACK_SIGNING_SECRET", "").lower().replace("slack_client_secret", "")
