"""A connection is set up the way we need it, also while others do the same."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from bot.storage.sqlite.connection import connect, prepare


def test_a_file_that_another_process_has_just_begun_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "afterword.db"
    with closing(connect(path)) as other, closing(connect(path)) as ours:
        other.execute("BEGIN IMMEDIATE")
        tried: list[str] = []

        def notice(statement: str) -> None:
            tried.append(statement)
            if tried.count("PRAGMA journal_mode = WAL") == 2 and other.in_transaction:
                other.execute("COMMIT")

        ours.set_trace_callback(notice)

        prepare(ours)

        assert ours.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert not other.in_transaction
