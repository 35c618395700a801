"""Things: what is kept about a person's jobs, plans and reminders, in soft words, and when they may be written to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.coach.blocks import Line, read_line
from bot.coach.rules import Rules
from bot.engine.conversation import Application, Timer
from bot.engine.schedules import WEEK

_LEAST_RANGE = 3
"""Days in a row that are said as a range."""


@dataclass(frozen=True, slots=True)
class Things:
    """The block ``things`` of a language."""

    application: Line
    asked: Line
    planned: Line
    one_finished: Line
    several_finished: Line
    plan: Line
    worry: Line
    none: str
    reminders: Mapping[str, str]
    other_reminder: str
    may_write: Line
    may_write_all_day: Line
    days: Mapping[str, str]
    day_range: Line
    every_day: str
    joined: str

    @classmethod
    def from_rules(cls, rules: Rules) -> Things:
        """Read the file ``things``.

        Raises:
            BadRuleError: something is missing or has the wrong shape.
        """
        return cls(
            application=read_line(rules.part("application")),
            asked=read_line(rules.part("asked")),
            planned=read_line(rules.part("planned")),
            one_finished=read_line(rules.part("finished", "one")),
            several_finished=read_line(rules.part("finished", "other")),
            plan=read_line(rules.part("plan")),
            worry=read_line(rules.part("worry")),
            none=rules.part("none").text(),
            reminders=rules.part("reminders").table(),
            other_reminder=rules.part("other_reminder").text(),
            may_write=read_line(rules.part("may_write")),
            may_write_all_day=read_line(rules.part("may_write_all_day")),
            days=rules.part("days").table(),
            day_range=read_line(rules.part("range")),
            every_day=rules.part("every_day").text(),
            joined=rules.part("joined").text(),
        )

    def listed(self, applications: Sequence[Application]) -> str:
        """Return the open applications with their plans, line by line; those that are finished are only counted."""
        lines = [line for one in applications if not one.closed for line in self._application(one)]
        finished = sum(one.closed for one in applications)
        if finished:
            line = self.one_finished if finished == 1 else self.several_finished
            lines.append(line.say({"count": str(finished)}))
        return "\n".join(lines) or self.none

    def _application(self, one: Application) -> list[str]:
        known = {name: str(one.slots.get(name, "")) for name in ("company", "role")}
        named = {"application": self.application.say(known)}
        act, worry = (str(one.saved.get(name, "")) for name in ("first_act", "worry"))
        if act:
            head = self.planned.say(named)
        else:
            head = self.asked.say(named) if "sent_at" in one.slots else named["application"]
        return [line for line in (head, self.plan.say({"act": act}), self.worry.say({"worry": worry})) if line]

    def reminder(self, timer: Timer) -> str:
        """Return what a reminder is about."""
        return self.reminders.get(timer.nudge, self.other_reminder)

    def hours(self, start: str, end: str, days: Sequence[str]) -> str:
        """Return when somebody may be written to; ``start`` and ``end`` are clock times, the same for the whole day."""
        words = {"days": self._days(days), "from": start, "until": end}
        return (self.may_write_all_day if start == end else self.may_write).say(words)

    def _days(self, days: Sequence[str]) -> str:
        if len(days) == len(WEEK):
            return self.every_day
        names = [self.days[day] for day in days]
        places = [WEEK.index(day) for day in days]
        if len(days) >= _LEAST_RANGE and places[-1] - places[0] == len(days) - 1:
            return self.day_range.say({"first": names[0], "last": names[-1]})
        return self.joined.join(filter(None, (", ".join(names[:-1]), names[-1])))
