"""Bundles: all files of a library in one compressed piece, to be kept with the data and compiled again later."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

from bot.compiler.folders import Source
from bot.compiler.problems import Notes
from bot.compiler.source import read_source

FORMAT = 1

LARGEST = 64_000_000
"""Bytes to which a bundle may unfold."""


class BadBundleError(ValueError):
    """A bundle that is damaged or that a newer version of the program has packed."""


def digest_of(sources: Iterable[Source]) -> str:
    """Return a fingerprint of every file, words and comments included."""
    return hashlib.sha256(_plain(sources)).hexdigest()[:16]


def pack(sources: Iterable[Source]) -> bytes:
    return zlib.compress(_plain(sources))


def unpack(bundle: bytes, notes: Notes) -> tuple[Source, ...]:
    """Read the files of a bundle as if they lay in their folders.

    Raises:
        BadBundleError: it cannot be read.
    """
    try:
        packed = json.loads(zlib.decompressobj().decompress(bundle, LARGEST))
        if packed["format"] != FORMAT:
            raise BadBundleError(f"format {packed['format']} is not known")
        return tuple(source for file in packed["files"] if (source := _source(file, notes)) is not None)
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise BadBundleError(f"it cannot be read ({type(error).__name__})") from error


def holds(bundle: bytes, sources: Iterable[Source]) -> bool:
    """Whether a bundle is made of these very files; where they lie does not matter. A damaged one is made of none."""
    try:
        return [_apart(one) for one in unpack(bundle, Notes())] == [_apart(one) for one in sources]
    except BadBundleError:
        return False


def _apart(source: Source) -> tuple[int, str, str, str, str]:
    return source.layer, source.group, source.language, source.stem, source.file.text


def _plain(sources: Iterable[Source]) -> bytes:
    files = [(one.layer, one.group, one.language, one.stem, one.file.path, one.file.text) for one in sources]
    return json.dumps({"format": FORMAT, "files": files}).encode()


def _source(file: Sequence[Any], notes: Notes) -> Source | None:
    layer, group, language, stem, path, text = file
    node = read_source(path, text.encode(), notes)
    return None if node is None else Source(layer, group, language, stem, node)
