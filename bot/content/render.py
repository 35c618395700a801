"""Render: all that a turn says becomes one message in the person's language.

Values of people are data. They are put into templates and never read as one, and no markup is made of them here or
escaped here: each platform does that last, in its own way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from bot.content.catalog import Catalog, ChoiceWords, Language, Mail, Template, Wording
from bot.content.message import Block, Button, OutgoingMessage, Paragraph, Part, SmallPrint
from bot.content.template import put
from bot.content.variants import choose, is_complete
from bot.content.wording import Clock, shown, word
from bot.engine.conditions import holds
from bot.engine.conversation import Profile
from bot.engine.effects import Effect, Send
from bot.engine.values import Values

SMALL_PRINT = "repairs.small_print"
"""The message key whose words stand last and small."""

LONGEST_LABEL = 75
"""What a button holds on the platform that holds least."""

_UNRESERVED = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


@dataclass(slots=True)
class _Said:
    """One send with its words and what they may be filled with: the operator's lines and the send's own values."""

    send: Send
    wording: Wording
    language: Language
    values: Values
    operator: Values
    clock: Clock


def render(effects: Sequence[Effect], catalog: Catalog, profile: Profile, now: datetime) -> OutgoingMessage | None:
    """Join all sends among the effects into one message; ``None`` when nothing is said.

    ``now`` is aware and decides how moments are put. Only the last question's choices become buttons; links always do.

    Raises:
        KeyError: the catalog has no words for a key, or its language lacks a term; a compiled catalog never does.
    """
    clock = Clock(now, profile.timezone)
    turn: list[_Said] = []
    keys: list[str] = []
    nudging, urgent = None, False
    for effect in effects:
        if isinstance(effect, Send):
            said = _said(effect, catalog, profile.language, clock)
            turn.append(said)
            keys.append(effect.key)
            urgent |= effect.urgent
            if nudging is None and effect.nudge is not None:
                nudging = said
    if not turn:
        return None
    asking = _asking(turn)
    return OutgoingMessage(
        _parts(turn),
        _buttons(asking, turn),
        asking.send.question,
        tuple(keys),
        None if nudging is None else _preview(nudging),
        turn[0].language.code,
        urgent,
        None if nudging is None else nudging.send.nudge,
    )


def _said(send: Send, catalog: Catalog, language: str, clock: Clock) -> _Said:
    spoken, wording = catalog.spoken(send.key, language)
    operator = catalog.operator
    values = {**operator, **send.values} if operator else send.values
    return _Said(send, wording, spoken, values, operator, clock)


def _asking(turn: Sequence[_Said]) -> _Said:
    """The send whose choices are shown: the last that asks, else the last that has any, else none has."""
    for said in reversed(turn):
        if said.send.question is not None:
            return said
    return next((said for said in reversed(turn) if said.send.choices), turn[-1])


# ------------------------------------------------------------------------------------------------------- parts


def _parts(turn: Sequence[_Said]) -> tuple[Part, ...]:
    parts: list[Part] = []
    small: list[Part] = []
    for said in turn:
        send = said.send
        text = _filled(choose(said.wording.variants, said.values, send.nth).text, said)
        if send.key == SMALL_PRINT:
            small.append(SmallPrint(text))
        elif text:
            parts.append(Paragraph(text))
        if send.block is not None:
            parts.append(_block(said, send.block))
    return (*parts, *small) if small else tuple(parts)


def _block(said: _Said, text: str) -> Block:
    mail = said.wording.mail
    if mail is None or not _may_be_mailed(mail, said):
        return Block(shown(text))
    return Block(shown(text), mail_subject=_line(mail.subject, said), mail_label=_line(mail.label, said))


def _may_be_mailed(mail: Mail, said: _Said) -> bool:
    return (
        holds(mail.when, said.values)
        and is_complete(mail.subject, said.values)
        and is_complete(mail.label, said.values)
    )


# ----------------------------------------------------------------------------------------------------- buttons


def _buttons(asking: _Said, turn: Sequence[_Said]) -> tuple[Button, ...]:
    """Return what answers the question, then every link of the turn: it answers nothing, so it is in nobody's way."""
    buttons: list[Button] = []
    for code in asking.send.choices:
        choice = asking.wording.choices.get(code)
        button = None if choice is None else _answer(code, choice, asking)
        if button is not None:
            buttons.append(button)
    for said in turn:
        for code, choice in said.wording.links.items():
            button = _link(code, choice, said)
            if button is not None:
                buttons.append(button)
    return tuple(buttons)


def _answer(code: str, choice: ChoiceWords, said: _Said) -> Button | None:
    """The choice as a button; none for words that are only heard or for half a label."""
    label = choice.label
    if label is None or choice.link is not None:
        return None
    if not label.names:
        return _button(code, label.pieces[0])
    return _button(code, _line(label, said)) if is_complete(label, said.values) else None


@lru_cache(maxsize=1024)
def _button(code: str, label: str) -> Button:
    """Most labels are the same for everybody, so their buttons are made once."""
    return Button(code, _cut(label))


def _link(code: str, choice: ChoiceWords, said: _Said) -> Button | None:
    """The choice as a link; none for half a label or half an address."""
    label, link = choice.label, choice.link
    if label is None or link is None or not is_complete(label, said.values) or not is_complete(link, said.values):
        return None
    return Button(code, _cut(_line(label, said)), _address(link, said))


def _cut(label: str) -> str:
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _address(template: Template, said: _Said) -> str:
    """Fill an address. The operator's own lines are addresses or parts of one; what people wrote is quoted."""
    words = [(name, _word(name, said)) for name in template.names]
    return put(template, [text if name in said.operator else _quoted(text) for name, text in words])


def _quoted(text: str) -> str:
    """Percent-encode all but letters, digits and ``-._~`` of ASCII, as RFC 3986 has it."""
    return "".join(chr(byte) if byte in _UNRESERVED else f"%{byte:02X}" for byte in text.encode())


# ------------------------------------------------------------------------------------------------------- words


def _filled(template: Template, said: _Said, short: bool = False) -> str:
    if not template.names:
        return template.pieces[0]
    return put(template, [_word(name, said, short) for name in template.names])


def _line(template: Template, said: _Said) -> str:
    """Fill one line, with moments as short as a label wants them."""
    if not template.names:
        return template.pieces[0]
    return " ".join(_filled(template, said, short=True).split())


def _word(name: str, said: _Said, short: bool = False) -> str:
    value = said.values.get(name)
    if value is None:
        return ""
    if type(value) is str and name not in said.language.codes:
        return shown(value)  # most places take a text as it is; this spares them the way through `word`
    return word(name, value, said.language, said.clock, short)


# ----------------------------------------------------------------------------------------------------- preview


def _preview(said: _Said) -> str:
    """What a notification of a nudge shows; only the operator's lines may stand in it, never what a person said."""
    own = said.wording.preview
    if own is None or not is_complete(own, said.operator):
        own = said.language.terms["nudge.preview"]
    return put(own, [shown(str(said.operator.get(name, ""))) for name in own.names])
