"""What storage keeps of the library itself: versions that conversations may still need, and how reloads went."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Published:
    """What every process should run: a version of the library, and the digest of its files, wording included."""

    version: str
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why the last reload was refused: one line for each problem, with its place and without the file's own words."""

    at: datetime
    reasons: tuple[str, ...]


class Versions(Protocol):
    """A part of ``Storage``. A bundle is opaque here: the compressed files that a version was compiled from."""

    async def keep_version(self, version: str, bundle: bytes, now: datetime) -> None:
        """Keep a version unless it is kept already, and note that somebody runs it at ``now``."""

    async def version(self, version: str) -> bytes | None:
        """The bundle of a version, or ``None`` when it is not kept (any more)."""

    async def versions_in_use(self) -> frozenset[str]:
        """The versions with which conversations were planned, and those on which a conversation finishes."""

    async def drop_unused(self, until: datetime) -> int:
        """Delete versions that no conversation uses, that are not published and that nobody has run since ``until``."""

    async def publish(self, published: Published, bundle: bytes) -> None:
        """Say what every process should run, and keep it; forget why an earlier reload was refused.

        A version that is kept already gets the new bundle: the same dialogs in newer words.
        """

    async def published(self) -> Published | None:
        """What was published last; one small row, so that it can be asked for often."""

    async def refuse(self, refusal: Refusal) -> None:
        """Note why a reload was refused, in place of what was noted before."""

    async def refusal(self) -> Refusal | None:
        """Why the last reload was refused; ``None`` when it was not."""

    async def conversations(self, after: int, most: int) -> list[tuple[int, str | None]]:
        """A page of all conversations: their numbers in order, above ``after``, with their JSON.

        ``None`` stands for one that is damaged or whose key is missing.
        """
