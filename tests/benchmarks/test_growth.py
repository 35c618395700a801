"""What growth is measured on: five hundred dialogs that compile, and a crowd that is in the way of others."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from benchmarks.crowding import crowd
from benchmarks.growth import MODEL, keep_model, make_dialogs
from bot.bootstrap import compile_all, find_folders


def test_the_dialogs_that_are_made_compile(tmp_path: Path) -> None:
    shipped = compile_all(find_folders()).library.dialogs
    dialogs, words = make_dialogs(tmp_path, 3)

    grown = compile_all(find_folders([dialogs], [words])).library.dialogs

    assert grown.keys() - shipped.keys() == {"extra_0", "extra_1", "extra_2"}


async def test_a_crowd_has_a_timer_each_and_an_inbound_id(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'growth.db'}"
    await keep_model(url)

    await crowd(url, MODEL, range(1, 1001))

    with closing(sqlite3.connect(tmp_path / "growth.db")) as connection:
        people = connection.execute("SELECT count(*) FROM conversations WHERE next_due IS NOT NULL").fetchone()
        tenants = connection.execute("SELECT count(DISTINCT tenant) FROM conversations").fetchone()
        inbox = connection.execute("SELECT count(*) FROM inbox").fetchone()
    assert (people, tenants, inbox) == ((1001,), (200,), (1000,))
