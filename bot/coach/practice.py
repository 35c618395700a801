"""Practice: questions by area, and the pages to go by or to hand over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.rules import BadRuleError, Rules

GENERAL = "general"
"""The area whose questions serve while no other is chosen."""

_LEAST_QUESTIONS, _WATCHED = 3, 2


@dataclass(frozen=True, slots=True)
class PracticeArea:
    """What to ask in one area, two things that a listener watches for, and the one to look for in a recording."""

    questions: tuple[str, ...]
    watch: tuple[str, ...]
    look: str

    @classmethod
    def from_rules(cls, rules: Rules) -> PracticeArea:
        """Read one area.

        Raises:
            BadRuleError: there are fewer than three questions, or not two things to watch for.
        """
        questions, watch = rules.part("questions").texts(), rules.part("watch").texts()
        if len(questions) < _LEAST_QUESTIONS:
            raise BadRuleError((*rules.path, "questions"), f"should have {_LEAST_QUESTIONS} questions or more")
        if len(watch) != _WATCHED:
            raise BadRuleError((*rules.path, "watch"), f"should have {_WATCHED} lines")
        return cls(questions, watch, rules.part("look").text())


@dataclass(frozen=True, slots=True)
class Practice:
    """The block ``practice`` of a language, without what it says of an answer."""

    areas: Mapping[str, PracticeArea]
    checklists: Mapping[str, Line]
    page: Line
    invitations: Mapping[str, Line]
    sheet_head: Line
    sheet_body: str
    refresher: Mapping[str, Line]

    @classmethod
    def from_rules(cls, rules: Rules) -> Practice:
        """Read the file ``practice``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        areas = rules.part("areas")
        if not areas.has(GENERAL):
            raise BadRuleError(areas.path, f"has no `{GENERAL}`")
        return cls(
            areas={name: PracticeArea.from_rules(part) for name, part in areas.parts().items()},
            checklists=read_lines(rules.part("checklist")),
            page=read_line(rules.part("kit", "page")),
            invitations={name: read_line(rules.part("kit", name)) for name in ("friend", "recruiter")},
            sheet_head=read_line(rules.part("sheet", "head")),
            sheet_body=rules.part("sheet", "body").text(),
            refresher=read_lines(rules.part("refresher")),
        )

    def area(self, name: str) -> PracticeArea:
        return self.areas.get(name) or self.areas[GENERAL]

    def question(self, area: str, number: int) -> str:
        """Return one question of the bank; numbers go round."""
        questions = self.area(area).questions
        return questions[number % len(questions)]

    def checklist(self, way: str, area: str) -> str:
        """Return how to ``film`` an answer, record one's ``voice`` or ``write`` it, and what to look for."""
        return self.checklists[way].say({"look": self.area(area).look})

    def kit(self, area: str) -> str:
        """Return one page for whoever asks the questions."""
        at = self.area(area)
        first, second, third = at.questions[:_LEAST_QUESTIONS]
        watch, watch_too = at.watch
        return self.page.say({"first": first, "second": second, "third": third, "watch": watch, "watch_too": watch_too})

    def invitation(self, whom: str, words: Mapping[str, str]) -> str:
        """Return a message to a ``friend`` or a ``recruiter``."""
        return self.invitations[whom].say(words)

    def sheet(self, words: Mapping[str, str]) -> str:
        """Return a sheet to fill in about a company."""
        return f"{self.sheet_head.say(words)}\n\n{self.sheet_body}"

    def refresh(self, words: Mapping[str, str], area: str) -> str:
        """Return what to go through shortly before an interview; what is not known has no line."""
        look = self.areas[area].look if area in self.areas else ""
        said = (line.say({**words, "look": look}) for line in self.refresher.values())
        return "\n".join(line for line in said if line)
