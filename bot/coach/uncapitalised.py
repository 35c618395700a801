"""An employer that is written without capitals: unknown words beside a phrase that employers stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.coach.names import Spelling, Vocabulary, is_somebody
from bot.coach.near_words import LEAST, one_apart
from bot.coach.phrasebook import Phrasebook, Place
from bot.coach.words import Words

TRIGGERS = ("employer_before", "employer_after", "perhaps_before", "perhaps_after", "behind_a_name")
"""Groups of phrases: what stands right behind an employer, or right before it. Beside the weaker ones (``perhaps``) an
unknown word may as well be a mistyped one; the last follow a sentence that is nothing but the name."""

_FEW = 3


def find_uncapitalised(spelling: Spelling, vocabulary: Vocabulary, triggers: Phrasebook) -> Place | None:
    """Return up to three unknown words right after a trigger ("rejected by"), or right before one ("said no")."""
    words = spelling.words
    found = triggers.find(words)
    sure = [_before(place.first, spelling, vocabulary) for place in found.get("employer_before", ())]
    sure += [_after(place.end, spelling, vocabulary) for place in found.get("employer_after", ())]
    perhaps = [_before(place.first, spelling, vocabulary) for place in found.get("perhaps_before", ())]
    perhaps += [_after(place.end, spelling, vocabulary) for place in found.get("perhaps_after", ())]
    behind = found.get("behind_a_name", ())
    perhaps += [_before(end, spelling, vocabulary) for end in _sentences_before(words, behind)]
    likely = (place for place in perhaps if place and not _doubtful(words.lower[slice(*place)], vocabulary))
    named = (place for place in (*sure, *likely) if place and not is_somebody(place, spelling, vocabulary))
    return next(named, None)


def _before(first: int, spelling: Spelling, vocabulary: Vocabulary) -> Place | None:
    """The unknown words right before a word; the last of them may be a known one: ``woodgrove bank``."""
    words, begin = spelling.words, first
    while begin > 0 and first - begin < _FEW and (begin == first or words.joined[begin]):
        if not _unknown(words.lower[begin - 1], vocabulary, further=True):
            break
        begin -= 1
    while begin < first and not _unknown(words.lower[begin], vocabulary, further=False):
        begin += 1
    return Place(begin, first) if begin < first else None


def _after(first: int, spelling: Spelling, vocabulary: Vocabulary) -> Place | None:
    words, end = spelling.words, first
    while (
        end < len(words)
        and end - first < _FEW
        and words.joined[end]
        and (end == first or spelling.close(end))
        and _unknown(words.lower[end], vocabulary, end > first)
    ):
        end += 1
    return Place(first, end) if end > first else None


def _sentences_before(words: Words, behind: Iterable[Place]) -> Iterator[int]:
    """Yield the ends of sentences of a few words behind which the next begins as one that tells of an employer."""
    for end in (place.first for place in behind if place.first > 0 and not words.joined[place.first]):
        first, _ = words.sentence(end - 1)
        if end - first <= _FEW:
            yield end


def _doubtful(name: Iterable[str], vocabulary: Vocabulary) -> bool:
    """Whether a word ends as ordinary ones do ("Ridiculous. They said no."), or may be one with a slip in it."""
    return any(
        word.endswith(vocabulary.ordinary_endings)
        or any(map(str.isdigit, word))
        or (len(word) >= LEAST and _is_slip(word, vocabulary))
        for word in name
    )


def _is_slip(word: str, vocabulary: Vocabulary) -> bool:
    alike = (known for known in vocabulary.common if abs(len(word) - len(known)) <= 1)
    return any(one_apart(word, known) for known in alike)


def _unknown(word: str, vocabulary: Vocabulary, further: bool) -> bool:
    if further and word in vocabulary.employer_endings:
        return True
    return (
        len(word) > 1
        and not vocabulary.ordinary(word)
        and word not in vocabulary.role_things | vocabulary.employer_endings
        and not word.startswith("'")
    )
