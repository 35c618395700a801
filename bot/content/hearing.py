"""Hearing: which of the choices a short text means, by its label, its number, or other words that it is heard as.

Taking a choice that was not meant is worse than asking again. So an exact match beats a loose one, two loose ones mean
nothing, and the words of a label inside a longer sentence are not that choice: "not now that I think of it" is not
"Not now".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.content.catalog import Catalog
from bot.content.ear import Ear, ear_of
from bot.content.options import Option, options_of
from bot.content.tokens import (
    PLACE,
    Words,
    find,
    first_segment,
    is_slip_of_row,
    words_of,
)
from bot.engine.model import Question

LONGEST_ANSWER = 8
"""Words up to which a text is taken for an answer in other words; a longer one tells something."""

LONGEST_REFUSAL = 12
"""Words up to which a "no" may go on and still be nothing but a no."""

_LEAST_BEGINNING = 3
"""Words of a phrase that a long text may begin with and go on."""

_LONGEST_VALUE = 3
"""Words that a value in a label may have, as it is typed."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed: all of it, and the words up to its first punctuation mark."""

    words: Words
    opening: Words


def hear(
    text: str, questions: Sequence[Question], visible: tuple[str, ...], catalog: Catalog, language: str
) -> tuple[tuple[str, str], ...]:
    """Return (message key, choice) for each question that the text answers by one of its choices.

    The first question is the one that waits and ``visible`` are the choices it shows, in order; for it a number or part
    of a label will do. The others are one step ahead and must be named exactly or in words they are heard as; a mere
    yes or no is no answer to what nobody has asked yet. An exact answer to any of them puts loose ones aside.

    Raises:
        KeyError: the catalog has no words for a question.
    """
    typed = _Typed(words_of(text), first_segment(text))
    if not typed.words:
        return ()
    exact: list[tuple[str, str]] = []
    loose: list[tuple[str, str]] = []
    for index, question in enumerate(questions):
        spoken, wording = catalog.spoken(question.message.key, language)
        shown = visible if index == 0 else tuple(choice.code for choice in question.choices)
        ear = ear_of(spoken)
        meant = _at_last(typed, ear)
        options = tuple(options_of(question, shown, wording.choices, ear))
        code, is_exact = _meant(meant, options, index == 0, ear)
        if code:
            (exact if is_exact else loose).append((question.message.key, code))
    return tuple(exact or loose)


def refusal(text: str, question: Question, visible: tuple[str, ...], catalog: Catalog, language: str) -> str:
    """Return the only choice that stands for a no, for a text that begins with one: "no I don't need that, thanks".

    It is what such a text means where it means nothing else; what is asked with it is no answer.
    """
    refusing = _ear(question, catalog, language).refusing
    return _standing_for(refusing, question, visible, catalog, language) if _goes_on(text, refusing) else ""


def agreement(text: str, question: Question, visible: tuple[str, ...], catalog: Catalog, language: str) -> str:
    """Return the only choice that stands for a yes, for a text that begins with one and goes on: "yes, but ..."."""
    agreeing = _ear(question, catalog, language).agreeing
    return _standing_for(agreeing, question, visible, catalog, language) if _goes_on(text, agreeing) else ""


def choice_for_no(question: Question, visible: tuple[str, ...], catalog: Catalog, language: str) -> str:
    """Return the only choice of a question that stands for a no, if there is one."""
    refusing = _ear(question, catalog, language).refusing
    return _standing_for(refusing, question, visible, catalog, language)


def _ear(question: Question, catalog: Catalog, language: str) -> Ear:
    return ear_of(catalog.spoken(question.message.key, language)[0])


def _goes_on(text: str, attitude: frozenset[str]) -> bool:
    """Whether a text that asks nothing begins with a word of the attitude and says a few more."""
    words = words_of(text)
    return 1 < len(words) <= LONGEST_REFUSAL and words[0] in attitude and "?" not in text


def _standing_for(
    attitude: frozenset[str], question: Question, visible: tuple[str, ...], catalog: Catalog, language: str
) -> str:
    spoken, wording = catalog.spoken(question.message.key, language)
    options = options_of(question, visible, wording.choices, ear_of(spoken))
    return _one(option.code for option in options if _stands_for(option, attitude))


def _at_last(typed: _Typed, ear: Ear) -> _Typed:
    """What counts of a text that takes back how it began."""
    words = ear.taken_back(typed.words)
    return typed if len(words) == len(typed.words) else _Typed(words, words)


def _meant(typed: _Typed, options: Sequence[Option], waits: bool, ear: Ear) -> tuple[str, bool]:
    """Return the code that is meant, or an empty one, and whether it was said exactly."""
    if not waits and ear.only_agrees_or_refuses(typed.words):
        return "", False
    if len(typed.words) > LONGEST_ANSWER:
        code = _by_opening(typed, options, ear)
        return code or _by_first_words(typed.words, options), bool(code)
    exact = (_by_number(typed.words, options, ear) if waits else "") or _by_row(typed.words, options, ear)
    exact = exact or (_by_opening(typed, options, ear) if typed.opening != typed.words else "")
    exact = exact or next(filter(None, (_by_row(rest, options, ear) for rest in _behind_first(typed.words, ear))), "")
    if exact:
        return exact, True
    ways = (_by_phrase, _by_attitude, _by_part, _by_slip) if waits else (_by_phrase,)
    return next(filter(None, (way(typed, options, ear) for way in ways)), ""), False


def _one(codes: Iterable[str]) -> str:
    """Return the only code there is; several mean nothing."""
    found = set(codes)
    return found.pop() if len(found) == 1 else ""


def _closest(words: Words, matches: Iterable[tuple[Words, str]]) -> str:
    """Return the code of the row that leaves least of the words over; two codes that leave as much mean nothing."""
    found = [(abs(len(words) - len(row)), code) for row, code in matches]
    least = min(found, default=(0, ""))[0]
    return _one(code for left, code in found if left == least)


# ------------------------------------------------------------------------------------------------------- exact


def _by_row(words: Words, options: Sequence[Option], ear: Ear) -> str:
    """Return the choice that has the words as a row, fillers around both apart."""
    core = ear.core(words)
    rows = ((row, option.code) for option in options for row in _rows(words, core, option))
    if ear.in_another_sense(core, words):
        rows = ((row, code) for row, code in rows if row == words)
    return _closest(words, rows)


def _rows(words: Words, core: Words, option: Option) -> Iterator[Words]:
    yield from option.cores.get(core, ())
    if not core:
        yield from (row for row in option.fillers if find(row, words) >= 0)
    yield from (row for row, bare in option.placed if len(bare) > 1 and (_fits(words, row) or _fits(core, bare)))


def _behind_first(words: Words, ear: Ear) -> Iterator[Words]:
    """Yield what is said behind a first yes or no: "no, not yet" is "not yet", whatever the question was."""
    for start, word in enumerate(words[:-1], 1):
        if word not in ear.before_answer:
            return
        yield words[start:]


def _fits(words: Words, row: Words) -> bool:
    """Whether the words are the row with one to three words in each of its places."""
    if not row or not words:
        return not row and not words
    if row[0] != PLACE:
        return words[0] == row[0] and _fits(words[1:], row[1:])
    longest = min(_LONGEST_VALUE, len(words))
    return any(_fits(words[taken:], row[1:]) for taken in range(1, longest + 1))


def _by_opening(typed: _Typed, options: Sequence[Option], ear: Ear) -> str:
    """Return the choice for which a text begins with a phrase of its own: "Bit stiff. I'd never write ...".

    One word will not do: "No, it was Apex ..." corrects something, and "Yes, they said ..." tells something.
    """
    opening, core = typed.opening, ear.core(typed.opening)
    rows = [(row, option) for option in options for row in _rows(opening, core, option)]
    return _closest(opening, ((row, option.code) for row, option in rows if len(row) > 1 and row in option.phrases))


def _by_number(words: Words, options: Sequence[Option], ear: Ear) -> str:
    number = _number(words, ear)
    shown = [option.code for option in options if option.label]
    return shown[number - 1] if number and number <= len(shown) else ""


def _number(words: Words, ear: Ear) -> int | None:
    """Return the number named: "2", "number two", "the 2nd", "the second one please"; ``None`` if it says more."""
    bare = ear.core(words)
    introduced = len(bare) > 1 and bare[0] in ear.before_number
    bare = ear.core(bare[1:]) if introduced else bare
    if len(bare) == 2 and bare[0] in ear.ordinals and bare[1] == ear.numbers[0]:
        bare = bare[:1]
    if len(bare) != 1:
        return None
    word = bare[0].rstrip("stndrh") if bare[0][:1].isdigit() else bare[0]
    if word.isdecimal():
        return int(word) if len(word) < 3 else None
    if word in ear.ordinals:
        return ear.ordinals.index(word) + 1
    return ear.numbers.index(word) + 1 if word in ear.numbers and (introduced or len(words) == 1) else None


# ------------------------------------------------------------------------------------------------------- loose


def _by_first_words(words: Words, options: Sequence[Option]) -> str:
    """Return the choice whose phrase a long text begins with, and goes on: "can you add that I liked the team ..."."""
    rows = [(row, option.code) for option in options for row in option.beginning_with(words[:1])]
    long = ((row, code) for row, code in rows if len(row) >= _LEAST_BEGINNING)
    return _closest(words, ((row, code) for row, code in long if row == words[: len(row)]))


def _by_phrase(typed: _Typed, options: Sequence[Option], ear: Ear) -> str:
    """Return the choice whose phrase is most of the text, unless another word turns it round."""
    words = typed.words
    if typed.opening != words and ear.refusing.issuperset(typed.opening):
        words = words[len(typed.opening) :]
    rows = [(phrase, option.code) for option in options for phrase in option.beginning_with(words)]
    return _closest(words, ((phrase, code) for phrase, code in rows if _contains(words, phrase, ear)))


def _contains(words: Words, phrase: Words, ear: Ear) -> bool:
    at = find(phrase, words) if phrase else -1
    asked = not ear.questioning.isdisjoint(words[: max(at, 0)])
    if at < 0 or asked or ear.denies((*words[:at], *words[at + len(phrase) :])):
        return False
    if len(phrase) > 1:
        return True
    if ear.in_another_sense(phrase, words):
        return False
    # One word alone says little: "nothing" inside "they said nothing was wrong with it" is not an answer.
    telling = [word for word in words if word not in ear.fillers]
    return phrase[0] not in ear.fillers and len(telling) <= 2


def _by_attitude(typed: _Typed, options: Sequence[Option], ear: Ear) -> str:
    """Return the only choice that stands for a yes for a mere yes, or for a no for a mere no."""
    opening = typed.opening
    if ear.nods_and_leaves(opening, typed.words):
        return ""
    if not ear.core(opening) and not ear.agreeing.isdisjoint(opening) and not ear.denies(typed.words):
        return _one(option.code for option in options if _stands_for(option, ear.agreeing))
    if typed.words[0] in ear.refusing and not ear.core(typed.words[1:]):
        return _one(option.code for option in options if _stands_for(option, ear.refusing))
    return ""


def _stands_for(option: Option, attitude: frozenset[str]) -> bool:
    """Whether the label begins with a word of the attitude, or the choice is heard as nothing but such words."""
    if option.label[:1] and option.label[0] in attitude:
        return True
    return any(phrase and attitude.issuperset(phrase) for phrase in option.phrases)


def _by_part(typed: _Typed, options: Sequence[Option], ear: Ear) -> str:
    return _in_label(typed, options, ear, lambda words, label: find(words, label) >= 0)


def _by_slip(typed: _Typed, options: Sequence[Option], ear: Ear) -> str:
    """Return the choice that is meant but for one slip: of its whole label, of a phrase, or of a word of its label."""
    words = ear.core(typed.words)
    whole = _one(
        option.code for option in options for row in option.by_length.get(len(words), ()) if is_slip_of_row(words, row)
    )
    return whole or _in_label(typed, options, ear, _has_slip)


def _has_slip(words: Words, label: Words) -> bool:
    return any(is_slip_of_row(words, label[at : at + len(words)]) for at in range(len(label) - len(words) + 1))


def _in_label(typed: _Typed, options: Sequence[Option], ear: Ear, has: Callable[[Words, Words], bool]) -> str:
    """Return the only choice whose label has the words in a row; a "not" in one must be in the other."""
    words = ear.core(typed.words)
    if not words:
        return ""
    return _one(
        option.code for option in options if has(words, option.label) and ear.denies(words) == ear.denies(option.label)
    )
