"""Requests for feedback: complete from whatever is known, and always courteous."""

import re
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.craft import Craft
from bot.coach.drafting import Style, style_for, write_request
from bot.coach.etiquette import check
from bot.engine.values import Values
from tests.coach.shipped_rules import shipped_rules

CRAFT = Craft(shipped_rules())
STAGES = [None, "application", "screen", "test", "interview", "final", "offer"]
CHANNELS = [None, "email", "phone", "other"]
DETAILS = [
    None,
    *("ghosted", "portal", "letter", "in_person", "sms", "chat_app", "network"),
    *("job_board", "video", "voicemail", "third_party"),
]
STYLES = [
    Style("warm", 0),
    Style("warm", 1),
    Style("warm", 2),
    Style("warm", 3),
    Style("formal", 0),
    Style("formal", 1),
]


def known(**slots: str | None) -> Values:
    return {name: value for name, value in slots.items() if value is not None}


PLAIN = Style()


def request(known: Values, style: Style = PLAIN, name: str = "Sam") -> str:
    return write_request(known, style, name, CRAFT.letters)


def every_request() -> list[str]:
    names = [("acme", "analyst"), ("acme", None), (None, "analyst"), (None, None)]
    return [
        request(known(company=company, role=role, stage=stage, news_channel=channel, news_detail=detail), style, name)
        for stage, channel, detail, (company, role), style, name in product(
            STAGES, CHANNELS, DETAILS, names, STYLES, ("Sam", "")
        )
    ]


EVERY_REQUEST = sorted(set(every_request()))


def test_the_first_conversation_gets_its_draft_word_for_word() -> None:
    assert request(known(company="acme", role="analyst", stage="final", news_channel="email")) == (
        "Hello,\n"
        "Thank you for letting me know, and for the chance to interview for the analyst role at Acme, up to the final "
        "round. I understand your decision.\n"
        "If you have a moment, would you mind telling me what I could do to improve for next time? If one area stands "
        "out, I would like to know which one to develop most.\n"
        "Thank you again, Sam"
    )


def test_every_draft_passes_our_own_check_without_a_remark() -> None:
    faulty = [(text, assessment) for text in EVERY_REQUEST if not (assessment := check(text, CRAFT.etiquette)).clean]

    assert faulty == []


def test_every_draft_thanks_first_accepts_and_asks() -> None:
    wanted = {"thanks_first", "accepts", "asks"}

    assert [text for text in EVERY_REQUEST if not wanted <= set(check(text, CRAFT.etiquette).praise)] == []


def test_every_draft_asks_one_question_and_wants_to_know_which_area() -> None:
    assert [text for text in EVERY_REQUEST if text.count("?") != 1] == []
    assert [text for text in EVERY_REQUEST if not re.search("one area|which one", text, re.IGNORECASE)] == []


def test_no_draft_has_a_placeholder_a_gap_or_a_loose_end() -> None:
    loose = re.compile(r"[{}\[\]<>_]|  |,\s*$|, ,|\bNone\b|\n\n| [.,]")

    assert [text for text in EVERY_REQUEST if loose.search(text)] == []


def test_every_draft_is_short() -> None:
    assert max(len(text.split()) for text in EVERY_REQUEST) <= 110


def test_no_interview_is_mentioned_where_none_is_known() -> None:
    for stage, detail, style in product([None, "application", "screen", "test"], DETAILS, STYLES[:4]):
        thanks = request(known(stage=stage, news_detail=detail), style).partition("?")[0]

        assert "interview" not in thanks


@pytest.mark.parametrize(("stage", "words"), [("final", "to the final round"), ("offer", "to the offer stage")])
def test_the_stage_that_was_reached_is_told(stage: str, words: str) -> None:
    assert words in request(known(stage=stage, news_channel="email"))


def test_an_unanswered_application_gets_a_question_for_its_status() -> None:
    text = request(known(news_detail="ghosted", company="acme"))

    assert "how things stand" in text
    assert "Thank you for letting me know" not in text


def test_without_a_name_nothing_dangles() -> None:
    assert request(known(news_channel="email"), name="").endswith("\nThank you again.")


def test_only_the_first_name_signs() -> None:
    assert request(known(news_channel="email"), name="sam field").endswith("Thank you again, Sam")


def test_the_name_the_person_gave_comes_before_that_of_the_platform() -> None:
    assert request(known(first_name="ada"), name="user4711").endswith(", Ada")


def test_asking_twice_for_warmer_gives_another_draft_each_time() -> None:
    slots = dict(known(company="acme", news_channel="email", change="warmer"))
    texts = [request(slots)]
    for _ in range(4):
        style = style_for(slots)
        slots |= {"tone": style.tone, "variant": style.version}
        texts.append(request(slots, style))

    assert all(earlier != later for earlier, later in pairwise(texts))
    assert len(set(texts[:3])) == 3


def test_asking_twice_for_more_formal_gives_another_draft_each_time() -> None:
    slots = dict(known(company="acme", news_channel="email", change="more_formal"))
    texts = []
    for _ in range(3):
        style = style_for(slots)
        slots |= {"tone": style.tone, "variant": style.version}
        texts.append(request(slots, style))

    assert texts[0] != texts[1] != texts[2]
    assert texts[0].startswith("Dear Acme team,")


def test_a_short_note_for_a_network_is_shorter_than_a_letter() -> None:
    slots = known(company="acme", role="analyst")

    assert len(request({**slots, "news_detail": "network"})) < len(request({**slots, "news_channel": "email"}))


@given(
    company=st.text(min_size=1, max_size=80),
    role=st.text(min_size=1, max_size=80),
    name=st.text(max_size=80),
    style=st.sampled_from(STYLES),
    detail=st.sampled_from(DETAILS),
)
def test_whatever_stands_in_the_names_a_draft_is_written_and_still_asks(
    company: str, role: str, name: str, style: Style, detail: str | None
) -> None:
    text = request(known(company=company, role=role, news_detail=detail), style, name)

    assert text.startswith(("Hello", "Dear"))
    assert "improve" in text or "do better" in text
