"""The key file: made once, for its owner alone, and never half there."""

from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.storage.crypto import place
from bot.storage.errors import KeyFileError
from bot.storage.keyfile import add_key, open_key_file

HERE = place("conversations", "slack", "T1", "U1")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "afterword.key"


def test_a_key_file_is_made_on_first_use_for_its_owner_alone(path: Path) -> None:
    open_key_file(path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_key_file_is_found_again(path: Path) -> None:
    sealed = open_key_file(path).seal("hello", HERE)

    assert open_key_file(path).open(sealed, HERE) == "hello"


def test_of_many_who_start_at_once_all_get_the_same_key(path: Path) -> None:
    with ThreadPoolExecutor(16) as pool:
        rings = list(pool.map(open_key_file, [path] * 64))

    assert len({ring.newest for ring in rings}) == 1


def test_making_a_key_file_leaves_nothing_else_behind(path: Path) -> None:
    open_key_file(path)
    add_key(path)

    assert list(path.parent.iterdir()) == [path]


def test_an_added_key_seals_and_the_older_one_still_opens(path: Path) -> None:
    before = open_key_file(path)
    sealed = before.seal("hello", HERE)

    after = add_key(path)

    assert after.newest != before.newest
    assert after.open(sealed, HERE) == "hello"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_running_process_learns_of_an_added_key_when_it_meets_one(path: Path) -> None:
    running = open_key_file(path)
    sealed = add_key(path).seal("hello", HERE)

    assert running.open(sealed, HERE) == "hello"


@pytest.mark.parametrize("content", [b"", b"not a key", b"\xff\xfe\x00"])
def test_what_is_no_key_file_is_refused(path: Path, content: bytes) -> None:
    path.write_bytes(content)

    with pytest.raises(KeyFileError, match=r"afterword\.key is not a key file"):
        open_key_file(path)
    assert path.read_bytes() == content


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"nowhere/afterword\.key cannot be used \(No such file"):
        open_key_file(tmp_path / "nowhere" / "afterword.key")


def test_a_folder_in_place_of_the_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be used"):
        open_key_file(tmp_path)
