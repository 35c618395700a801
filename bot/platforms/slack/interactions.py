"""Interactions: slash commands, presses and forms, as what they mean. Pure: a payload in, a value out.

A press is known by its message, button and value, so that pressing a button five times counts once.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.engine.events import ChoicePicked, CommandGiven, Event
from bot.platforms.slack.blocks import CHOICE, presser, read_value
from bot.platforms.slack.elements import LINK, Element
from bot.platforms.slack.home import COMMAND
from bot.platforms.slack.ids import NAME, Payload, read_direct, read_id, read_part, read_text, read_ts
from bot.platforms.slack.incoming import Ignored, NoTurn, Unusable
from bot.platforms.slack.modals import CHECK_AGAIN, FORM
from bot.runtime.ports import Address

UNKNOWN_CHOICE = ChoicePicked(0, "")
"""A button that no question of ours has shown: it is answered as an old one is."""

LONGEST_ID = 500


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command; ``words`` is what stands behind it.

    ``typed_in`` is the direct message it was typed in, which may be one with somebody else; empty in any other channel.
    """

    id: str
    address: Address
    words: str
    trigger: str
    typed_in: str
    response_url: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button below a message or on the home page; ``label``, ``ts`` and ``shown`` serve to show what was chosen."""

    id: str
    address: Address
    event: Event
    response_url: str
    label: str
    ts: str
    shown: tuple[Element, ...]
    ephemeral: bool


@dataclass(frozen=True, slots=True)
class FormWanted:
    """A button that opens a form."""

    address: Address
    intent: str
    trigger: str


@dataclass(frozen=True, slots=True)
class CheckWanted:
    """The button in a form that reads its draft once more."""

    id: str
    address: Address
    view: Payload


@dataclass(frozen=True, slots=True)
class Submission:
    """A form came back."""

    id: str
    address: Address
    view: Payload


def read_command(fields: Payload) -> Command | NoTurn:
    """What a slash command means."""
    team, user = read_id(fields.get("team_id")), read_id(fields.get("user_id"))
    trigger = read_text(fields.get("trigger_id"))
    if not (team and user and trigger):
        return Unusable("unusable_command")
    return Command(
        id=f"{user}:{trigger}"[:LONGEST_ID],
        address=Address(NAME, team, user),
        words=read_text(fields.get("text")).strip(),
        trigger=trigger,
        typed_in=read_direct(fields.get("channel_id")),
        response_url=read_text(fields.get("response_url")),
    )


def read_press(payload: Payload) -> Press | FormWanted | CheckWanted | NoTurn:
    """What a press of a button means."""
    address, actions = _who(payload), payload.get("actions")
    action = actions[0] if isinstance(actions, list) and actions else None
    if address is None or not isinstance(action, dict) or not isinstance(action.get("action_id"), str):
        return Unusable("unusable_press")
    kind, _, name = action["action_id"].partition(":")
    if kind == LINK:
        return Ignored("link")
    if presser(action.get("block_id")) not in (None, address.person):
        return Ignored("anothers_button")
    if kind == FORM:
        return FormWanted(address, name, read_text(payload.get("trigger_id")))
    if kind == CHECK_AGAIN:
        view = read_part(payload, "view")
        return CheckWanted(f"{address.user}:{view.get('id')}:{view.get('hash')}"[:LONGEST_ID], address, view)
    return _press(address, payload, action, CommandGiven(name) if kind == COMMAND else _choice(kind, action))


def read_submission(payload: Payload) -> Submission | NoTurn:
    """What a form that came back means.

    The hash of a view changes whenever it is shown anew: the same one again is the same submission sent twice.
    """
    address, view = _who(payload), read_part(payload, "view")
    if address is None or not isinstance(view.get("callback_id"), str):
        return Unusable("unusable_form")
    return Submission(f"{address.user}:{view.get('id')}:{view.get('hash')}"[:LONGEST_ID], address, view)


def _press(address: Address, payload: Payload, action: Payload, event: Event) -> Press:
    message, container = read_part(payload, "message"), read_part(payload, "container")
    ts = read_ts(message.get("ts"))
    where = ts if ts and isinstance(event, ChoicePicked) else read_text(action.get("action_ts"))
    shown = message.get("blocks")
    return Press(
        id=f"{address.user}:{where}:{action.get('action_id')}:{action.get('value')}"[:LONGEST_ID],
        address=address,
        event=event,
        response_url=read_text(payload.get("response_url")),
        label=read_text(read_part(action, "text").get("text")),
        ts=ts,
        shown=tuple(block for block in shown if isinstance(block, dict)) if isinstance(shown, list) else (),
        ephemeral=container.get("is_ephemeral") is True,
    )


def _choice(kind: str, action: Payload) -> ChoicePicked:
    read = read_value(action.get("value")) if kind == CHOICE else None
    return UNKNOWN_CHOICE if read is None else ChoicePicked(*read)


def _who(payload: Payload) -> Address | None:
    """Who pressed, in a direct message, on the home page or in a form; nobody from another workspace."""
    user = read_part(payload, "user")
    team_id, user_id = read_id(read_part(payload, "team").get("id")), read_id(user.get("id"))
    if not (team_id and user_id) or user.get("team_id", team_id) != team_id:
        return None
    return Address(NAME, team_id, user_id, read_direct(read_part(payload, "channel").get("id")))
