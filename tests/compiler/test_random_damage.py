"""Random damage to shipped files never crashes or hangs the compiler, and never loads something that cannot run."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.coach.skills import skills_for
from bot.compiler.library import compile_folders
from bot.compiler.problems import BrokenLibraryError
from bot.engine.model import END, Branch, ByAnswer, Dialog, Go, Run, To
from tests.compiler.damaging import ROOT, Workshop

FILES = sorted(
    str(path.relative_to(ROOT)) for folder in ("dialogs", "content/en") for path in (ROOT / folder).glob("*.yaml")
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


DAMAGES: list[Callable[[bytes, random.Random], bytes]] = [
    flip_a_bit,
    drop_a_line,
    double_a_line,
    indent_a_line,
    swap_two_words,
    put_a_mark,
    cut_the_end,
]


@pytest.fixture
def workshop(tmp_path: Path) -> Iterator[Workshop]:
    shop = Workshop(tmp_path)
    yield shop
    shop.close()


@pytest.mark.soak
def test_random_damage_is_refused_or_harmless(workshop: Workshop, soak: bool) -> None:
    chance = random.Random(None if soak else 7)
    loaded = 0
    for _ in range(10_000 if soak else 440):
        file = chance.choice(FILES)
        data = chance.choice(DAMAGES)((ROOT / file).read_bytes(), chance)

        found = workshop.try_out(file, data)

        assert found["seconds"] <= 2
        assert found["megabytes"] <= 200
        assert found["loaded"] != bool(found["problems"]), "either it loads, or it says why not"
        loaded += found["loaded"]
    assert loaded, "some damage only changes words"


def test_what_loads_can_run(tmp_path: Path) -> None:
    """Damage that loads is looked at from inside: every way leads to a state that is there."""
    shop = Workshop(tmp_path)
    chance = random.Random(11)
    for _ in range(60):
        file = chance.choice(FILES)
        whole = (ROOT / file).read_bytes()
        (tmp_path / file).write_bytes(chance.choice(DAMAGES)(whole, chance))
        dialogs = _loaded(shop)
        assert all(_holds_together(dialog, dialogs) for dialog in dialogs.values())
        (tmp_path / file).write_bytes(whole)


def _loaded(shop: Workshop) -> dict[str, Dialog]:
    try:
        found = compile_folders([shop.folder / "dialogs"], [shop.folder / "content"], skills_for)
    except BrokenLibraryError:
        return {}
    return dict(found.library.dialogs)


def _holds_together(dialog: Dialog, dialogs: dict[str, Dialog]) -> bool:
    targets = {target for state in dialog.states.values() for target in _targets(state.go)} | {"start"}
    run = {state.body.dialog for state in dialog.states.values() if isinstance(state.body, Run)}
    return targets <= {*dialog.states, END} and run <= set(dialogs)


def _targets(go: Go) -> list[str]:
    match go:
        case To(target):
            return [target]
        case Branch(ways):
            return [target for _, target in ways]
        case ByAnswer(ways, otherwise, skipped):
            return [target for target in (*ways.values(), otherwise, skipped) if target is not None]
        case _:
            return []
