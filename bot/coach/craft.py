"""Craft: everything that the skills know in one language, read from its rules and blocks part by part."""

from __future__ import annotations

from bot.coach.answer_card import AnswerCards
from bot.coach.answers import AnswerRules
from bot.coach.drafting import Letters
from bot.coach.etiquette import Etiquette
from bot.coach.feedback import FeedbackRules
from bot.coach.helplines import Helplines
from bot.coach.moment_names import Names
from bot.coach.moments import MomentReader
from bot.coach.notes import Notes
from bot.coach.parts import Parts, from_file, from_files
from bot.coach.places import Places
from bot.coach.plans import Plans
from bot.coach.practice import Practice
from bot.coach.preferences import Preferences
from bot.coach.review import Review
from bot.coach.sorting import Sorting
from bot.coach.things import Things
from bot.coach.waiting import Waiting


class Craft(Parts):
    """What the skills know; a part is read when a skill first asks for it.

    A part raises ``BadRuleError`` when its file is missing or has the wrong shape, or a phrase cannot be read.
    """

    letters = from_files(Letters.from_rules, "drafts", "capitals")
    notes = from_files(Notes.from_rules, "calls", "consultant", "thanks", "chase", "follow_up")
    etiquette = from_file(Etiquette.from_rules, "etiquette")
    review = from_file(Review.from_rules, "review")
    feedback = from_file(FeedbackRules.from_rules, "feedback")
    sorting = from_file(Sorting.from_rules, "sorting")
    helplines = from_file(Helplines.from_rules, "helplines")
    places = from_file(Places, "places")
    plans = from_file(Plans.from_rules, "plans")
    answers = from_file(AnswerRules.from_rules, "answers")
    answer_cards = from_file(AnswerCards.from_rules, "practice")
    practice = from_file(Practice.from_rules, "practice")
    preferences = from_file(Preferences.from_rules, "preferences")
    things = from_file(Things.from_rules, "things")
    again = from_file(lambda file: file.part("says").phrases(), "again")
    moments = from_file(lambda file: MomentReader(Names.from_rules(file)), "moments")
    waiting = from_file(Waiting.from_rules, "waiting")
