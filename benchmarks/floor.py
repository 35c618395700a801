"""The floor: the measured conversation written out by hand, as if no other would ever be wanted.

It reads and writes the same JSON and says the same messages as the engine does (the benchmark compares both),
with undo's snapshots, the counts and the numbers of questions. What it leaves out is everything that lets an
author change the conversation: states, conditions, slots and words are Python here.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from bot.content.message import Button, OutgoingMessage, Paragraph
from bot.engine.events import ChoicePicked, Event, MessageReceived

Plain = dict[str, Any]

BUTTONS = {
    "channel": (Button("email", "By e-mail"), Button("phone", "By phone"), Button("recruiter", "Through a recruiter")),
    "next_step": (Button("sent", "I sent it"), Button("change", "Change it"), Button("wait", "Not now")),
    "tone": (Button("warm", "Warmer"), Button("formal", "More formal")),
    "again": (Button("another", "Another one"), Button("done", "Done for today")),
}
CHOICES = {slot: [button.code for button in buttons] for slot, buttons in BUTTONS.items()}
IN_APPLICATION = ("channel", "company", "role")
WAY_ON = {
    "sent": "thanked",
    "change": "tone",
    "wait": "note",
    "another": "start",
    "done": "goodbye",
}


class Talk:
    """One conversation, taken out of its JSON for one turn."""

    def __init__(self, text: str) -> None:
        self.plain: Plain = json.loads(text)
        self.keys: list[str] = []
        self.parts: list[Paragraph] = []
        self.buttons: tuple[Button, ...] = ()
        self.question: int | None = None

    def say(self, key: str, text: str) -> None:
        counts = self.plain.setdefault("counts", {})
        counts[key] = counts.get(key, 0) + 1
        self.keys.append(key)
        self.parts.append(Paragraph(text))

    def nth(self, key: str) -> int:
        count: int = self.plain.get("counts", {}).get(key, 0)
        return count

    def ask(self, state: str, slot: str, text: str) -> None:
        self.plain["asked"] = number = self.plain.get("asked", 0) + 1
        frame = self.plain["stack"][-1]
        frame["state"] = state
        frame["waiting"] = waiting = {"number": number, "slot": slot, "key": f"request.{slot}"}
        if slot in CHOICES:
            waiting["choices"] = CHOICES[slot]
        self.question = number
        self.buttons = BUTTONS.get(slot, ())
        self.say(f"request.{slot}", text)

    def slots(self) -> Plain:
        slots: Plain = self.plain["applications"][0]["slots"] if "applications" in self.plain else {}
        return slots


def take_turn(
    text: str, event: Event, now: datetime, move: Callable[[Talk, str], None] | None = None
) -> tuple[str, OutgoingMessage]:
    """Move the conversation on by one event; ``move`` may leave the choice of the next state to a library."""
    talk = Talk(text)
    if not talk.plain.get("stack"):
        talk.plain["stack"] = [{"dialog": "request", "state": "start", "structure": "1f3a5c7e"}]
        start(talk)
    else:
        answered(talk, event, move or follow)
    return write(talk, now), message(talk)


def answered(talk: Talk, event: Event, move: Callable[[Talk, str], None]) -> None:
    frame = talk.plain["stack"][-1]
    waiting = frame["waiting"]
    answer = read(event, waiting)
    remember(talk)
    slot = waiting["slot"]
    if slot in IN_APPLICATION:
        if "applications" not in talk.plain:
            talk.plain["applications"] = [{"number": 1, "slots": {}}]
            talk.plain["current"] = 1
            frame["application"] = 1
        talk.plain["applications"][0]["slots"][slot] = answer
    else:
        frame.setdefault("slots", {})[slot] = answer
    move(talk, answer)


def read(event: Event, waiting: Plain) -> str:
    if isinstance(event, ChoicePicked) and event.question == waiting["number"] and event.choice in waiting["choices"]:
        return event.choice
    assert isinstance(event, MessageReceived), "the script only writes what fits"
    return event.text.strip()[:80].rstrip()


def remember(talk: Talk) -> None:
    """Keep how things stood, as JSON without names, for undo."""
    plain = talk.plain
    frame = plain["stack"][0]
    waiting = frame["waiting"]
    asked = [waiting["number"], waiting["slot"], waiting["key"], waiting.get("choices", []), 0, None]
    stood = [frame["dialog"], frame["state"], "main", frame["structure"], frame.get("slots", {}), asked, {}, []]
    stack = [[*stood, frame.get("application")]]
    application = None
    if "applications" in plain:
        only = plain["applications"][0]
        application = [only["number"], only["slots"], {}, False]
    plain["snapshots"] = [*plain.get("snapshots", ())[-2:], ENCODER.encode([stack, application])]


# ------------------------------------------------------------------------------------------------------ states


def follow(talk: Talk, answer: str) -> None:
    state = talk.plain["stack"][-1]["state"]
    if state in ("offer", "thanked", "by_phone"):
        STATES[WAY_ON[answer]](talk)
    else:
        STATES[ONWARDS[state]](talk)


def start(talk: Talk) -> None:
    talk.ask("start", "channel", "How did the news reach you?")


def company(talk: Talk) -> None:
    talk.ask("company", "company", "Which company was it?")


def role(talk: Talk) -> None:
    name = talk.slots().get("company")
    second = name and talk.nth("request.role") % 2
    talk.ask("role", "role", f"What was the job at {name}?" if second else "What was the job?")


def judge(talk: Talk) -> None:
    slots = talk.slots()
    if slots.get("channel") == "phone":
        talk.ask("by_phone", "again", "What would you like now?")
    elif "company" in slots and "role" in slots:
        offer(talk)
    else:
        company(talk)


def offer(talk: Talk) -> None:
    slots = talk.slots()
    own = talk.plain["stack"][-1].get("slots", {})
    if own.get("tone") == "warm":
        text = f"Thank you so much for the chance to meet the {slots['role']} team at {slots['company']}."
        if "note" in own:
            text += f" You noted: {own['note']}."
    else:
        text = f"Thank you for the chance to interview at {slots['company']} for the {slots['role']} job."
    talk.say("request.draft", text)
    second = talk.nth("request.next_step") % 2
    talk.ask("offer", "next_step", "Best today, while it is fresh." if second else "Send it while it is fresh.")


def tone(talk: Talk) -> None:
    talk.ask("tone", "tone", "How should it change?")


def note(talk: Talk) -> None:
    talk.ask("note", "note", f"What would you like to note about {talk.slots()['company']}?")


def thanked(talk: Talk) -> None:
    talk.say("request.thanked", f"Good. {talk.slots()['company']} may or may not answer.")
    talk.ask("thanked", "again", "What would you like now?")


def goodbye(talk: Talk) -> None:
    talk.say("request.goodbye", f"Write to me when you hear from {talk.slots()['company']}.")
    talk.plain["stack"] = []
    talk.plain["snapshots"] = []


STATES: dict[str, Callable[[Talk], None]] = {
    "start": start,
    "company": company,
    "role": role,
    "judge": judge,
    "offer": offer,
    "tone": tone,
    "note": note,
    "thanked": thanked,
    "goodbye": goodbye,
}
ONWARDS = {"start": "company", "company": "role", "role": "judge", "tone": "offer", "note": "offer"}


# --------------------------------------------------------------------------------------------------- coming out

KEPT = timedelta(days=90)
ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"))
ORDER = ("schema", "profile", "slots", "applications", "current", "stack", "timers", "snapshots", "counts", "asked")


def write(talk: Talk, now: datetime) -> str:
    plain = talk.plain
    written = {name: plain[name] for name in ORDER if name in plain and plain[name] not in ([], {})}
    written["small_print_shown"] = True
    written["last_now"] = written["last_message"] = now.isoformat()
    written["keep_until"] = (now + KEPT).isoformat()
    written["planned_with"] = "1"
    return ENCODER.encode(written)


def message(talk: Talk) -> OutgoingMessage:
    return OutgoingMessage(tuple(talk.parts), talk.buttons, talk.question, tuple(talk.keys))
