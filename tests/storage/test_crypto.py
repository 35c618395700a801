"""Sealing: every value opens in its own place, with its own key, and nowhere else."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.runtime.ports import DamagedDataError, KeyMissingError
from bot.storage.crypto import Key, KeyRing, place, read_keys
from bot.storage.errors import KeyFileError

HERE = place("conversations", "slack", "T1", "U1")


@pytest.fixture
def ring() -> KeyRing:
    return KeyRing([Key.fresh()])


@given(st.text(st.characters(exclude_categories=())))
@example("half a character \ud83d")
def test_what_was_sealed_opens_in_its_place(text: str) -> None:
    ring = KeyRing([Key(b"k" * 32)])

    assert ring.open(ring.seal(text, HERE), HERE) == text


def test_the_same_text_is_never_sealed_the_same(ring: KeyRing) -> None:
    assert ring.seal("hello", HERE) != ring.seal("hello", HERE)


def test_no_nonce_comes_twice_not_even_in_a_process_that_was_forked() -> None:
    script = (
        "import os; from bot.storage.crypto import Key, KeyRing, place; ring = KeyRing([Key(bytes(32))])\n"
        "seal = lambda: [ring.seal('', place('t')).hex() for _ in range(600)]\n"
        "first = seal(); child = os.fork(); child and os.waitpid(child, 0); print(*(first if child else ()), *seal())"
    )
    sealed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()

    assert len(sealed) == 1800
    assert len(set(sealed)) == 1800


def test_a_sealed_value_does_not_open_in_another_place(ring: KeyRing) -> None:
    sealed = ring.seal("hello", HERE)

    with pytest.raises(DamagedDataError, match="copied from another row"):
        ring.open(sealed, place("conversations", "slack", "T2", "U1"))


@given(st.lists(st.text(), max_size=4), st.lists(st.text(), max_size=4))
def test_different_places_never_look_alike(one: list[str], other: list[str]) -> None:
    assert (place("t", *one) == place("t", *other)) == (one == other)


@pytest.mark.parametrize("position", [0, 8, 16, 20, -1])
def test_a_changed_byte_is_noticed(ring: KeyRing, position: int) -> None:
    sealed = bytearray(ring.seal("hello", HERE))
    sealed[position] ^= 1

    with pytest.raises(DamagedDataError):
        ring.open(bytes(sealed), HERE)


@pytest.mark.parametrize("length", [0, 1, 5, 17, 32])
def test_a_value_cut_short_is_noticed(ring: KeyRing, length: int) -> None:
    with pytest.raises(DamagedDataError):
        ring.open(ring.seal("hello", HERE)[:length], HERE)


def test_an_older_key_still_opens_what_it_sealed() -> None:
    old, new = Key.fresh(), Key.fresh()
    sealed = KeyRing([old]).seal("hello", HERE)

    assert KeyRing([new, old]).open(sealed, HERE) == "hello"


def test_the_first_key_seals() -> None:
    old, new = Key.fresh(), Key.fresh()

    sealed = KeyRing([new, old]).seal("hello", HERE)

    assert KeyRing([new]).open(sealed, HERE) == "hello"


def test_a_missing_key_is_named() -> None:
    lost, kept = Key.fresh(), Key.fresh()
    sealed = KeyRing([lost]).seal("hello", HERE)

    with pytest.raises(KeyMissingError, match=f"key {lost.id.hex()}, and only {kept.id.hex()} is at hand"):
        KeyRing([kept]).open(sealed, HERE)


def test_a_key_added_by_another_process_is_fetched_when_it_is_met() -> None:
    old, new = Key.fresh(), Key.fresh()
    ring = KeyRing([old], reread=lambda: [new, old])
    sealed = KeyRing([new]).seal("hello", HERE)

    assert ring.open(sealed, HERE) == "hello"
    assert ring.newest == new.id


def test_where_keys_cannot_be_fetched_again_a_value_with_another_key_is_one_whose_key_is_missing() -> None:
    def gone() -> Sequence[Key]:
        raise KeyFileError("the file is gone")

    ring = KeyRing([Key.fresh()], reread=gone)

    with pytest.raises(KeyMissingError):
        ring.open(KeyRing([Key.fresh()]).seal("hello", HERE), HERE)


def test_a_key_is_read_as_it_is_written() -> None:
    key = Key.fresh()

    assert Key.read(key.written) == key


def test_standard_base64_is_read_too() -> None:
    assert Key.read("+/" * 21 + "8=").secret == Key.read("-_" * 21 + "8=").secret


def test_keys_are_read_from_lines_or_a_list() -> None:
    one, two, three = Key.fresh(), Key.fresh(), Key.fresh()

    keys = read_keys(f"# a remark\n{one.written}\n\n{two.written}, {three.written}\n")

    assert keys == (one, two, three)


@pytest.mark.parametrize("text", ["", "# nothing\n", "secret", "c2hvcnQ=", "\x00", "é" * 44])
def test_what_is_no_list_of_keys_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(KeyFileError, match=r"key|bytes") as refused:
        read_keys(text)

    assert text == "" or text not in str(refused.value)


def test_a_ring_needs_a_key() -> None:
    with pytest.raises(KeyFileError, match="at least one"):
        KeyRing([])


def test_a_key_does_not_show_itself() -> None:
    key = Key.fresh()

    assert key.written not in repr(key)
    assert repr(key.secret) not in repr(key)
