from __future__ import annotations

import unicodedata
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.catalog import Catalog, Mail
from bot.content.message import Block, Button, OutgoingMessage, Paragraph, SmallPrint
from bot.content.render import LONGEST_LABEL, render
from bot.content.template import parse_template
from bot.engine.conditions import Clause, Condition
from bot.engine.conversation import Profile
from bot.engine.effects import DropNudges, Effect, RefreshHome, Send
from bot.engine.values import Value
from tests.content.catalogs import catalog, choice, english, wording

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
AT_FIVE = datetime(2026, 3, 4, 17, tzinfo=UTC)
LONDON = Profile(name="Sam", timezone="Europe/London")

MESSAGES = {
    "setback.sorry": wording("I'm sorry about {company}.", "I'm sorry."),
    "setback.first_step": wording(
        "Shall I draft a reply?", choices={"draft": choice("Draft my reply"), "wait": choice("Not yet")}
    ),
    "draft.show_draft": wording(
        "You could send this:",
        mail=Mail(
            parse_template("Open a new mail"),
            parse_template("Re: {role}"),
            Condition((Clause("news_channel", "is", "email"),)),
        ),
    ),
    "draft.next_step": wording(
        "Best by {send_by}.",
        choices={
            "sent": choice("I sent it"),
            "remind": choice("Remind me at {remind_at}"),
            "change": choice(None, "bit stiff"),
        },
    ),
    "draft.reminder": wording("I'll write once, {remind_at}."),
    "draft.send_by": wording("Is the reply to {company} sent?"),
    "draft.own_preview": wording("Is it sent?", preview="{service_name} has a question"),
    "draft.leaky_preview": wording("Is it sent?", preview="About {company}"),
    "human.contact": wording(
        "Write to {human_contact}.",
        choices={
            "book": choice("Book a talk", link="{booking_link}"),
            "look": choice("Look them up", link="https://example.org/find?q={company}&in={country}"),
        },
    ),
    "areas.mirror": wording("They named {areas}."),
    "said.back": wording("You said: {said}"),
    "repairs.small_print": wording("I'm a program."),
}
CATALOG = catalog(MESSAGES, roughly__send_by="yes")


def said(*effects: Effect, words: Catalog = CATALOG, profile: Profile = LONDON) -> OutgoingMessage:
    message = render(effects, words, profile, NOW)
    assert message is not None
    return message


def test_a_turn_without_words_is_no_message() -> None:
    assert render([DropNudges(), RefreshHome()], CATALOG, LONDON, NOW) is None


def test_all_sends_of_a_turn_are_one_message() -> None:
    message = said(
        Send("setback.sorry", {"company": "Acme"}),
        RefreshHome(),
        Send("setback.first_step", choices=("draft", "wait"), question=4),
    )

    assert message == OutgoingMessage(
        parts=(Paragraph("I'm sorry about Acme."), Paragraph("Shall I draft a reply?")),
        buttons=(Button("draft", "Draft my reply"), Button("wait", "Not yet")),
        question=4,
        keys=("setback.sorry", "setback.first_step"),
    )


def test_only_the_last_question_has_buttons() -> None:
    message = said(
        Send("setback.first_step", choices=("draft",), question=4),
        Send("draft.next_step", {"send_by": AT_FIVE}, choices=("sent",), question=5),
        Send("setback.sorry"),
    )

    assert message.question == 5
    assert [button.code for button in message.buttons] == ["sent"]


def test_choices_without_a_question_are_shown_when_nothing_else_asks() -> None:
    message = said(Send("setback.first_step", choices=("wait",)), Send("setback.sorry"))

    assert message.question is None
    assert [button.label for button in message.buttons] == ["Not yet"]


def test_links_are_shown_whatever_is_asked_behind_what_answers_it() -> None:
    message = said(
        Send("human.contact", {"company": "Acme", "country": "GB"}),
        Send("setback.first_step", choices=("draft",), question=4),
    )

    assert [(button.label, button.link is not None) for button in message.buttons] == [
        ("Draft my reply", False),
        ("Look them up", True),
    ]


def test_the_small_print_comes_last_and_is_no_paragraph() -> None:
    message = said(Send("repairs.small_print"), Send("setback.sorry"))

    assert message.parts == (Paragraph("I'm sorry."), SmallPrint("I'm a program."))


def test_moments_are_long_in_a_sentence_and_short_on_a_button() -> None:
    message = said(
        Send("draft.reminder", {"remind_at": AT_FIVE}),
        Send(
            "draft.next_step",
            {"send_by": AT_FIVE.replace(day=5, hour=9), "remind_at": AT_FIVE},
            choices=("sent", "remind"),
            question=1,
        ),
    )

    assert message.parts == (Paragraph("I'll write once, today at 17:00."), Paragraph("Best by tomorrow morning."))
    assert [button.label for button in message.buttons] == ["I sent it", "Remind me at 17:00"]


def test_a_choice_whose_label_would_have_a_hole_has_no_button() -> None:
    message = said(Send("draft.next_step", {"send_by": AT_FIVE}, choices=("sent", "remind", "change"), question=1))

    assert [button.code for button in message.buttons] == ["sent"]


def test_a_long_label_is_cut_for_the_narrowest_platform_and_stays_on_one_line() -> None:
    words = catalog({"a.b": wording("Which?", choices={"it": choice("About {role}")})})

    message = said(Send("a.b", {"role": "very\nlong " * 20}, choices=("it",), question=1), words=words)

    assert message.buttons[0].label.startswith("About very long very")
    assert message.buttons[0].label.endswith("…")
    assert len(message.buttons[0].label) <= LONGEST_LABEL


def test_a_block_follows_its_introduction_and_may_be_mailed() -> None:
    message = said(
        Send("draft.show_draft", {"news_channel": "email", "role": "the\nanalyst job"}, block="Hello,\n\nThanks.")
    )

    assert message.parts == (
        Paragraph("You could send this:"),
        Block("Hello,\n\nThanks.", mail_subject="Re: the analyst job", mail_label="Open a new mail"),
    )


@pytest.mark.parametrize("values", [{"news_channel": "phone", "role": "analyst"}, {"news_channel": "email"}, {}])
def test_a_mail_is_not_offered_where_it_does_not_fit_or_would_have_a_hole(values: dict[str, Value]) -> None:
    message = said(Send("draft.show_draft", values, block="Hello"))

    assert message.parts[1] == Block("Hello")


def test_what_a_person_wrote_is_quoted_in_a_link_and_the_operators_line_is_not() -> None:
    words = catalog(MESSAGES, operator={"booking_link": "https://example.org/book?a=1&b=2", "country": "GB"})

    message = said(Send("human.contact", {"company": "A&B /?#é"}, choices=("book", "look")), words=words)

    assert [button.link for button in message.buttons] == [
        "https://example.org/book?a=1&b=2",
        "https://example.org/find?q=A%26B%20%2F%3F%23%C3%A9&in=GB",
    ]


def test_a_link_that_the_operator_left_out_has_no_button() -> None:
    words = catalog(MESSAGES, operator={"booking_link": "", "human_contact": "Jo"})

    assert said(Send("human.contact", choices=("book",)), words=words).buttons == ()


def test_the_operators_lines_are_words_everywhere() -> None:
    words = catalog(MESSAGES, operator={"human_contact": "the careers desk"})

    assert said(Send("human.contact"), words=words).parts == (Paragraph("Write to the careers desk."),)


def test_variants_rotate_by_the_count_of_visits() -> None:
    message = said(Send("setback.sorry", {"company": "Acme"}, nth=1))

    assert message.parts == (Paragraph("I'm sorry."),)


def test_a_nudge_has_a_preview_that_says_nothing() -> None:
    message = said(Send("draft.send_by", {"company": "Acme"}, nudge="send_by"))

    assert message.preview == "A note from your coach"
    assert message.nudge == "send_by"


def test_an_answer_has_no_preview_of_its_own() -> None:
    assert said(Send("draft.send_by", {"company": "Acme"})).preview is None


def test_a_preview_may_hold_the_operators_lines_and_nothing_that_was_said() -> None:
    words = catalog(MESSAGES, operator={"service_name": "Afterword"})

    own = said(Send("draft.own_preview", nudge="send_by"), words=words)
    leaky = said(Send("draft.leaky_preview", {"company": "Acme"}, nudge="send_by"), words=words)

    assert own.preview == "Afterword has a question"
    assert leaky.preview == "A note from your coach"


def test_one_urgent_send_makes_the_message_urgent() -> None:
    assert said(Send("setback.sorry"), Send("repairs.small_print", urgent=True)).urgent


def test_a_key_without_words_in_the_language_is_said_in_the_fallback_with_its_small_words() -> None:
    german = english({"draft.reminder": wording("Ich schreibe {remind_at}.")}, "de", moments__exact__today="um {clock}")
    words = Catalog({"en": english(MESSAGES), "de": german})
    austrian = Profile(timezone="Europe/Vienna", language="de-AT")

    native = said(Send("draft.reminder", {"remind_at": AT_FIVE}), words=words, profile=austrian)
    foreign = said(Send("draft.next_step", {"send_by": AT_FIVE}), words=words, profile=austrian)

    assert (native.language, native.parts) == ("de", (Paragraph("Ich schreibe um 18:00."),))
    assert (foreign.language, foreign.parts) == ("en", (Paragraph("Best by today at 18:00."),))


def test_a_zone_that_does_not_exist_is_utc() -> None:
    message = said(Send("draft.reminder", {"remind_at": AT_FIVE}), profile=Profile(timezone="Mars/Olympus"))

    assert message.parts == (Paragraph("I'll write once, today at 17:00."),)


def test_braces_that_a_person_wrote_are_never_expanded() -> None:
    hostile = "{company} {said} {{7*7}} {0.__class__} {human_contact}"
    words = catalog(MESSAGES, operator={"human_contact": "the careers desk"})

    message = said(Send("said.back", {"said": hostile, "company": "Acme"}), words=words)

    assert message.parts == (Paragraph(f"You said: {hostile}"),)


VALUES = st.dictionaries(
    st.sampled_from(["company", "role", "said", "send_by", "remind_at", "areas", "days", "news_channel", "country"]),
    st.one_of(
        st.text(),
        st.text(st.characters(categories=["Cc", "Cf", "Cs", "Mn", "Zl"])),
        st.integers(),
        st.booleans(),
        st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29), timezones=st.timezones()),
        st.lists(st.text()).map(tuple),
    ),
)
SENDS = st.lists(
    st.builds(
        Send,
        key=st.sampled_from(sorted(MESSAGES)),
        values=VALUES,
        choices=st.lists(st.sampled_from(["draft", "wait", "sent", "remind", "book", "look", "gone"])).map(tuple),
        nth=st.integers(0, 9),
        block=st.none() | st.text(),
        question=st.none() | st.integers(1, 9),
        nudge=st.none() | st.just("send_by"),
    ),
    min_size=1,
    max_size=4,
)


def texts(message: OutgoingMessage) -> list[str]:
    found = [part.text for part in message.parts] + [button.label for button in message.buttons]
    found += [part.mail_subject or "" for part in message.parts if isinstance(part, Block)]
    return [*found, message.preview or ""]


@given(sends=SENDS, zone=st.timezone_keys())
def test_whatever_the_values_are_there_is_a_message_that_can_be_shown(sends: list[Send], zone: str) -> None:
    message = said(*sends, profile=Profile(timezone=zone))

    for text in texts(message):
        text.encode()
        assert not any(unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} and sign != "\n" for sign in text)
    assert message.keys == tuple(send.key for send in sends)
