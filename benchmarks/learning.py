"""Learn the weights of the soft question's wider net from the texts in tests/coach: `python -m benchmarks.learning`.

A logistic regression over words and pairs of neighbours, with steps that shrink for what is seen often. It prints what
it finds by five-fold cross-validation, where no text is read by weights that were learned from it, and with `--write`
puts the table where the coach reads it. The same texts give the same table.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.coach.leaning import STEP, Leaning, features
from bot.coach.rules import Rules
from bot.coach.written import Written

TEXTS = Path(__file__).parent.parent / "tests" / "coach"
TABLE = Path(__file__).parent.parent / "content" / "en" / "rules" / "safety_leaning.yaml"
ROUNDS = 12
PACE = 0.3
OFTEN = 3
"""In how many texts a feature must stand to be learned."""

LEAST = 1.25
"""How far a sentence must lean: at this, cross-validation takes about one everyday text in 450."""

FOLDS = 5
_SAID = re.compile(r"- person: ([^\[|>].*)")
"""A line of a person in a scripted conversation, buttons and blocks apart."""

_WROTE = re.compile(r"^Sam: (.*)", re.MULTILINE)
"""A line of a person in a transcript; none of them is in danger."""

_HEAD = """\
# How much each word, and each pair of words, leans towards a message that should be asked about softly, in quarters.
# Learned from the texts in tests/coach by `python -m benchmarks.learning --write`, and not to be edited by hand.
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """A text, and whether it should be asked about (grave) or not: everyday, or chosen to mislead."""

    text: str
    kind: str

    def features(self) -> Sequence[str]:
        return list(features(Written.of(self.text).plain_words.lower))


def samples() -> Iterator[Sample]:
    yield from _labelled()
    for said in (*_in_scripts(), *_answers(), *_in_transcripts()):
        yield Sample(said, "everyday")


def _labelled() -> Iterator[Sample]:
    for answer, text in _lines("safety"):
        yield Sample(text, "misleading" if answer == "none" else "grave")
    for _, text in _lines("everyday"):
        yield Sample(text, "everyday")
    for kind in ("openings", "commands"):
        for label, text in _lines(kind):
            yield Sample(text, "grave" if label == "crisis" else "everyday")
    for path in (*sorted((TEXTS / "sets").glob("*.jsonl")), *sorted((TEXTS / "phrasings").glob("*.jsonl"))):
        for line in path.read_text(encoding="utf-8").splitlines():
            item = json.loads(line)
            crisis = item.get("labels", {}).get("crisis", "none")
            yield Sample(item["text"], "grave" if crisis in ("crisis", "borderline") else "everyday")


def _in_scripts() -> Iterator[str]:
    for path in sorted((TEXTS.parent / "conversations").rglob("*.yaml")):
        script = path.read_text(encoding="utf-8")
        for said in () if "crisis" in f"{path.name} {script}" else _SAID.findall(script):
            yield said.strip("\"'")


def _answers() -> Iterator[str]:
    answers = yaml.safe_load((TEXTS.parent / "content" / "natural_answers.yaml").read_text(encoding="utf-8"))
    return (str(said) for choices in answers.values() for texts in choices.values() for said in texts)


def _in_transcripts() -> Iterator[str]:
    for page in sorted((TEXTS.parents[1] / "docs" / "transcripts").glob("*.md")):
        yield from _WROTE.findall(page.read_text(encoding="utf-8"))


def _lines(kind: str) -> Iterator[tuple[str, str]]:
    """The first and the last field of each phrasing."""
    for line in (TEXTS / "phrasings" / f"{kind}.txt").read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            fields = [field.strip() for field in line.split(" | ")]
            yield fields[0], fields[-1]


def learn(texts: Sequence[Sample]) -> tuple[float, Mapping[str, float]]:
    """Return where the sum starts and the weight of each feature."""
    counted = Counter(one for text in texts for one in text.features())
    often = [([one for one in text.features() if counted[one] >= OFTEN], text) for text in texts]
    weights: defaultdict[str, float] = defaultdict(float)
    steps: defaultdict[str, float] = defaultdict(lambda: 1e-6)
    order = random.Random(1)
    for _ in range(ROUNDS):
        order.shuffle(often)
        for known, text in often:
            scale = 1 / math.sqrt(len(known) or 1)
            leaning = weights[""] + scale * sum(weights[one] for one in known)
            error = 1 / (1 + math.exp(-leaning)) - (text.kind == "grave")
            for one, share in (("", 1.0), *((one, scale) for one in known)):
                steps[one] += (error * share) ** 2
                weights[one] -= PACE * error * share / math.sqrt(steps[one])
    return weights.pop(""), weights


def table(texts: Sequence[Sample]) -> Mapping[str, object]:
    """Return the weights in the shape of a rules file."""
    start, weights = learn(texts)
    rows: defaultdict[int, list[str]] = defaultdict(list)
    for one, weight in sorted(weights.items()):
        rows[round(weight / STEP)].append(one)
    rows.pop(0, None)
    shown = {str(weight): rows[weight] for weight in sorted(rows)}
    return {"start": round(start, 2), "least": LEAST, "weights": shown}


def written(made: Mapping[str, object]) -> str:
    weights = made["weights"]
    assert isinstance(weights, Mapping)
    blocks = ("\n".join([f'  "{weight}": |', *(f"    {one}" for one in ones)]) for weight, ones in weights.items())
    return "\n".join([f"{_HEAD}start: {made['start']}", f"least: {made['least']}", "weights:", *blocks, ""])


def cross_validated(texts: Sequence[Sample]) -> Iterator[tuple[Sample, bool]]:
    """Each text, and whether weights that were learned without it say that it should be asked about."""
    mixed = list(texts)
    random.Random(3).shuffle(mixed)
    for fold in range(FOLDS):
        net = Leaning(Rules(table([text for at, text in enumerate(mixed) if at % FOLDS != fold])))
        for text in mixed[fold::FOLDS]:
            yield text, net.found_in(Written.of(text.text).plain_words)


def main() -> int:
    parser = argparse.ArgumentParser(description="Learn the wider net of the soft question.")
    parser.add_argument("--write", action="store_true", help="put the table into content/")
    texts = list(samples())
    found = list(cross_validated(texts))
    for kind in ("grave", "misleading", "everyday"):
        asked = [is_asked for text, is_asked in found if text.kind == kind]
        print(f"  {kind:<12} {sum(asked):5} of {len(asked)} asked about")
    if parser.parse_args().write:
        TABLE.write_text(written(table(texts)), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
