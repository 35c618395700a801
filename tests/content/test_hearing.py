from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.catalog import Catalog
from bot.content.hearing import agreement, hear
from bot.engine.model import Question
from tests.content.catalogs import catalog, choice, question, wording

CATALOG = catalog(
    {
        "setback.first_step": wording(
            "Shall I draft a short reply?",
            choices={
                "draft": choice("Draft my reply", "yes", "write it for me"),
                "not_yet": choice("Not yet", "maybe later", "tomorrow"),
                "gave_reasons": choice("They gave reasons", "they told me why"),
            },
        ),
        "draft.next_step": wording(
            "Best by {send_by}.",
            choices={
                "sent": choice("I sent it", "done", "it's off", "👍"),
                "change": choice("Change it"),
                "remind": choice("Remind me at {remind_at}"),
            },
        ),
        "draft.change": wording(
            "How should it change?",
            choices={
                "warmer": choice("Warmer", "bit stiff", "too cold", "friendlier"),
                "more_formal": choice("More formal", "too chatty"),
                "own_words": choice("My own words"),
            },
        ),
        "talk.message": wording(
            "Shall I draft a message?",
            choices={"yes": choice("Yes, draft it"), "tomorrow": choice("Tomorrow"), "not_now": choice("Not now")},
        ),
        "feedback.said": wording(
            "What did they say?",
            choices={
                "did_not_ask": choice("I didn't ask"),
                "no_reasons": choice("They gave no reasons", "nothing", "no feedback"),
                "not_now": choice("Not now"),
            },
        ),
        "human.contact": wording(
            "A person can help.",
            choices={"book": choice("Book a talk", link="https://example.org"), "back": choice("Go back")},
        ),
        "sent.ask": wording("Shall I ask?", choices={"yes": choice("Yes, ask me"), "no": choice("No, thanks")}),
        "ready.ask": wording(
            "Ready?", choices={"yes": choice("Yes"), "no": choice("No"), "unsure": choice("Not sure")}
        ),
    }
)
FIRST_STEP = question("setback.first_step", "draft", "not_yet", "gave_reasons")
NEXT_STEP = question("draft.next_step", "sent", "change", "remind")
CHANGE = question("draft.change", "warmer", "more_formal", "own_words")
MESSAGE = question("talk.message", "yes", "tomorrow", "not_now")
SAID = question("feedback.said", "did_not_ask", "no_reasons", "not_now")
CONTACT = question("human.contact", "book", "back")
ASK = question("sent.ask", "yes", "no")
READY = question("ready.ask", "yes", "no", "unsure")


def heard(text: str, *questions: Question, visible: tuple[str, ...] | None = None, words: Catalog = CATALOG) -> str:
    """The choice of the first question that was heard, or nothing."""
    shown = tuple(one.code for one in questions[0].choices) if visible is None else visible
    return dict(hear(text, questions, shown, words, "en")).get(questions[0].message.key, "")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Draft my reply", "draft"),
        ("  draft MY reply!! ", "draft"),
        ("“Draft my reply”", "draft"),
        ("draft my reply please", "draft"),
        ("ok, draft my reply then, thanks", "draft"),
        ("not yet", "not_yet"),
        ("Not yet, thanks.", "not_yet"),
        ("they gave reasons", "gave_reasons"),
    ],
)
def test_a_label_is_heard_whatever_its_case_punctuation_and_courtesy(text: str, code: str) -> None:
    assert heard(text, FIRST_STEP) == code


@pytest.mark.parametrize("text", ["I didn’t ask", "i didnt ask", "I didn't ask."])
def test_the_kind_of_apostrophe_makes_no_difference(text: str) -> None:
    assert heard(text, SAID) == "did_not_ask"


@pytest.mark.parametrize(
    "text",
    ["2", "2.", "2)", "#2", "(2)", "２", "2️⃣", "2 please", "number two", "Option 2", "two", "the second",
     "the 2nd", "the second one please", "choice two", "I'd like the second"],
)  # fmt: skip
def test_a_number_is_the_choice_at_that_place(text: str) -> None:
    assert heard(text, FIRST_STEP) == "not_yet"


@pytest.mark.parametrize(
    "text", ["4", "0", "22", "-", "²²", "2 or 3", "2:30", "2 weeks ago", "good one", "that one", "no one", "half two"]
)
def test_what_is_no_number_of_a_choice_is_not_taken_for_one(text: str) -> None:
    assert heard(text, FIRST_STEP) == ""


def test_numbers_count_what_is_shown_and_can_be_answered() -> None:
    assert heard("2", FIRST_STEP, visible=("draft", "gave_reasons")) == "gave_reasons"
    assert heard("1", CONTACT) == "back"


@pytest.mark.parametrize(
    ("text", "code"), [("draft", "draft"), ("reply", "draft"), ("my reply", "draft"), ("reasons", "gave_reasons")]
)
def test_part_of_a_label_is_enough_where_it_is_unlike_the_others(text: str, code: str) -> None:
    assert heard(text, FIRST_STEP) == code


@pytest.mark.parametrize("text", ["me", "it", "i", "at"])
def test_part_of_a_label_that_says_nothing_by_itself_is_not_heard(text: str) -> None:
    assert heard(text, NEXT_STEP) == ""


@pytest.mark.parametrize(("text", "asked"), [("yet", FIRST_STEP), ("now", MESSAGE), ("ask", SAID)])
def test_part_of_a_label_without_its_not_is_the_opposite(text: str, asked: Question) -> None:
    assert heard(text, asked) == ""


@pytest.mark.parametrize("text", ["reply", "my reply"])
def test_part_of_two_labels_is_neither(text: str) -> None:
    words = catalog({"a.step": wording("?", choices={"a": choice("Draft my reply"), "b": choice("Check my reply")})})

    assert heard(text, question("a.step", "a", "b"), words=words) == ""


@pytest.mark.parametrize(
    "text", ["remind me", "remind", "Remind me at 17:00", "remind me at five", "remind me at 09:00 tomorrow"]
)
def test_a_label_with_a_value_is_heard_with_and_without_it(text: str) -> None:
    assert heard(text, NEXT_STEP) == "remind"


@pytest.mark.parametrize(
    ("text", "code"),
    [("drfat", "draft"), ("Draft my replay", "draft"), ("they gave resons", "gave_reasons"), ("tomorow", "not_yet")],
)
def test_one_slip_in_a_longer_word_is_forgiven(text: str, code: str) -> None:
    assert heard(text, FIRST_STEP) == code


@pytest.mark.parametrize("text", ["drfta", "got yet", "dratf my relpy", "craftier"])
def test_two_slips_or_one_in_a_short_word_are_not(text: str) -> None:
    assert heard(text, FIRST_STEP) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bit stiff", "warmer"),
        ("it sounds a bit stiff to me", "warmer"),
        ("hmm, too cold", "warmer"),
        ("make it friendlier", "warmer"),
        ("no, friendlier", "warmer"),
        ("way too chatty for them", "more_formal"),
    ],
)
def test_other_words_are_heard_inside_a_short_text(text: str, code: str) -> None:
    assert heard(text, CHANGE) == code


@pytest.mark.parametrize("text", ["it's not too cold", "I don't think it's a bit stiff", "too cold or too chatty"])
def test_other_words_are_not_heard_when_turned_round_or_when_two_choices_are_named(text: str) -> None:
    assert heard(text, CHANGE) == ""


def test_a_single_word_among_many_is_not_heard() -> None:
    assert heard("nothing", SAID) == "no_reasons"
    assert heard("they said nothing was wrong with it", SAID) == ""


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bit stiff. I would never write to anybody like that, they would laugh", "warmer"),
        ("too chatty\nthis is a bank and they are all very serious people there", "more_formal"),
    ],
)
def test_a_long_text_is_an_answer_only_if_it_begins_with_other_words_for_one(text: str, code: str) -> None:
    assert heard(text, CHANGE) == code


@pytest.mark.parametrize(
    "text",
    [
        "not now that I think of it they said the project was thin",
        "Nothing. Well, they said that my example was thin and went on about it",
        "not now that I think of it",
        "they gave no reasons apart from the project example and my notice period",
        "I didn't ask them much but they said that I was strong",
        "nothing about the interview itself, only that somebody had more experience there",
        "Not now, they said, but maybe in a year when the new office is open",
        "they said my examples were thin and that I should ask more",
    ],
)
def test_a_sentence_that_happens_to_hold_a_label_is_not_that_choice(text: str) -> None:
    assert heard(text, SAID) == ""


@pytest.mark.parametrize("text", ["I haven't sent it", "i have not sent it yet", "not done", "I didn't send it"])
def test_an_answer_turned_round_is_not_heard(text: str) -> None:
    assert heard(text, NEXT_STEP) == ""


@pytest.mark.parametrize("text", ["I've sent it", "sent", "sent it, thanks", "done", "👍", "👍🏿"])
def test_short_ways_to_say_it_are_heard(text: str) -> None:
    assert heard(text, NEXT_STEP) == "sent"


@pytest.mark.parametrize("text", ["yes", "ok", "Sure, thanks", "fine", "yes please", "fine. her name's priya"])
def test_a_mere_yes_is_the_one_choice_that_begins_with_one(text: str) -> None:
    assert heard(text, MESSAGE) == "yes"


@pytest.mark.parametrize("text", ["no", "nope", "no thanks", "nah"])
def test_a_mere_no_is_the_one_choice_that_begins_with_one(text: str) -> None:
    assert heard(text, MESSAGE) == "not_now"


def test_an_exact_answer_beats_a_choice_that_only_begins_like_it() -> None:
    assert heard("no", READY) == "no"
    assert heard("yes please", READY) == "yes"


@pytest.mark.parametrize("text", ["yes but not today", "fine, but not now", "no idea", "sure they did", "no, they did"])
def test_a_yes_or_no_with_more_to_it_is_left_to_the_reader(text: str) -> None:
    assert heard(text, MESSAGE) == ""


def test_of_several_exact_matches_the_closest_is_meant() -> None:
    words = catalog({"a.step": wording("?", choices={"do": choice("Draft it", "ok"), "let_go": choice("Let it go")})})
    noes = catalog(
        {"a.no": wording("?", choices={"later": choice("Later", "no"), "never": choice("Stop", "no thanks")})}
    )

    assert heard("no", question("a.no", "later", "never"), words=noes) == "later"
    assert heard("no thanks", question("a.no", "later", "never"), words=noes) == "never"

    assert heard("ok let it go then", question("a.step", "do", "let_go"), words=words) == "let_go"
    assert heard("ok then", question("a.step", "do", "let_go"), words=words) == "do"


def test_a_hidden_choice_is_not_heard_and_an_unlabelled_one_is() -> None:
    quiet = question("draft.next_step", "sent", heard=("change",))

    assert heard("remind me", NEXT_STEP, visible=("sent", "change")) == ""
    assert heard("its off", quiet) == "sent"


def test_words_without_a_button_are_heard() -> None:
    words = catalog(
        {"a.step": wording("Next?", choices={"go": choice("Go on"), "other": choice(None, "something else")})}
    )

    assert heard("something else", question("a.step", "go", heard=("other",)), words=words) == "other"
    assert heard("2", question("a.step", "go", heard=("other",)), words=words) == ""


def test_a_link_answers_nothing() -> None:
    assert heard("Book a talk", CONTACT) == ""


def test_an_answer_to_a_question_one_step_ahead_is_heard_in_its_own_words() -> None:
    pairs = hear("bit stiff", [NEXT_STEP, CHANGE], ("sent", "change", "remind"), CATALOG, "en")

    assert pairs == (("draft.change", "warmer"),)


@pytest.mark.parametrize("text", ["2", "formal", "words", "warmr"])
def test_a_question_one_step_ahead_is_not_answered_by_numbers_parts_or_slips(text: str) -> None:
    pairs = hear(text, [NEXT_STEP, CHANGE], ("sent", "change", "remind"), CATALOG, "en")

    assert "draft.change" not in dict(pairs)


def test_an_exact_answer_to_one_question_puts_a_loose_one_to_another_aside() -> None:
    pairs = hear("more formal", [NEXT_STEP, CHANGE], ("sent", "change", "remind"), CATALOG, "en")

    assert pairs == (("draft.change", "more_formal"),)


@pytest.mark.parametrize("text", ["", "  ", "?!", "…"])
def test_nothing_said_is_nothing_heard(text: str) -> None:
    assert hear(text, [FIRST_STEP], ("draft",), CATALOG, "en") == ()


def test_without_a_question_nothing_is_heard() -> None:
    assert hear("yes", [], (), CATALOG, "en") == ()


LABELS = st.sampled_from(
    ["Draft my reply", "Not yet", "They gave reasons", "Remind me at 17:00", "Yes", "bit stiff", "no", "2"]
)


@given(text=st.one_of(st.text(), st.lists(LABELS | st.text(max_size=5), max_size=6).map(" ".join)))
def test_whatever_is_written_only_choices_that_exist_are_heard(text: str) -> None:
    questions = [FIRST_STEP, NEXT_STEP, CHANGE]

    pairs = hear(text, questions, ("draft", "not_yet"), CATALOG, "en")

    known = {(one.message.key, code.code) for one in questions for code in one.choices}
    assert set(pairs) <= known - {("setback.first_step", "gave_reasons")}
    assert len({key for key, _ in pairs}) == len(pairs)


@pytest.mark.parametrize(
    ("text", "code"),
    [("yes but not on weekends pls", "yes"), ("yes", ""), ("no, not on weekends", ""), ("yes, is that free?", "")],
)
def test_a_yes_that_goes_on_is_at_least_a_yes(text: str, code: str) -> None:
    assert agreement(text, ASK, ("yes", "no"), CATALOG, "en") == code
