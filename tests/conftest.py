"""What every test may rely on: how hard to try."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings

# The same examples every time in `make test`, so that a red run is somebody's change; new ones in `make soak`.
settings.register_profile("test", max_examples=50, deadline=None, derandomize=True, database=None)
settings.register_profile(
    "soak", max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--soak", action="store_true", help="try as hard as `make soak` does")


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("soak" if config.getoption("--soak") else "test")


@pytest.fixture(scope="session")
def soak(pytestconfig: pytest.Config) -> bool:
    """Whether this run is to take its time; a test marked ``soak`` asks for it and tries more."""
    return bool(pytestconfig.getoption("--soak"))
