"""States: what ties the return from Slack's consent page to the browser that went there, for ten minutes, once.

A state is its time of expiry, a random part, and a code over both that only we can make. Nothing is kept of it until it
is used; then storage remembers that it was.
"""

from __future__ import annotations

import hmac
import re
import secrets

LIVES = 600
COOKIE = "slack-app-oauth-state"

_STATE = re.compile(r"([0-9]{1,12}-[0-9a-f]{32})-([0-9a-f]{64})")


def new_state(secret: str, now: float) -> str:
    """A fresh state; ``now`` is seconds since the epoch."""
    made = f"{int(now) + LIVES}-{secrets.token_hex(16)}"
    return f"{made}-{_code(secret, made)}"


def is_ours(secret: str, state: str, cookie: str, now: float) -> bool:
    """Whether we gave this state to this browser within the last ten minutes. Says nothing about earlier uses."""
    match = _STATE.fullmatch(state)
    if match is None or not hmac.compare_digest(state.encode(), cookie.encode(errors="replace")):
        return False
    genuine = hmac.compare_digest(match[2], _code(secret, match[1]))
    return genuine and now < int(match[1].partition("-")[0])


def _code(secret: str, made: str) -> str:
    return hmac.digest(secret.encode(), f"oauth state {made}".encode(), "sha256").hex()
