"""List what could not be handled or delivered, without words, as JSON lines; `letters retry ID` sends one again."""

from __future__ import annotations

import json
import sys
from argparse import Namespace
from typing import Any

from bot.commands.arguments import Parser, add_database, count
from bot.commands.database import with_storage
from bot.errors import AfterwordError, UsageError
from bot.runtime.clock import RealClock
from bot.runtime.ports import DeadLetter, Storage

MOST = 1_000


def add_arguments(parser: Parser) -> None:
    """What `afterword letters` takes."""
    parser.add_argument("action", nargs="?", choices=("list", "retry"), default="list", help="default: list")
    parser.add_argument("id", nargs="?", type=count, metavar="ID", help="the letter to send again")
    parser.add_argument(
        "--most", type=count, default=100, metavar="N", help=f"how many to list (default: 100, at most {MOST})"
    )
    add_database(parser)


def run(arguments: Namespace) -> int:
    """List the newest first, or retry one; 1 when it cannot be sent any more."""
    if arguments.action == "retry":
        return _retry(arguments)
    if arguments.id is not None:
        raise UsageError("`letters list` takes no ID; write `letters retry ID` to send one again.")
    letters = with_storage(arguments, lambda storage: storage.dead_letters(min(arguments.most, MOST)))
    for letter in letters:
        print(json.dumps(_plain(letter), default=str))
    if not letters:
        print("There are no dead letters.", file=sys.stderr)  # beside the lines, which a program may read
    return 0


def _retry(arguments: Namespace) -> int:
    if arguments.id is None:
        raise UsageError("which one? Write `letters retry ID`; `afterword letters` lists them.")
    with_storage(arguments, lambda storage: _resend(storage, arguments.id))
    print(f"Letter {arguments.id} is in the outbox again.")
    return 0


async def _resend(storage: Storage, number: int) -> None:
    letters = [letter for letter in await storage.dead_letters(MOST) if letter.id == number]
    if not letters:
        raise AfterwordError(f"there is no dead letter {number}; `afterword letters` lists them.")
    if not await storage.resend(letters[0], RealClock().now()):
        raise AfterwordError(
            f"letter {number} cannot be sent again: it was a reminder, it is too old, or it only notes a failed turn."
        )


def _plain(letter: DeadLetter) -> dict[str, Any]:
    return {
        "id": letter.id,
        "at": letter.at,
        "person": letter.address.person,
        "reason": letter.reason,
        "resendable": letter.resendable,
    }
