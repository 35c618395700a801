"""Keeping: the skills by which people see what is kept about them and say how they want it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import time

from bot.coach.craft import Craft
from bot.coach.preferences import Minutes, Span
from bot.coach.skill_plan import SkillPlan, known_only, text_of
from bot.coach.words import Words
from bot.engine.model import Facts
from bot.engine.schedules import WEEK
from bot.engine.values import Values

_PACES = {"none": 0, "one": 1, "three": 3}
"""How many reminders a week may come, by what was picked."""

_SHOWN = 2
"""Reminders that are named; more are counted."""


def _list_things(known: Values, facts: Facts, craft: Craft) -> Values:
    timers = sorted(facts.timers, key=lambda timer: timer.due)
    named = [(timer.due, craft.things.reminder(timer)) for timer in timers[:_SHOWN]]
    slots = dict(zip(("next", "later"), named, strict=False))
    moments = {f"{name}_at": due for name, (due, _) in slots.items()}
    about = {f"{name}_about": words for name, (_, words) in slots.items()}
    more = len(timers) - _SHOWN
    return known_only(
        things=craft.things.listed(facts.applications),
        more_reminders=more if more > 0 else None,
        paused=facts.paused,
        **moments,
        **about,
    )


def _show_settings(known: Values, facts: Facts, craft: Craft) -> Values:
    days = [WEEK[day] for day in sorted(facts.working_days)]
    start, end = (f"{clock:%H:%M}" for clock in (facts.quiet_to, facts.quiet_from))
    return {"may_write": craft.things.hours(start, end, days)}


def _read_hours(known: Values, facts: Facts, craft: Craft) -> Values:
    span = craft.preferences.hours.read(text_of(known, "hours_text"))
    if span is None:
        return {**_kept(known, "quiet_from", "quiet_to"), "understood": False}
    return {**_hours(span), "understood": True}


def _read_days(known: Values, facts: Facts, craft: Craft) -> Values:
    days = craft.preferences.days.read(text_of(known, "days_text"))
    return {"working_days": days, "understood": True} if days else _not_understood(known, "working_days")


def _read_when(known: Values, facts: Facts, craft: Craft) -> Values:
    """Hours and days as somebody tells them of their own accord; what they do not speak of stays."""
    said, days = text_of(known, "message_text"), [WEEK[day] for day in sorted(facts.working_days)]
    span = craft.preferences.hours.read(said, (_minutes(facts.quiet_to), _minutes(facts.quiet_from)))
    wanted = craft.preferences.days.read(said, days)
    kept = _kept(known, "quiet_from", "quiet_to", "working_days")
    changed = {**(_hours(span) if span else {}), **({"working_days": wanted} if wanted else {})}
    return {**kept, **changed, "understood": bool(changed)}


def _minutes(clock: time) -> Minutes:
    return clock.hour * 60 + clock.minute


def _hours(span: Span) -> Values:
    start, end = (f"{minutes // 60 % 24:02}:{minutes % 60:02}" for minutes in span)
    return {"quiet_to": start, "quiet_from": end}


def _read_zone(known: Values, facts: Facts, craft: Craft) -> Values:
    zone = craft.preferences.zone(text_of(known, "zone_text"))
    return {"timezone": zone, "understood": True} if zone else _not_understood(known, "timezone")


def _read_language(known: Values, facts: Facts, craft: Craft) -> Values:
    language = craft.preferences.languages.find(text_of(known, "language_text"))
    return {"language": language, "understood": True} if language else _not_understood(known, "language")


def _read_country(known: Values, facts: Facts, craft: Craft) -> Values:
    text = text_of(known, "country_text")
    country = craft.preferences.countries.find(text) or craft.places.named_in(Words.of(text))
    return {"country": country, "understood": True} if country else _not_understood(known, "country")


def _set_pace(known: Values, facts: Facts, craft: Craft) -> Values:
    pace = _PACES.get(text_of(known, "pace"))
    return _kept(known, "nudges_a_week") if pace is None else {"nudges_a_week": pace}


def _use_nickname(known: Values, facts: Facts, craft: Craft) -> Values:
    return known_only(company=text_of(known, "nickname") or text_of(known, "company"))


def _not_understood(known: Values, slot: str) -> Values:
    return {**_kept(known, slot), "understood": False}


def _kept(known: Values, *slots: str) -> Values:
    """What stays as it was; a skill that does not give a slot makes it unknown."""
    return {slot: known[slot] for slot in slots if slot in known}


KEEPING: Mapping[str, SkillPlan] = {
    "list_things": SkillPlan(
        (),
        ("things", "next_at", "next_about", "later_at", "later_about", "more_reminders", "paused"),
        _list_things,
    ),
    "show_settings": SkillPlan((), ("may_write",), _show_settings),
    "read_hours": SkillPlan(
        ("hours_text", "quiet_from", "quiet_to"), ("quiet_from", "quiet_to", "understood"), _read_hours
    ),
    "read_days": SkillPlan(("days_text", "working_days"), ("working_days", "understood"), _read_days),
    "read_when": SkillPlan(
        ("message_text", "quiet_from", "quiet_to", "working_days"),
        ("quiet_from", "quiet_to", "working_days", "understood"),
        _read_when,
    ),
    "read_zone": SkillPlan(("zone_text", "timezone"), ("timezone", "understood"), _read_zone),
    "read_language": SkillPlan(("language_text", "language"), ("language", "understood"), _read_language),
    "read_country": SkillPlan(("country_text", "country"), ("country", "understood"), _read_country),
    "set_pace": SkillPlan(("pace", "nudges_a_week"), ("nudges_a_week",), _set_pace),
    "use_nickname": SkillPlan(("nickname", "company"), ("company",), _use_nickname),
}
