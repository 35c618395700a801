"""The job in a message: a title, told by its last word and by what stands around it."""

from __future__ import annotations

from collections.abc import Iterator

from bot.coach.names import Around, Spelling, Vocabulary
from bot.coach.phrasebook import Place

_LONGEST = 5
_ENOUGH = 1.9


def find_role(spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> Place | None:
    """Return where the job applied for is named, without its article and without "job" or "role"."""
    best, most = None, _ENOUGH
    for place in _titles(spelling, vocabulary, employer):
        worth = _worth(place, spelling, vocabulary, employer)
        if worth > most:
            best, most = place, worth
    return best


def _titles(spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> Iterator[Place]:
    lower = spelling.words.lower
    for at, word in enumerate(lower):
        if employer and employer.first <= at < employer.end:
            continue
        if word in vocabulary.role_nouns and at + 2 < len(lower) and lower[at + 1] in vocabulary.to_be:
            yield from _named(at + 2, spelling, vocabulary)
        if (vocabulary.is_role_head(word) and not _goes_on(at, spelling, vocabulary)) or (
            at + 1 < len(lower)
            and lower[at + 1] in vocabulary.role_nouns
            and spelling.close(at + 1)
            and _may_name_a_job(word, vocabulary)
        ):
            yield from _extended(at, spelling, vocabulary, employer)


def _named(first: int, spelling: Spelling, vocabulary: Vocabulary) -> Iterator[Place]:
    """``The role was pest control``: up to three words that are not ordinary ones."""
    lower = spelling.words.lower
    first += lower[first] in vocabulary.articles or lower[first] in vocabulary.as_a
    end = first
    while (
        end < len(lower)
        and end - first < 3
        and (end == first or spelling.close(end))
        and _part_of_title(lower[end], vocabulary)
    ):
        end += 1
    linked = (
        first < end < len(lower) and lower[end - 1] in vocabulary.linked_heads and lower[end] in vocabulary.title_links
    )
    if first < end and not linked and lower[first] not in vocabulary.employer_verbs:
        yield Place(first, end)  # "head of marketing" is found by its head


def _part_of_title(word: str, vocabulary: Vocabulary) -> bool:
    if word in vocabulary.role_heads or word in vocabulary.role_modifiers or word in vocabulary.role_things:
        return True
    return (
        word not in vocabulary.common
        and not word.endswith(vocabulary.past_endings)
        and word.isalpha()
        and word not in vocabulary.not_roles
    )


def _goes_on(at: int, spelling: Spelling, vocabulary: Vocabulary) -> bool:
    after = at + 1
    return after < len(spelling.raw) and spelling.close(after) and vocabulary.is_role_head(spelling.words.lower[after])


def _may_name_a_job(word: str, vocabulary: Vocabulary) -> bool:
    if word in vocabulary.not_roles | vocabulary.role_nouns | vocabulary.employer_endings or word.startswith("'"):
        return False
    return (
        word in vocabulary.role_things
        or word in vocabulary.role_modifiers
        or (word not in vocabulary.common and not word.isdigit() and word.isalpha())
    )


def _extended(at: int, spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> Iterator[Place]:
    lower = spelling.words.lower
    first = at
    while (
        first > 0
        and at - first < _LONGEST - 1
        and spelling.close(first)
        and _modifies(first - 1, at, spelling, vocabulary, employer)
    ):
        first -= 1
    while first < at and lower[first] in vocabulary.not_roles:
        first += 1
    end = at + 1
    if (
        lower[at] in vocabulary.linked_heads
        and end + 1 < len(lower)
        and lower[end] in vocabulary.title_links
        and spelling.close(end + 1)
        and _links(end, spelling, vocabulary, employer)
    ):
        end += 2
        if (
            end < len(lower)
            and spelling.close(end)
            and lower[end] not in vocabulary.common
            and lower[end] not in vocabulary.role_nouns
            and not (employer and employer.first <= end)
        ):
            end += 1
    if (
        not (end - first == 1 and lower[first] in vocabulary.no_title_alone)
        and lower[first] not in vocabulary.not_roles
    ):
        yield Place(first, end)


def _links(at: int, spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> bool:
    """``lecturer in sociology``, ``head of marketing``; not ``manager in Leeds``, ``manager for Acme``."""
    after = at + 1
    word = spelling.words.lower[after]
    if (
        (employer and employer.first <= after < employer.end)
        or word in vocabulary.common - vocabulary.role_modifiers - vocabulary.departments
        or word in vocabulary.not_employers
    ):
        return False
    return spelling.words.lower[at] in vocabulary.of or not spelling.capital(after)


def _modifies(at: int, head: int, spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> bool:
    if employer and employer.first <= at < employer.end:
        return False
    word = spelling.words.lower[at]
    if word.startswith("'") or (word in vocabulary.news_people and word not in vocabulary.role_modifiers):
        return False
    if (
        spelling.capital(at)
        and not spelling.capital(head)
        and word not in vocabulary.not_employers | vocabulary.role_modifiers
        and not spelling.shouted
        and spelling.words.joined[at]
    ):
        return spelling.raw[at].isupper() and len(word) <= 4
    if word in vocabulary.not_roles and word not in vocabulary.role_modifiers:
        return False
    return word in vocabulary.role_modifiers or word not in vocabulary.common


def _worth(place: Place, spelling: Spelling, vocabulary: Vocabulary, employer: Place | None) -> float:
    around = spelling.around(place)
    head = spelling.words.lower[place.end - 1]
    before, earlier, after = around.before, around.earlier, around.after
    named = after in vocabulary.role_nouns or (after in vocabulary.process_nouns and vocabulary.is_role_head(head))
    signs = (
        (named, 3.5),
        (before in vocabulary.to_be and earlier in vocabulary.role_nouns, 2.0),
        (before in vocabulary.as_a or (before in vocabulary.articles and earlier in vocabulary.becoming), 2.5),
        (before in vocabulary.role_nouns or (earlier in vocabulary.role_nouns and before in vocabulary.of_or_as), 3.0),
        (before in vocabulary.articles and earlier in vocabulary.before_somebody, -3.0),
        (_next_to(place, employer, 2) and after in vocabulary.before_an_employer, 2.5),
        (after in vocabulary.at_an_employer, 1.0),
        (_next_to(place, employer, 0), 2.0),
        (spelling.stands_alone(place), 2.0),
        (before in vocabulary.a_or_an, 1.2),
        (head in vocabulary.news_people and not named, -_as_a_person(place, around, spelling, vocabulary)),
    )
    return sum(weight for holds, weight in signs if holds)


def _next_to(place: Place, employer: Place | None, words: int) -> bool:
    """Whether the employer is named right after, with so many words between at most, or right before."""
    if employer is None:
        return False
    return place.end <= employer.first <= place.end + words or (words == 0 and employer.end == place.first)


def _as_a_person(place: Place, around: Around, spelling: Spelling, vocabulary: Vocabulary) -> float:
    """How much a title looks like the person who brought the news."""
    signs = (
        (around.before in vocabulary.before_somebody_known, 2.0),
        (
            around.after in vocabulary.employer_verbs or around.after in vocabulary.after_somebody,
            3.0,
        ),
        (spelling.words.lower[place.first] in vocabulary.hiring, 5.0),
    )
    return sum(weight for holds, weight in signs if holds)
