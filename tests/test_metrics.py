"""What is counted, and that no number speaks of one person."""

from __future__ import annotations

from datetime import timedelta

from bot.crowds import SMALLEST, Crowds, Passage
from bot.engine.conversation import Conversation, Frame
from bot.metrics import Metrics
from bot.runtime.ports import Backlog
from tests.fakes import MORNING

NOTHING = Conversation()
DRAFTING = Conversation(stack=(Frame("draft", "start"),))


def test_turns_are_counted_by_what_became_of_them() -> None:
    metrics = Metrics()

    metrics.took_turn("committed")
    metrics.took_turn("committed")
    metrics.took_turn("not saved")

    assert b'afterword_turns_total{outcome="committed"} 2.0' in metrics.text()
    assert b'afterword_turns_total{outcome="not saved"} 1.0' in metrics.text()


def test_reminders_are_counted_apart_from_answers_and_with_why_they_were_missed() -> None:
    metrics = Metrics()

    metrics.settled("sent")
    metrics.settled("sent", nudge=True)
    metrics.settled("buried", "user_disabled", nudge=True)
    metrics.moved("p", NOTHING, Conversation(missed=("draft.send_by#1 too late",)))

    assert b"afterword_nudges_sent_total 1.0" in metrics.text()
    assert b'afterword_letters_total{outcome="sent"} 2.0' in metrics.text()
    assert b'afterword_nudges_missed_total{reason="user_disabled"} 1.0' in metrics.text()
    assert b'afterword_nudges_missed_total{reason="too late"} 1.0' in metrics.text()


def test_the_backlog_is_told_with_its_age() -> None:
    metrics = Metrics()

    metrics.holds(Backlog(waiting=7, due_since=MORNING, dead=2), True, MORNING + timedelta(seconds=90))

    assert b"afterword_outbox_letters 7.0" in metrics.text()
    assert b"afterword_outbox_due_seconds 90.0" in metrics.text()
    assert b"afterword_dead_letters 2.0" in metrics.text()
    assert b"afterword_paused 1.0" in metrics.text()


def test_requests_are_measured_by_route_and_status() -> None:
    metrics = Metrics()

    metrics.answered("/slack/events", 200, 0.02)

    assert b'afterword_request_seconds_bucket{le="0.025",path="/slack/events",status="200"} 1.0' in metrics.text()


def test_a_dialog_that_four_people_began_is_not_told_of() -> None:
    crowds = Crowds()

    for number in [*range(SMALLEST - 1), 0, 0, 0]:
        crowds.moved(f"person {number}", NOTHING, DRAFTING)

    assert list(crowds.passages()) == []


def test_of_five_who_began_it_is_told_how_many_came_to_the_end() -> None:
    crowds = Crowds()

    for number in range(SMALLEST):
        crowds.moved(f"person {number}", NOTHING, DRAFTING)
    crowds.moved("person 0", DRAFTING, NOTHING)

    assert list(crowds.passages()) == [Passage("draft", 5, 1)]


def test_no_metric_names_a_person() -> None:
    metrics = Metrics()

    for number in range(SMALLEST):
        metrics.moved(f"slack:T1:U{number}", NOTHING, DRAFTING)

    assert b'afterword_dialogs_begun_total{dialog="draft"} 5.0' in metrics.text()
    assert b"slack:" not in metrics.text()
