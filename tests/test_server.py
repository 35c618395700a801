"""The server's own pages: whatever is asked of health, readiness and numbers, nothing fails and nobody else waits."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.bootstrap import build_service
from bot.runtime.clock import SimulatedClock
from bot.server import Server
from bot.storage.crypto import Key, KeyRing
from bot.storage.opening import open_storage
from tests.fakes import MORNING, small_coach

PAGES = ("/healthz", "/readyz", "/metrics")
PATIENCE = 5.0
AT_ONCE = 0.1
"""Seconds in which whatever can be answered is; what is asked in part is waited for much longer."""

LARGEST_ANSWER = 100_000


@dataclass(frozen=True, slots=True)
class Running:
    """A server without any platform, in a loop that runs while it is asked something."""

    runner: asyncio.Runner
    port: int

    def answers(self, request: bytes, within: float) -> bytes:
        """Send these bytes and nothing more, and return what comes back first in so many seconds."""
        return self.runner.run(self._ask(request, within))

    async def _ask(self, request: bytes, within: float) -> bytes:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            writer.write(request)
            return await asyncio.wait_for(reader.read(LARGEST_ANSWER), within)
        except (TimeoutError, ConnectionError):
            return b""
        finally:
            writer.transport.abort()


@pytest.fixture(scope="module")
def server() -> Iterator[Running]:
    with asyncio.Runner() as runner:
        stop = asyncio.Event()
        port, serving = runner.run(_start(stop))
        yield Running(runner, port)
        stop.set()
        runner.run(_end(serving))


async def _start(stop: asyncio.Event) -> tuple[int, asyncio.Future[None]]:
    storage = await open_storage("sqlite://", KeyRing([Key.fresh()]))
    service = build_service(small_coach(), storage, {}, SimulatedClock(MORNING))
    port = asyncio.get_running_loop().create_future()
    serving = asyncio.ensure_future(Server(service, [], works=False).run("127.0.0.1", 0, stop, port.set_result))
    return await port, serving


async def _end(serving: asyncio.Future[None]) -> None:
    await serving


line = st.binary(max_size=40).map(lambda some: some.translate(None, b"\r\n"))
methods = st.sampled_from([b"GET", b"HEAD", b"POST", b"PUT", b"DELETE", b"OPTIONS", b"TRACE", b"CONNECT"]) | line
paths = st.builds(lambda page, rest: page.encode() + rest, st.sampled_from([*PAGES, "/", "*", ""]), line)
versions = st.sampled_from([b"HTTP/1.1", b"HTTP/1.0", b"HTTP/2.0", b"HTTP/9.9"]) | line
names = st.sampled_from(
    [
        b"Host",
        b"Content-Length",
        b"Transfer-Encoding",
        b"Content-Encoding",
        b"Expect",
        b"Connection",
        b"Upgrade",
        b"Range",
    ]
)
values = st.sampled_from([b"0", b"5", b"-1", b"99999999999", b"chunked", b"gzip", b"100-continue", b"websocket"]) | line
headers = st.lists(st.tuples(names | line, values), max_size=6)


@st.composite
def requests(draw: st.DrawFn) -> bytes:
    """Something like a request, with anything in each of its places."""
    first = b" ".join([draw(methods), draw(paths), draw(versions)])
    told = [b": ".join(header) for header in draw(headers)]
    return b"\r\n".join([first, *told, b"", draw(st.binary(max_size=60))])


@given(request=requests() | st.binary(max_size=200))
def test_nothing_that_is_asked_makes_it_fail_and_it_goes_on(server: Running, request: bytes) -> None:
    assert not server.answers(request, AT_ONCE).startswith((b"HTTP/1.0 5", b"HTTP/1.1 5"))

    measured = server.answers(b"GET /metrics HTTP/1.1\r\nHost: here\r\n\r\n", PATIENCE)
    assert measured.startswith(b"HTTP/1.1 200")
    assert b'status="5' not in measured


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("method", "status"), [("GET", 200), ("HEAD", 200), ("POST", 405), ("PUT", 405), ("DELETE", 405), ("NONSENSE", 400)]
)
def test_its_pages_are_read_and_nothing_else(server: Running, page: str, method: str, status: int) -> None:
    request = f"{method} {page}?words=1 HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nwords"

    assert server.answers(request.encode(), PATIENCE).split()[1] == str(status).encode()
