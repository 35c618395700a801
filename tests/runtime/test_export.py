"""The export: all of the person's own, and nothing that only the machine needs."""

from __future__ import annotations

import json

import pytest

from bot.content.message import Block, OutgoingMessage, Paragraph
from bot.engine.conversation import Application, Conversation, Profile
from bot.runtime.export import LONGEST_PIECE, exported, with_export

KEPT = Conversation(
    profile=Profile("Sam", "Europe/London"),
    slots={"first_name": "Sam"},
    applications=(Application(1, {"company": "Acme"}, {"notes": "two points"}),),
    counts={"welcome.news": 3},
    fired=("tea/1@2026-03-04T14:10:00",),
)


def test_everything_that_is_the_persons_own_is_in_it() -> None:
    plain = json.loads(exported(KEPT))

    assert plain["profile"]["name"] == "Sam"
    assert plain["slots"] == {"first_name": "Sam"}
    assert plain["applications"][0]["slots"] == {"company": "Acme"}
    assert plain["applications"][0]["saved"] == {"notes": "two points"}


def test_what_only_the_machine_needs_is_left_out() -> None:
    assert {"counts", "fired", "schema"}.isdisjoint(json.loads(exported(KEPT)))


def test_it_comes_as_a_text_to_copy_behind_what_is_said() -> None:
    (message,) = with_export(OutgoingMessage(parts=(Paragraph("Here it is."),), keys=("privacy.export",)), KEPT)

    assert message.parts == (Paragraph("Here it is."), Block(exported(KEPT)))


def test_it_comes_alone_when_nothing_is_said() -> None:
    (message,) = with_export(None, KEPT)

    assert message.parts == (Block(exported(KEPT)),)


@pytest.mark.parametrize("note", ["two points\n" * 3_000, "x" * 20_000, "é\u0301" * 5_000])
def test_a_long_one_comes_in_several_messages_that_together_are_all_of_it(note: str) -> None:
    kept = KEPT._replace(applications=(Application(1, {"company": "Acme"}, {"notes": note, "more": note}),))

    messages = with_export(OutgoingMessage(parts=(Paragraph("Here it is."),)), kept)

    blocks = [part.text for message in messages for part in message.parts if isinstance(part, Block)]
    assert len(blocks) > 3
    assert max(map(len, blocks)) <= LONGEST_PIECE
    assert "".join(blocks).replace("\n", "") == exported(kept).replace("\n", "")
