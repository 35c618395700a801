"""The keys that an author may write, where, and in what form; readers and the JSON Schema both rest on these tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Form = Mapping[str, Any]
"""A fragment of JSON Schema."""


@dataclass(frozen=True, slots=True)
class Key:
    """One key: what it is for, and the form of its value."""

    about: str
    form: Form
    required: bool = False


Table = Mapping[str, Key]


def ref(name: str) -> Form:
    return {"$ref": f"#/$defs/{name}"}


def one_or_list(form: Form) -> Form:
    """One of the form, or a list with at least one."""
    return {"anyOf": [form, {"type": "array", "items": form, "minItems": 1}]}


def list_of(form: Form) -> Form:
    return {"type": "array", "items": form, "minItems": 1}


def map_of(form: Form) -> Form:
    return {"type": "object", "additionalProperties": form, "minProperties": 1}


NAME, NAMES, TEXT, FLAG = ref("name"), one_or_list(ref("name")), {"type": "string", "minLength": 1}, ref("yes")

ACTS = ("pause_nudges", "resume_nudges", "stop_nudges", "move_nudge", "forget_me", "export_me", "close_application")
SCOPES = ("turn", "dialog", "application", "person")
MANNERS = ("weekends", "quiet hours")

DIALOG: Table = {
    "dialog": Key("The dialog's name; the file has the same.", NAME, required=True),
    "format": Key("The version of this language: 1.", {"const": 1}, required=True),
    "about": Key("What the dialog is for, in a sentence.", TEXT),
    "starts_on": Key("The intents that may start it.", list_of(NAME)),
    "opens": Key(
        "Starting it begins a new application when the person speaks of another job.", {"const": "application"}
    ),
    "slots": Key("Slots of its own.", map_of(ref("slot"))),
    "states": Key("Its states by name; it begins at `start`.", map_of(ref("state")), required=True),
    "nudges": Key("Moments at which the coach may speak first.", map_of(ref("nudge"))),
    "over_when": Key(
        "It is left without a word when the person comes back to it and one of these holds.",
        one_or_list(ref("condition")),
    ),
    "renamed": Key(
        "Old names of states and nudges with their new ones, for conversations that are under way.", map_of(NAME)
    ),
}

KINDS: Table = {
    "one of": Key("One code out of a list.", list_of(ref("code"))),
    "many of": Key("Several codes out of a list.", list_of(ref("code"))),
    "text": Key(
        "The person's own words, up to so many characters.", {"type": "integer", "minimum": 1, "maximum": 4000}
    ),
    "moment": Key("A point in time; `roughly` is worded by part of day.", {"enum": [True, "true", "roughly"]}),
    "number": Key("A whole number between two others.", ref("range")),
    "yes no": Key("Yes or no.", FLAG),
}

SLOT: Table = {
    **KINDS,
    "at most": Key("How many codes of `many of` are kept.", {"type": "integer", "minimum": 1, "maximum": 50}),
    "scope": Key("How long it is kept; `dialog` unless said otherwise.", {"enum": list(SCOPES)}),
    "starts as": Key("What it holds before anything is known.", {"type": ["string", "integer", "boolean"]}),
}

MORE_CODES: Table = {
    "also": Key("Codes that an overlay adds to the slot's list.", list_of(ref("code")), required=True),
}

RANGE: Table = {
    "from": Key("The least.", {"type": "integer"}, required=True),
    "to": Key("The most.", {"type": "integer"}, required=True),
}

BODIES: Table = {
    "ask": Key("Ask for a slot and wait for the answer.", NAME),
    "fill": Key("Ask, one after the other, for those slots that are unknown.", NAMES),
    "do": Key("Call a skill; its inputs and outputs are slots of the same name.", NAME),
    "run": Key("Run another dialog and come back.", NAME),
}

STATE: Table = {
    "clear": Key("Slots that become unknown.", NAMES),
    "say": Key("Messages without a question.", NAMES),
    "show": Key("Slots shown as a block to copy; the words are the key `show_` and the slot.", NAMES),
    "act": Key("What to do to nudges, the application or the person's data.", one_or_list({"enum": list(ACTS)})),
    "save": Key("Slots to keep beyond the dialog, because the person asked for it.", NAMES),
    "forget": Key("Slots that become unknown, also what was kept of them with `save`.", NAMES),
    **BODIES,
    "words": Key("The message key of the question, where it is not the slot's name.", NAME),
    "at_least": Key("How many words a text must have to be the answer.", {"type": "integer", "minimum": 1}),
    "with": Key("Slots handed to the dialog that is run.", NAMES),
    "keep": Key("Slots taken over from the dialog that was run.", NAMES),
    "go": Key("Where it goes on: a state, states by answer or end, or a list of `when` and `to`.", ref("go")),
    "end": Key("The dialog is over; the name is what a caller's `go` may map.", NAME),
    "small_print": Key("`later`: the first small print does not come in this turn.", {"const": "later"}),
    "if_silent": Key("Where to go when no answer comes.", ref("if_silent")),
}

WAY: Table = {
    "when": Key("The condition for this way; the last way has none.", ref("condition")),
    "to": Key("The state.", NAME, required=True),
}

IF_SILENT: Table = {
    "after": Key("How long to wait, like `2 days`.", ref("length"), required=True),
    "go": Key("The state.", NAME, required=True),
}

NUDGE: Table = {
    "at": Key("The moment slot at which it is due.", NAME),
    "after": Key(
        "How long after consent it is due, like `5 working days at 10:00`, or a list of such.",
        one_or_list(ref("delay")),
    ),
    "last": Key("What is said in its place when nobody answers, before the coach falls silent.", NAME),
    "until": Key("The moment slot after which it is too late.", NAME),
    "lateness": Key("How late it may come, like `4 hours`.", ref("length")),
    "when": Key("It speaks only if this holds then.", ref("condition")),
    "with": Key("Slots that it carries along.", NAMES),
    "ignores": Key("Manners that do not hold it back.", one_or_list({"enum": list(MANNERS)})),
    "consent": Key("The choice that arms it; `remind` unless said otherwise.", ref("code")),
    "go": Key("The state it starts at; the state of its own name unless said otherwise.", NAME),
}

MESSAGE: Table = {
    "text": Key("What is said: a text, or variants.", ref("variants"), required=True),
    "choices": Key("Choices by code, in the order shown.", map_of(ref("choice"))),
    "mail": Key("Offer to open the block as a new mail.", ref("mail")),
    "preview": Key("What a notification shows in its place.", TEXT),
}

MORE_CHOICES: Table = {
    "also": Key("Choices that an overlay adds to those of the message.", map_of(ref("choice")), required=True),
}

VARIANT: Table = {
    "text": Key("What is said.", TEXT, required=True),
    "when": Key("The variant competes only if this holds.", ref("condition")),
}

HEARD = one_or_list({"type": ["string", "number", "boolean"]})

CHOICE: Table = {
    "label": Key("What the button says; without it there is no button.", {"type": "string", "minLength": 1}),
    "heard_as": Key("Other words that mean this choice.", HEARD),
    "link": Key("An address to open in place of an answer.", TEXT),
}

MAIL: Table = {
    "label": Key("What the button says.", TEXT, required=True),
    "subject": Key("The mail's subject.", TEXT, required=True),
    "when": Key("It is offered only if this holds.", ref("condition")),
}

COUNTED: Table = {
    "one": Key("The words for 1.", TEXT),
    "other": Key("The words for every other number.", TEXT, required=True),
}

WORDS: Table = {
    "codes": Key("Words for codes, by slot and code.", map_of(map_of(TEXT))),
    "counted": Key("Words for whole numbers, by slot.", map_of(ref("counted"))),
    "terms": Key("Fixed small words, by group.", {"type": "object"}),
    "heard": Key("What else is heard, by the word of `heard_as` that stands for it.", map_of(HEARD)),
}

OPERATOR: Table = {
    "service_name": Key("What the service is called.", TEXT, required=True),
    "human_contact": Key("How a person is reached, as it should read in a sentence.", TEXT, required=True),
    "booking_link": Key("Where a talk can be booked.", ref("address")),
    "privacy_link": Key("Where the privacy notice stands.", ref("address")),
    "reading_link": Key("Where to read on.", ref("address")),
    "country": Key(
        "The country whose helplines come first, as two letters.", {"type": "string", "pattern": "^[A-Z]{2}$"}
    ),
    "languages": Key(
        "The languages spoken; the first one stands in for words missing in another.", list_of(ref("language"))
    ),
    "days_kept": Key("Days after the last message until everything is deleted.", {"type": "integer", "minimum": 1}),
    "off": Key("Dialogs that are switched off.", {"type": "array", "items": NAME}),
}
