"""The employer in a message: a proper name, chosen by what stands around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.coach.names import Around, Spelling, Vocabulary, is_somebody
from bot.coach.phrasebook import Phrasebook, Place
from bot.coach.uncapitalised import find_uncapitalised

_LONGEST = 5
_ENOUGH = 1.4
_LISTED = 2
"""Names that may stand in a row and still be an employer and its place, or two words of one."""


def find_employer(spelling: Spelling, vocabulary: Vocabulary, triggers: Phrasebook) -> Place | None:
    """Return where the employer is named; without capitals only right beside one of the triggers."""
    best, most = None, _ENOUGH
    for place in _names(spelling, vocabulary):
        worth = _worth(place, spelling, vocabulary)
        if worth > most:
            best, most = place, worth
    return best or find_uncapitalised(spelling, vocabulary, triggers)


def names_several(spelling: Spelling, vocabulary: Vocabulary, employer: Place) -> bool:
    """Whether a list of at least three names begins with the employer: "Acme, Birch Foods and Cedar"."""
    lower, text = spelling.words.lower, spelling.words
    count, end = 1, employer.end
    for place in _names(spelling, vocabulary):
        if place.first != end or text.text[text.ends[end - 1] : text.starts[end]].strip() != ",":
            continue
        if is_somebody(place, spelling, vocabulary):
            return False
        count += 1 + (not vocabulary.joiners.isdisjoint(lower[place.first : place.end]))
        end = place.end
    return count > _LISTED


def _names(spelling: Spelling, vocabulary: Vocabulary) -> Iterator[Place]:
    end = 0
    for at in spelling.capitals:
        if at >= end and _begins(at, spelling, vocabulary):
            end = _end(at, spelling, vocabulary)
            yield Place(at, end)


def _begins(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    word = spelling.words.lower[at]
    if (
        not spelling.capital(at)
        or word.startswith("'")
        or (spelling.raw[at].isupper() and word in spelling.raw)  # "it was becky. BECKY."
        or (at and spelling.close(at) and spelling.capital(at - 1) and _begins(at - 1, spelling, vocabulary))
    ):
        return False
    if not vocabulary.ordinary(word):
        return True
    followed = at + 1 < len(spelling.raw) and spelling.close(at + 1) and spelling.capital(at + 1)
    starts_sentence = not spelling.words.joined[at]
    if word in vocabulary.not_employers or word in vocabulary.employer_endings:
        return (followed and not vocabulary.ordinary(spelling.words.lower[at + 1])) or (
            followed and spelling.words.lower[at + 1] in vocabulary.employer_endings
        )
    if starts_sentence:
        return False
    before = spelling.words.lower[at - 1]
    if word in vocabulary.the:
        return followed and before in vocabulary.employer_leads
    return (
        before in vocabulary.sure_leads
        and len(word) > 2
        and spelling.raw[at][0].isupper()
        and not spelling.raw[at].isupper()
        and word not in vocabulary.role_heads
        and word not in vocabulary.calendar
    )


def _end(at: int, spelling: Spelling, vocabulary: Vocabulary) -> int:
    end = at + 1
    words = spelling.words
    while end < len(spelling.raw) and end - at < _LONGEST and spelling.close(end):
        word = words.lower[end]
        if word == "'s" and not _goes_on_after(end, spelling):
            end += _keeps_possessive(end, spelling, vocabulary)
            break
        if _joins(end, spelling, vocabulary):
            end += 2
        elif word == "'s" or _belongs(end, spelling, vocabulary):
            end += 1
        else:
            break
    return end


def _joins(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """``Bank of Ireland``, ``Marks and Spencer``."""
    if spelling.words.lower[at] not in vocabulary.joiners or at + 1 >= len(spelling.raw):
        return False
    return spelling.close(at + 1) and spelling.capital(at + 1) and not vocabulary.ordinary(spelling.words.lower[at + 1])


def _belongs(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether a word with a capital goes on with the name: ``Clifford Chance``, but not ``Asda Monday``."""
    word = spelling.words.lower[at]
    if (
        not spelling.capital(at)
        or word in vocabulary.calendar
        or word in vocabulary.employer_verbs
        or word in vocabulary.belongings
        or word in vocabulary.role_heads
    ):
        return False
    return not (spelling.raw[at].isupper() and word in vocabulary.common)


def _goes_on_after(at: int, spelling: Spelling) -> bool:
    """``St Mary's Hospital``."""
    return at + 1 < len(spelling.raw) and spelling.close(at + 1) and spelling.capital(at + 1)


def _keeps_possessive(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """``St Cuthbert's emailed`` keeps its ending, ``Acme's e-mail`` does not."""
    after = at + 1
    if (
        after >= len(spelling.raw)
        or not spelling.words.joined[after]
        or "," in spelling.words.text[spelling.words.ends[at] : spelling.words.starts[after]]
    ):
        return True
    word = spelling.words.lower[after]
    return word.endswith(vocabulary.past_endings) or word in vocabulary.after_a_name


def _worth(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> float:
    around = spelling.around(place)
    if around.before in vocabulary.the:
        around = replace(spelling.around(Place(place.first - 1, place.end)), after=around.after)
    last = spelling.words.lower[place.end - 1]
    signs = (
        (_abbreviated(place, spelling), 0.8),
        (around.after in vocabulary.employer_verbs, 2.5),
        (last in vocabulary.employer_endings, 1.5),
        (_followed_by_a_job(around.after, vocabulary), 1.5),
        (spelling.stands_alone(place) and not _exclaims(place, spelling, vocabulary), 1.5),
        (around.before in vocabulary.before_an_employer and _names_a_job(around.earlier, vocabulary), 1.0),
        (_agency(place, around, spelling, vocabulary), -5.0),
        (around.before in vocabulary.before_a_person or around.after in vocabulary.no_name_before, -2.5),
        (around.before in vocabulary.sure_leads and around.earlier in vocabulary.turned, 1.5),
        (is_somebody(place, spelling, vocabulary), -5.0),
    )
    return vocabulary.employer_leads.get(around.before, 0.0) + sum(weight for holds, weight in signs if holds)


def _followed_by_a_job(after: str, vocabulary: Vocabulary) -> bool:
    groups = (
        vocabulary.belongings,
        vocabulary.role_heads,
        vocabulary.role_things,
        vocabulary.role_nouns,
        vocabulary.role_modifiers,
    )
    return after == "'s" or any(after in group for group in groups)


def _names_a_job(word: str, vocabulary: Vocabulary) -> bool:
    return word in vocabulary.role_heads or word in vocabulary.role_nouns


def _agency(place: Place, around: Around, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """Whether it is an agency: one by name, or where a recruiter is from."""
    if all(word in vocabulary.agencies for word in spelling.words.lower[place.first : place.end]):
        return True
    return around.before in vocabulary.agents or (
        around.before in vocabulary.agency_leads and around.earlier in vocabulary.agents
    )


def _exclaims(place: Place, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    """``Marvellous.``: a sentence of one word, with a capital because it begins there, that ends as adjectives do."""
    word = spelling.words.lower[place.first]
    alone = place.end == place.first + 1 and not spelling.words.joined[place.first]
    return alone and word.endswith(vocabulary.ordinary_endings)


def _abbreviated(place: Place, spelling: Spelling) -> bool:
    raw = spelling.raw[place.first]
    return place.end == place.first + 1 and raw.isupper() and 2 <= len(raw) <= 5
