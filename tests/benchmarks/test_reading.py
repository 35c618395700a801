from __future__ import annotations

import pytest

from benchmarks.reading import floor, measure, texts


@pytest.mark.parametrize("kind", ["short messages", "openings", "drafts", "pasted letters"])
def test_there_are_texts_of_each_kind(kind: str) -> None:
    assert len(texts()[kind]) > 50


def test_the_floor_knows_the_words_of_the_rules_and_no_others() -> None:
    read = floor({"they": 1, "said": 2})

    assert read("They said no.") == [1, 2, 0]


def test_of_two_readers_the_one_that_does_more_costs_more() -> None:
    def twice(text: str) -> None:
        read(text), read(text)

    read = floor({})
    found = measure({"once": read, "twice": twice}, ["a b c " * 400] * 20, rounds=3)

    assert found["once"].mean < found["twice"].mean
    assert found["once"].p50 <= found["once"].p95
