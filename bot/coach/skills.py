"""Skills: the pure functions that dialogs call by name, with the slots that they read and give."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from bot.coach import timing
from bot.coach.choosing import CHOOSING
from bot.coach.craft import Craft
from bot.coach.drafting import Style, style_for, wording, write_request
from bot.coach.etiquette import check
from bot.coach.feedback import read_feedback
from bot.coach.keeping import KEEPING
from bot.coach.parts import base_of
from bot.coach.practising import PRACTISING
from bot.coach.rewriting import rewrite
from bot.coach.skill_plan import Run, SkillPlan, known_only, moment_of, text_of
from bot.coach.words import Words
from bot.engine.model import Facts, Skill
from bot.engine.values import Values

FALLBACK = "en"

_HURRY: Mapping[str, timing.Hurry] = {"phone": "today", "email": "day", "network": "day"}
"""How soon to answer, by how the news came; two days for the rest."""


def skills_for(rules_by_language: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Skill]:
    """Return all skills, speaking the languages given: for each, its rules and blocks by file stem.

    A regional language (``en-US``) lays its own files over those of its base; one without any uses its base, and
    a language that is not there English. What is wrong in a file shows when a skill first needs it.
    """
    return skills_of(Craft.by_language(rules_by_language))


def skills_of(crafts: Mapping[str, Craft]) -> Mapping[str, Skill]:
    """Return all skills, with what they know for each language."""
    return {name: Skill(name, plan.reads, plan.gives, _in_language(plan.run, crafts)) for name, plan in _PLANS.items()}


def _in_language(run: Run, crafts: Mapping[str, Craft]) -> Callable[[Values, Facts], Values]:
    def skill(known: Values, facts: Facts) -> Values:
        languages = (facts.language, base_of(facts.language), FALLBACK)
        craft = next(crafts[language] for language in languages if language in crafts)
        return run(known, facts, craft)

    return skill


def _write_draft(known: Values, facts: Facts, craft: Craft) -> Values:
    style = style_for(known)
    draft = _own_words(known) or _fresh_draft(known, style, facts, craft)
    came = moment_of(known, "news_at")
    until, old = timing.send_by(_hurry(known), came, facts), timing.is_old(came, facts)
    return known_only(
        draft=draft,
        tone=style.tone,
        variant=style.version,
        old_news=old or None,
        send_by=None if old else until,
        remind_at=timing.remind_at(until, facts),
    )


def _own_words(known: Values) -> str:
    return text_of(known, "draft") if known.get("change") == "own_words" else ""


def _fresh_draft(known: Values, style: Style, facts: Facts, craft: Craft) -> str:
    if known.get("news_channel") == "recruiter":
        return _consultant_message(known, facts, craft)
    return write_request(known, style, facts.name, craft.letters)


def _write_consultant_message(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"message": _consultant_message(known, facts, craft)}


def _consultant_message(known: Values, facts: Facts, craft: Craft) -> str:
    rang = known.get("news_detail") in ("rang", "voicemail", "video")
    return craft.notes.consultant_message(_words(known, facts, craft), rang, text_of(known, "stage"))


def _call_lines(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"lines": craft.notes.call_lines(text_of(known, "stage"))}


def _call_back_lines(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"call_back": craft.notes.call_back}


def _talk_questions(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"questions": craft.notes.questions}


def _review_draft(known: Values, facts: Facts, craft: Craft) -> Values:
    text = text_of(known, "draft") or text_of(known, "own_text")
    if not text:
        return {}
    assessment = check(text, craft.etiquette)
    return known_only(
        praise=craft.review.praise_for(assessment),
        findings_text=craft.review.findings_for(assessment, text),
        rewritten=rewrite(text, craft.etiquette, craft.review.rewriting, _words(known, facts, craft)),
        hint=craft.review.hint_for(assessment),
        clean=assessment.clean,
    )


def _review_angry(known: Values, facts: Facts, craft: Craft) -> Values:
    text = text_of(known, "own_text")
    assessment = check(text, craft.etiquette)
    return known_only(findings_text=craft.review.findings_for(assessment, text), clean=assessment.clean)


def _sort_feedback(known: Values, facts: Facts, craft: Craft) -> Values:
    given = text_of(known, "said") or text_of(known, "own_text")
    text = given or text_of(known, "message_text")
    if not text:
        return {}
    reading = read_feedback(text, craft.feedback)
    if not given:
        reading = replace(reading, unsorted=())  # a message that says more than what they said
    sorted_out = craft.sorting.sort(reading, text, craft.feedback.areas)
    return known_only(
        strengths=sorted_out.strengths,
        to_prepare=sorted_out.to_prepare,
        in_their_words=sorted_out.in_their_words,
        nothing_to_change=sorted_out.nothing_to_change,
        sorted_text=sorted_out.text,
        has_feedback=reading.has_feedback,
        invites=reading.invites,
        noted=bool(reading.unsorted),
        vague=reading.vague,
        brief=reading.brief,
        refuses=reading.refuses,
        areas=sorted_out.areas,
    )


def _write_thanks(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"thanks_note": craft.notes.thanks.say(_words(known, facts, craft))}


def _write_follow_up(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"follow_up": craft.notes.follow_up.say(_words(known, facts, craft))}


def _write_chase(known: Values, facts: Facts, craft: Craft) -> Values:
    sent, until = moment_of(known, "sent_at"), None
    if sent is not None:
        until = timing.reply_check_at(replace(facts, now=sent.astimezone(facts.now.tzinfo)), craft.waiting.reply_check)
    early = until is not None and facts.now < until
    return known_only(chase=craft.notes.chase.say(_words(known, facts, craft)), chase_from=until if early else None)


def _take_rewrite(known: Values, facts: Facts, craft: Craft) -> Values:
    return known_only(draft=text_of(known, "rewritten") or text_of(known, "draft"))


def _first_act(known: Values, facts: Facts, craft: Craft) -> Values:
    step = craft.plans.steps.get(text_of(known, "area"))
    return known_only(first_act=step.act, if_then=step.if_then, smaller_act=step.smaller) if step else {}


def _write_plan_card(known: Values, facts: Facts, craft: Craft) -> Values:
    return known_only(
        plan_card=craft.plans.card(*(text_of(known, slot) for slot in ("first_act", "act_when", "if_then", "helper")))
    )


def _take_smaller(known: Values, facts: Facts, craft: Craft) -> Values:
    """The smaller act in place of the first, in the plan as well; where there is none, all stays."""
    act, smaller, card = (text_of(known, slot) for slot in ("first_act", "smaller_act", "plan_card"))
    if not (act and smaller):
        return known_only(first_act=act, plan_card=card)
    return known_only(first_act=smaller, plan_card=card.replace(act, smaller))


def _find_helplines(known: Values, facts: Facts, craft: Craft) -> Values:
    code = _country(known, facts, craft)
    country = craft.helplines.country(code)
    return known_only(
        helplines=craft.helplines.worded(code) if code else craft.helplines.guessed(facts.usual_country),
        emergency=country.emergency if country else "",
        crisis=text_of(known, "safety") or text_of(known, "crisis"),
    )


def _country(known: Values, facts: Facts, craft: Craft) -> str:
    """Where somebody is: as set, else as told, now or before, else by their time zone; empty when nothing says it."""
    told = craft.places.told_in(Words.of(text_of(known, "message_text"))) or text_of(known, "said_country")
    return facts.country or told or craft.places.country_of(str(facts.now.tzinfo), facts.usual_country)


def _mark_told(known: Values, facts: Facts, craft: Craft) -> Values:
    said = craft.again.found_in(text_of(known, "message_text"))
    before = moment_of(known, "told_at")
    old = timing.is_old(moment_of(known, "news_at"), facts)
    again = said or timing.told_lately(facts, before)
    return known_only(told_at=before or facts.now, again=again, old_news=old or None)


def _mark_sent(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"sent_at": facts.now}


def _mark_feedback(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"feedback_at": facts.now}


def _plan_reply_check(known: Values, facts: Facts, craft: Craft) -> Values:
    return {"reply_check_at": timing.reply_check_at(facts, craft.waiting.reply_check)}


def _cool_off_time(known: Values, facts: Facts, craft: Craft) -> Values:
    """The moment that the person named, now or before, while it is still to come; else tomorrow."""
    named = moment_of(known, "asked_at") or moment_of(known, "named_at")
    if named is None or named <= facts.now:
        return {"tomorrow_at": timing.tomorrow_at(facts)}
    return {"tomorrow_at": named, "named_at": named}


def _words(known: Values, facts: Facts, craft: Craft) -> Mapping[str, str]:
    return wording(known, facts.name, craft.letters.capitals)


def _hurry(known: Values) -> timing.Hurry:
    for slot in ("news_detail", "news_channel"):
        if (code := known.get(slot)) in _HURRY:
            return _HURRY[str(code)]
    return "days"


_NEWS = ("company", "role", "stage", "news_channel", "news_detail", "news_at", "first_name", "contact", "consultant")

_NAMES = ("company", "news_channel", "contact", "consultant", "first_name")

_PLANS: Mapping[str, SkillPlan] = {
    "write_draft": SkillPlan(
        (*_NEWS, "tone", "change", "draft", "variant"),
        ("draft", "tone", "old_news", "send_by", "remind_at", "variant"),
        _write_draft,
    ),
    "write_consultant_message": SkillPlan(
        ("company", "role", "stage", "consultant", "first_name", "news_detail"), ("message",), _write_consultant_message
    ),
    "call_lines": SkillPlan(("company", "stage"), ("lines",), _call_lines),
    "call_back_lines": SkillPlan((), ("call_back",), _call_back_lines),
    "talk_questions": SkillPlan((), ("questions",), _talk_questions),
    "review_draft": SkillPlan(
        ("draft", "own_text", "company", "first_name"),
        ("praise", "findings_text", "hint", "rewritten", "clean"),
        _review_draft,
    ),
    "review_angry": SkillPlan(("own_text",), ("findings_text", "clean"), _review_angry),
    "sort_feedback": SkillPlan(
        ("said", "own_text", "message_text"),
        (
            "strengths",
            "to_prepare",
            "in_their_words",
            "nothing_to_change",
            "sorted_text",
            "has_feedback",
            "invites",
            "noted",
            "vague",
            "brief",
            "refuses",
            "areas",
        ),
        _sort_feedback,
    ),
    "write_thanks": SkillPlan(_NAMES, ("thanks_note",), _write_thanks),
    "write_follow_up": SkillPlan(_NAMES, ("follow_up",), _write_follow_up),
    "write_chase": SkillPlan((*_NAMES, "sent_at"), ("chase", "chase_from"), _write_chase),
    "take_rewrite": SkillPlan(("rewritten", "draft"), ("draft",), _take_rewrite),
    "first_act": SkillPlan(("area",), ("first_act", "if_then", "smaller_act"), _first_act),
    "write_plan_card": SkillPlan(("first_act", "act_when", "if_then", "helper"), ("plan_card",), _write_plan_card),
    "take_smaller": SkillPlan(("first_act", "smaller_act", "plan_card"), ("first_act", "plan_card"), _take_smaller),
    "find_helplines": SkillPlan(
        ("safety", "crisis", "message_text", "said_country"), ("helplines", "emergency", "crisis"), _find_helplines
    ),
    "mark_told": SkillPlan(("message_text", "told_at", "news_at"), ("told_at", "again", "old_news"), _mark_told),
    "mark_sent": SkillPlan((), ("sent_at",), _mark_sent),
    "mark_feedback": SkillPlan((), ("feedback_at",), _mark_feedback),
    "plan_reply_check": SkillPlan((), ("reply_check_at",), _plan_reply_check),
    "cool_off_time": SkillPlan(("asked_at", "named_at"), ("tomorrow_at", "named_at"), _cool_off_time),
    **CHOOSING,
    **PRACTISING,
    **KEEPING,
}
