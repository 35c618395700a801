"""Random damage to shipped files never crashes or hangs the compiler, and never loads something that cannot run."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from tests.compiler.damaging import ROOT, Workshop

FILES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("dialogs", "content")
    for path in (ROOT / folder).rglob("*.yaml")
    if "echo" not in path.parts
)


def flip_a_bit(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([data[place] ^ 1 << chance.randrange(8)]) + data[place + 1 :]


def drop_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    del lines[chance.randrange(len(lines))]
    return b"".join(lines)


def double_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    return b"".join([*lines[:place], lines[place], *lines[place:]])


def indent_a_line(data: bytes, chance: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    place = chance.randrange(len(lines))
    lines[place] = b" " * chance.randint(1, 4) + lines[place]
    return b"".join(lines)


def swap_two_words(data: bytes, chance: random.Random) -> bytes:
    words = data.split(b" ")
    one, other = chance.randrange(len(words)), chance.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return b" ".join(words)


def put_a_mark(data: bytes, chance: random.Random) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + bytes([chance.choice(b":'\"{]&*!\t-\x00")]) + data[place:]


def cut_the_end(data: bytes, chance: random.Random) -> bytes:
    return data[: chance.randrange(len(data))]


RULES = "content/en/rules/openings.yaml"
"""Undamaged, one of those that take longest; the time that a damaged file may take is counted in its."""

DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [
    flip_a_bit,
    drop_a_line,
    double_a_line,
    indent_a_line,
    swap_two_words,
    put_a_mark,
    cut_the_end,
]


RUNS = 4
"""The damage is split into so many tests, which may run side by side."""


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workshop]:
    shop = Workshop(tmp_path_factory.mktemp("damage"))
    yield shop
    shop.close()


@pytest.mark.soak
@pytest.mark.parametrize("run", range(RUNS))
def test_random_damage_is_refused_or_harmless(run: int, workshop: Workshop, soak: bool) -> None:
    chance = random.Random(None if soak else run)
    usual = workshop.try_out(RULES, (ROOT / RULES).read_bytes())["seconds"]
    outcomes: Counter[bool] = Counter()
    for _ in range((10_000 if soak else 200) // RUNS):
        file = chance.choice(FILES)
        data = chance.choice(DAMAGES)((ROOT / file).read_bytes(), chance)

        found = workshop.try_out(file, data)

        assert found["seconds"] <= 4 * usual, file
        assert found["megabytes"] <= 200, file
        assert found["loaded"] or found["problems"], "who refuses says why"
        assert found.get("unsound", []) == [], file
        outcomes[found["loaded"]] += 1
    assert all(outcomes[loaded] for loaded in (True, False)), "some damage only changes words"
