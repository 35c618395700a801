"""Print everything that is kept about a person as JSON. They are told in their chat that it happened."""

from __future__ import annotations

from argparse import Namespace

from bot import bootstrap
from bot.commands.arguments import Parser, add_database, add_folders, add_person, address, names
from bot.commands.database import with_storage
from bot.engine.record import load
from bot.errors import AfterwordError
from bot.runtime.clock import RealClock
from bot.runtime.coach import Coach
from bot.runtime.export import exported
from bot.runtime.notice import give_notice
from bot.runtime.ports import Address, Storage
from bot.settings import read_settings


def add_arguments(parser: Parser) -> None:
    """What `afterword export` takes."""
    add_person(parser)
    add_database(parser)
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Export them; 1 when nothing is kept about them."""
    person = address(arguments.person)
    settings = read_settings()
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    coach = bootstrap.build_coach(bootstrap.load(folders))
    print(with_storage(arguments, lambda storage: _export(storage, coach, person)))
    return 0


async def _export(storage: Storage, coach: Coach, person: Address) -> str:
    """Tell them first: what was not announced must not be printed."""
    kept = await storage.kept(person)
    if kept is None:
        raise AfterwordError(f"nothing is kept about {person.person}.")
    await give_notice(storage, coach, RealClock(), kept.address, "exported")
    return exported(load(kept.body))
