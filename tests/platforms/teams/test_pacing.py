from __future__ import annotations

from bisect import bisect_left

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.teams.pacing import Pace
from tests.fakes import Watch

CHAT = [(7, 1.0), (8, 2.0), (60, 30.0), (1_800, 3_600.0)]
"""What Teams takes in one chat: so many messages in so many seconds."""


def sent_times(seconds: float, gaps: list[float]) -> list[float]:
    """When messages go out of a queue that is asked again after every wait, with these pauses between messages."""
    watch = Watch()
    pace, times = Pace(watch), []
    while watch.now < seconds and len(times) < len(gaps):
        wait = pace.wait("tenant", "chat")
        if wait > 0:
            watch.now += wait
            continue
        times.append(watch.now)
        watch.now += gaps[len(times) - 1]
    return times


def most_within(times: list[float], seconds: float) -> int:
    return max(bisect_left(times, start + seconds) - index for index, start in enumerate(times))


def test_a_burst_of_ten_goes_out_as_teams_takes_it() -> None:
    times = sent_times(60, [0.0] * 10)

    assert len(times) == 10
    assert times[6] < 1.0 <= times[7]
    assert times[8] >= 2.0


@pytest.mark.parametrize(("most", "seconds"), CHAT)
def test_a_flood_never_goes_over_a_limit(most: int, seconds: float) -> None:
    assert most_within(sent_times(4_000, [0.0] * 2_500), seconds - 1e-6) <= most


@given(st.lists(st.floats(0, 3), min_size=1, max_size=200))
def test_no_rhythm_goes_over_a_limit(gaps: list[float]) -> None:
    times = sent_times(1_000, gaps)

    assert all(most_within(times, seconds - 1e-6) <= most for most, seconds in CHAT)


def test_a_tenant_has_thirty_requests_a_second_over_all_its_chats() -> None:
    pace = Pace(Watch())

    given_leave = [pace.wait("tenant", f"chat-{number}") == 0 for number in range(40)]

    assert sum(given_leave) == 30
    assert pace.wait("another tenant", "chat") == 0


def test_a_pause_that_teams_asks_for_holds_one_chat_alone() -> None:
    watch = Watch()
    pace = Pace(watch)

    pace.hold("chat", 5.0)

    assert pace.wait("tenant", "chat") == 5.0
    assert pace.wait("tenant", "another chat") == 0
    watch.now += 5
    assert pace.wait("tenant", "chat") == 0
