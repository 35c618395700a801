"""Parts that are made when they are first asked for, or all at once to see that each can be made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, Self, TypeVar

from bot.coach.rules import Rules

Files = Mapping[str, Any]
"""Plain data of one language's files, by stem."""

Part = TypeVar("Part")
Whole = TypeVar("Whole", bound="Parts")


class Parts:
    """What has its parts as cached properties, each read from ``files``; making it costs nothing.

    ``base`` is the same of another language, whose parts are taken where they are read from the very same files.
    """

    def __init__(self, files: Files, base: Self | None = None) -> None:
        self.files = files
        self.base = base
        self.rules = Rules(files)

    @classmethod
    def by_language(cls, files: Mapping[str, Files]) -> Mapping[str, Self]:
        """One for each language; a region (``en-US``) lays its own files over those of its base."""
        made: dict[str, Self] = {}
        for language in sorted(files, key=len):  # a base before its regions
            under = files.get(base_of(language), {})
            base = made.get(base_of(language)) or next(iter(made.values()), None)
            made[language] = cls({**under, **files[language]}, base)
        return made

    def make_ready(self) -> None:
        """Make every part now, so that whoever needs it first finds nothing left to do.

        Raises:
            BadRuleError: a file or a part of one is missing or has the wrong shape, or a phrase cannot be read.
        """
        for name, part in vars(type(self)).items():
            if isinstance(part, cached_property):
                getattr(self, name)
        self.rules.make_ready()

    def has_files_of(self, other: Parts, stems: tuple[str, ...]) -> bool:
        return all(self.files.get(stem) is other.files.get(stem) for stem in stems)


def from_parts(read: Callable[[Whole], Part], *stems: str) -> cached_property[Part]:
    """A part that is read from files of these stems, and from other parts that are made of no others."""

    def made(whole: Whole) -> Part:
        base = whole.base
        if base is not None and whole.has_files_of(base, stems):
            return part.__get__(base)
        return read(whole)

    part = cached_property(made)
    return part


def from_files(read: Callable[[Rules], Part], *stems: str) -> cached_property[Part]:
    """A part that is read from several files."""

    def made(whole: Parts) -> Part:
        return read(whole.rules)

    return from_parts(made, *stems)


def from_file(read: Callable[[Rules], Part], stem: str) -> cached_property[Part]:
    """A part that is read from one file."""
    return from_files(lambda files: read(files.part(stem)), stem)


def base_of(language: str) -> str:
    """The language of a region: ``en`` for ``en-US``."""
    return language.partition("-")[0]
