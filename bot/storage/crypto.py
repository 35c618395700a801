"""Sealing of everything kept: AES-GCM, each value bound to the place where it is kept.

A sealed value is ``form (1 byte) | key id (4) | nonce (12) | ciphertext and tag``. The place (table, person, row) is
associated data: a value copied to another row does not open. A key's id follows from the key, so nobody can give a key
the wrong one. The first key of a ring seals, all of them open.

Nonces are random; one key should seal no more than some four thousand million values. Rotating once a year is plenty.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.runtime.ports import DamagedDataError, KeyMissingError
from bot.storage.errors import KeyFileError

KEY_BYTES = 32
ID_BYTES = 4
NONCE_BYTES = 12

_FORM = b"\x01"

ID_AT = len(_FORM)
"""How many bytes of a sealed value stand before the id of its key."""

_HEAD = ID_AT + ID_BYTES
_ANY = "surrogatepass"
"""A half character that slipped through must not stop a turn from being kept."""

_SHORTEST = _HEAD + NONCE_BYTES + 16

Place = bytes
"""Where a value is kept, as associated data; made by ``place``."""


def place(table: str, *row: str) -> Place:
    """Name a place without ambiguity, whatever the ids contain."""
    return "".join([f"{len(part)}:{part}" for part in (table, *row)]).encode()


@dataclass(frozen=True, slots=True)
class Key:
    """One secret key of 32 bytes; neither ``repr`` nor an error ever shows it."""

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != KEY_BYTES:
            raise KeyFileError(f"A key has {KEY_BYTES} bytes; one of those given has {len(self.secret)}.")

    @classmethod
    def fresh(cls) -> Key:
        return cls(os.urandom(KEY_BYTES))

    @classmethod
    def read(cls, text: str) -> Key:
        """Read a key as ``written`` gives it.

        Raises:
            KeyFileError: it is not 32 bytes in base64.
        """
        try:
            return cls(base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True))
        except (binascii.Error, ValueError) as error:
            raise KeyFileError(f"A key is {KEY_BYTES} bytes in base64; one of those given is not.") from error

    @property
    def written(self) -> str:
        return base64.urlsafe_b64encode(self.secret).decode()

    @property
    def id(self) -> bytes:
        return hashlib.sha256(b"afterword key id" + self.secret).digest()[:ID_BYTES]


class KeyRing:
    """Keys, newest first. ``reread`` fetches them again when a value asks for a key that another process has added."""

    def __init__(self, keys: Sequence[Key], reread: Callable[[], Sequence[Key]] | None = None) -> None:
        self._reread = reread
        self._take(keys)

    @property
    def newest(self) -> bytes:
        """The id of the key that seals."""
        return self._newest

    def seal(self, text: str, where: Place) -> bytes:
        nonce = _fresh_nonce()
        return self._head + nonce + self._ciphers[self._newest].encrypt(nonce, text.encode(errors=_ANY), where)

    def open(self, sealed: bytes, where: Place) -> str:
        """Open what was sealed for this very place.

        Raises:
            KeyMissingError: its key is not in the ring.
            DamagedDataError: it was changed, or sealed for another place.
        """
        if len(sealed) < _SHORTEST or not sealed.startswith(_FORM):
            raise DamagedDataError(_DAMAGED)
        cipher = self._cipher(key_id(sealed))
        try:
            nonce, rest = sealed[_HEAD : _HEAD + NONCE_BYTES], sealed[_HEAD + NONCE_BYTES :]
            return cipher.decrypt(nonce, rest, where).decode(errors=_ANY)
        except InvalidTag as error:
            raise DamagedDataError(_DAMAGED) from error

    def _cipher(self, wanted: bytes) -> AESGCM:
        if wanted not in self._ciphers and self._reread is not None:
            with suppress(KeyFileError):  # a key file that cannot be read just now has no more than what is known of it
                self._take(self._reread())
        if wanted not in self._ciphers:
            raise KeyMissingError(
                f"The data was sealed with key {wanted.hex()}, and only {self._known()} is at hand. Nothing is lost as"
                " long as that key exists: put it back into the key file or the setting, behind the newest. If it is"
                " lost, begin with a new database."
            )
        return self._ciphers[wanted]

    def _take(self, keys: Sequence[Key]) -> None:
        if not keys:
            raise KeyFileError("There is no key; at least one is needed.")
        self._ciphers = {key.id: AESGCM(key.secret) for key in keys}
        self._newest = keys[0].id
        self._head = _FORM + self._newest

    def _known(self) -> str:
        return ", ".join(known.hex() for known in self._ciphers)


def read_keys(text: str) -> tuple[Key, ...]:
    """Read keys, newest first, divided by white space or commas; lines that begin with ``#`` are remarks.

    Raises:
        KeyFileError: one of them is not 32 bytes in base64, or there is none.
    """
    lines = (line for line in text.splitlines() if not line.lstrip().startswith("#"))
    keys = tuple(Key.read(word) for line in lines for word in line.replace(",", " ").split())
    if not keys:
        raise KeyFileError("There is no key; at least one is needed.")
    return keys


def key_id(sealed: bytes) -> bytes:
    """Return the id of the key that sealed this value."""
    return sealed[ID_AT:_HEAD]


_DAMAGED = (
    "A sealed value does not open: it is damaged or was copied from another row. Nothing of it is shown;"
    " restore the database from a backup."
)


_NONCES: list[bytes] = []
"""Drawn and not used yet: each time that the system is asked for one, another thread may come between."""

_DRAWN = 256

os.register_at_fork(after_in_child=_NONCES.clear)  # none is ever used by two processes


def _fresh_nonce() -> bytes:
    while True:
        try:
            return _NONCES.pop()
        except IndexError:
            drawn = os.urandom(_DRAWN * NONCE_BYTES)
            _NONCES.extend(drawn[at : at + NONCE_BYTES] for at in range(0, len(drawn), NONCE_BYTES))
