"""Pacing: Slack's limits are kept in every window, and a pause that it asks for is made."""

from __future__ import annotations

from bot.platforms.slack.pacing import A_MINUTE, Pace


class Seconds:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        return self.now


def test_one_message_a_second_goes_into_a_channel() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    first, second = pace.wait_for_post("T1", "D1"), pace.wait_for_post("T1", "D1")
    seconds.now += second
    third = pace.wait_for_post("T1", "D1")

    assert (first, second, third) == (0.0, 1.0, 0.0)


def test_channels_do_not_wait_for_each_other() -> None:
    pace = Pace(Seconds())

    assert [pace.wait_for_post("T1", f"D{n}") for n in range(20)] == [0.0] * 20


def test_a_workspace_never_gets_more_than_it_takes_in_a_minute() -> None:
    seconds = Seconds()
    pace = Pace(seconds)
    posted = []

    for n in range(20_000):
        if pace.wait_for_post("T1", f"D{n}") == 0.0:
            posted.append(seconds.now)
        seconds.now += 0.01

    in_one_minute = max(sum(start <= moment < start + 60 for moment in posted) for start in posted)
    assert in_one_minute <= A_MINUTE["chat.postMessage"] * 1.25
    assert len(posted) > A_MINUTE["chat.postMessage"] * 3


def test_one_workspace_that_floods_holds_up_no_other() -> None:
    pace = Pace(Seconds())
    for n in range(1_000):
        pace.wait_for_post("T1", f"D{n}")

    assert pace.wait_for_post("T1", "D0NEW") > 0
    assert pace.wait_for_post("T2", "D0NEW") == 0.0


def test_a_pause_for_a_channel_is_made_there_alone() -> None:
    seconds = Seconds()
    pace = Pace(seconds)

    pace.hold_channel("T1", "D1", 30)

    assert pace.wait_for_post("T1", "D1") == 30
    assert pace.wait_for_post("T1", "D2") == 0.0


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
