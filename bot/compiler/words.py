"""Words files: how codes, counts, moments and lists are put in a language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from bot.compiler.keys import COUNTED, WORDS
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Node, Scalar
from bot.compiler.problems import Notes, quoted
from bot.compiler.shapes import is_name, read_items, read_keys, read_mapping, read_name, read_text
from bot.compiler.texts import WrittenText, read_template
from bot.content.catalog import Counted
from bot.content.template import parse_template


@dataclass(frozen=True, slots=True)
class WrittenCode:
    slot: Scalar
    code: Scalar
    words: str


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """Codes by (slot, code), counts by slot, terms by dotted name, and what is heard by the word that stands for it."""

    codes: Mapping[tuple[str, str], WrittenCode] = field(default_factory=dict)
    counted: Mapping[str, Counted] = field(default_factory=dict)
    terms: Mapping[str, WrittenText] = field(default_factory=dict)
    heard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def over(self, other: WrittenWords) -> WrittenWords:
        """Return the other's words with these laid over them."""
        return WrittenWords(
            {**other.codes, **self.codes},
            {**other.counted, **self.counted},
            {**other.terms, **self.terms},
            {**other.heard, **self.heard},
        )


def read_words(source: MappingNode, notes: Notes) -> WrittenWords:
    keys = read_keys(source, WORDS, "a words file", notes) or {}
    return WrittenWords(
        {(code.slot.text, code.code.text): code for code in _codes(keys.get("codes"), notes)},
        dict(_counts(keys.get("counted"), notes)),
        dict(_terms(keys["terms"], "", notes)) if "terms" in keys else {},
        dict(_heard(keys.get("heard"), notes)),
    )


def _codes(node: Node | None, notes: Notes) -> Iterator[WrittenCode]:
    slots = read_mapping(node, "`codes`", notes) if node is not None else None
    for slot, codes in slots or ():
        within = notes.within(f"codes of {quoted(slot.text)}")
        if read_name(slot, "a slot", notes) is None:
            continue
        for code, words in read_mapping(codes, "the codes", within) or ():
            text = read_template(words, f"the words of {quoted(code.text)}", within)
            if text is not None and text.template.names:
                within.problem(text.node, "the words of a code have no places in braces.")
            elif text is not None and read_name(code, "a code", within) is not None:
                yield WrittenCode(slot, code, text.template.pieces[0])


def _counts(node: Node | None, notes: Notes) -> Iterator[tuple[str, Counted]]:
    slots = read_mapping(node, "`counted`", notes) if node is not None else None
    for slot, value in slots or ():
        within = notes.within(f"count of {quoted(slot.text)}")
        keys = read_keys(value, COUNTED, "a count", within)
        if keys is None or "other" not in keys or read_name(slot, "a slot", notes) is None:
            continue
        other = _count(keys["other"], within)
        one = _count(keys["one"], within) if "one" in keys else None
        if other is not None:
            yield slot.text, Counted(other.template, None if one is None else one.template)


def _count(node: Node, notes: Notes) -> WrittenText | None:
    text = read_template(node, "the words", notes)
    if text is not None and set(text.template.names) - {"n"}:
        notes.problem(text.node, "the number is written `{n}`; other places have nothing to fill them.")
        return None
    return text


def _terms(node: Node, prefix: str, notes: Notes) -> Iterator[tuple[str, WrittenText]]:
    mapping = read_mapping(node, "the terms", notes)
    for key, value in mapping or ():
        name = f"{prefix}{key.text}"
        if not is_name(key.text):
            notes.problem(key, f"{quoted(key.text)} is not a term; write it in small letters, digits and `_`.")
        elif isinstance(value, MappingNode):
            yield from _terms(value, f"{name}.", notes)
        else:
            text = read_template(value, f"the term {quoted(name)}", notes)
            if text is not None:
                yield name, _as_typed(text)


def _heard(node: Node | None, notes: Notes) -> Iterator[tuple[str, tuple[str, ...]]]:
    families = read_mapping(node, "`heard`", notes) if node is not None else None
    for word, phrases in families or ():
        within = notes.within(f"heard as {quoted(word.text)}")
        texts = [read_text(item, "each of them", within) for item in read_items(phrases, "what is heard", within)]
        yield word.text.casefold(), tuple(text.text.strip() for text in texts if text is not None)


def _as_typed(text: WrittenText) -> WrittenText:
    """A term in quotes may begin or end with a blank: ``", "`` joins the items of a list."""
    typed = text.node.text
    if text.node.plain or typed == typed.strip():
        return text
    return WrittenText(text.node, parse_template(typed))
