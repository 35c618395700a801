"""Signatures: whether a request comes from Slack, decided on its raw bytes before anything in it is read."""

from __future__ import annotations

import hmac
import re
from collections.abc import Sequence
from dataclasses import dataclass

WINDOW = 300
"""Seconds by which Slack's clock and ours may differ."""

_STAMP = re.compile(r"[0-9]{1,12}")


@dataclass(frozen=True, slots=True)
class Genuine:
    """Slack signed it, just now."""


@dataclass(frozen=True, slots=True)
class Late:
    """Slack signed it, but not just now: a replay, or its clock is ``seconds`` ahead of ours (behind: less than 0)."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Forged:
    """Nobody knows who sent it."""


Verdict = Genuine | Late | Forged


def verdict(secret: str, body: bytes, stamps: Sequence[str], signatures: Sequence[str], now: float) -> Verdict:
    """Judge a body by all its headers of either name; two of one kind are one too many.

    ``now`` is seconds since the epoch. The comparison takes the same time whatever is wrong.
    """
    if len(stamps) != 1 or len(signatures) != 1 or not _STAMP.fullmatch(stamps[0]):
        return Forged()
    wanted = "v0=" + hmac.digest(secret.encode(), b"v0:%b:%b" % (stamps[0].encode(), body), "sha256").hex()
    if not hmac.compare_digest(wanted.encode(), signatures[0].encode(errors="surrogateescape")):
        return Forged()
    ahead = int(stamps[0]) - int(now)
    return Genuine() if abs(ahead) <= WINDOW else Late(ahead)
