"""A deadline: the moment after which nothing of a call may be sent any more.

Whoever is held up between the decision to call and the first byte may have been overtaken by another process. So the
time is looked at once more right before that byte, by the session itself.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import aiohttp

_UNTIL: ContextVar[float] = ContextVar("the monotonic second until which a call may begin", default=math.inf)


class TooLateError(aiohttp.ClientError):
    """The moment until which a call might begin has gone by, and nothing was sent."""


@contextmanager
def sending_until(until: float) -> Iterator[None]:
    """Send nothing in this block any more after the monotonic second ``until``; its session has to keep deadlines."""
    before = _UNTIL.set(until)
    try:
        yield
    finally:
        _UNTIL.reset(before)


def keeping_deadlines(monotonic: Callable[[], float]) -> aiohttp.TraceConfig:
    """What makes a session keep deadlines. ``monotonic`` gives seconds."""

    async def look(*_: object) -> None:
        if monotonic() > _UNTIL.get():
            raise TooLateError

    tracing = aiohttp.TraceConfig()
    # Both are called before anything is sent, and the loop may do other things in between.
    tracing.on_request_headers_sent.append(look)
    tracing.on_request_chunk_sent.append(look)
    return tracing


def was_too_late(error: BaseException) -> bool:
    """Whether a call failed because its deadline had gone by; aiohttp hands that over as the cause of another error."""
    return isinstance(error, TooLateError) or isinstance(error.__cause__, TooLateError)
