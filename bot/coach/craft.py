"""Craft: everything that the skills know in one language, read from its rules and blocks part by part."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any, TypeVar

from bot.coach.answer_card import AnswerCards
from bot.coach.answers import AnswerRules
from bot.coach.drafting import Letters
from bot.coach.etiquette import Etiquette
from bot.coach.feedback import FeedbackRules
from bot.coach.helplines import Helplines
from bot.coach.moment_names import Names
from bot.coach.moments import MomentReader
from bot.coach.notes import Notes
from bot.coach.parts import Parts
from bot.coach.plans import Plans
from bot.coach.practice import Practice
from bot.coach.preferences import Preferences
from bot.coach.review import Review
from bot.coach.rules import Rules
from bot.coach.sorting import Sorting
from bot.coach.things import Things
from bot.coach.waiting import Waiting

Part = TypeVar("Part")


def _from_files(read: Callable[[Rules], Part], *stems: str) -> cached_property[Part]:
    """A part that is read from some files of a language, or taken from the base that has the very same files."""

    def made(craft: Craft) -> Part:
        base = craft.base
        if base is not None and all(craft.files.get(stem) is base.files.get(stem) for stem in stems):
            return part.__get__(base)
        return read(craft.rules)

    part = cached_property(made)
    return part


def _from_file(read: Callable[[Rules], Part], stem: str) -> cached_property[Part]:
    return _from_files(lambda files: read(files.part(stem)), stem)


class Craft(Parts):
    """Making it costs nothing; a part is read when a skill first asks for it.

    ``files`` are those of the language by stem, a region's with what it takes from its ``base``. A part raises
    ``BadRuleError`` when its file is missing or has the wrong shape, or a phrase cannot be read.
    """

    letters = _from_files(Letters.from_rules, "drafts", "capitals")
    notes = _from_files(Notes.from_rules, "calls", "consultant", "thanks", "follow_up")
    etiquette = _from_file(Etiquette.from_rules, "etiquette")
    review = _from_file(Review.from_rules, "review")
    feedback = _from_file(FeedbackRules.from_rules, "feedback")
    sorting = _from_file(Sorting.from_rules, "sorting")
    helplines = _from_file(Helplines.from_rules, "helplines")
    plans = _from_file(Plans.from_rules, "plans")
    answers = _from_file(AnswerRules.from_rules, "answers")
    answer_cards = _from_file(AnswerCards.from_rules, "practice")
    practice = _from_file(Practice.from_rules, "practice")
    preferences = _from_file(Preferences.from_rules, "preferences")
    things = _from_file(Things.from_rules, "things")
    again = _from_file(lambda file: file.part("says").phrases(), "again")
    moments = _from_file(lambda file: MomentReader(Names.from_rules(file)), "moments")
    waiting = _from_file(Waiting.from_rules, "waiting")

    def __init__(self, files: Mapping[str, Any], base: Craft | None = None) -> None:
        super().__init__(Rules(files))
        self.files = files
        self.base = base
