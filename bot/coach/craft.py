"""Craft: everything that the skills know in one language, read from its rules and blocks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.coach.answer_card import AnswerCards
from bot.coach.answers import AnswerRules
from bot.coach.drafting import Letters
from bot.coach.etiquette import Etiquette
from bot.coach.feedback import FeedbackRules
from bot.coach.helplines import Helplines
from bot.coach.notes import Notes
from bot.coach.plans import Plans
from bot.coach.practice import Practice
from bot.coach.preferences import Preferences
from bot.coach.review import Review
from bot.coach.rules import Rules
from bot.coach.sorting import Sorting
from bot.coach.things import Things


@dataclass(frozen=True, slots=True)
class Craft:
    letters: Letters
    notes: Notes
    etiquette: Etiquette
    review: Review
    feedback: FeedbackRules
    sorting: Sorting
    helplines: Helplines
    plans: Plans
    answers: AnswerRules
    answer_cards: AnswerCards
    practice: Practice
    preferences: Preferences
    things: Things

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any]) -> Craft:
        """Read the files of one language, keyed by file stem.

        Raises:
            BadRuleError: a file or a part of one is missing or has the wrong shape, or a phrase cannot be read.
        """
        files = Rules(rules)
        return cls(
            letters=Letters.from_rules(files.part("drafts")),
            notes=Notes.from_rules(files),
            etiquette=Etiquette.from_rules(files.part("etiquette")),
            review=Review.from_rules(files.part("review")),
            feedback=FeedbackRules.from_rules(files.part("feedback")),
            sorting=Sorting.from_rules(files.part("sorting")),
            helplines=Helplines.from_rules(files.part("helplines")),
            plans=Plans.from_rules(files.part("plans")),
            answers=AnswerRules.from_rules(files.part("answers")),
            answer_cards=AnswerCards.from_rules(files.part("practice")),
            practice=Practice.from_rules(files.part("practice")),
            preferences=Preferences.from_rules(files.part("preferences")),
            things=Things.from_rules(files.part("things")),
        )
