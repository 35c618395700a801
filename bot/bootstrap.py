"""Bootstrap: the one place where parts are built and put together."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.coach.craft import Craft
from bot.coach.knowledge import Knowledge
from bot.coach.reader import make_reader
from bot.coach.skills import skills_for, skills_of
from bot.compiler.bundles import BadBundleError, digest_of, holds, pack
from bot.compiler.library import Compiled, SkillsFor, compile_bundle, compile_folders
from bot.compiler.problems import BrokenLibraryError
from bot.engine.conversation import Conversation
from bot.engine.events import MessageReceived
from bot.engine.model import Library, Skill
from bot.errors import AfterwordError, UsageError, did_you_mean
from bot.runtime.clock import Clock
from bot.runtime.coach import Coach
from bot.runtime.delivery import Platform
from bot.runtime.outbox import Outbox
from bot.runtime.ports import Storage
from bot.runtime.reloading import Edition, RefusedError, Reloading, Workshop
from bot.runtime.shelf import Shelf, UnusableVersionError
from bot.runtime.turn import Bot
from bot.runtime.watching import UNWATCHED, Watcher
from bot.runtime.worker import Worker
from bot.settings import Settings
from bot.storage.crypto import Key, KeyRing, read_keys
from bot.storage.errors import KeyFileError
from bot.storage.keyfile import add_key, check_key_file, check_not_lost, is_there, open_key_file
from bot.storage.opening import check_room, is_memory, open_storage, sealed_with

_HERE = Path(__file__).parent
SHIPPED = _HERE / "data" if (_HERE / "data").is_dir() else _HERE.parent
"""Where the shipped ``dialogs`` and ``content`` lie: inside an installed package, or at the top of a checkout."""

_NEWS = "Acme turned me down by e-mail this morning."


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders of dialogs and of words, the shipped ones first; later ones are laid over earlier ones."""

    dialogs: tuple[Path, ...]
    content: tuple[Path, ...]

    @property
    def are_shipped(self) -> bool:
        """Whether nothing is laid over what ships."""
        return len(self.dialogs) == len(self.content) == 1


def find_folders(dialogs: Sequence[str] = (), content: Sequence[str] = ()) -> Folders:
    """Put overlays on the shipped folders. One that ships beside the dialogs, such as ``echo``, needs only its name.

    Raises:
        UsageError: a folder is not there.
    """
    own = [_not_above(_overlay(name), "dialogs") for name in dialogs]
    brought = [folder / "content" for folder in own if (folder / "content").is_dir()]
    return Folders(
        dialogs=(SHIPPED / "dialogs", *own),
        content=(SHIPPED / "content", *brought, *(_not_above(_folder(name), "content") for name in content)),
    )


@dataclass(frozen=True, slots=True)
class Checked(Compiled):
    """What was compiled, with what the coach knows made ready on the way, by language: making it is most of a start."""

    knowledge: Mapping[str, Knowledge] = field(default_factory=dict, repr=False, compare=False)


def compile_all(folders: Folders) -> Compiled:
    """Compile dialogs and words.

    Raises:
        BrokenLibraryError: they have problems.
    """
    return compile_folders(folders.dialogs, folders.content, skills_for)


def check_all(folders: Folders) -> Checked:
    """Compile dialogs and words, and make ready all that the coach knows, which otherwise waits until it is needed.

    Raises:
        BrokenLibraryError: something has problems.
    """
    return _checked(lambda skills: compile_folders(folders.dialogs, folders.content, skills))


def _checked(compile_with: Callable[[SkillsFor], Compiled]) -> Checked:
    knowledge: dict[str, Knowledge] = {}

    def skills_of_the_learned(rules: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Skill]:
        knowledge.update(Knowledge.by_language(rules))
        crafts = Craft.by_language(rules)
        for parts in (*knowledge.values(), *crafts.values()):
            parts.make_ready()
        return skills_of(crafts)

    compiled = compile_with(skills_of_the_learned)
    return Checked(**{one.name: getattr(compiled, one.name) for one in fields(compiled)}, knowledge=knowledge)


def load(folders: Folders, make: Callable[[Folders], Compiled] = compile_all) -> Compiled:
    """Compile dialogs and words for a command that can do nothing without them.

    With ``check_all`` nothing is left that could turn out to be broken later, when somebody writes.

    Raises:
        AfterwordError: they have problems; all of them are in it.
    """
    try:
        return make(folders)
    except BrokenLibraryError as broken:
        raise AfterwordError(f"the dialogs or their words have problems.\n{broken}") from broken


def build_coach(compiled: Compiled) -> Coach:
    """The coach, pure: library, words and reader."""
    return Coach(compiled.library, compiled.catalog, make_reader(build_knowledge(compiled)))


def ready_coach(compiled: Compiled) -> Coach:
    """The coach with all that it knows made ready, as the first to write would otherwise hold everybody else up.

    What grows with use is begun by a turn that nobody sees.
    """
    knowledge = build_knowledge(compiled)
    for known in knowledge.values():
        known.make_ready()
    coach = Coach(compiled.library, compiled.catalog, make_reader(knowledge))
    coach.take_turn(Conversation(), MessageReceived(_NEWS), datetime.fromtimestamp(0, UTC))
    return coach


def build_knowledge(compiled: Compiled) -> Mapping[str, Knowledge]:
    """What the coach knows of the subject, by language."""
    if isinstance(compiled, Checked):
        return compiled.knowledge
    return Knowledge.by_language(compiled.rules)


@dataclass(frozen=True, slots=True)
class Service:
    """The coach with a memory, and the worker that speaks when the time comes."""

    bot: Bot
    worker: Worker
    storage: Storage
    clock: Clock


def build_service(
    coach: Coach,
    storage: Storage,
    platforms: Mapping[str, Platform],
    clock: Clock,
    jitter: Callable[[], float] = random.random,
    watcher: Watcher = UNWATCHED,
) -> Service:
    """Put the parts of the shell together for the platforms that this process serves."""
    shelf = Shelf(coach, storage, lambda bundle: _from_bundle(bundle).coach)
    bot = Bot(shelf, storage, clock, watcher=watcher)
    outbox = Outbox(shelf, storage, platforms, clock, jitter, watcher)
    return Service(bot, Worker(bot, outbox, storage, clock, tuple(platforms)), storage, clock)


def edition_of(compiled: Compiled) -> Edition:
    """What was compiled, as it can be kept and published."""
    return Edition(build_coach(compiled), pack(compiled.sources), digest_of(compiled.sources))


async def keep(compiled: Compiled, storage: Storage, clock: Clock) -> None:
    """Keep what was compiled with the data, unpublished, for conversations that an edit may overtake."""
    edition = edition_of(compiled)
    await storage.keep_version(edition.version, edition.bundle, clock.now())


def is_made_of(bundle: bytes, compiled: Compiled) -> bool:
    """Whether a published bundle holds just the files that were compiled, wherever their folders lie."""
    return holds(bundle, compiled.sources)


def build_reloading(
    service: Service,
    compiled: Compiled,
    compile_again: Callable[[], Compiled],
    jitter: Callable[[], float] = random.random,
) -> Reloading:
    """Reloading for a service that began with ``compiled``.

    ``compile_again`` looks at the folders once more, and raises as it did at first.
    """
    workshop = Workshop(lambda: _from_folders(compile_again), _taken_over)
    return Reloading(service.bot.shelf, service.storage, service.clock, workshop, edition_of(compiled), jitter)


def recompiled(bundle: bytes) -> Library | None:
    """The library that was packed, or ``None`` where the program of today cannot use it."""
    try:
        return _from_bundle(bundle).coach.library
    except UnusableVersionError:
        return None


def _from_folders(compile_again: Callable[[], Compiled]) -> Edition:
    try:
        return _ready_edition(compile_again())
    except BrokenLibraryError as broken:
        raise RefusedError(tuple(problem.head for problem in broken.problems if problem.is_fault)) from broken
    except AfterwordError as error:
        raise RefusedError((str(error),)) from error


def _taken_over(bundle: bytes) -> Edition:
    """What another process published, as ready as what this one was started with."""
    return _ready_edition(_checked(lambda skills: _unpacked(bundle, skills)))


def _ready_edition(compiled: Compiled) -> Edition:
    return replace(edition_of(compiled), coach=ready_coach(compiled))


def _from_bundle(bundle: bytes) -> Edition:
    return edition_of(_unpacked(bundle, skills_for))


def _unpacked(bundle: bytes, skills: SkillsFor) -> Compiled:
    try:
        return compile_bundle(bundle, skills)
    except BrokenLibraryError as broken:
        first = next(problem.head for problem in broken.problems if problem.is_fault)
        raise UnusableVersionError(first) from broken
    except BadBundleError as error:
        raise UnusableVersionError(str(error)) from error


async def open_database(url: str, settings: Settings) -> Storage:
    """Open the database that the address names; make it when it is new.

    Raises:
        AfterwordError: it cannot be opened; the message says why.
    """
    return await open_storage(url, await _keys(url, settings))


def check_beginning(url: str, settings: Settings) -> None:
    """Look whether a database that is not there yet could be made, with its key file, without making either.

    Raises:
        AfterwordError: it could not; the message says why.
    """
    check_room(url, settings.key_file.parent)
    if settings.keys is not None:
        _given_keys(settings.keys)
    elif not is_memory(url):
        check_key_file(settings.key_file)


def renew_key(url: str, settings: Settings) -> None:
    """Put a fresh key in front of the others in the key file; running processes find it when they need it.

    Raises:
        AfterwordError: the keys come from the environment, or the file cannot be written.
    """
    if settings.keys is not None or is_memory(url):
        raise AfterwordError(
            "everything is sealed with the first key of AFTERWORD_KEYS. For a fresh one, put what `afterword keys new`"
            " prints behind the others, in every process, and restart them all; then put it in front, restart them all"
            " again, and run `afterword keys rotate`."
        )
    add_key(settings.key_file)


def fresh_key() -> str:
    """A key, as it is written into a key file or a setting."""
    return Key.fresh().written


async def _keys(url: str, settings: Settings) -> KeyRing:
    """The keys from the environment or the key file; memory is sealed with one that is forgotten with it.

    A key file is made for a database that has nothing in it yet, and for no other.
    """
    if is_memory(url):
        return KeyRing([Key.fresh()])
    if settings.keys is not None:
        return KeyRing(_given_keys(settings.keys))
    if not is_there(settings.key_file):
        check_not_lost(settings.key_file, await sealed_with(url))
    _make_folder(settings.key_file.parent)
    return open_key_file(settings.key_file)


def _given_keys(text: str) -> Sequence[Key]:
    try:
        return read_keys(text)
    except KeyFileError as error:
        raise KeyFileError(
            f"AFTERWORD_KEYS: {error} Write what `afterword keys new` prints; several have commas between them, the"
            " newest first."
        ) from error


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise AfterwordError(f"the folder {folder} cannot be made: {error.strerror}.") from error


def _overlay(name: str) -> Path:
    shipped = SHIPPED / "dialogs" / name
    return shipped if Path(name).name == name and shipped.is_dir() and not Path(name).exists() else _folder(name)


def _not_above(folder: Path, name: str) -> Path:
    """Refuse the folder above the one that is meant: nothing would be read, and nothing said."""
    if (folder / name).is_dir() and not any(folder.glob("*.yaml")):
        raise UsageError(f"`{folder}` holds no {name}; did you mean {folder / name}?")
    return folder


def _folder(name: str) -> Path:
    folder = Path(name)
    if folder.is_dir():
        return folder
    if folder.exists():
        raise UsageError(f"`{name}` is a file; give the folder that it is in.")
    beside = [entry.name for entry in folder.parent.iterdir() if entry.is_dir()] if folder.parent.is_dir() else []
    raise UsageError(f"there is no folder `{name}`.{did_you_mean(folder.name, beside)}")
