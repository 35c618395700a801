"""Go on after a pause: what waited is sent, unless it is too late for it."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.arguments import Parser, add_database
from bot.commands.database import with_storage
from bot.runtime.pausing import resume


def add_arguments(parser: Parser) -> None:
    """What `afterword resume` takes."""
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Resume; it is harmless when nothing was paused."""
    print("Going on." if with_storage(arguments, resume) else "Nothing was paused.")
    return 0
