"""A process that talks: each turn counts one on, and is reported on a line once it is committed.

Run ``python -m tests.storage.talker URL KEY_FILE NAME TURNS [DIES_AT]``. With ``DIES_AT`` the process kills
itself at that statement after opening.
"""

from __future__ import annotations

import asyncio
import sys
from dataclasses import replace
from pathlib import Path

from bot.runtime.ports import Storage, StorageUnavailableError
from bot.storage.crypto import KeyRing
from bot.storage.keyfile import open_key_file
from bot.storage.postgres.database import open_database as open_on_server
from bot.storage.postgres.tables import PostgresTables
from bot.storage.sealed import SealedStorage
from bot.storage.sqlite.database import open_database as open_file
from bot.storage.sqlite.tables import SqliteTables
from tests.storage.people import SAM, row, turn
from tests.storage.postgres.fuses import Wire
from tests.storage.sqlite.fuses import Fuse, die


async def count_on(storage: Storage, inbound: str) -> str:
    """Take one turn, as often as it takes; return what became of it."""
    while True:
        loaded = await storage.load(SAM, inbound)
        if loaded.known:
            return "repeated"
        body = str(int(loaded.body or 0) + 1)
        change = replace(turn(version=loaded.version, inbound=inbound), body=body, rows=[row(body)], reply=body)
        try:
            outcome = await storage.commit(change)
        except StorageUnavailableError:
            continue
        if outcome != "conflict":
            return outcome


async def talk(url: str, key_file: Path, name: str, turns: int, dies_at: int) -> None:
    fuse = Fuse(die)
    storage = await open_on(url, open_key_file(key_file), fuse)
    fuse.arm(dies_at)
    for number in range(turns):
        await count_on(storage, f"{name}{number}")
        sys.stdout.write(f"{number}\n")
        sys.stdout.flush()
    await storage.close()


async def open_on(url: str, keys: KeyRing, fuse: Fuse, answers: bool = False) -> Storage:
    """Open either database on a fuse; ``answers`` as in ``Wire``."""
    if url.startswith("postgresql://"):
        return SealedStorage(PostgresTables(await open_on_server(url, keys, Wire(fuse, answers).connect)), keys)
    return SealedStorage(SqliteTables(open_file(Path(url.removeprefix("sqlite:///")), keys, fuse.connect)), keys)


if __name__ == "__main__":
    _, url, key_file, name, turns, *rest = sys.argv
    asyncio.run(talk(url, Path(key_file), name, int(turns), int(rest[0]) if rest else 0))
