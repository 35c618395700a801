"""One message to a person, in their words, before a platform gives it its form."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Plain text; line breaks count, nothing in it is markup."""

    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A text to copy as it stands.

    ``mail_subject`` is set where a new mail may be offered with it, labelled ``mail_label``.
    """

    text: str
    mail_subject: str | None = None
    mail_label: str | None = None


@dataclass(frozen=True, slots=True)
class SmallPrint:
    text: str


Part = Paragraph | Block | SmallPrint


@dataclass(frozen=True, slots=True)
class Button:
    """A choice to press, or a link to open (``link`` set, ``code`` then only names it)."""

    code: str
    label: str
    link: str | None = None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """All that one turn says.

    ``keys`` are the message keys it was joined from, for tests and metrics. ``question`` numbers the question its
    buttons answer. ``preview`` replaces the text in notifications of a nudge: no employer, role or bad news in it.
    """

    parts: tuple[Part, ...]
    buttons: tuple[Button, ...] = ()
    question: int | None = None
    keys: tuple[str, ...] = ()
    preview: str | None = None
    language: str = "en"
    urgent: bool = False
    nudge: str | None = None
