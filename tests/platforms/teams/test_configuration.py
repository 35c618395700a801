"""Configuration: what is missing or does not fit is said in a line each, and nothing starts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.platforms.teams.configuration import faults
from bot.settings import TeamsSettings, read_settings
from tests.commands.test_serve import refused

APP = "1a2b3c4d-0000-4000-8000-0123456789ab"
TENANT = "5e6f7a8b-0000-4000-8000-0123456789ab"
WHOLE = {"MicrosoftAppId": APP, "MicrosoftAppPassword": "secret~value", "MicrosoftAppTenantId": TENANT}
IDENTITY = {"MicrosoftAppId": APP, "MicrosoftAppType": "UserAssignedMSI", "MicrosoftAppTenantId": TENANT}


def settings(environment: dict[str, str]) -> TeamsSettings:
    return read_settings(environment).teams


@pytest.mark.parametrize(
    "environment",
    [
        WHOLE,
        IDENTITY,
        {"MicrosoftAppId": APP, "MicrosoftAppPassword": "secret~value"},
        {**WHOLE, "AFTERWORD_ALLOWED_TENANTS": f"{TENANT}, {APP}"},
        {**WHOLE, "AFTERWORD_TEAMS_OPENID_URL": "http://127.0.0.1:8099/meta"},
        {**WHOLE, "AFTERWORD_TEAMS_LOGIN_URL": "https://login.example/"},
        {**WHOLE, "AFTERWORD_TEAMS_SERVICE_HOSTS": "127.0.0.1:8099 smba.example"},
    ],
)
def test_what_fits_is_on_and_has_no_fault(environment: dict[str, str]) -> None:
    assert settings(environment).is_on
    assert faults(settings(environment)) == []


def test_teams_is_off_where_nothing_is_said_of_it() -> None:
    assert not settings({"AFTERWORD_ALLOWED_TENANTS": TENANT, "MicrosoftAppId": "  "}).is_on


@pytest.mark.parametrize(
    ("environment", "named"),
    [
        ({"MicrosoftAppPassword": "secret~value"}, "MicrosoftAppId is missing"),
        ({"MicrosoftAppType": "UserAssignedMSI"}, "MicrosoftAppId is missing"),
        ({**WHOLE, "MicrosoftAppId": ""}, "MicrosoftAppId is missing"),
        ({**WHOLE, "MicrosoftAppId": "afterword"}, "MicrosoftAppId is not the id of an app"),
        ({"MicrosoftAppId": APP}, "MicrosoftAppPassword is missing"),
        ({**WHOLE, "MicrosoftAppPassword": " "}, "MicrosoftAppPassword is missing"),
        ({"MicrosoftAppId": APP, "MicrosoftAppType": "MultiTenant"}, "MicrosoftAppPassword is missing"),
        ({**WHOLE, "MicrosoftAppPassword": "very secret"}, "MicrosoftAppPassword has a space or a strange"),
        ({**WHOLE, "MicrosoftAppPassword": "sécret"}, "MicrosoftAppPassword has a space or a strange"),
        ({**WHOLE, "MicrosoftAppTenantId": "common"}, "MicrosoftAppTenantId is not the id of a tenant"),
        ({**WHOLE, "AFTERWORD_ALLOWED_TENANTS": "careers.example"}, "`careers.example` is not the id of a tenant"),
        ({**WHOLE, "AFTERWORD_ALLOWED_TENANTS": "*"}, "`*` is not the id of a tenant"),
        ({**WHOLE, "AFTERWORD_TEAMS_OPENID_URL": "http://keys.example/"}, "AFTERWORD_TEAMS_OPENID_URL has to begin"),
        ({**WHOLE, "AFTERWORD_TEAMS_OPENID_URL": "http://[/"}, "AFTERWORD_TEAMS_OPENID_URL has to begin"),
        ({**WHOLE, "AFTERWORD_TEAMS_LOGIN_URL": "https://a@b.example/"}, "AFTERWORD_TEAMS_LOGIN_URL has to begin"),
        ({**WHOLE, "AFTERWORD_TEAMS_SERVICE_HOSTS": "https://smba.example/"}, "is not a host"),
    ],
)
def test_each_fault_has_a_line_that_names_the_setting(environment: dict[str, str], named: str) -> None:
    (fault,) = faults(settings(environment))

    assert named in fault


def test_all_faults_are_said_at_once() -> None:
    assert len(faults(settings({"MicrosoftAppPassword": "a b", "AFTERWORD_ALLOWED_TENANTS": "a b"}))) == 4


def test_no_fault_shows_a_secret() -> None:
    assert "hush" not in "\n".join(faults(settings({"MicrosoftAppId": "x", "MicrosoftAppPassword": "hush hush"})))


def test_without_the_id_of_an_app_nothing_starts(tmp_path: Path) -> None:
    (tmp_path / "operator.yaml").write_text("human_contact: the careers desk, room 5\n")

    code, complaint = refused(tmp_path, {"MicrosoftAppPassword": "hush"}, "serve", "--content", str(tmp_path))

    assert code != 0
    assert "MicrosoftAppId is missing" in complaint
    assert "Traceback" not in complaint
