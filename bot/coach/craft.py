"""Craft: everything that the skills know in one language, read from its rules and blocks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
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
from bot.coach.waiting import Waiting


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
    waiting: Waiting

    @classmethod
    def from_rules(
        cls, rules: Mapping[str, Any], base: Craft | None = None, under: Mapping[str, Any] | None = None
    ) -> Craft:
        """Read the files of one language, keyed by file stem.

        A region's language takes from ``base`` all parts whose files are as ``under`` has them.

        Raises:
            BadRuleError: a file or a part of one is missing or has the wrong shape, or a phrase cannot be read.
        """
        files, parts = Rules(rules), {}
        for name, (stems, read) in _PARTS.items():
            same = base is not None and under is not None and all(rules.get(one) == under.get(one) for one in stems)
            parts[name] = getattr(base, name) if same else read(files)
        return cls(**parts)


_PARTS: Mapping[str, tuple[tuple[str, ...], Callable[[Rules], Any]]] = {
    "letters": (("drafts",), lambda files: Letters.from_rules(files.part("drafts"))),
    "notes": (("calls", "consultant", "thanks", "follow_up"), Notes.from_rules),
    "etiquette": (("etiquette",), lambda files: Etiquette.from_rules(files.part("etiquette"))),
    "review": (("review",), lambda files: Review.from_rules(files.part("review"))),
    "feedback": (("feedback",), lambda files: FeedbackRules.from_rules(files.part("feedback"))),
    "sorting": (("sorting",), lambda files: Sorting.from_rules(files.part("sorting"))),
    "helplines": (("helplines",), lambda files: Helplines.from_rules(files.part("helplines"))),
    "plans": (("plans",), lambda files: Plans.from_rules(files.part("plans"))),
    "answers": (("answers",), lambda files: AnswerRules.from_rules(files.part("answers"))),
    "answer_cards": (("practice",), lambda files: AnswerCards.from_rules(files.part("practice"))),
    "practice": (("practice",), lambda files: Practice.from_rules(files.part("practice"))),
    "preferences": (("preferences",), lambda files: Preferences.from_rules(files.part("preferences"))),
    "things": (("things",), lambda files: Things.from_rules(files.part("things"))),
    "waiting": (("waiting",), lambda files: Waiting.from_rules(files.part("waiting"))),
}
"""Each part with the files that it is read from, and how."""
