"""Arguments that several commands share, and a parser whose complaints say what would have been right."""

from __future__ import annotations

import argparse
import math
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any, NoReturn

from bot.errors import UsageError, did_you_mean
from bot.runtime.ports import Address

LAST_PORT = 65_535


class Parser(argparse.ArgumentParser):
    """Takes whole option names only, so that a new option never changes what an old abbreviation means."""

    def __init__(self, prog: str, description: str | None = None) -> None:
        super().__init__(prog=prog, description=description, allow_abbrev=False)
        self._known_options: list[str] = []

    def add_argument(self, *names: Any, **settings: Any) -> argparse.Action:
        action = super().add_argument(*names, **settings)
        if action.option_strings:
            # ``--help`` is added by the constructor of argparse, before there is a list.
            self.__dict__.setdefault("_known_options", []).extend(action.option_strings)
        return action

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        arguments, unknown = self.parse_known_args(args, namespace)
        if unknown:
            word = unknown[0].partition("=")[0]
            self.error(f"`{word}` is not understood here.{did_you_mean(word, self._known_options)}")
        return arguments

    def error(self, message: str) -> NoReturn:
        raise UsageError(
            f"{message.rstrip('.?')}{'?' if message.endswith('?') else '.'} `{self.prog} --help` says more."
        )


def add_folders(parser: Parser) -> None:
    """``--dialogs`` and ``--content``."""
    parser.add_argument(
        "--dialogs",
        action="append",
        default=[],
        metavar="DIR",
        help="a folder of dialogs laid over the shipped ones; may repeat, the last one wins. "
        "Its own `content` folder, if it has one, is laid over the shipped words.",
    )
    parser.add_argument(
        "--content", action="append", default=[], metavar="DIR", help="a folder of words laid over the shipped ones"
    )


def add_database(parser: Parser) -> None:
    """``--db``."""
    parser.add_argument(
        "--db",
        metavar="URL",
        help="sqlite:///path, sqlite:// for memory, or postgresql://user:password@host/database"
        " (default: a file in your data folder)",
    )


def add_person(parser: Parser) -> None:
    """``PERSON``."""
    parser.add_argument(
        "person", metavar="PERSON", help="as in terminal:local:NAME, slack:TEAM:USER, teams:TENANT:USER"
    )


def address(text: str) -> Address:
    """Read a person as written on the command line.

    Raises:
        UsageError: it has not three parts.
    """
    platform, _, rest = text.partition(":")
    tenant, _, user = rest.partition(":")
    if not (platform and tenant and user):
        raise UsageError(f"`{text}` is not a person; write them like terminal:local:NAME or slack:TEAM:USER.")
    return Address(platform, tenant, user)


def moment(text: str) -> datetime:
    """Read a moment in ISO 8601; without an offset it stays naive, in whatever zone the command means.

    Raises:
        UsageError: it is not one.
    """
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        example = datetime(2026, 3, 4, 10, 10, tzinfo=UTC).strftime("%Y-%m-%dT%H:%M")
        raise UsageError(f"`{text}` is not a date and time; write it like {example}.") from None


def count(text: str) -> int:
    """Read how many, which is one at least."""
    if not (text.isascii() and text.isdigit() and int(text)):
        raise argparse.ArgumentTypeError(f"`{text}` is not a number from 1 on")
    return int(text)


def port(text: str) -> int:
    """Read a port to listen on; 0 is any that is free."""
    if not (text.isascii() and text.isdigit() and int(text) <= LAST_PORT):
        raise argparse.ArgumentTypeError(f"`{text}` is not a port, which is a number up to {LAST_PORT}")
    return int(text)


def seconds(text: str) -> float:
    """Read a length of time in seconds, which may be none."""
    try:
        length = float(text)
    except ValueError:
        length = -1.0
    if not 0.0 <= length < math.inf:
        raise argparse.ArgumentTypeError(f"`{text}` is not a number of seconds")
    return length


def names(given: Sequence[str], usual: Sequence[str]) -> tuple[str, ...]:
    """What the command line gives, or what the settings do."""
    return tuple(given or usual)
