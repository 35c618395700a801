"""Reach: a host that answers at all is reached, its date shows whose clock is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from bot.checkup.reach import reach


@contextmanager
def answering(date: str, status: int = 200) -> Iterator[str]:
    """A web server whose answers carry this date."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(status)
            self.send_header("Date", date)
            self.end_headers()

        def log_message(self, *arguments: object) -> None: ...

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()
        thread.join()


def ago(seconds: float) -> str:
    return format_datetime(datetime.now(UTC) - timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", [200, 404, 503])
def test_a_host_that_says_anything_is_reached(status: int) -> None:
    with answering(ago(0), status) as url:
        found = reach("slack", url)

    assert [finding.level for finding in found] == ["ok", "ok"]


@pytest.mark.parametrize(("seconds", "level"), [(10, "ok"), (-90, "warning"), (90, "warning"), (400, "problem")])
def test_a_clock_that_differs_is_told_of(seconds: float, level: str) -> None:
    with answering(ago(seconds)) as url:
        found = reach("slack", url)

    assert [(finding.about, finding.level) for finding in found] == [("slack", "ok"), ("clock", level)]


def test_a_date_that_cannot_be_read_says_nothing_about_the_clock() -> None:
    with answering("last Tuesday") as url:
        found = reach("slack", url)

    assert [finding.about for finding in found] == ["slack"]


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/", "http://nowhere.invalid/", "gopher://127.0.0.1/"])
def test_what_is_not_reached_is_a_problem(url: str) -> None:
    (finding,) = reach("slack", url)

    assert finding.level == "problem"
