"""Pacing: Slack's limits are kept in every window, and a pause that it asks for is made."""

from __future__ import annotations

from bisect import bisect

from bot.platforms.slack.pacing import A_MINUTE, BURST, Pace


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_one_message_a_second_goes_into_a_channel() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    first, second = pace.wait_for_post("T1", "D1", 1), pace.wait_for_post("T1", "D1", 2)
    seconds.now += second
    third = pace.wait_for_post("T1", "D1", 2)

    assert (first, second, third) == (0.0, 1.0, 0.0)


def test_channels_do_not_wait_for_each_other() -> None:
    pace = Pace(Seconds())

    assert [pace.wait_for_post("T1", f"D{n}", n) for n in range(20)] == [0.0] * 20


def test_a_workspace_that_floods_gets_what_it_takes_in_a_minute_and_everybody_has_their_turn() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    waiting = dict.fromkeys(range(3000), seconds.now)
    posted: list[float] = []

    asked = 0
    while waiting:
        letter = min(waiting, key=waiting.__getitem__)
        seconds.now = max(seconds.now, waiting.pop(letter))
        asked += 1
        wait = pace.wait_for_post("T1", f"D{letter}", letter)
        if wait == 0.0:
            posted.append(seconds.now)
        else:
            waiting[letter] = seconds.now + wait + 0.001

    busiest = max(bisect(posted, start + 60) - nth for nth, start in enumerate(posted))
    assert busiest <= A_MINUTE["chat.postMessage"] * (1 + BURST) + 1
    assert posted[-1] - posted[0] < 3_000 / A_MINUTE["chat.postMessage"] * 60
    assert asked <= 2 * 3_000


def test_one_workspace_that_floods_holds_up_no_other() -> None:
    pace = Pace(Seconds())
    for letter in range(1_000):
        pace.wait_for_post("T1", f"D{letter}", letter)

    assert pace.wait_for_post("T1", "D0NEW", 1_001) > 0
    assert pace.wait_for_post("T2", "D0NEW", 1_002) == 0.0


def test_what_is_urgent_waits_neither_for_its_channel_nor_for_its_workspace() -> None:
    pace = Pace(Seconds())
    for letter in range(1_000):
        pace.wait_for_post("T1", f"D{letter}", letter)
    pace.hold_channel("T1", "D1", 3_600)

    assert pace.wait_for_post("T1", "D1", 1_001, urgent=True) == 0.0


def test_a_pause_for_a_channel_is_made_there_alone() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    pace.hold_channel("T1", "D1", 30)

    assert pace.wait_for_post("T1", "D1", 1) == 30
    assert pace.wait_for_post("T1", "D2", 2) == 0.0


def test_a_call_that_may_be_left_out_is_left_out_when_there_were_enough() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    leave = [pace.may_call("T1", "views.publish") for _ in range(100)]
    seconds.now += 60

    assert leave.count(True) < 40
    assert pace.may_call("T1", "views.publish")


def test_a_method_that_slack_holds_back_is_left_out_until_then() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    pace.hold("T1", "users.info", 30)
    held = pace.may_call("T1", "users.info")
    seconds.now += 31

    assert held is False
    assert pace.may_call("T1", "users.info")
