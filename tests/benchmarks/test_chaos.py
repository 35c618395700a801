"""What a chaos run counts: a run that loses, doubles or disorders something must not look clean."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from benchmarks.chaos.ledger import Ledger, Verdict, token
from benchmarks.chaos.reminders import Waiting, due_at
from bot.engine.events import Tick
from tests.shipped import coach
from tests.standins.slack import SlackStandIn
from tests.standins.slack_world import Message


def shown(*numbers: int) -> Verdict:
    """What follows when Sam's first three messages were acknowledged, and answers to these were seen."""
    ledger = Ledger()
    for number in (1, 2, 3):
        ledger.acknowledge("U1", number)
    return ledger.verdict({"U1": [f"hello {token('U1', number)}" for number in numbers]})


def test_three_answers_in_order_are_clean() -> None:
    verdict = shown(1, 2, 3)

    assert verdict.clean
    assert verdict.turns == 3


@pytest.mark.parametrize(
    ("numbers", "lost", "doubled", "disordered"),
    [((1, 3), 1, 0, 0), ((1, 2, 2, 3), 0, 1, 0), ((2, 1, 3), 0, 0, 1), ((), 3, 0, 0)],
)
def test_what_is_wrong_is_counted(numbers: tuple[int, ...], lost: int, doubled: int, disordered: int) -> None:
    verdict = shown(*numbers)

    assert (verdict.lost, verdict.doubled, verdict.disordered) == (lost, doubled, disordered)
    assert not verdict.clean


def test_a_run_in_which_nothing_was_acknowledged_is_not_clean() -> None:
    assert not Ledger(refused=100).verdict({}).clean


@pytest.mark.parametrize(
    ("times", "dead", "lost", "doubled"), [(1, False, 0, 0), (0, True, 0, 0), (0, False, 1, 0), (2, True, 0, 1)]
)
def test_a_reminder_is_shown_once_or_known_to_be_in_doubt(times: int, dead: bool, lost: int, doubled: int) -> None:
    slack = SlackStandIn()
    team = slack.install("T0CHAOSA")
    sam = slack.person(team, "UR1")
    for nth in range(times):
        slack.world.say(Message(str(nth), sam.person.channel, team.bot_user, "A note from your coach"))

    fates = Waiting([sam], datetime.now(UTC)).fates({"UR1"} if dead else ())

    assert (fates.lost, fates.doubled) == (lost, doubled)
    assert fates.clean == (lost == doubled == 0)


@pytest.mark.parametrize("minute", [0, 1, 29, 30, 31, 59])
@pytest.mark.parametrize("hour", [0, 7, 12, 22])
def test_a_reminder_speaks_at_its_moment_whenever_the_run_begins(hour: int, minute: int) -> None:
    moment = datetime(2026, 11, 24, hour, minute, tzinfo=UTC)

    message = coach().take_turn(due_at(coach(), moment), Tick(moment), moment).message

    assert message is not None
    assert message.nudge is not None
