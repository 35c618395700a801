"""What a thief of the server's files finds: ids and moments, no words."""

from __future__ import annotations

import pytest

from bot.runtime.installations import Installation
from bot.runtime.ports import DamagedDataError
from bot.storage.crypto import KeyRing
from bot.storage.opening import open_storage
from tests.storage.databases import execute
from tests.storage.people import NOW, PRIYA, SAM, claimed_bodies, row, said, turn
from tests.storage.planting import READABLE, SECRETS, plant
from tests.storage.postgres.server import Server, new_database


async def test_no_word_is_readable_in_any_file_of_the_server(server: Server, empty_tables: str, keys: KeyRing) -> None:
    if not empty_tables.startswith(server.url("")):
        pytest.skip("the files of another server are not ours to read")
    storage = await open_storage(new_database(empty_tables, like=empty_tables), keys)
    await plant(storage)
    await storage.install(Installation("slack", "T9", NOW, SECRETS[3]))
    await storage.close()
    server.psql("CHECKPOINT")

    everything = b"".join(file.read_bytes() for file in server.folder.rglob("*") if file.is_file())

    assert READABLE.encode() in everything
    assert [word for word in SECRETS if word.encode() in everything] == []


async def test_bodies_swapped_between_two_people_do_not_open(postgres_url: str, keys: KeyRing) -> None:
    storage = await open_storage(postgres_url, keys)
    await storage.commit(turn())
    await storage.commit(turn(PRIYA, inbound="e2"))

    await execute(
        postgres_url,
        "UPDATE conversations AS c SET body = other.body FROM conversations AS other WHERE c.id <> other.id",
    )

    for person in (SAM, PRIYA):
        with pytest.raises(DamagedDataError, match="copied from another row"):
            await storage.load(person)
    await storage.close()


async def test_letters_swapped_are_buried_and_stop_nobody_else(postgres_url: str, keys: KeyRing) -> None:
    storage = await open_storage(postgres_url, keys)
    await storage.commit(turn(rows=[row("first"), row("second")]))
    await execute(postgres_url, "UPDATE outbox AS o SET body = other.body FROM outbox AS other WHERE o.id <> other.id")
    await said(storage, "to Priya", to=PRIYA)

    assert await claimed_bodies(storage) == ["to Priya"]
    assert await claimed_bodies(storage) == []
    assert [letter.reason for letter in await storage.dead_letters(10)] == ["damaged", "damaged"]
    await storage.close()
