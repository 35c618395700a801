"""The door to storage: a database URL in, a storage out."""

from __future__ import annotations

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path

from bot.runtime.ports import Storage
from bot.storage.crypto import KeyRing
from bot.storage.errors import BadDatabaseUrlError, DatabaseUnusableError
from bot.storage.places import can_be_made
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite import database as sqlite
from bot.storage.sqlite.connection import MEMORY, reachable
from bot.storage.sqlite.tables import SqliteTables
from bot.storage.tables import Tables

_FILE = "sqlite:///"
_SHOWN = re.compile(r"(?:[^/?#@]*@)?([^/?#@:]*(?::\d+(?:,[^/?#@:]*)?)*(?:/[^?#@]*)?)(?:[?#][^@]*)?")
"""Who connects, host and name, and what follows; an ``@`` anywhere else is part of a password."""

_HOW = (
    "Write it like sqlite:///afterword.db (a file), sqlite:////var/lib/afterword.db (from the root), sqlite:// (memory)"
    " or postgresql://user:password@host/database."
)


async def open_storage(url: str, keys: KeyRing) -> Storage:
    """Open the database that a URL names. A file that is not there is made, its folder and a server's database are not.

    Raises:
        BadDatabaseUrlError: it names no database that we know.
        DatabaseUnusableError: it cannot be opened, read or written, or its extra is not installed.
        NotOurDatabaseError: it is no database, or one of another program.
        NewerDatabaseError: a newer version has written it.
        KeyMissingError: its key is not in the ring.
    """
    return SealedStorage(await _open_tables(url, keys), keys)


async def sealed_with(url: str) -> bytes | None:
    """Return the id of the key that opens what is kept there; ``None`` where nothing is. Nothing is made or changed.

    Raises:
        AfterwordError: as ``open_storage``.
    """
    if not _is_postgres(url):
        return await asyncio.to_thread(sqlite.sealed_with, _file(url))
    from bot.storage.postgres import database as postgres  # noqa: PLC0415  # asyncpg comes with an extra

    return await postgres.sealed_with(url)


def check_url(url: str) -> None:
    """Look at a URL without touching what it names.

    Raises:
        BadDatabaseUrlError: it names no database that we know.
        DatabaseUnusableError: it names one that needs an extra.
    """
    if not _is_postgres(url):
        _file(url)


def is_memory(url: str) -> bool:
    """Whether all is gone when the process ends.

    Raises:
        BadDatabaseUrlError, DatabaseUnusableError: as ``check_url``.
    """
    return not _is_postgres(url) and _file(url) == MEMORY


def is_fresh(url: str) -> bool:
    """Whether nothing was ever kept there: memory, a file that is not there or empty, a database without our tables.

    Raises:
        AfterwordError: as ``open_storage``, for a database on a server.
    """
    if _is_postgres(url):
        with ThreadPoolExecutor(1) as thread:  # whoever asks may be within an event loop
            return not thread.submit(asyncio.run, _has_tables(url)).result()
    path = _file(url)
    try:
        return path == MEMORY or not path.is_file() or path.stat().st_size == 0
    except OSError as error:
        raise DatabaseUnusableError(f"{path} cannot be looked at ({error.strerror}).") from error


def check_room(url: str, made: Path) -> None:
    """Look whether a database file that is not there yet could be made; the folder ``made`` is made before it is.

    Raises:
        BadDatabaseUrlError, DatabaseUnusableError: as ``open_storage``.
    """
    if _is_postgres(url) or _file(url) == MEMORY:
        return
    path = _file(url)
    try:
        if path.is_dir() or path.parent.absolute() not in (made.absolute(), *made.absolute().parents):
            reachable(path)
        if not can_be_made(path):
            raise DatabaseUnusableError(f"{path} cannot be made: its folder may not be written to.")
    except OSError as error:
        raise DatabaseUnusableError(f"{path} cannot be looked at ({error.strerror}).") from error


def without_password(url: str) -> str:
    """What may be shown of a URL: how it begins, where the database is and what it is called; nothing of what follows.

    A password that is not percent-encoded may look like any part, so of a URL that does not read well only the
    beginning is shown.
    """
    if url.startswith(_FILE):
        return url
    scheme, divider, rest = url.rpartition("://") if url.count("://") == 1 else ("", "", url)
    plain = _SHOWN.fullmatch(rest)
    return f"{scheme}{divider}{plain[1] if plain else '...'}"


async def _open_tables(url: str, keys: KeyRing) -> Tables:
    if not _is_postgres(url):
        return SqliteTables(await asyncio.to_thread(sqlite.open_database, _file(url), keys))
    from bot.storage.postgres.database import open_database  # noqa: PLC0415  # asyncpg comes with an extra
    from bot.storage.postgres.tables import PostgresTables  # noqa: PLC0415

    return PostgresTables(await open_database(url, keys))


async def _has_tables(url: str) -> bool:
    from bot.storage.postgres.database import has_tables  # noqa: PLC0415  # asyncpg comes with an extra

    return await has_tables(url)


def _is_postgres(url: str) -> bool:
    if not url.startswith(("postgresql://", "postgres://")):
        return False
    if find_spec("asyncpg") is None:
        raise DatabaseUnusableError(
            "PostgreSQL needs an extra: install afterword[postgres], or in a checkout"
            " `pip install --require-hashes -r requirements/postgres.txt`."
        )
    return True


def _file(url: str) -> Path:
    if url in ("sqlite://", "sqlite:///:memory:"):
        return MEMORY
    if not url.startswith(_FILE) or len(url) == len(_FILE):
        raise BadDatabaseUrlError(f"{without_password(url)} is not the address of a database. {_HOW}")
    if "?" in url or "\0" in url:
        raise BadDatabaseUrlError(f"{url}: nothing may follow the name of the file. {_HOW}")
    return Path(url.removeprefix(_FILE))
