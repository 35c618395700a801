"""The skills before the next interview, as a dialog calls them."""

from datetime import UTC, datetime

from bot.coach.practising import MOST_QUESTIONS
from bot.coach.skills import skills_for
from bot.engine.model import Facts
from bot.engine.values import Value, Values
from tests.coach.shipped_rules import shipped_rules

SKILLS = skills_for({"en": shipped_rules()})
FACTS = Facts(now=datetime(2026, 3, 4, 10, 10, tzinfo=UTC), name="Sam Field")


def run(skill: str, **known: Value) -> Values:
    return SKILLS[skill].run(known, FACTS)


def test_each_question_of_the_bank_is_another_one() -> None:
    first = run("pick_question", area="motivation")
    second = run("pick_question", area="motivation", question_number=first["question_number"])

    assert first["question"] != second["question"]


def test_questions_can_be_picked_for_ever() -> None:
    assert run("pick_question", question_number=MOST_QUESTIONS)["question_number"] == 1


def test_the_first_answer_is_compared_with_nothing() -> None:
    assert "progress" not in run("read_answer", answer="I wrote a list.")


def test_a_second_answer_is_compared_with_the_first() -> None:
    first = run("read_answer", answer="It was a long day.")
    second = run("read_answer", answer="I wrote a list.", parts_before=first["parts_before"])

    assert str(second["progress"]).startswith("New in this one: what was done")


def test_nothing_is_read_where_nothing_was_written() -> None:
    assert run("read_answer") == {}


def test_the_kit_comes_with_a_message_in_the_persons_name() -> None:
    given = run("write_mock_kit", whom="recruiter", consultant="priya", area="motivation")

    assert str(given["invitation"]).startswith("Hello Priya,")
    assert str(given["invitation"]).endswith("Sam")
    assert "Why do you want this job?" in str(given["kit"])


def test_no_checklist_is_written_before_the_way_is_known() -> None:
    assert run("write_checklist") == {}
    assert "camera" in str(run("write_checklist", how="film")["checklist"])


def test_the_refresher_goes_by_the_first_act_where_there_is_no_if_then() -> None:
    assert "My plan: Write one answer." in str(run("write_refresher", first_act="Write one answer.")["refresher"])
