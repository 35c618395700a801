"""Rotate the keys: a fresh one in front, and everything sealed again with it while the coach goes on.

A rotation that was cut short is finished by the next one. Old keys may leave the file once a rotation, run after every
process has met the new key, has nothing left to do.
"""

from __future__ import annotations

from argparse import Namespace

from bot import bootstrap
from bot.commands.arguments import Parser, add_database, seconds
from bot.commands.database import with_storage
from bot.errors import AfterwordError
from bot.settings import read_settings

REST = 0.02
"""Seconds between two pages of a hundred values, so that turns come first."""

MOST_PASSES = 100


def add_arguments(parser: Parser) -> None:
    """What `afterword keys` takes."""
    parser.add_argument(
        "action",
        choices=("rotate", "new"),
        metavar="rotate|new",
        help="rotate; or only print a new key, for AFTERWORD_KEYS",
    )
    parser.add_argument(
        "--rest", type=seconds, default=REST, metavar="S", help=f"seconds between pages (default: {REST})"
    )
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Finish a rotation that was cut short, or begin one and end it."""
    if arguments.action == "new":
        print(bootstrap.fresh_key())
        return 0
    if unfinished := _reseal(arguments):
        print(f"{unfinished} values are sealed with the newest key. Run it again for a fresh one.")
        return 0
    settings = read_settings()
    bootstrap.renew_key(str(arguments.db or settings.db), settings)
    print(
        f"There is a fresh key, and {_reseal(arguments)} values are sealed with it. Copy the key file to a safe place."
    )
    return 0


def _reseal(arguments: Namespace) -> int:
    """Pass over everything until nothing is left: a process that has not met the new key yet still uses an older one.

    Raises:
        AfterwordError: there is always more.
    """
    resealed = 0
    for _ in range(MOST_PASSES):
        found = with_storage(arguments, lambda storage: storage.rotate(arguments.rest))
        if not found:
            return resealed
        resealed += found
    raise AfterwordError("other processes go on with an older key; restart them, then run this again.")
