"""Choosing: the skills that say what to work on first: what came back for another job, and what fits the time left."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.coach.craft import Craft
from bot.coach.skill_plan import SkillPlan, known_only, text_of
from bot.coach.words import Words
from bot.engine.conversation import Application
from bot.engine.model import Facts
from bot.engine.values import Values

SOON = timedelta(days=7)
"""A next interview that is nearer leaves time for what is easy only."""

_TWICE = 2


def times_named(area: str, applications: Sequence[Application]) -> int:
    """Return for how many of the jobs the area was named."""
    return sum(area in _areas(one.slots) for one in applications)


def _find_recurring(known: Values, facts: Facts, craft: Craft) -> Values:
    area = _recurring(_areas(known), facts)
    words = craft.sorting.plain_point(area)
    second = times_named(area, facts.applications) == _TWICE
    return known_only(second_time=words if second else "", came_up_often="" if second else words)


def _suggest_area(known: Values, facts: Facts, craft: Craft) -> Values:
    """With an interview soon the easiest; with time, what came back, or what they named first."""
    named = _areas(known)
    easiest = craft.plans.easiest(named)
    with_time = _recurring(named, facts) or next((area for area in named if area in craft.plans.steps), "")
    when = text_of(known, "next_interview")
    return known_only(
        area=with_time if when in ("later", "none") else easiest,
        matters=not when and easiest != with_time,
    )


def _note_interview(known: Values, facts: Facts, craft: Craft) -> Values:
    """Take the day from what was just said; without one, what is known stays."""
    month_first = craft.moments.month_first(facts.country, facts.language)
    said = craft.moments.read(Words.of(text_of(known, "message_text")), facts.now, month_first=month_first)
    day = craft.moments.moment(said, facts.now)
    if day is None:
        return known_only(next_interview=text_of(known, "next_interview"))
    return {"next_interview": "soon" if day - facts.now < SOON else "later"}


def _recurring(named: Sequence[str], facts: Facts) -> str:
    """Return the area that was named for most jobs, two or more; empty when there is none."""
    most = max(named, key=lambda area: times_named(area, facts.applications), default="")
    return most if times_named(most, facts.applications) >= _TWICE else ""


def _areas(slots: Mapping[str, object]) -> tuple[str, ...]:
    areas = slots.get("areas")
    return areas if isinstance(areas, tuple) else ()


CHOOSING: Mapping[str, SkillPlan] = {
    "find_recurring": SkillPlan(("areas",), ("second_time", "came_up_often"), _find_recurring),
    "suggest_area": SkillPlan(("areas", "next_interview"), ("area", "matters"), _suggest_area),
    "note_interview": SkillPlan(("message_text", "next_interview"), ("next_interview",), _note_interview),
}
