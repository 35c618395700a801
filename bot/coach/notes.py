"""Notes: the shorter things to say or send: lines for a call, a message to a consultant, thanks, a last question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line, read_lines
from bot.coach.rules import Rules

_BEFORE_AN_INTERVIEW = ("application", "screen", "test")


@dataclass(frozen=True, slots=True)
class Note:
    """A short note to the employer, or to the consultant where there is one."""

    note: Line
    to_consultant: Line
    hello: Line
    close: Line

    @classmethod
    def from_rules(cls, rules: Rules) -> Note:
        """Read one file.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        return cls(*(read_line(rules.part(name)) for name in ("note", "to_consultant", "hello", "close")))

    def say(self, words: Mapping[str, str]) -> str:
        """Return the note, signed."""
        words = {**words, "hello": self.hello.say(words), "close": self.close.say(words)}
        return (self.to_consultant if words.get("consultant") else self.note).say(words)


@dataclass(frozen=True, slots=True)
class Notes:
    """The blocks ``calls``, ``consultant``, ``thanks``, ``follow_up`` and ``chase`` of a language."""

    calls: Mapping[str, str]
    call_back: str
    questions: str
    to_consultant: Mapping[str, Line]
    greeting: Line
    ask: Mapping[str, Line]
    close: Line
    thanks: Note
    follow_up: Note
    chase: Note

    @classmethod
    def from_rules(cls, rules: Rules) -> Notes:
        """Read the five files.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        calls, consultant = map(rules.part, ("calls", "consultant"))
        return cls(
            calls={stage: "\n".join(lines.texts()) for stage, lines in calls.part("lines").parts().items()},
            call_back="\n".join(calls.part("call_back").texts()),
            questions="\n".join(consultant.part("questions").texts()),
            to_consultant=read_lines(consultant.part("message")),
            greeting=read_line(consultant.part("greeting")),
            ask=read_lines(consultant.part("ask")),
            close=read_line(consultant.part("close")),
            thanks=Note.from_rules(rules.part("thanks")),
            follow_up=Note.from_rules(rules.part("follow_up")),
            chase=Note.from_rules(rules.part("chase")),
        )

    def call_lines(self, stage: str) -> str:
        """Return five numbered lines to say; without an interview none is mentioned."""
        return self.calls["application" if stage in _BEFORE_AN_INTERVIEW else "usual"]

    def consultant_message(self, words: Mapping[str, str], rang: bool, stage: str) -> str:
        """Return a message that asks the consultant for a talk; ``rang`` says that they telephoned."""
        opening = self.to_consultant["rang" if rang else "usual"].say(words)
        ask = self.ask["application" if stage == "application" else "interview"].say(words)
        return f"{self.greeting.say(words)}\n{opening} {ask}\n{self.close.say(words)}"
