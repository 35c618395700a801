"""Markup: people's words come back as they typed them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.markup import typed
from tests.standins.slack_payloads import escaped


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("&amp;lt;", "&lt;"),
        ("see <https://acme.test/jobs?a=1&amp;b=2>", "see https://acme.test/jobs?a=1&b=2"),
        ("see <https://acme.test|acme.test>", "see acme.test"),
        ("<mailto:ana@acme.test|ana@acme.test>", "ana@acme.test"),
        ("<mailto:ana@acme.test>", "ana@acme.test"),
        ("<tel:+44123|+44 123>", "+44 123"),
        ("<@U0ANA> said no", "@somebody said no"),
        ("<@U0ANA|ana> said no", "@ana said no"),
        ("<#C0JOBS|jobs>", "#jobs"),
        ("<#C0JOBS>", "#channel"),
        ("<!here>", "here"),
        ("<!subteam^S1|@hr>", "@hr"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_markup_becomes_what_was_typed(marked: str, plain: str) -> None:
    assert typed(marked) == plain


@given(st.text())
def test_whatever_was_typed_comes_back_unchanged(text: str) -> None:
    assert typed(escaped(text)) == text
