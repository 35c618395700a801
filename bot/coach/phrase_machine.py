"""The machine: many phrases walked over a text together, at one look-up a word.

From each word at which a phrase can begin, all phrases go along at once. How far they have come is a *state*. Which
state a word leads to is worked out when a text first takes that way, and kept; so a text costs a look-up or two a word,
however many phrases there are. A phrase has no circles: a walk is never longer than the longest phrase, and time grows
with the text and no faster.

What is kept is bounded, and holds nothing that a person wrote. Words that no phrase tells apart go by one *symbol*: a
word that a phrase names stands for itself, any other for all words that begin like it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from bot.coach.phrase_graph import Node, One, Place, ahead, places
from bot.coach.words import Words

Settles = Literal["itself", "all", "nothing"]
"""What the end of a phrase settles: its own later ways; these and the phrases after it; or nothing."""

MOST_STEPS = 20_000
"""Steps that a machine keeps unless told otherwise; then it forgets them all and begins anew."""


class Progress:
    """How far one phrase has come: the places its next word may stand at, and whether it ends here.

    ``forms`` are the words that lead on from here; when ``open``, others may too.
    """

    __slots__ = ("done", "forms", "label", "open", "places", "steps")

    def __init__(self, label: int, ahead: Sequence[Place], done: bool) -> None:
        ones = [place for place in ahead if isinstance(place, One)]
        self.label = label
        self.places = ahead
        self.done = done
        self.forms = ones[0].forms if len(ones) == 1 else _united(one.forms for one in ones)
        self.open = len(ones) < len(ahead) or any(one.stems or one.number for one in ones)
        self.steps: dict[str, Progress | None] = {}


class State(dict[str, "State | None"]):
    """How far all phrases have come: by symbol the state after the next word, ``None`` where no phrase goes on.

    ``ends`` are the labels of the phrases that end here.
    """

    __slots__ = ("ends", "going", "machine")

    def __init__(self, machine: Machine, going: tuple[Progress, ...]) -> None:
        super().__init__()
        self.machine = machine
        self.going = going
        self.ends = tuple(dict.fromkeys(progress.label for progress in going if progress.done))

    def __missing__(self, symbol: str) -> State | None:
        state = self[symbol] = self.machine.step(self, symbol)
        return state


class Symbols(dict[str, str]):
    """Symbols by word, for the words that phrases name; others are not kept."""

    def __init__(self, ones: Sequence[One]) -> None:
        forms = _united(one.forms for one in ones)
        super().__init__(zip(forms, forms, strict=True))
        self._stems = frozenset(stem for one in ones for stem in one.stems)
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)

    def __missing__(self, word: str) -> str:
        """The longest stem, a figure, or nothing known; a star keeps them apart from words."""
        for length in self._lengths:
            if word[:length] in self._stems:
                return f"{word[:length]}*"
        return "0*" if word[:1].isdigit() else "*"


class Machine:
    """Phrases with their labels, earlier ones first. ``kept`` counts the steps that are worked out."""

    def __init__(self, phrases: Sequence[tuple[int, Node]], settles: Settles, most_steps: int = MOST_STEPS) -> None:
        ones = [place for place in places(node for _, node in phrases) if isinstance(place, One)]
        self._phrases = phrases
        self._settles = settles
        self._most_steps = most_steps
        self._symbols = Symbols(ones)
        self._asks = any(one.asked for one in ones)
        self._forget()
        starts = self._start.going
        self._first_words = None if any(start.open for start in starts) else _united(start.forms for start in starts)

    def _forget(self) -> None:
        self.kept = 0
        self._progress: dict[tuple[int, tuple[Place | None, ...]], Progress] = {}
        self._states: dict[tuple[Progress, ...], State] = {}
        self._start = State(self, tuple(self._begun(label, node) for label, node in self._phrases))

    def found(self, words: Words) -> Iterator[tuple[int, dict[int, int]]]:
        """Yield each word at which phrases stand, and the words that they end before, by label."""
        if self._first_words is not None and self._first_words.isdisjoint(words.lower):
            return
        symbols, joined = self._in_symbols(words), words.joined
        count, start = len(symbols), self._start
        for at, symbol in enumerate(symbols):
            state = start[symbol]
            if state is None:
                continue
            ends: dict[int, int] = {}
            end = at
            while state is not None:
                end += 1
                for label in state.ends:
                    ends[label] = end
                state = state[symbols[end]] if end < count and joined[end] else None
            if ends:
                yield at, ends

    def whole(self, words: Words) -> tuple[int, ...]:
        """Return the labels of the phrases that all of the words are."""
        if not all(words.joined[1:]):
            return ()
        state: State | None = self._start
        for symbol in self._in_symbols(words):
            if state is None:
                return ()
            state = state[symbol]
        return () if state is None else state.ends

    def _in_symbols(self, words: Words) -> list[str]:
        symbols = list(map(self._symbols.__getitem__, words.lower))
        if self._asks and True in words.asked:
            symbols = [f"{symbol}?" if asked else symbol for symbol, asked in zip(symbols, words.asked, strict=True)]
        return symbols

    def step(self, state: State, symbol: str) -> State | None:
        """Work out where a symbol leads."""
        self.kept += 1
        if self.kept > self._most_steps:
            self._forget()
        word, asked = (symbol[:-1], True) if symbol[-1] == "?" else (symbol, False)
        going = []
        for progress in state.going:
            if word in progress.forms or progress.open:
                after = self._after(progress, symbol, word, asked)
                if after is None:
                    continue
                going.append(after)
                if after.done and self._settles == "all":
                    break
        key = tuple(going)
        if key and key not in self._states:
            self._states[key] = State(self, key)
        return self._states[key] if key else None

    def _after(self, progress: Progress, symbol: str, word: str, asked: bool) -> Progress | None:
        if symbol not in progress.steps:
            nodes = [place.then for place in progress.places if not isinstance(place, One) or place.fits(word, asked)]
            progress.steps[symbol] = self._come(progress.label, nodes) if nodes else None
        return progress.steps[symbol]

    def _begun(self, label: int, node: Node) -> Progress:
        """A phrase never begins with a word that a gap skips."""
        return Progress(label, [place for place in ahead(node) if isinstance(place, One)], False)

    def _come(self, label: int, nodes: Sequence[Node]) -> Progress:
        ways = tuple(dict.fromkeys(place for node in nodes for place in ahead(node)))
        done = None in ways
        if done and self._settles != "nothing":
            ways = ways[: ways.index(None)]
        key = (label, (*ways, None) if done else ways)
        if key not in self._progress:
            self._progress[key] = Progress(label, [place for place in ways if place is not None], done)
        return self._progress[key]


def _united(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    return frozenset[str]().union(*sets)
