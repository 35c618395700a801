"""Configuration: everything in the settings for Teams that is missing or does not fit, a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from bot.platforms.teams.hosts import is_safe_origin
from bot.settings import TeamsSettings

_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def faults(settings: TeamsSettings) -> list[str]:
    """What keeps Teams from working, each with what to do about it."""
    return [*_bot(settings), *_tenants(settings), *_addresses(settings)]


def doubts(settings: TeamsSettings) -> list[str]:
    """What would be refused at the first call, and is taken here because no shape is promised."""
    if is_id(settings.password):
        return ["MicrosoftAppPassword looks like the id of a client secret; its value is needed, which is longer."]
    return []


def is_id(text: str) -> bool:
    """Whether it is shaped like the id of an app or a tenant."""
    return _ID.fullmatch(text) is not None


def _bot(settings: TeamsSettings) -> Iterator[str]:
    if not settings.app_id:
        yield "MicrosoftAppId is missing; copy the application (client) id from the app registration."
    elif not is_id(settings.app_id):
        yield "MicrosoftAppId is not the id of an app; they look like 1a2b3c4d-0000-4000-8000-0123456789ab."
    if not settings.password and not settings.managed_identity:
        yield "MicrosoftAppPassword is missing; make a client secret, or set MicrosoftAppType to UserAssignedMSI."
    if not settings.password.isascii() or not settings.password.isprintable() or " " in settings.password:
        yield "MicrosoftAppPassword has a space or a strange character in it; copy it once more."


def _tenants(settings: TeamsSettings) -> Iterator[str]:
    for name in sorted(settings.tenants):
        if not is_id(name):
            yield f"AFTERWORD_ALLOWED_TENANTS: `{name}` is not the id of a tenant; they look like the id of an app."
    if settings.tenant and not is_id(settings.tenant):
        yield "MicrosoftAppTenantId is not the id of a tenant; copy the directory id from the app registration."


def _addresses(settings: TeamsSettings) -> Iterator[str]:
    for name, url in (
        ("AFTERWORD_TEAMS_OPENID_URL", settings.openid_url),
        ("AFTERWORD_TEAMS_LOGIN_URL", settings.login_url),
    ):
        if url and not _is_safe(url):
            yield f"{name} has to begin with https://; leave it out unless you test against a stand-in."
    for host in settings.service_hosts:
        if "/" in host or "@" in host:
            yield f"AFTERWORD_TEAMS_SERVICE_HOSTS: `{host}` is not a host; write it without https:// and path."


def _is_safe(url: str) -> bool:
    try:
        return bool(urlsplit(url).hostname) and is_safe_origin(url)
    except ValueError:
        return False
