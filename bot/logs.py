"""The log on standard error: what happens, with its fields, and never what a person wrote.

Lines of JSON for whoever collects them, plain ones where somebody looks on. Other packages log bodies, tokens and the
messages of exceptions; of theirs only the place is kept, and nothing below a warning.
"""

from __future__ import annotations

import json
import logging
import resource
import sys
import threading
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, TextIO

from bot.errors import place_of

OURS = "bot"

FIELDS = ("action", "reason", "letter", "seconds", "known", "workspace", "version", "status")
"""What a line may carry beside its sentence; each is a code, an id or a number."""


def write_log(stream: TextIO = sys.stderr, level: int = logging.INFO) -> None:
    """Begin to log."""
    ours = _handler(stream, JsonLines(_own) if not stream.isatty() else PlainLines(_own))
    theirs = _handler(stream, JsonLines(_foreign) if not stream.isatty() else PlainLines(_foreign))
    _set(logging.getLogger(OURS), ours, level, propagate=False)
    _set(logging.getLogger(), theirs, logging.WARNING, propagate=True)


def crash_quietly() -> None:
    """See to it that what ends badly says no more than its place, and leaves no picture of the memory behind."""
    sys.excepthook = _crashed
    sys.unraisablehook = lambda crash: _crashed(crash.exc_type, crash.exc_value, crash.exc_traceback)
    threading.excepthook = lambda crash: _crashed(crash.exc_type, crash.exc_value, crash.exc_traceback)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class JsonLines(logging.Formatter):
    """One JSON object a line; ``read`` gives sentence and fields."""

    def __init__(self, read: Callable[[logging.LogRecord], Mapping[str, Any]]) -> None:
        super().__init__()
        self._read = read

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        line = {"at": at, "level": record.levelname.lower(), **self._read(record)}
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainLines(JsonLines):
    """The same for people."""

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created).astimezone().strftime("%H:%M:%S")
        fields = dict(self._read(record))
        said = fields.pop("message")
        return " ".join([at, record.levelname, said, *(f"{name}={value}" for name, value in fields.items())])


def _own(record: logging.LogRecord) -> dict[str, Any]:
    fields = {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
    return {"message": record.getMessage(), **fields}


def _foreign(record: logging.LogRecord) -> dict[str, Any]:
    where = f"{record.name}, {record.module}.py, line {record.lineno}"
    error = record.exc_info[1] if record.exc_info else None
    reason = {} if error is None or error.__traceback__ is None else {"reason": place_of(error)}
    return {"message": f"Another package has a complaint ({where}).", **reason}


def _crashed(kind: type[BaseException], error: BaseException | None, trace: TracebackType | None) -> None:
    known = error is not None and error.__traceback__ is not None
    reason = place_of(error) if known and error is not None else kind.__name__
    logging.getLogger(OURS).critical("Something ended badly.", extra={"action": "crash", "reason": reason})


def _handler(stream: TextIO, form: logging.Formatter) -> logging.Handler:
    handler = logging.StreamHandler(stream)
    handler.setFormatter(form)
    return handler


def _set(logger: logging.Logger, handler: logging.Handler, level: int, propagate: bool) -> None:
    logger.handlers = [handler]
    logger.setLevel(level)
    logger.propagate = propagate
