"""The ledger: what each person was acknowledged, what they saw, and what follows from comparing the two."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

TOKEN = re.compile(r"#(\w+)-(\d+)#")


def token(user: str, number: int) -> str:
    """What a message carries, and its answer with it."""
    return f"#{user}-{number}#"


@dataclass(slots=True)
class Ledger:
    """``acknowledged`` are the numbers of each person's messages that were, in the order written."""

    acknowledged: dict[str, list[int]] = field(default_factory=dict)
    refused: int = 0

    def acknowledge(self, user: str, number: int) -> None:
        self.acknowledged.setdefault(user, []).append(number)

    @property
    def turns(self) -> int:
        return sum(len(numbers) for numbers in self.acknowledged.values())

    def verdict(self, seen: Mapping[str, Sequence[str]]) -> Verdict:
        """``seen`` are the texts that each person saw, oldest first."""
        numbers = {user: _numbers(user, texts) for user, texts in seen.items()}
        pairs = [(said, numbers.get(user, [])) for user, said in self.acknowledged.items()]
        return Verdict(
            turns=self.turns,
            refused=self.refused,
            lost=sum(len(set(said) - set(shown)) for said, shown in pairs),
            doubled=sum(sum(times - 1 for times in Counter(shown).values()) for shown in numbers.values()),
            disordered=sum(_disordered([one for one in shown if one in set(said)]) for said, shown in pairs),
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """``refused`` were never acknowledged, however often they came: the other side knows that they are not kept."""

    turns: int
    refused: int
    lost: int
    doubled: int
    disordered: int

    @property
    def clean(self) -> bool:
        return self.turns > 0 and not (self.lost or self.doubled or self.disordered)


def _numbers(user: str, texts: Iterable[str]) -> list[int]:
    found = (match for text in texts for match in TOKEN.findall(text))
    return [int(number) for whose, number in found if whose == user]


def _disordered(shown: Sequence[int]) -> int:
    first = list(dict.fromkeys(shown))
    return sum(later < earlier for earlier, later in itertools.pairwise(first))
