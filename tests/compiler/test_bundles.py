"""A bundle compiles to the library that was packed, whatever became of the folders."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.coach.skills import skills_for
from bot.compiler.bundles import BadBundleError, digest_of, pack, unpack
from bot.compiler.library import compile_bundle
from bot.compiler.nodes import File
from bot.compiler.problems import BrokenLibraryError, Notes
from tests.shipped import compiled


def test_the_shipped_library_comes_out_as_it_went_in() -> None:
    again = compile_bundle(pack(compiled().sources), skills_for)

    assert again.library.version == compiled().library.version
    assert again.library.dialogs == compiled().library.dialogs
    assert again.catalog == compiled().catalog
    assert digest_of(again.sources) == digest_of(compiled().sources)


def test_the_shipped_files_fit_into_a_small_row() -> None:
    assert len(pack(compiled().sources)) < 400_000


def test_one_changed_word_changes_the_digest() -> None:
    first, *rest = compiled().sources
    file = File(first.file.path, f"{first.file.text}# a word\n")
    reworded = replace(first, node=replace(first.node, file=file))

    assert digest_of([reworded, *rest]) != digest_of(compiled().sources)


@pytest.mark.parametrize("damage", [b"", b"not packed", pack(())[:-3], pack(compiled().sources)[:500]])
def test_a_damaged_bundle_is_refused(damage: bytes) -> None:
    with pytest.raises((BadBundleError, BrokenLibraryError)):
        compile_bundle(damage, skills_for)


def test_an_empty_bundle_has_no_files() -> None:
    assert unpack(pack(()), Notes()) == ()
