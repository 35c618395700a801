"""Hosts: where the service of Teams may be, so that nobody makes us call another place."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address
from urllib.parse import urlsplit

TEAMS_HOSTS = frozenset({"smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"})
"""The Bot Connector's hosts for Teams: everywhere, and the United States' government community cloud."""

MOST_CHARACTERS = 500


class ServiceHosts:
    """The allow list. ``more`` are hosts of the operator's own; plain http is for those of them that are loopback."""

    def __init__(self, more: Iterable[str] = ()) -> None:
        self._more = frozenset(host.lower() for host in more)

    def trusts(self, url: object) -> bool:
        """Whether an address may be called, token and all."""
        if not isinstance(url, str) or len(url) > MOST_CHARACTERS or not url.isascii() or not url.isprintable():
            return False
        try:
            parts = urlsplit(url)
            host, port = (parts.hostname or "").lower(), parts.port
        except ValueError:
            return False
        if "@" in parts.netloc or "\\" in url or parts.query or parts.fragment:
            return False
        if self._is_own(host, port):
            return parts.scheme == "https" or (parts.scheme == "http" and is_loopback(host))
        return parts.scheme == "https" and port in (None, 443) and host in TEAMS_HOSTS

    def _is_own(self, host: str, port: int | None) -> bool:
        """Hosts are listed with or without a port; an address of a private network only when it is loopback."""
        listed = host in self._more or (port is not None and f"{host}:{port}" in self._more)
        return listed and (is_loopback(host) or not _is_number(host))


def is_loopback(host: str) -> bool:
    """Whether the host is this machine."""
    return host == "localhost" or (_is_number(host) and ip_address(host).is_loopback)


def is_safe_origin(url: str) -> bool:
    """Whether keys or tokens may be fetched from an address: https, or this machine."""
    parts = urlsplit(url)
    return "@" not in parts.netloc and (
        parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    )


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
