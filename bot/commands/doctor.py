"""Look over settings, database, keys, secrets, clock, platforms and dialogs, and say in words what is wrong."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Generator, Iterator

from bot import bootstrap
from bot.checkup.database import database, reloads
from bot.checkup.finding import Finding, ok, problem, warning
from bot.checkup.keyfile import key_file
from bot.checkup.reach import reach
from bot.checkup.secrets import secrets
from bot.commands.arguments import Parser, add_database, add_folders, names
from bot.commands.surfaces import Module, check_contact, switched_on
from bot.compiler.library import Compiled
from bot.errors import AfterwordError
from bot.runtime.clock import RealClock
from bot.runtime.ports import StorageUnavailableError
from bot.settings import Settings, read_settings
from bot.storage.opening import is_fresh, is_memory


def add_arguments(parser: Parser) -> None:
    """What `afterword doctor` takes."""
    parser.add_argument("--offline", action="store_true", help="call nobody: leave platforms and clock out")
    add_database(parser)
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Print a line for everything that was looked at; 1 when there is a problem."""
    settings, sick = read_settings(), False
    for finding in _findings(arguments, settings):
        print(finding)
        sick |= finding.level == "problem"
    return 1 if sick else 0


def _findings(arguments: Namespace, settings: Settings) -> Iterator[Finding]:
    modules: list[Module] = []
    try:
        modules = switched_on(settings)
        yield ok("settings", f"they fit; switched on: {', '.join(module.NAME for module in modules)}.")
    except AfterwordError as error:
        yield problem("settings", str(error))
    yield from (warning("settings", doubt) for module in modules for doubt in module.doubts_of(settings))
    yield from secrets(settings, RealClock().now().date())
    compiled = yield from _dialogs(arguments, settings)
    url = str(arguments.db or settings.db)
    if settings.keys is None and not is_memory(url):
        yield from key_file(settings.key_file)
    yield from asyncio.run(_database(url, settings, compiled))
    if not arguments.offline:
        yield from (
            found for module in modules for url in module.places_of(settings) for found in reach(module.NAME, url)
        )


def _dialogs(arguments: Namespace, settings: Settings) -> Generator[Finding, None, Compiled | None]:
    """Whether `serve` would start with the dialogs and words that lie in the folders now; what was made of them."""
    compiled = None
    try:
        folders = bootstrap.find_folders(
            names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
        )
        compiled = bootstrap.load(folders, bootstrap.check_all)
        yield ok("dialogs", f"those in the folders have no problems; their version is {compiled.library.version}.")
        check_contact(compiled)
    except AfterwordError as error:
        yield problem("dialogs", str(error))
    return compiled


async def _database(url: str, settings: Settings, compiled: Compiled | None) -> list[Finding]:
    try:
        if is_fresh(url):
            bootstrap.check_beginning(url, settings)
            return [warning("database", "there is none yet; `serve` makes it.")]
        storage = await bootstrap.open_database(url, settings)
    except (AfterwordError, StorageUnavailableError) as error:
        return [problem("database", str(error))]
    try:
        looks = [database(storage, RealClock().now())]
        if compiled is not None:
            looks.append(reloads(storage, lambda bundle: bootstrap.is_made_of(bundle, compiled)))
        return [finding for look in looks async for finding in look]
    except (AfterwordError, StorageUnavailableError) as error:
        return [problem("database", str(error))]
    finally:
        await storage.close()
