"""Talk to the coach, here in the terminal. What you say is kept on this computer, encrypted; "privacy" tells more."""

from __future__ import annotations

import asyncio
import io
import logging
import shutil
import sys
from argparse import Namespace
from contextlib import nullcontext
from uuid import uuid4

from bot import bootstrap
from bot.commands.arguments import Parser, add_database, add_folders, moment, names
from bot.compiler.library import Compiled
from bot.content.cleaning import clean
from bot.engine.schedules import resolve
from bot.errors import UsageError, did_you_mean
from bot.platforms import terminal_keyboard
from bot.platforms.terminal import NAME, Chat, Profile, Terminal, address_of
from bot.platforms.terminal_input import Lines, Pipe
from bot.platforms.terminal_page import Page
from bot.runtime.clock import Clock, RealClock, SimulatedClock
from bot.runtime.coach import Coach
from bot.settings import Settings, is_timezone, read_settings
from bot.storage.opening import is_fresh

MEMORY = "sqlite://"
LONGEST_NAME = 80
WIDEST = 88


def add_arguments(parser: Parser) -> None:
    """What `afterword chat` takes."""
    parser.add_argument("--person", metavar="NAME", help="who you are to the coach, and how your drafts are signed")
    add_database(parser)
    parser.add_argument("--locale", default="en", help="the language to talk in (default: en)")
    parser.add_argument("--timezone", metavar="ZONE", help="like Europe/London (default: this computer's)")
    parser.add_argument(
        "--now",
        metavar="ISO",
        help="pretend that it is this moment, in memory or a new database; a line `/wait 20 hours` moves on",
    )
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Chat until the input ends."""
    settings = read_settings()
    profile = _profile(arguments, settings)
    clock = _clock(arguments.now, profile.timezone)
    url = _database(arguments, settings)
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    # What ships is checked before it ships; somebody's own words are checked before anybody writes.
    compiled = bootstrap.load(folders, bootstrap.compile_all if folders.are_shipped else bootstrap.check_all)
    _check_language(profile.language, bootstrap.build_coach(compiled))
    _tell_errors()
    try:
        asyncio.run(_chat(compiled, url, settings, profile, clock))
    except KeyboardInterrupt:
        print()
    return 0


async def _chat(compiled: Compiled, url: str, settings: Settings, profile: Profile, clock: Clock) -> None:
    storage = await bootstrap.open_database(url, settings)
    try:
        at_screen = sys.stdin.isatty() and sys.stdout.isatty()
        terminal = _screen(profile, settings) if at_screen else Terminal(profile.address, _output())
        service = bootstrap.build_service(bootstrap.build_coach(compiled), storage, {NAME: terminal}, clock)
        if url != MEMORY:
            await bootstrap.keep(compiled, storage, clock)
        typed = Lines(terminal_keyboard.read_line if at_screen else Pipe(sys.stdin.fileno()).read)
        with terminal_keyboard.keyboard() if at_screen else nullcontext():
            chat = Chat(service.bot, service.worker, storage, clock, terminal, profile, typed, lambda: uuid4().hex)
            await chat.run()
    finally:
        await storage.close()


def _tell_errors() -> None:
    """Say on standard error what failed inside; lesser things are said in the chat, where they can be seen."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter("afterword: %(message)s %(reason)s", defaults={"reason": ""}))
    logging.getLogger("bot").addHandler(handler)


def _screen(profile: Profile, settings: Settings) -> Terminal:
    columns = min(shutil.get_terminal_size().columns, WIDEST)
    page = Page(width=columns, screen=True, links=not settings.plain_screen)
    return Terminal(profile.address, _output(), page, terminal_keyboard.interrupted)


def _output() -> io.TextIOWrapper:
    """Standard output, which must not fail on a mark that the terminal cannot show."""
    assert isinstance(sys.stdout, io.TextIOWrapper), "standard output is a text stream unless somebody replaced it"
    sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def _profile(arguments: Namespace, settings: Settings) -> Profile:
    person = clean(arguments.person or settings.person)[:LONGEST_NAME]
    if not person:
        raise UsageError("a person needs a name that can be seen; write it like --person Sam.")
    timezone = arguments.timezone or settings.timezone
    if not is_timezone(timezone):
        raise UsageError(f"there is no time zone `{timezone}`; write it like Europe/London.")
    name = person if arguments.person else settings.name
    return Profile(address_of(person), name.title() if name.islower() else name, timezone, arguments.locale)


def _clock(now: str | None, timezone: str) -> Clock:
    if now is None:
        return RealClock()
    start = moment(now)
    return SimulatedClock(start if start.tzinfo else resolve(start, timezone))


def _database(arguments: Namespace, settings: Settings) -> str:
    if arguments.now is None:
        return str(arguments.db or settings.db)
    url = str(arguments.db or MEMORY)
    if not is_fresh(url):
        raise UsageError("--now works in memory or with a database file that does not exist yet; leave out --db.")
    return url


def _check_language(language: str, coach: Coach) -> None:
    known = coach.catalog.languages
    if language not in known and language.split("-")[0] not in known:
        raise UsageError(
            f"there are no words for `{language}`.{did_you_mean(language, known)} There are: {', '.join(known)}."
        )
