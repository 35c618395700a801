"""The reader: one cleaned text and where it was written in, everything understood out. Pure, and it takes any text.

Safety is read always and first. While a long text is asked for, only safety and exact commands are read besides.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from bot.coach.correction import changed
from bot.coach.crisis_replies import slots_about_danger
from bot.coach.intents import AMBIGUOUS
from bot.coach.knowledge import Knowledge
from bot.coach.moments import When
from bot.coach.opening import Opening
from bot.coach.pasted import Pasted
from bot.coach.phrasebook import Place
from bot.coach.plain_commands import PlainCommand
from bot.coach.setting import Setting
from bot.coach.words import Words
from bot.coach.written import Written
from bot.engine.applications import ANOTHER
from bot.engine.commands import NO_REMINDERS
from bot.engine.events import Reading, Safety
from bot.engine.values import Value

Reader = Callable[[str, Setting], Reading]

_FALLBACK = "en"
_THINGS = {"list": "my_things", "show_data": "my_things", "delete_data": "delete_data"}
"""Intents of what a text may ask about the things that are kept."""

LONGEST_LEAD = 12
"""Words that may stand before a letter and only say that it comes."""

LONGEST_WISH = 16
"""Words of a text that may ask for a reminder; what is longer tells of something."""

NOT_THEN = "not_then"
"""The sign of a text that says when not to be written to."""

DAY_IS_NEAR = 2
"""Words behind it in which the day is named: "over the weekend"."""

MOST_DIGITS = 2
"""Digits of a number that picks from a list; with three, it may be one to call in danger."""

_NEWS = frozenset(
    {
        "bad_news",
        "on_call",
        "draft_request",
        "talk_consultant",
        "want_to_tell_them",
        AMBIGUOUS,
        "got_feedback",
        "no_reply",
    }
)


def make_reader(knowledge: Mapping[str, Knowledge]) -> Reader:
    """Return the reader over what is known by language; one without rules is read as English, or as the first."""

    def read(text: str, setting: Setting) -> Reading:
        return read_text(text, setting, _known(knowledge, setting.language))

    return read


def _known(knowledge: Mapping[str, Knowledge], language: str) -> Knowledge:
    for name in (language, language.split("-")[0], _FALLBACK):
        if name in knowledge:
            return knowledge[name]
    return next(iter(knowledge.values()))


def read_text(text: str, setting: Setting, knowledge: Knowledge) -> Reading:
    """Read one text with what is known of one language."""
    if _is_bare_number(text):
        return Reading() if setting.long_text else Reading(AMBIGUOUS)
    written = Written.of(text)
    decision = knowledge.safety.decide(written)
    safety = decision.safety if decision else None
    command = knowledge.commands.exact(written)
    about_danger = slots_about_danger(written, decision, setting.asking, knowledge.crisis_replies)
    if setting.long_text and not command and len(written.words) <= LONGEST_LEAD:
        opening = knowledge.openings.read(written.words)
        if opening.verdict.intent == NO_REMINDERS and _wants_no_reminders(opening):
            return Reading(NO_REMINDERS, opening.verdict.sure, about_danger | {NO_REMINDERS: True}, safety=safety)
    if setting.long_text or command:
        return Reading(safety=safety, command=command, slots=about_danger | _without_lead(text, setting, knowledge))
    return _understood(written, setting, knowledge, safety, about_danger)


def _is_bare_number(text: str) -> bool:
    """Whether a text only picks from a list, which is heard elsewhere: it says nothing, and need not be looked at."""
    number = text.rstrip(".)")
    return len(number) <= MOST_DIGITS and number.isdecimal()


def _without_lead(text: str, setting: Setting, knowledge: Knowledge) -> dict[str, Value]:
    """The letter that is asked for, where the person says first that it comes: 'here is what I have: "Dear ..."'.

    What somebody tells or practises is kept whole: a colon or a quotation in it is a part of it.
    """
    if setting.asking not in _LETTERS:
        return {}
    pasted = knowledge.pasted.find(text, setting.name)
    before, body = (pasted.before, pasted.text) if pasted else knowledge.pasted.quoted(text) or ("", "")
    return {setting.asking: body} if before and len(before.split()) <= LONGEST_LEAD else {}


def _understood(
    written: Written,
    setting: Setting,
    knowledge: Knowledge,
    safety: Safety | None,
    slots: dict[str, Value],
) -> Reading:
    pasted = knowledge.pasted.find(written.text, setting.name)
    own = Words.of(pasted.before) if pasted else written.words
    opening = knowledge.openings.read(own, setting.asking)
    slots |= said(opening, setting, knowledge)
    if country := knowledge.places.told_in(own):
        slots["said_country"] = country
    intent, sure = opening.verdict.intent, opening.verdict.sure
    if intent == "bad_news" and _gives_reasons(opening, slots) and _is_told_already(slots, setting):
        intent = "got_feedback"
    if intent in _VAGUE and _adds_to_the_news(opening, slots):
        intent = "bad_news"
    own_text = None if pasted else _own_text(written.text, intent, knowledge)
    if own_text:
        slots["own_text"] = own_text
    if pasted:
        slots |= _letter(pasted, setting, knowledge, slots)
        intent, sure = _about_letter(pasted, opening, knowledge)
    else:
        intent, sure = _about_what_is_kept(written, intent, sure, slots, setting, knowledge)
        if intent == "snooze_stop" and _says_when(own, opening, setting, knowledge):
            sure = False
            slots.pop("asked_at", None)
        for place in opening.verdict.found.get(NOT_THEN, ()):
            slots |= _spared(place, own, setting, knowledge)
        if "asked_at" in slots and _has_errand(opening):
            slots = {slot: value for slot, value in slots.items() if slot not in _OF_ANOTHER_JOB} | {"errand": True}
    corrects = _corrects(own, slots, setting, knowledge)
    kept = {slot: value for slot, value in slots.items() if slot not in corrects}
    if kept.get("news_channel") not in (None, setting.known.get("news_channel", kept.get("news_channel"))):
        kept.pop("news_detail", None)  # of another way than the one that is known, and no correction
    return Reading(intent, sure, kept, corrects, safety)


def _adds_to_the_news(opening: Opening, slots: Mapping[str, Value]) -> bool:
    """Whether a text only says where, what for or how it came, as one does who has told the news before."""
    return len(_OF_THE_NEWS & slots.keys()) > 1 and opening.verdict.found.keys().isdisjoint(_NO_NEWS)


def _gives_reasons(opening: Opening, slots: Mapping[str, Value]) -> bool:
    return slots.get("has_reasons") is True or "fault_found" in opening.verdict.found


def _is_told_already(slots: Mapping[str, Value], setting: Setting) -> bool:
    """Whether the news was told before, so that what comes now are the reasons."""
    told = not setting.known.keys().isdisjoint({"news_channel", "told_at"})
    return told and ANOTHER not in slots and slots.get("company") in (None, setting.known.get("company"))


def _about_what_is_kept(
    written: Written, intent: str, sure: bool, slots: dict[str, Value], setting: Setting, knowledge: Knowledge
) -> tuple[str, bool]:
    """What a text wants of what the coach keeps: to see it, or a reminder at a moment, which goes into the slots."""
    of_interview = sure and intent == "next_interview"  # "remind me an hour before my interview"
    if sure and intent != "snooze_stop" and not of_interview:
        return intent, sure
    if NO_REMINDERS in slots or len(written.words) > LONGEST_WISH:
        return intent, sure
    command = knowledge.plain_commands.read(written, setting.now, _month_first(setting, knowledge))
    if not of_interview and command.action in _THINGS and (command.action != "list" or intent == "snooze_stop"):
        return _THINGS[command.action], True
    if command.bare and intent == "choose_areas":
        return intent, sure
    asked = _asked(command, setting, knowledge)
    if not asked:
        return intent, sure
    slots.pop("news_at", None)
    slots |= asked
    return "snooze_stop", not command.bare


def _asked(command: PlainCommand, setting: Setting, knowledge: Knowledge) -> dict[str, Value]:
    """The moment that a reminder is asked for, or why there is none; a bare day that was may be any day."""
    when, now = command.when, setting.now
    if when.fault or when.ruled_out:
        return {"no_moment": when.fault or "unclear"}
    named = when.at or when.part or when.day not in (None, now.date())
    moment = knowledge.moments.moment(when, now) if named and when.recurrence is None else None
    if moment is None or (command.bare and when.day is not None and when.day < now.date()):
        return {}
    return {"asked_at": moment} if _is_later(moment, now) else {"no_moment": "gone_by"}


def _is_later(moment: datetime, now: datetime) -> bool:
    """Held against each other by the hours that lie between, whatever the clocks do meanwhile."""
    return moment.astimezone(UTC) > now.astimezone(UTC)


def _month_first(setting: Setting, knowledge: Knowledge) -> bool:
    return knowledge.moments.month_first(setting.country, setting.language)


def _says_when(words: Words, opening: Opening, setting: Setting, knowledge: Knowledge) -> bool:
    """Whether a text answers when something is to be done, and asks the coach for nothing."""
    if setting.asking not in _ASKED_WHEN or not opening.verdict.found.keys().isdisjoint(_OF_THE_COACH):
        return False
    return knowledge.moments.read(words, setting.now).known()


def _spared(place: Place, words: Words, setting: Setting, knowledge: Knowledge) -> dict[str, Value]:
    """Who does not want to be written to on a day is offered the next, or another that they name: "not tomorrow"."""
    moment, month_first = knowledge.moments.moment, _month_first(setting, knowledge)
    start, end = words.span(place.end - 1, min(place.end + DAY_IS_NEAR, len(words)))
    spared, named = (
        knowledge.moments.read(said, setting.now, month_first=month_first)
        for said in (Words.of(words.text[start:end]), words)
    )
    over = spared.last or spared.day
    if over is None:
        return {}
    offered = moment(named if named.day not in (None, spared.day) else When(over + timedelta(days=1)), setting.now)
    return {} if offered is None else {"asked_at": offered}


def said(opening: Opening, setting: Setting, knowledge: Knowledge) -> dict[str, Value]:
    """The slots that an opening fills."""
    news = opening.news
    spoken: dict[str, Value | None] = {
        "company": _name(opening.text(opening.employer), knowledge),
        "role": opening.text(opening.role),
        "news_channel": news.channel or ("phone" if news.call in _TO_COME else None),
        "news_detail": news.detail,
        "call": news.call,
        "stage": news.stage,
        "feeling": news.feeling,
        "has_reasons": _has_reasons(opening),
        "contact": opening.contact,
        "consultant": opening.consultant,
        "first_name": opening.first_name,
        "news_at": _news_at(opening, setting, knowledge),
        "setting": None if opening.verdict.found.keys().isdisjoint(_HOURS) else "when",
        "thanks_only": True if "thank_note" in opening.verdict.found else None,
        "hardship": True if "hardship" in opening.verdict.found else None,
        "another_chance": True if _is_another_chance(opening) else None,
        NO_REMINDERS: True if _wants_no_reminders(opening) else None,
        ANOTHER: True if "one_more" in opening.verdict.found else None,
    }
    if spoken["company"] == spoken["contact"]:
        spoken["company"] = None  # "put his name in: Dana"
    if opening.several:  # what is said of one may be true of the other
        spoken |= {"several": True, "news_channel": None, "news_detail": None, "call": None}
    if opening.verdict.intent == "settings":
        spoken = {"setting": spoken["setting"]}
    elif opening.verdict.intent == "next_interview" or spoken["another_chance"]:
        spoken = {slot: value for slot, value in spoken.items() if slot not in _OF_ANOTHER_JOB}
    if _waits_for_feedback(opening, setting):
        spoken["news_channel"] = spoken["news_detail"] = None
    return {slot: value for slot, value in spoken.items() if value is not None}


def _wants_no_reminders(opening: Opening) -> bool:
    """Whether a text says so of the coach, for good: not of others, and not of a day or an hour alone."""
    found = opening.verdict.found
    others = [place for sign in _NOT_FOR_GOOD for place in found.get(sign, ())]
    return any(not any(place.meets(other) for other in others) for place in found.get("unwanted", ()))


def _is_another_chance(opening: Opening) -> bool:
    """Whether good news are of a chance that has come up, and no job is won yet."""
    signs = opening.verdict.found.keys()
    return opening.verdict.intent == "good_news" and "another_chance" in signs and "won_it" not in signs


def _has_errand(opening: Opening) -> bool:
    """Whether a reminder is to be of something of the person's own, and not of the note to an employer."""
    found = opening.verdict.found
    return "own_errand" in found and "of_the_note" not in found


def _waits_for_feedback(opening: Opening, setting: Setting) -> bool:
    """No answer to one's own request says nothing of how the news came, which had come before."""
    told = "news_channel" in setting.known or not opening.verdict.found.keys().isdisjoint({"about_feedback", "sent_it"})
    return opening.verdict.intent == "no_reply" and told


def _written(slot: str, name: str, knowledge: Knowledge) -> str:
    return knowledge.capitals.role(name) if slot == "role" else knowledge.capitals.name(name)


def _name(text: str | None, knowledge: Knowledge) -> str | None:
    return knowledge.capitals.name(text) if text else None


def _has_reasons(opening: Opening) -> bool | None:
    signs = opening.verdict.found.keys()
    if "no_reasons" in signs:
        return False
    return True if {"they_said", "fault_found"} <= signs or "has_feedback" in signs else None


def _news_at(opening: Opening, setting: Setting, knowledge: Knowledge) -> datetime | None:
    phrase = opening.text(opening.news.when)
    if not phrase or opening.news.call in _TO_COME or opening.verdict.intent not in _NEWS:
        return None
    month_first = _month_first(setting, knowledge)
    when = knowledge.moments.read(Words.of(phrase), setting.now, past=True, month_first=month_first)
    moment = knowledge.moments.moment(when, setting.now)
    return min(moment, setting.now) if moment else None


def _letter(pasted: Pasted, setting: Setting, knowledge: Knowledge, known: Mapping[str, Value]) -> dict[str, Value]:
    """What a letter adds: itself, and the names in it that were not said."""
    found: dict[str, Value] = {"own_text": pasted.text}
    if pasted.writer == "employer":
        letter = knowledge.openings.names(Words.of(pasted.body))
        company, role = _name(letter.employer, knowledge), letter.role
        found |= {slot: value for slot, value in (("company", company), ("role", role)) if value and slot not in known}
    return found


def _own_text(text: str, intent: str, knowledge: Knowledge) -> str | None:
    """The draft or the feedback that a message quotes, when it is about one."""
    quoted = knowledge.pasted.quoted(text) if intent in _QUOTING else None
    return quoted[1] if quoted else None


def _about_letter(pasted: Pasted, opening: Opening, knowledge: Knowledge) -> tuple[str, bool]:
    """What to do with a letter: what the person said of it, else by who wrote it."""
    verdict = opening.verdict
    if pasted.before and verdict.sure and verdict.intent not in ("smalltalk", "help"):
        return verdict.intent, True
    if pasted.writer == "person":
        return "check_draft", True
    return ("bad_news" if knowledge.openings.rejects(Words.of(pasted.text)) else "got_feedback"), True


def _corrects(words: Words, slots: Mapping[str, Value], setting: Setting, knowledge: Knowledge) -> dict[str, Value]:
    rules = knowledge.corrections
    if not setting.known or not rules.is_one(words):
        return {}
    names = rules.names(words, setting.known, knowledge.openings.kind_of)
    named = {slot: _written(slot, name, knowledge) for slot, name in names.items()}
    lasting = {slot: value for slot, value in slots.items() if slot in _CORRECTABLE}
    anew = changed(lasting, setting.known)
    if "news_channel" in anew:
        named.pop("role", None)  # "I mean the recruiter" says who brought the news, and no job
    return {**anew, **named}


_TO_COME = frozenset({"now", "soon"})
"""Calls that are not over: when they come is not when the news came."""

_HOURS = frozenset({"wished_hours", "named_hours"})
"""Signs of a text that says when somebody may be written to."""

_ASKED_WHEN = frozenset({"act_when"})
"""Slots that are asked for with "when?"."""

_OF_THE_COACH = frozenset({"once_only", "own_errand", "of_the_note", "stopping", "unwanted", NOT_THEN})
"""Signs of a text that asks something of the coach."""

_NOT_FOR_GOOD = ("unwanted_by_others", NOT_THEN, *_HOURS)
"""Signs of a text that wants no reminders at some time only, or tells of others."""

_VAGUE = frozenset({AMBIGUOUS, "smalltalk"})
_NO_NEWS = frozenset({"about_interview", "hedged", "waiting", "what_if", "before_interview", "good", "went_badly"})
"""Signs of a text that tells of something else, though it names a job."""

_OF_THE_NEWS = frozenset({"company", "role", "news_channel"})
_OF_ANOTHER_JOB = frozenset({"company", "contact", "role", "news_channel", "news_detail", "news_at", "stage"})
"""Slots of the job that somebody was turned down for; what is said of an interview to come, or of an errand, fills none
of them."""

_LETTERS = frozenset({"draft", "message"})
"""Slots whose text is written to somebody."""

_QUOTING = frozenset({"check_draft", "got_feedback", "got_reply", "disagree_feedback"})
_CORRECTABLE = frozenset(
    {"company", "role", "news_channel", "news_detail", "news_at", "stage", "contact", "consultant", "first_name"}
)
