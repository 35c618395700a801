"""Make a database, or bring it up to date. Other commands do so by themselves; this is for a moment of your choice."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.arguments import Parser, add_database
from bot.commands.database import with_storage
from bot.runtime.ports import Storage


def add_arguments(parser: Parser) -> None:
    """What `afterword migrate` takes."""
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Opening a database makes its tables and brings them up to date."""
    with_storage(arguments, _nothing_more, may_be_new=True)
    print("The database is up to date.")
    return 0


async def _nothing_more(storage: Storage) -> None:
    """All is done when it is open."""
