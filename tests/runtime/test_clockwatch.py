"""The clock watch: a leap is noticed, the passing of time is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.runtime.clockwatch import ClockWatch
from tests.fakes import MORNING


def test_time_that_passes_is_no_leap() -> None:
    watch = ClockWatch()

    watch.look(MORNING, 100.0)

    assert watch.look(MORNING + timedelta(hours=1), 3700.0) == 0.0


@pytest.mark.parametrize("seconds", [360.0, -7200.0])
def test_a_leap_is_measured_said_aloud_and_said_once(seconds: float, caplog: pytest.LogCaptureFixture) -> None:
    watch = ClockWatch()
    watch.look(MORNING, 100.0)

    leapt = watch.look(MORNING + timedelta(seconds=seconds + 5), 105.0)
    after = watch.look(MORNING + timedelta(seconds=seconds + 10), 110.0)

    assert leapt == pytest.approx(seconds)
    assert after == 0.0
    assert len(caplog.records) == 1
