"""Installations: the tenants in which the coach was installed, as storage keeps them for a platform."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Installation:
    """A tenant in which the coach was installed at ``at``; ``secret`` is the platform's own text, tokens and all."""

    platform: str
    tenant: str
    at: datetime
    secret: str = field(repr=False)


class Installations(Protocol):
    """Where the coach is installed; what a platform that is installed by its users may know of storage.

    Every method may raise ``StorageUnavailableError``.
    """

    async def install(self, installation: Installation) -> None:
        """Keep it; an earlier one of the same tenant is replaced."""

    async def installation(self, platform: str, tenant: str) -> Installation | None: ...

    async def uninstall(self, platform: str, tenant: str, at: datetime) -> bool:
        """Delete the installation and all that is kept of the tenant's people, whether or not it was installed.

        False, and nothing is deleted, when it was installed again after ``at``: the news is older than that.
        """

    async def first_use(self, platform: str, name: str, now: datetime) -> bool:
        """Note that something was used that may be used once; false when it was used before."""
