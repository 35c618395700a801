"""Near words: a misspelt word read as the known one that is a single letter away."""

from __future__ import annotations

from collections.abc import Iterable

LEAST = 5
"""Letters that a word must have: shorter ones have too many neighbours that mean something else."""

_KEPT = 3
"""Letters that one error leaves alone, at the start of the word or at its end; most words stop at this look-up."""


class NearWords:
    """Known words, found by what is left when one letter is dropped."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = frozenset(known)
        self._starts = frozenset(word[:_KEPT] for word in self._known)
        self._ends = frozenset(word[-_KEPT:] for word in self._known)
        self._dropped = {piece: word for word in sorted(self._known) for piece in _with_one_dropped(word)}

    def corrected(self, words: list[str]) -> list[str]:
        starts, ends = self._starts, self._ends
        return [
            self._near(word) if len(word) >= LEAST and (word[:_KEPT] in starts or word[-_KEPT:] in ends) else word
            for word in words
        ]

    def _near(self, word: str) -> str:
        return word if word in self._known else self._one_off(word) or word

    def _one_off(self, word: str) -> str | None:
        found = (self._dropped.get(piece) for piece in (word, *_with_one_dropped(word)))
        candidates = (known for known in found if known and one_apart(word, known))
        return next(candidates, None) or next(
            (piece for piece in _with_one_dropped(word) if piece in self._known), None
        )


def _with_one_dropped(word: str) -> Iterable[str]:
    return (word[:at] + word[at + 1 :] for at in range(len(word)))


def one_apart(word: str, known: str) -> bool:
    """Whether one letter was dropped, added or changed, or two neighbours were swapped."""
    if len(word) != len(known):
        longer, shorter = sorted((word, known), key=len, reverse=True)
        return shorter in _with_one_dropped(longer)
    unlike = [at for at, (one, other) in enumerate(zip(word, known, strict=True)) if one != other]
    if len(unlike) == 1:
        return True
    swapped = len(unlike) == 2 and unlike[1] == unlike[0] + 1
    return swapped and word[unlike[0]] + word[unlike[1]] == known[unlike[1]] + known[unlike[0]]
