"""What the commands that run the service share: surfaces by their settings, and a coach fit to be shown to people."""

from __future__ import annotations

import asyncio
import importlib
import logging
import signal
from argparse import Namespace
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from bot import bootstrap
from bot.bootstrap import Service
from bot.commands.arguments import names
from bot.compiler.library import Compiled
from bot.errors import AfterwordError
from bot.logs import crash_quietly, write_log
from bot.platforms import PLATFORMS
from bot.runtime.reloading import Reloading
from bot.settings import Settings, read_settings

SERVED = tuple(name for name in PLATFORMS if name != "terminal")
"""Platforms that can be served; the terminal has a command of its own."""

_EXAMPLE = ("example.org", "(example)")


class Module(Protocol):
    """What the module of a platform that can be served offers to whoever looks it over."""

    NAME: str

    def faults_of(self, settings: Settings) -> list[str]: ...
    def doubts_of(self, settings: Settings) -> list[str]:
        """What may be right and seldom is."""

    def places_of(self, settings: Settings) -> list[str]:
        """Addresses that it calls; asking one for a page does nothing."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """All that was looked at before anything is opened."""

    settings: Settings
    url: str
    modules: Sequence[Module]
    compiled: Compiled
    compile_again: Callable[[], Compiled]


def prepare(arguments: Namespace) -> Prepared:
    """Look at settings, dialogs and words.

    Raises:
        AfterwordError: something is missing or does not fit.
    """
    settings = read_settings()
    modules = switched_on(settings)
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    compiled = bootstrap.load(folders, bootstrap.check_all)
    check_contact(compiled)
    return Prepared(settings, str(arguments.db or settings.db), modules, compiled, lambda: _checked(folders))


@asynccontextmanager
async def kept_current(
    prepared: Prepared, service: Service, stop: asyncio.Event, asked: asyncio.Event, begun: asyncio.Event
) -> AsyncIterator[None]:
    """Once it has ``begun``, publish the library and follow what others publish; ``asked`` loads the folders again."""
    reloading = bootstrap.build_reloading(service, prepared.compiled, prepared.compile_again)
    following = asyncio.ensure_future(_follow(reloading, stop, asked, begun))
    try:
        yield
    finally:
        stop.set()
        begun.set()
        await following


async def _follow(reloading: Reloading, stop: asyncio.Event, asked: asyncio.Event, begun: asyncio.Event) -> None:
    """Whoever cannot begin, as the port is taken, publishes nothing."""
    await begun.wait()
    await reloading.run(stop, asked)


def _checked(folders: bootstrap.Folders) -> Compiled:
    compiled = bootstrap.check_all(folders)
    check_contact(compiled)
    return compiled


def switched_on(settings: Settings) -> list[Module]:
    """The modules of the platforms of which the settings speak.

    Raises:
        AfterwordError: none is set up, or one of them not right; every fault has a line.
    """
    modules = [module for name in SERVED if (module := _module(name, settings)) is not None]
    faults = [fault for module in modules for fault in module.faults_of(settings)]
    if faults:
        raise AfterwordError("\n".join(["the settings do not fit.", *faults]))
    if not modules:
        raise AfterwordError("no platform is set up. docs/slack.md and docs/teams.md say how.")
    return modules


def check_contact(compiled: Compiled) -> None:
    """Refuse to send people in trouble to somebody who does not exist.

    Raises:
        AfterwordError: the contact is missing, or the one of the example.
    """
    contact = str(compiled.operator.values.get("human_contact", ""))
    if not contact or any(mark in contact for mark in _EXAMPLE):
        raise AfterwordError(
            "`human_contact` is still the example. Put your own contact into `operator.yaml` in a folder of yours,"
            " and name the folder with --content."
        )


def asked_to_reload() -> asyncio.Event:
    """An event that SIGHUP sets. Before it is listened for, a SIGHUP ends the process."""
    asked = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGHUP, asked.set)
    return asked


def until_told() -> asyncio.Event:
    """An event that SIGTERM or Ctrl-C sets; a second one ends the process at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()

    def told(number: int) -> None:
        loop.remove_signal_handler(number)
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told, number)
    return stop


def begin_log(settings: Settings) -> None:
    """Log as the settings say.

    Raises:
        AfterwordError: they name no level.
    """
    level = logging.getLevelNamesMapping().get(settings.log_level.upper())
    if level is None:
        raise AfterwordError(f"AFTERWORD_LOG_LEVEL is `{settings.log_level}`; write debug, info, warning or error.")
    write_log(level=level)
    crash_quietly()


def _module(name: str, settings: Settings) -> Module | None:
    """The module of a platform that is switched on; without its extra that is a line, not a traceback."""
    if not getattr(settings, name).is_on:
        return None
    try:
        module: Module = importlib.import_module(PLATFORMS[name])
        return module
    except ModuleNotFoundError as error:
        raise AfterwordError(
            f"{name} is set up, but the package `{error.name}` is missing. In a checkout, install what it needs with"
            f" `pip install --require-hashes -r requirements/{name}.txt`; elsewhere, install afterword[{name}]."
        ) from error
