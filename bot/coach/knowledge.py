"""What the coach knows about reading one language: the rules files, made ready part by part when first needed."""

from __future__ import annotations

from bot.coach.capitals import Capitals
from bot.coach.commands import CommandRules
from bot.coach.correction import CorrectionRules
from bot.coach.crisis_replies import CrisisReplies
from bot.coach.intents import IntentRules
from bot.coach.moment_names import Names
from bot.coach.moments import MomentReader
from bot.coach.names import Vocabulary
from bot.coach.near_words import NearWords
from bot.coach.news import NewsRules
from bot.coach.opening import OpeningRules
from bot.coach.parts import Parts, from_file, from_files, from_parts
from bot.coach.pasted import PastedRules
from bot.coach.people import People
from bot.coach.phrasebook import Phrasebook
from bot.coach.places import Places
from bot.coach.plain_commands import PlainCommandRules
from bot.coach.rules import Rules
from bot.coach.safety import SafetyRules
from bot.coach.uncapitalised import TRIGGERS

_SAFETY = ("safety", "safety_tongues", "safety_leaning")


def _openings(rules: Rules) -> OpeningRules:
    vocabulary, names = rules.part("vocabulary"), rules.part("names")
    classes = vocabulary.part("classes").classes()
    return OpeningRules(
        intents=IntentRules(rules.part("openings"), classes),
        news=NewsRules(rules.part("news"), classes),
        vocabulary=Vocabulary.from_rules(vocabulary),
        triggers=Phrasebook({name: names.part(name).phrases(classes) for name in TRIGGERS}),
        people=People(names),
        near=NearWords(vocabulary.part("nearly").words()),
    )


def _capitals(rules: Rules) -> Capitals:
    return Capitals.from_rules(rules.part("capitals"), rules.part("names", "abbreviations").words())


def _plain_commands(known: Knowledge) -> PlainCommandRules:
    classes = known.rules.part("vocabulary", "classes").classes()
    return PlainCommandRules(known.rules.part("plain_commands"), classes, known.commands, known.moments)


class Knowledge(Parts):
    """The parts of the reader in one language."""

    safety = from_files(
        lambda rules: SafetyRules(*map(rules.part, _SAFETY)),
        *_SAFETY,
    )
    crisis_replies = from_file(CrisisReplies, "crisis_replies")
    commands = from_file(CommandRules, "commands")
    openings = from_files(_openings, "openings", "news", "names", "vocabulary")
    moments = from_file(lambda file: MomentReader(Names.from_rules(file)), "moments")
    corrections = from_file(CorrectionRules, "corrections")
    pasted = from_file(PastedRules, "pasted")
    capitals = from_files(_capitals, "capitals", "names")
    places = from_file(Places, "places")
    plain_commands = from_parts(_plain_commands, "plain_commands", "vocabulary", "commands", "moments")
