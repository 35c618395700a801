"""Reach: whether a platform answers from here, and how far this computer's clock is from the platform's."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from bot.checkup.finding import Finding, ok, problem, warning

PATIENCE = 3.0

NOTEWORTHY, TOO_MUCH = 60.0, 300.0
"""Seconds; Slack refuses to be answered by anybody whose clock is five minutes off, and so do we."""


def reach(name: str, url: str) -> list[Finding]:
    """Ask for a page and look at its date; whatever it says, it was reached."""
    host = urlsplit(url).netloc
    if urlsplit(url).scheme not in ("http", "https"):
        return [problem(name, f"{url} is not an address on the web.")]
    began = time.monotonic()
    try:
        with urlopen(Request(url, method="HEAD"), timeout=PATIENCE) as answer:  # noqa: S310 - the scheme was looked at
            return [_reached(name, host, began), *_skew(name, answer)]
    except HTTPError as refusal:
        return [_reached(name, host, began), *_skew(name, refusal)]
    except (URLError, OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        return [
            problem(name, f"{host} was not reached: {reason}. Look at the firewall, the proxy and the name server.")
        ]


def _reached(name: str, host: str, began: float) -> Finding:
    return ok(name, f"{host} was reached in {(time.monotonic() - began) * 1000:.0f} ms.")


def _skew(name: str, answer: HTTPResponse | HTTPError) -> list[Finding]:
    try:
        theirs = parsedate_to_datetime(answer.headers.get("Date", ""))
    except ValueError:
        return []
    seconds = abs((datetime.now(UTC) - theirs.replace(tzinfo=theirs.tzinfo or UTC)).total_seconds())
    said = f"this computer's clock differs from that of {name} by {seconds:.0f} s."
    if seconds >= TOO_MUCH:
        return [problem("clock", f"{said} Requests are refused. Set it right.")]
    return [warning("clock", f"{said} Set it right.") if seconds >= NOTEWORTHY else ok("clock", said)]
