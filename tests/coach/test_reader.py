"""The reader as a whole: what rides on a message."""

import json
import time
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.coach.reader import make_reader
from bot.coach.setting import Setting
from bot.engine.events import Reading
from tests.coach.phrasings_read import FOLDER
from tests.coach.shipped_knowledge import KNOWLEDGE, NOW, read


def test_nothing_said_has_to_be_asked() -> None:
    reading = read("acme said no, email this morning. analyst job. got to the final round too")

    assert (reading.intent, reading.sure) == ("bad_news", True)
    assert {name: reading.slots[name] for name in ("company", "role", "news_channel", "stage")} == {
        "company": "Acme",
        "role": "analyst",
        "news_channel": "email",
        "stage": "final",
    }


@pytest.mark.parametrize("text", ["1", "2.", "(3)", "12", "0"])
@pytest.mark.parametrize("known", [{}, {"company": "Acme", "role": "analyst"}])
def test_a_number_from_a_list_says_nothing_else(text: str, known: dict[str, str]) -> None:
    assert read(text, **known) == Reading("ambiguous")


@pytest.mark.parametrize(
    ("typed", "written"), [("acme", "Acme"), ("nhs", "NHS"), ("brook foods", "Brook Foods"), ("eBay", "eBay")]
)
def test_a_company_is_written_with_its_capitals(typed: str, written: str) -> None:
    assert read(f"got turned down by {typed}").slots["company"] == written


def test_the_moment_of_the_news_is_counted_from_now() -> None:
    assert read("acme rejected me by email yesterday afternoon").slots["news_at"] == datetime(
        2026, 3, 3, 14, tzinfo=NOW.tzinfo
    )


def test_the_moment_of_the_news_is_never_to_come() -> None:
    news_at = read("acme rejected me by email this evening").slots["news_at"]

    assert isinstance(news_at, datetime)
    assert news_at <= NOW


def test_a_call_to_come_is_news_by_phone() -> None:
    assert read("they're ringing me at three").slots["news_channel"] == "phone"


@pytest.mark.parametrize(
    ("text", "reasons"),
    [
        ("they said my answers lacked detail", True),
        ("no feedback, no reason, just a no", False),
        ("acme said no", None),
    ],
)
def test_whether_reasons_were_given(text: str, reasons: bool | None) -> None:
    assert read(text).slots.get("has_reasons") is reasons


def test_no_answer_to_ones_own_request_is_no_way_the_news_came() -> None:
    assert "news_channel" not in read("still no reply to my feedback request").slots


def test_while_a_long_text_is_asked_for_only_safety_and_commands_are_read() -> None:
    reading = read("Acme rejected me by email. I want to die.", long_text=True)

    assert (reading.intent, reading.slots, reading.safety) == ("unclear", {}, "self")
    assert read("stop", long_text=True).command == "stop"


@pytest.mark.parametrize("slot", ["draft", "message"])
def test_words_that_only_say_that_a_letter_comes_are_no_part_of_it(slot: str) -> None:
    letter = "Hi Jane, thank you for letting me know. What could I improve?"

    assert read(f'here is mine: "{letter}"', slot, long_text=True).slots[slot] == letter


@pytest.mark.parametrize("slot", ["said", "answer"])
@pytest.mark.parametrize(
    "text",
    [
        "My biggest weakness: I used to avoid conflict, and I learned to name it early.",
        'she said "you were great" and then "but you need more detail on the budgets you ran"',
    ],
)
def test_what_somebody_tells_is_kept_whole(text: str, slot: str) -> None:
    assert slot not in read(text, slot, long_text=True).slots


def test_safety_is_read_beside_a_command() -> None:
    assert read("kms").safety == "self"


def test_an_unknown_language_is_read_as_english() -> None:
    reader = make_reader({"en": KNOWLEDGE})

    assert reader("stop", Setting(now=NOW, language="xx")).command == "stop"
    assert reader("stop", Setting(now=NOW, language="en-GB")).command == "stop"


@given(st.text(max_size=600), st.sampled_from([None, "company", "role", "consultant", "news_at"]), st.booleans())
def test_any_text_is_read(text: str, asking: str | None, long_text: bool) -> None:
    reading = read(text, asking, long_text, company="Acme", role="analyst")

    assert all(len(value) <= 4000 for value in reading.slots.values() if isinstance(value, str))


WORDS = (
    *("no", "not", "i", "they", "acme", "Acme", "said", "it", "was", "the", "email", "rang", "feedback", "rejected"),
    *(
        "stop",
        ",",
        ".",
        "?",
        "!",
        "\n",
        "Dear",
        "Hi",
        ":",
        '"',
        "die",
        "job",
        "for",
        "at",
        "from",
        "'s",
        "sorry",
        "meant",
    ),
)


@given(st.lists(st.sampled_from(WORDS), max_size=60))
def test_any_row_of_such_words_is_read(parts: list[str]) -> None:
    reading = read(" ".join(parts), company="Acme")

    assert reading.corrects.get("company") != "Acme", "what is known is not corrected to itself"


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "I want to ",
        "no not never ",
        "k i l l ",
        "@@@",
        "1",
        "1:",
        "not want to ",
        "(",
        "```",
        "ﷺ",
        "Aa ",
        "é́",
        "I'd 's ",
        "* ",
        "Hi,\n",
        '"',
        "they said no ",
    ],
)
def test_no_text_makes_it_slow(unit: str) -> None:
    text = (unit * 4_000)[:4_000]
    read(text)

    before = time.process_time()
    read(text)

    assert time.process_time() - before < 0.5


def test_a_message_is_read_in_a_few_milliseconds() -> None:
    texts = [
        json.loads(line)["text"]
        for name in ("drafts", "feedback")
        for line in (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()
    ]
    for text in texts:
        read(text)

    before = time.process_time()
    for text in texts:
        read(text)

    assert (time.process_time() - before) / len(texts) < 0.01


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("remind me on monday at 10", "2026-03-09 10:00"),
        ("actually make it friday", "2026-03-06 09:00"),
        ("leave me alone until monday", "2026-03-09 09:00"),
        ("not before next week please", "2026-03-09 09:00"),
        ("push the reminder to tuesday", "2026-03-10 09:00"),
        ("tomorrow at 8 would be better", "2026-03-05 08:00"),
    ],
)
def test_the_moment_that_is_asked_for_is_read(text: str, moment: str) -> None:
    reading = read(text)

    assert reading.intent == "snooze_stop"
    assert f"{reading.slots['asked_at']:%Y-%m-%d %H:%M}" == moment


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("acme rejected me, phone call this morning", None),
        ("acme turned me down, call from hr this morning", None),
        ("got a phone call this morning, they said no", None),
        ("i have a call with hr this morning", "soon"),
        ("phone call with acme this afternoon", "soon"),
    ],
)
def test_a_call_that_brought_the_news_is_none_to_come(text: str, call: str | None) -> None:
    reading = read(text)

    assert reading.slots.get("call") == call
    assert reading.slots.get("news_channel") == "phone"


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("so i didnt get it. hartwell. they rang me at 9", "Hartwell"),
        ("rejected again. wingtip toys. they emailed", "Wingtip Toys"),
        ("so gutted. they said no", None),
        ("i had the interview last week. nothing. they havent replied", None),
    ],
)
def test_a_sentence_that_is_only_a_name_names_the_employer(text: str, company: str | None) -> None:
    assert read(text).slots.get("company") == company


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("tomorrow is my birthday so dont message me tomorrow", "2026-03-06"),
        ("no messages on friday please", "2026-03-07"),
        ("no reminders over the weekend please", "2026-03-09"),
        ("dont remind me tomorrow, remind me on friday", "2026-03-06"),
        ("no reminders today please", "2026-03-05"),
    ],
)
def test_a_day_to_be_spared_is_never_the_day_that_is_offered(text: str, day: str) -> None:
    reading = read(text)

    assert reading.intent == "snooze_stop"
    assert f"{reading.slots['asked_at']:%Y-%m-%d}" == day


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("no reminders please, dont write me", "no_reminders"),
        ("please don't send me any reminders about this", "no_reminders"),
        ("I'd rather not get any reminders, thanks", "no_reminders"),
        ("actually cancel that reminder", "no_reminders"),
        ("no need to remind me tomorrow, honestly", "no_reminders"),
        ("stop writing to me please this is annoying", "no_reminders"),
        ("please stop with the reminders, I have enough to do", "no_reminders"),
        ("leave me alone please, no messages", "no_reminders"),
        ("please don't ask me again if they replied", "no_reminders"),
        ("no reminders please, i sent it", "sent"),
        ("rejected by Crestline by email, no reminders please", "bad_news"),
    ],
)
def test_who_wants_no_reminder_is_heard_whatever_else_they_say(text: str, intent: str) -> None:
    reading = read(text)

    assert reading.slots["no_reminders"] is True
    assert reading.intent == intent


def test_a_reminder_of_an_errand_says_nothing_of_the_job() -> None:
    slots = read("remind me on friday at 17:30 to ring Halden").slots

    assert set(slots) == {"asked_at", "errand"}


@pytest.mark.parametrize("text", ["remind me tomorrow at 9", "remind me tomorrow to send it", "they remind me to sign"])
def test_a_reminder_of_the_note_is_no_errand(text: str) -> None:
    assert "errand" not in read(text).slots


@pytest.mark.parametrize(
    "text",
    [
        "they said they don't want to write to me",
        "recruiters never message me back",
        "don't write to me until monday",
        "I wish they would leave me alone",
        "leave me alone for today",
        "don't forget my reminder tomorrow",
        "please don't cancel the reminder",
        "why do I have no reminders",
        "dont ask me why they said no",
        "dont message me tomorrow",
        "no reminders at weekends",
        "I got no reminder of the interview and missed it",
    ],
)
def test_reminders_of_others_or_of_one_day_are_no_wish_for_none(text: str) -> None:
    assert "no_reminders" not in read(text).slots


@pytest.mark.parametrize(
    "text",
    [
        'they wrote back. "You interviewed well, but your examples could have been more specific."',
        "they wrote back: another candidate had more hands-on experience with budgets",
        "they answered! they said i interviewed well but my examples werent specific enough",
    ],
)
def test_an_answer_that_finds_fault_is_surely_feedback(text: str) -> None:
    reading = read(text, news_channel="phone", company="Acme", told_at=NOW)

    assert (reading.intent, reading.sure) == ("got_feedback", True)


@pytest.mark.parametrize(
    "text", ["interview on friday at 10", "good morning", "they will call me tomorrow at 9", "stop"]
)
def test_a_moment_of_something_else_asks_for_nothing(text: str) -> None:
    assert "asked_at" not in read(text).slots


def test_who_asks_when_the_coach_will_write_sees_what_is_kept() -> None:
    assert read("when will you remind me?").intent == "my_things"


@pytest.mark.parametrize("text", ["the recruiter i mean", "I mean the consultant", "it was the recruiter"])
def test_who_brought_the_news_can_be_put_right(text: str) -> None:
    reading = read(text, company="Acme", role="analyst", news_channel="phone")

    assert reading.corrects == {"news_channel": "recruiter"}


def test_what_they_said_after_the_news_is_feedback_and_no_second_no() -> None:
    text = "we talked. she said they want somebody with more budget experience"

    assert read(text).intent == "bad_news"
    assert read(text, company="Acme", news_channel="recruiter").intent == "got_feedback"


@pytest.mark.parametrize(
    "text",
    [
        "can u check this: Hi Mark, thanks for your mail. What did I do wrong? Sam",
        "check my email please: Hi, thanks for the interview. Why was I rejected?",
    ],
)
def test_a_short_draft_behind_a_colon_is_read_as_one(text: str) -> None:
    reading = read(text)

    assert reading.intent == "check_draft"
    assert reading.slots["own_text"] == text.partition(": ")[2]


@pytest.mark.parametrize(
    "text", ["got an offer withdrawn today", "my offer was rescinded by Acme", "they pulled my job offer"]
)
def test_an_offer_that_is_taken_back_is_no_good_news(text: str) -> None:
    assert read(text).intent == "bad_news"


def test_who_asks_to_see_what_is_kept_sees_it() -> None:
    assert read("can I see what you have stored").intent == "my_things"


def test_no_answer_after_the_news_was_told_changes_nothing_of_how_it_came() -> None:
    reading = read("no answer", company="Acme", news_channel="email")

    assert (reading.intent, reading.sure, reading.corrects) == ("no_reply", True, {})
    assert "news_detail" not in reading.slots


@pytest.mark.parametrize(
    ("text", "chance"),
    [
        ("good news: a recruiter from Hays rang about a job at TK Elevator, they ring me on monday at 11", True),
        ("great news, I got an interview at Apex next week", True),
        ("good news, I got the job", None),
        ("good news: a recruiter rang about a job at Apex and I got the offer", None),
    ],
)
def test_another_chance_is_no_job_yet(text: str, chance: bool | None) -> None:
    reading = read(text)

    assert reading.intent in ("good_news", "next_interview")
    assert reading.slots.get("another_chance") == (chance if reading.intent == "good_news" else None)


def test_when_and_where_something_is_to_be_done_is_no_wish_to_be_written_to() -> None:
    reader = make_reader({"en": KNOWLEDGE})

    assert not reader("tomorrow 8pm at home", Setting(now=NOW, asking="act_when")).sure


def test_no_reminders_are_no_letter_that_is_asked_for() -> None:
    reader = make_reader({"en": KNOWLEDGE})
    asked = Setting(now=NOW, asking="draft", long_text=True)

    assert reader("please don't write to me or remind me", asked).slots["no_reminders"] is True
    assert "no_reminders" not in reader("Dear Ms Reed, thank you for letting me know", asked).slots
