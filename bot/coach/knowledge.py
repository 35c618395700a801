"""What the coach knows about reading one language: the rules files, made ready part by part when first needed."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from bot.coach.capitals import Capitals
from bot.coach.commands import CommandRules
from bot.coach.correction import CorrectionRules
from bot.coach.intents import IntentRules
from bot.coach.moment_names import Names
from bot.coach.moments import MomentReader
from bot.coach.names import Vocabulary
from bot.coach.near_words import NearWords
from bot.coach.news import NewsRules
from bot.coach.opening import OpeningRules
from bot.coach.parts import Parts
from bot.coach.pasted import PastedRules
from bot.coach.people import People
from bot.coach.phrasebook import Phrasebook
from bot.coach.plain_commands import PlainCommandRules
from bot.coach.rules import Rules
from bot.coach.safety import SafetyRules
from bot.coach.uncapitalised import TRIGGERS


class Knowledge(Parts):
    """The parts of the reader in one language. Making it costs nothing; a part is made when it is first asked for."""

    @classmethod
    def from_rules(cls, rules: Mapping[str, Any]) -> Knowledge:
        """Take the rules files of one language, keyed by file stem."""
        return cls(Rules(rules))

    @cached_property
    def safety(self) -> SafetyRules:
        return SafetyRules(*map(self.rules.part, ("safety", "safety_tongues", "safety_leaning")))

    @cached_property
    def commands(self) -> CommandRules:
        return CommandRules(self.rules.part("commands"))

    @cached_property
    def openings(self) -> OpeningRules:
        vocabulary, names = self.rules.part("vocabulary"), self.rules.part("names")
        classes = vocabulary.part("classes").classes()
        return OpeningRules(
            intents=IntentRules(self.rules.part("openings"), classes),
            news=NewsRules(self.rules.part("news"), classes),
            vocabulary=Vocabulary.from_rules(vocabulary),
            triggers=Phrasebook({name: names.part(name).phrases(classes) for name in TRIGGERS}),
            people=People(names),
            near=NearWords(vocabulary.part("nearly").words()),
        )

    @cached_property
    def moments(self) -> MomentReader:
        return MomentReader(Names.from_rules(self.rules.part("moments")))

    @cached_property
    def corrections(self) -> CorrectionRules:
        return CorrectionRules(self.rules.part("corrections"))

    @cached_property
    def pasted(self) -> PastedRules:
        return PastedRules(self.rules.part("pasted"))

    @cached_property
    def capitals(self) -> Capitals:
        return Capitals.from_rules(self.rules.part("capitals"), self.rules.part("names", "abbreviations").words())

    @cached_property
    def plain_commands(self) -> PlainCommandRules:
        classes = self.rules.part("vocabulary", "classes").classes()
        return PlainCommandRules(self.rules.part("plain_commands"), classes, self.commands, self.moments)
