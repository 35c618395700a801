"""Messages to show: one of each kind, and each kind at its longest."""

from __future__ import annotations

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint

PERSON = "T0ONE:U0SAM"

DRAFT = Block(
    "Hello,\n\nThank you for letting me know, and for your time. Would you mind telling me what I could improve, and "
    "which one area to develop most?\n\nThank you again, Sam",
    mail_subject="Thank you",
    mail_label="Open in my mail program",
)
SMALL = SmallPrint("I'm a program. Whoever runs this workspace may be able to export this chat.")
CHOICES = (Button("sent", "I sent it"), Button("change", "Change it"), Button("remind", "Remind me at 17:00"))
LINKS = (
    Button("book", "Book a talk", "https://example.org/book"),
    Button("write", "Write to them", "mailto:careers@example.org"),
    Button("call", "Call 116 123", "tel:116123"),
)


def asked(*said: str) -> OutgoingMessage:
    """A question with a draft, choices and small print."""
    parts = (*(Paragraph(text) for text in said), DRAFT, SMALL)
    return OutgoingMessage(parts, CHOICES, question=7, keys=("draft.next_step",))


def echoing(text: str) -> OutgoingMessage:
    """A message with somebody's words wherever words may stand."""
    return OutgoingMessage(
        (
            Paragraph(f"You said: {text}"),
            Block(text, mail_subject=text[:60], mail_label="Open"),
            SmallPrint(text[:200]),
        ),
        (Button("one", text[:75]), Button("two", "Two", "https://example.org/two")),
        question=1,
    )


def nudge() -> OutgoingMessage:
    parts = (Paragraph("Your note to Acme Ltd is ready."), DRAFT)
    return OutgoingMessage(parts, CHOICES, question=8, preview="A note from your coach", nudge="draft.send_by|1")


def longest() -> OutgoingMessage:
    """Everything at once, each as long as it may be."""
    words = "Hard news when you hoped for it, and a long line that has to be read to its end. " * 80
    many = tuple(Button(f"choice_{number}", "A long label that says what it does " * 3) for number in range(3))
    return OutgoingMessage(
        (Paragraph(words), Block(words[:2_000], "Thank you", "Open in my mail program"), SMALL),
        (*many, *LINKS),
        question=9,
    )
