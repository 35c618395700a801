"""Settings: all that the environment says, read in this one place."""

from __future__ import annotations

import os
import pwd
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from platformdirs import user_data_path

ZONE_LINK = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class SlackSettings:
    """What is needed to be met in Slack; each is empty where nothing was said.

    ``allowed`` are the workspaces that may install the coach; none may while it is empty.
    """

    bot_token: str = field(default="", repr=False)
    signing_secret: str = field(default="", repr=False)
    app_token: str = field(default="", repr=False)
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    allowed: frozenset[str] = frozenset()
    api_url: str = ""

    @property
    def is_on(self) -> bool:
        """Whether anything was said that makes a connection."""
        return any((self.bot_token, self.signing_secret, self.app_token, self.client_id, self.client_secret))


@dataclass(frozen=True, slots=True)
class TeamsSettings:
    """What is needed to be met in Microsoft Teams; each is empty where nothing was said.

    ``tenant`` is the tenant of the app registration; ``tenants`` are those whose people may use the coach, none while
    it is empty. ``service_hosts`` are added to the hosts that may be called.
    """

    app_id: str = ""
    password: str = field(default="", repr=False)
    tenant: str = ""
    managed_identity: bool = False
    tenants: frozenset[str] = frozenset()
    openid_url: str = ""
    login_url: str = ""
    service_hosts: tuple[str, ...] = ()

    @property
    def is_on(self) -> bool:
        """Whether anything was said of Teams at all."""
        return bool(self.app_id or self.password or self.managed_identity)


@dataclass(frozen=True, slots=True)
class Settings:
    """What holds unless the command line says otherwise.

    ``secrets_expire`` is the day on which a secret, by the name of its variable, is no good any more.
    ``keys`` are the sealing keys when they come from the environment instead of from ``key_file``. ``person`` is the
    login name; ``name`` is the first name on the account, empty where none is given.
    """

    db: str
    key_file: Path
    keys: str | None
    dialogs: tuple[str, ...]
    content: tuple[str, ...]
    person: str
    name: str
    timezone: str
    plain_screen: bool
    log_level: str = "info"
    secrets_expire: Mapping[str, date] = field(default_factory=dict)
    slack: SlackSettings = SlackSettings()
    teams: TeamsSettings = TeamsSettings()


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Read ``AFTERWORD_*`` and what the system says of the person's time zone and screen."""
    folder = Path(environment.get("AFTERWORD_DATA") or user_data_path("afterword", appauthor=False))
    person, name = _account()
    return Settings(
        db=environment.get("AFTERWORD_DB") or f"sqlite:///{folder / 'afterword.db'}",
        key_file=Path(environment.get("AFTERWORD_KEY_FILE") or folder / "afterword.key"),
        keys=environment.get("AFTERWORD_KEYS") or None,
        dialogs=_paths(environment.get("AFTERWORD_DIALOGS", "")),
        content=_paths(environment.get("AFTERWORD_CONTENT", "")),
        person=person,
        name=name,
        timezone=_timezone(environment.get("TZ", "")),
        plain_screen=environment.get("TERM", "") in ("", "dumb", "linux") or "NO_COLOR" in environment,
        log_level=environment.get("AFTERWORD_LOG_LEVEL", "").strip() or "info",
        secrets_expire=_days(environment.get("AFTERWORD_SECRETS_EXPIRE", "")),
        slack=_slack(environment),
        teams=_teams(environment),
    )


def _slack(environment: Mapping[str, str]) -> SlackSettings:
    def said(name: str) -> str:
        return environment.get(name, "").strip()

    return SlackSettings(
        bot_token=said("SLACK_BOT_TOKEN"),
        signing_secret=said("SLACK_SIGNING_SECRET"),
        app_token=said("SLACK_APP_TOKEN"),
        client_id=said("SLACK_CLIENT_ID"),
        client_secret=said("SLACK_CLIENT_SECRET"),
        allowed=frozenset(environment.get("AFTERWORD_ALLOWED_WORKSPACES", "").replace(",", " ").split()),
        api_url=said("AFTERWORD_SLACK_API_URL"),
    )


def _teams(environment: Mapping[str, str]) -> TeamsSettings:
    def said(name: str) -> str:
        return environment.get(name, "").strip()

    return TeamsSettings(
        app_id=said("MicrosoftAppId"),
        password=said("MicrosoftAppPassword"),
        tenant=said("MicrosoftAppTenantId"),
        managed_identity=said("MicrosoftAppType").lower() == "userassignedmsi",
        tenants=frozenset(said("AFTERWORD_ALLOWED_TENANTS").replace(",", " ").split()),
        openid_url=said("AFTERWORD_TEAMS_OPENID_URL"),
        login_url=said("AFTERWORD_TEAMS_LOGIN_URL"),
        service_hosts=tuple(said("AFTERWORD_TEAMS_SERVICE_HOSTS").replace(",", " ").split()),
    )


def _paths(text: str) -> tuple[str, ...]:
    return tuple(path for path in text.split(os.pathsep) if path)


def _days(text: str) -> dict[str, date]:
    """``NAME=2027-01-31`` and more of them; what is not a day is taken as long past, so that it is looked at."""
    pairs = (pair.partition("=") for pair in text.replace(",", " ").split())
    return {name: _day(day) for name, _, day in pairs}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return date.min


def _account() -> tuple[str, str]:
    """Login name and first name; the login name says nothing about how somebody signs."""
    try:
        account = pwd.getpwuid(os.getuid())
    except KeyError:
        return "me", ""
    first = account.pw_gecos.partition(",")[0].partition(" ")[0]
    return account.pw_name, "" if first == account.pw_name else first


def _timezone(variable: str) -> str:
    """The IANA name of the system's zone; UTC where the system does not tell."""
    linked = ZONE_LINK.resolve().as_posix().partition("zoneinfo/")[2]
    return next((name for name in (variable.removeprefix(":"), linked) if is_timezone(name)), "UTC")


def is_timezone(name: str) -> bool:
    """Whether it is the IANA name of a time zone."""
    try:
        return bool(name) and ZoneInfo(name).key == name
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
