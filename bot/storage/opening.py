"""The door to storage: a database URL in, a storage out."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot.runtime.ports import Storage
from bot.storage.crypto import KeyRing
from bot.storage.errors import BadDatabaseUrlError, DatabaseUnusableError
from bot.storage.sqlite.connection import MEMORY
from bot.storage.sqlite.database import open_database
from bot.storage.sqlite.storage import SqliteStorage

_FILE = "sqlite:///"
_HOW = "Write it like sqlite:///afterword.db (a file), sqlite:////var/lib/afterword.db (from the root) or sqlite://"


async def open_storage(url: str, keys: KeyRing) -> Storage:
    """Open the database that a URL names; a file that is not there is made, its folder is not.

    Raises:
        BadDatabaseUrlError: it names no database that we know.
        DatabaseUnusableError: it cannot be opened, read or written, or its extra is not installed.
        NotOurDatabaseError: it is no database, or one of another program.
        NewerDatabaseError: a newer version has written it.
        KeyMissingError: its key is not in the ring.
    """
    path = check_url(url)
    return SqliteStorage(await asyncio.to_thread(open_database, path, keys), keys)


def check_url(url: str) -> Path:
    """Return the file that a URL names, ``:memory:`` for the memory, without touching it.

    Raises:
        BadDatabaseUrlError: it names no database that we know.
        DatabaseUnusableError: it names one that needs an extra.
    """
    if url.startswith(("postgresql:", "postgres:")):
        raise DatabaseUnusableError("PostgreSQL comes with the extra [postgres], which this version does not have yet.")
    if url in ("sqlite://", "sqlite:///:memory:"):
        return MEMORY
    if not url.startswith(_FILE) or len(url) == len(_FILE):
        raise BadDatabaseUrlError(f"{url} is not the address of a database. {_HOW} (memory).")
    if "?" in url or "\0" in url:
        raise BadDatabaseUrlError(f"{url}: nothing may follow the name of the file. {_HOW} (memory).")
    return Path(url.removeprefix(_FILE))


def is_fresh(url: str) -> bool:
    """Whether nothing was ever kept there: memory, or a file that is not there or empty.

    Raises:
        BadDatabaseUrlError, DatabaseUnusableError: as ``check_url``.
    """
    path = check_url(url)
    return path == MEMORY or not path.is_file() or path.stat().st_size == 0
