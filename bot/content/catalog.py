"""The catalog: all wording, per language, compiled and immutable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.engine.conditions import ALWAYS, Condition
from bot.engine.values import Values


@dataclass(frozen=True, slots=True)
class Template:
    """Text with named places: ``pieces`` alternate between text and slot names, text first and last.

    ``("Dear ", "name", ",")`` is ``Dear {name},``. Filled by name only; nothing else is ever evaluated.
    """

    pieces: tuple[str, ...]
    names: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", self.pieces[1::2])


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to say it; it competes when all its names are known and ``when`` holds."""

    text: Template
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """How a choice is labelled and by what words it is also meant. Without a label it has no button but is heard.

    With a ``link`` it opens that address and answers nothing.
    """

    label: Template | None = None
    heard_as: tuple[str, ...] = ()
    link: Template | None = None


@dataclass(frozen=True, slots=True)
class Mail:
    """A shown block may also be opened as a new mail."""

    label: Template
    subject: Template
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Wording:
    """Everything a message key says: variants in the order written, choices in the order shown.

    ``links`` are those of the choices that open an address.
    """

    variants: tuple[Variant, ...]
    choices: Mapping[str, ChoiceWords] = field(default_factory=dict)
    mail: Mail | None = None
    preview: Template | None = None
    links: Mapping[str, ChoiceWords] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        links = {code: choice for code, choice in self.choices.items() if choice.link is not None}
        object.__setattr__(self, "links", links)


@dataclass(frozen=True, slots=True)
class Counted:
    """A code or number worded by count: ``one`` for 1, ``other`` for the rest."""

    other: Template
    one: Template | None = None


@dataclass(frozen=True, slots=True)
class Language:
    """One language's words.

    ``codes`` words the codes of a slot (``areas`` -> ``answer_detail`` -> "more detail in your answers"); ``counted``
    words whole numbers by slot name ("1 day", "{n} days"). ``terms`` are fixed small words: how moments and lists are
    put ("today at {clock}", "{first} and {last}"), by dotted name (``moments.today``).
    """

    code: str
    messages: Mapping[str, Wording]
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)
    terms: Mapping[str, Template] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Catalog:
    """All languages. ``operator`` holds what ``operator.yaml`` says, by name, for every message."""

    languages: Mapping[str, Language]
    fallback: str = "en"
    operator: Values = field(default_factory=dict)

    def language(self, code: str) -> Language:
        """The language itself, its base (``en`` for ``en-US``) or the fallback."""
        for candidate in (code, code.split("-")[0], self.fallback):
            if candidate in self.languages:
                return self.languages[candidate]
        raise KeyError(self.fallback)

    def wording(self, key: str, code: str) -> Wording:
        """A key's words in the language, in its base, or in the fallback language."""
        return self.spoken(key, code)[1]

    def spoken(self, key: str, code: str) -> tuple[Language, Wording]:
        """A key's words with the language that they were found in, whose small words go with them."""
        language = self.languages.get(code)
        wording = None if language is None else language.messages.get(key)
        if language is not None and wording is not None:
            return language, wording
        if code == self.fallback:
            raise KeyError(key)
        base = code.split("-")[0]
        return self.spoken(key, base if base != code else self.fallback)
