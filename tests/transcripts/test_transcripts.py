"""The transcripts under docs/ are what the coach says today, to the end, and none of them loses the person."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.bootstrap import build_coach
from tests.shipped import compiled
from tests.transcripts.replaying import PAGES, replay, said_in, talk_in

COACH = build_coach(compiled())
LOST = ("Sorry, I didn't follow", "I'm not sure I understood", "Sorry, I still don't follow", "something went wrong")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_transcript_is_what_is_said_today(path: Path) -> None:
    talk = talk_in(path.read_text(encoding="utf-8"))

    assert replay(said_in(talk), COACH) == talk, "read it again, then run `make transcripts`"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nobody_is_asked_to_say_it_otherwise(path: Path) -> None:
    talk = talk_in(path.read_text(encoding="utf-8"))

    assert [words for words in LOST if words in talk] == []


def test_five_people_were_played() -> None:
    assert len(PAGES) == 5
