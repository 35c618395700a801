"""Backups: the scripts in `deploy/` copy a database that is in use, and what they put back is all there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from bot.runtime.ports import KeyMissingError
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.project import ROOT
from tests.storage.people import NOW, PRIYA, SAM, row, turn
from tests.storage.postgres.server import NoServerError, binaries


def script(name: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    try:
        path = f"{binaries()}{os.pathsep}{os.environ['PATH']}"
    except NoServerError:
        path = os.environ["PATH"]
    return subprocess.run(
        [ROOT / "deploy" / name, *words], capture_output=True, env={**os.environ, "PATH": path}, timeout=60, check=False
    )


def emptied(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> str:
    """Another place for the same kind of database, with nothing in it."""
    from tests.storage.postgres.server import new_database

    if url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/restored.db"
    return new_database(request.getfixturevalue("server_url"))


async def test_what_was_kept_when_the_copy_was_made_comes_back(
    lasting_url: str, tmp_path: Path, keys: KeyRing, request: pytest.FixtureRequest
) -> None:
    copy, elsewhere = str(tmp_path / "copy"), emptied(lasting_url, tmp_path, request)
    storage = await open_storage(lasting_url, keys)
    await storage.commit(turn(rows=[row("waits")], next_due=NOW))
    before = await storage.kept(SAM)

    made = script("backup.sh", lasting_url, copy)
    await storage.commit(turn(PRIYA, inbound="after the copy"))
    await storage.close()
    put_back = script("restore.sh", copy, elsewhere)

    assert (made.returncode, put_back.returncode) == (0, 0), made.stderr + put_back.stderr
    restored = await open_storage(elsewhere, keys)
    assert await restored.kept(SAM) == before
    assert await restored.kept(PRIYA) is None
    await restored.close()


async def test_a_copy_is_of_no_use_without_the_key(
    lasting_url: str, tmp_path: Path, keys: KeyRing, request: pytest.FixtureRequest
) -> None:
    copy, elsewhere = tmp_path / "copy", emptied(lasting_url, tmp_path, request)
    storage = await open_storage(lasting_url, keys)
    await storage.commit(turn(body='"the words of a person"'))
    await storage.close()
    script("backup.sh", lasting_url, str(copy))
    script("restore.sh", str(copy), elsewhere)

    with pytest.raises(KeyMissingError):
        await open_storage(elsewhere, KeyRing([Key.fresh()]))
    assert b"the words of a person" not in copy.read_bytes()
    assert copy.stat().st_mode & 0o077 == 0


def test_nothing_that_is_there_is_written_over(tmp_path: Path) -> None:
    database, copy = tmp_path / "a.db", tmp_path / "copy"
    database.write_bytes(b"there")
    copy.write_bytes(b"there")

    made = script("backup.sh", f"sqlite:///{database}", str(copy))
    put_back = script("restore.sh", str(copy), f"sqlite:///{database}")

    assert (made.returncode, put_back.returncode) == (1, 1)
    assert (database.read_bytes(), copy.read_bytes()) == (b"there", b"there")


@pytest.mark.parametrize("place", ["sqlite:///{}/new.db", "postgresql://127.0.0.1:1/x"])
def test_what_is_no_copy_is_not_restored(tmp_path: Path, place: str) -> None:
    other = tmp_path / "operator.yaml"
    other.write_text("country: GB\n")

    put_back = script("restore.sh", str(other), place.format(tmp_path))

    assert put_back.returncode == 1
    assert b"is not a copy of such a database" in put_back.stderr
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize("words", [[], ["mysql://host/db", "copy"], ["sqlite:////nowhere/a.db", "copy"]])
def test_what_cannot_be_copied_leaves_no_file(tmp_path: Path, words: list[str]) -> None:
    made = script("backup.sh", *(word.replace("copy", str(tmp_path / "copy")) for word in words))

    assert made.returncode != 0
    assert list(tmp_path.iterdir()) == []
