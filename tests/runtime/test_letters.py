"""Letters: what waits in the outbox comes out as it went in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.runtime.letters import BadLetterError, dump_message, load_message

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
MAYBE = st.none() | TEXTS
PARTS = st.builds(Paragraph, TEXTS) | st.builds(SmallPrint, TEXTS) | st.builds(Block, TEXTS, MAYBE, MAYBE)
MESSAGES = st.builds(
    OutgoingMessage,
    parts=st.lists(PARTS, max_size=4).map(tuple),
    buttons=st.lists(st.builds(Button, TEXTS, TEXTS, MAYBE), max_size=3).map(tuple),
    question=st.none() | st.integers(0, 99),
    keys=st.lists(TEXTS, max_size=3).map(tuple),
    preview=MAYBE,
    language=TEXTS,
    urgent=st.booleans(),
    nudge=MAYBE,
)


@given(MESSAGES)
def test_a_message_comes_back_as_it_went_in(message: OutgoingMessage) -> None:
    assert load_message(dump_message(message)) == message


@pytest.mark.parametrize(
    "text",
    ["", "nonsense", "[]", "null", "{}", '{"parts": 1, "buttons": []}', '{"parts": [{"is": "film"}], "buttons": []}'],
)
def test_what_is_no_message_is_refused_with_one_kind_of_error(text: str) -> None:
    with pytest.raises(BadLetterError):
        load_message(text)
