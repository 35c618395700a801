"""The key file: made on first use, readable by its owner alone, never half there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import suppress
from errno import EACCES
from pathlib import Path

from bot.storage.crypto import Key, KeyRing, read_keys
from bot.storage.errors import KeyFileError
from bot.storage.places import can_be_made

_HEADING = """\
# Afterword's keys, newest first. The first seals, all of them open. Without them nothing that was kept can be read:
# keep a copy apart from the database. An old key may go once `afterword keys rotate` has nothing left to do.
"""


def open_key_file(path: Path) -> KeyRing:
    """Read the key file; make it with one fresh key when there is none.

    Of several processes that start at once, all get the same key. The ring reads the file again when it meets a value
    sealed with a key that was added since.

    Raises:
        KeyFileError: it cannot be made or read, or holds something else.
    """
    try:
        if not path.exists():
            _make(path, [Key.fresh()])
        return KeyRing(_read(path), reread=lambda: _read(path))
    except OSError as error:
        raise _unusable(path, error) from error


def is_there(path: Path) -> bool:
    """Whether there is a key file.

    Raises:
        KeyFileError: its place may not be looked at.
    """
    try:
        return path.exists()
    except OSError as error:
        raise _unusable(path, error) from error


def check_key_file(path: Path) -> None:
    """Look whether the key file can be used, or could be made, without making it.

    Raises:
        KeyFileError: it cannot be read or made, or holds something else.
    """
    try:
        if path.exists():
            _read(path)
        elif not can_be_made(path):
            raise PermissionError(EACCES, os.strerror(EACCES))
    except OSError as error:
        raise _unusable(path, error) from error


def check_not_lost(path: Path, sealed_with: bytes | None) -> None:
    """Refuse to go on without the key file of a database that has data: a fresh key would open nothing of it.

    Raises:
        KeyFileError: the file is not there.
    """
    if sealed_with is not None and not is_there(path):
        raise KeyFileError(
            f"There is no key file at {path}, but the database is sealed with key {sealed_with.hex()}."
            " Restore the file from your copy; if it is lost, nothing that was kept can be read: begin with a new"
            " database."
        )


def add_key(path: Path) -> KeyRing:
    """Put a fresh key in front; older ones stay, to open what they sealed.

    Raises:
        KeyFileError: the file cannot be read or written.
    """
    try:
        if path.stat().st_uid != os.geteuid():
            raise KeyFileError(f"The key file {path} belongs to another user, who could not read a new one of yours.")
        _replace(path, [Key.fresh(), *_read(path)])
        return open_key_file(path)
    except OSError as error:
        raise _unusable(path, error) from error


def _read(path: Path) -> tuple[Key, ...]:
    try:
        return read_keys(path.read_text(encoding="ascii", errors="replace"))
    except OSError as error:
        raise _unusable(path, error) from error
    except KeyFileError as error:
        raise KeyFileError(f"{path} is not a key file: {error} Restore it from your copy.") from error


def _make(path: Path, keys: Sequence[Key]) -> None:
    """Link a finished file into place: that fails when another process was first, and leaves nothing half-written."""
    draft = _draft(path, keys)
    try:
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
    _sync_folder(path)


def _replace(path: Path, keys: Sequence[Key]) -> None:
    _draft(path, keys).replace(path)
    _sync_folder(path)


def _draft(path: Path, keys: Sequence[Key]) -> Path:
    draft = path.with_name(f"{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(_HEADING + "".join(f"{key.written}\n" for key in keys))
        file.flush()
        # What a key seals may be on the disk a moment later; the key has to be there before.
        os.fsync(file.fileno())
    return draft


def _sync_folder(path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _unusable(path: Path, error: OSError) -> KeyFileError:
    return KeyFileError(
        f"The key file {path} cannot be used ({error.strerror}). Look at its place and its permissions."
    )
