"""Notes: the shorter things to say or send: the call's five lines, a message to a consultant, thanks, a follow-up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.rules import Rules

_BEFORE_AN_INTERVIEW = ("application", "screen", "test")


@dataclass(frozen=True, slots=True)
class Notes:
    """The blocks ``calls``, ``consultant``, ``thanks`` and ``follow_up`` of a language."""

    calls: Mapping[str, str]
    questions: str
    to_consultant: Mapping[str, Line]
    greeting: Line
    ask: Mapping[str, Line]
    close: Line
    thanks: Line
    thanks_to_consultant: Line
    thanks_close: Line
    follow_up: Line
    follow_up_to_consultant: Line
    follow_up_close: Line

    @classmethod
    def from_rules(cls, rules: Rules) -> Notes:
        """Read the four files.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        calls, consultant, thanks, follow_up = map(rules.part, ("calls", "consultant", "thanks", "follow_up"))
        return cls(
            calls={stage: "\n".join(lines.texts()) for stage, lines in calls.part("lines").parts().items()},
            questions="\n".join(consultant.part("questions").texts()),
            to_consultant=read_lines(consultant.part("message")),
            greeting=read_line(consultant.part("greeting")),
            ask=read_lines(consultant.part("ask")),
            close=read_line(consultant.part("close")),
            thanks=read_line(thanks.part("note")),
            thanks_to_consultant=read_line(thanks.part("to_consultant")),
            thanks_close=read_line(thanks.part("close")),
            follow_up=read_line(follow_up.part("note")),
            follow_up_to_consultant=read_line(follow_up.part("to_consultant")),
            follow_up_close=read_line(follow_up.part("close")),
        )

    def call_lines(self, stage: str) -> str:
        """Return five numbered lines to say; without an interview none is mentioned."""
        return self.calls["application" if stage in _BEFORE_AN_INTERVIEW else "usual"]

    def consultant_message(self, words: Mapping[str, str], rang: bool, stage: str) -> str:
        """Return a message that asks the consultant for a talk; ``rang`` says that they telephoned."""
        opening = self.to_consultant["rang" if rang else "usual"].say(words)
        ask = self.ask["application" if stage == "application" else "interview"].say(words)
        return f"{self.greeting.say(words)}\n{opening} {ask}\n{self.close.say(words)}"

    def thank_you(self, words: Mapping[str, str]) -> str:
        """Return a note of thanks for feedback, to the consultant where there is one."""
        words = {**words, "close": self.thanks_close.say(words)}
        note = self.thanks_to_consultant if words.get("consultant") else self.thanks
        return note.say(words)

    def follow_up_note(self, words: Mapping[str, str]) -> str:
        """Return one last question after a vague answer, to the consultant where there is one."""
        words = {**words, "close": self.follow_up_close.say(words)}
        note = self.follow_up_to_consultant if words.get("consultant") else self.follow_up
        return note.say(words)
