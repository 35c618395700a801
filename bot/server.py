"""The server: one HTTP application into which each platform plugs its routes, and the worker beside it.

aiohttp waits for a client's headers and body as long as the client likes. Here nobody is waited for longer than
``PATIENCE``: connections that have not finished their headers are swept away, bodies are read with a deadline.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from weakref import WeakKeyDictionary

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.bootstrap import Service
from bot.errors import AfterwordError, place_of
from bot.metrics import CONTENT_TYPE_LATEST, Metrics
from bot.platforms.surface import LARGEST_BODY, PATIENCE, Surface
from bot.runtime.clockwatch import ClockWatch
from bot.runtime.pausing import is_paused
from bot.runtime.ports import StorageUnavailableError

log = logging.getLogger(__name__)

DRAIN = 5.0
"""Seconds after a SIGTERM in which messages that are being sent may arrive; all in all it takes less than ten."""

LAST_REQUESTS = 2.5
"""Seconds in which requests may end that came before we stopped listening; a turn takes no longer."""

READY_WITHIN = 1.0

CLOCK_EVERY = 5.0


class Server:
    """Runs surfaces and worker until it is told to stop; then takes no more, finishes, and ends."""

    def __init__(
        self, service: Service, surfaces: Sequence[Surface], works: bool = True, metrics: Metrics | None = None
    ) -> None:
        self._service = service
        self._surfaces = surfaces
        self._metrics = metrics or Metrics()
        self._works = works
        self._draining = False
        self._resting: WeakKeyDictionary[asyncio.BaseTransport, float] = WeakKeyDictionary()
        self._busy: set[asyncio.BaseTransport] = set()

    def application(self) -> web.Application:
        """The application with the routes of every surface."""
        app = web.Application(client_max_size=LARGEST_BODY, middlewares=[self._watched])
        app.add_routes(
            [
                web.get("/healthz", self._health),
                web.get("/readyz", self._ready),
                web.get("/metrics", self._measured),
            ]
        )
        wake = self._service.worker.wake if self._works else _nothing
        for surface in self._surfaces:
            app.add_routes(surface.routes(self._service.bot, wake))
        return app

    async def run(
        self, host: str, port: int, stop: asyncio.Event, started: Callable[[int], None] = lambda port: None
    ) -> None:
        """Serve until ``stop`` is set; ``started`` is told the port, which matters when 0 was asked for.

        Raises:
            AfterwordError: the address cannot be used.
        """
        for surface in self._surfaces:
            await surface.start(self._service.bot)
        runner = web.AppRunner(
            self.application(),
            access_log=None,  # addresses carry codes and states
            logger=_silent(),
            auto_decompress=False,
            keepalive_timeout=PATIENCE,
            shutdown_timeout=LAST_REQUESTS,
        )
        await runner.setup()
        try:
            await _listen(runner, host, port)
            started(int(runner.addresses[0][1]))
            await self._work(stop, runner)
        finally:
            await self._end(runner)

    async def _work(self, stop: asyncio.Event, runner: web.AppRunner) -> None:
        """Work until told to stop; then first say that we are not ready, and finish what was begun."""
        for surface in self._surfaces:
            surface.listen()
        sweeping = asyncio.ensure_future(self._sweep(runner))
        watching = asyncio.ensure_future(self._watch_clock())
        working = asyncio.ensure_future(self._service.worker.run(stop) if self._works else stop.wait())
        await asyncio.wait((working, asyncio.ensure_future(stop.wait())), return_when=asyncio.FIRST_COMPLETED)
        self._draining = True
        for surface in self._surfaces:
            await surface.drain()
        sweeping.cancel()
        watching.cancel()
        _, late = await asyncio.wait((working,), timeout=DRAIN)
        if late:
            log.warning("The worker did not end in time.", extra={"action": "serve"})
            working.cancel()
        else:
            working.result()

    async def _end(self, runner: web.AppRunner) -> None:
        await runner.cleanup()
        for surface in self._surfaces:
            await surface.close()
        await self._service.storage.close()

    # ------------------------------------------------------------------------------------------------- requests

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _ready(self, request: web.Request) -> web.Response:
        """Ready while the database answers and we are not ending."""
        try:
            async with asyncio.timeout(READY_WITHIN):
                await self._service.storage.dead_letters(1)
        except (StorageUnavailableError, TimeoutError):
            return web.json_response({"status": "no database"}, status=503)
        if self._draining:
            return web.json_response({"status": "ending"}, status=503)
        return web.json_response({"status": "ready"})

    async def _measured(self, request: web.Request) -> web.Response:
        """What is counted, with the backlog if the database answers."""
        storage, now = self._service.storage, self._service.clock.now()
        try:
            async with asyncio.timeout(READY_WITHIN):
                self._metrics.holds(await storage.backlog(now), await is_paused(storage), now)
        except (StorageUnavailableError, TimeoutError):
            log.warning("The backlog could not be counted.", extra={"action": "metrics"})
        return web.Response(body=self._metrics.text(), headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _watch_clock(self) -> None:
        watch = ClockWatch()
        while True:
            leapt = watch.look(self._service.clock.now(), time.monotonic())
            if leapt:
                self._metrics.leapt(leapt)
            await asyncio.sleep(CLOCK_EVERY)

    @web.middleware
    async def _watched(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Note which connections are at work, and let no error out that says more than its kind."""
        transport, began, status = request.transport, time.monotonic(), 500
        if transport is not None:
            self._busy.add(transport)
        try:
            answer = await handler(request)
            status = answer.status
            return answer
        except web.HTTPException as refusal:
            status = refusal.status
            raise
        except asyncio.CancelledError:
            raise
        except Exception as error:  # noqa: BLE001 - aiohttp would log it with its message, which may hold words
            log.error("A request failed inside.", extra={"action": "serve", "reason": place_of(error)})
            return web.json_response({"error": "internal"}, status=500)
        finally:
            self._metrics.answered(_route(request), status, time.monotonic() - began)
            if transport is not None:
                self._busy.discard(transport)
                self._resting[transport] = time.monotonic()

    async def _sweep(self, runner: web.AppRunner) -> None:
        """Drop connections that neither ask for anything nor finish asking."""
        while True:
            await asyncio.sleep(1)
            now = time.monotonic()
            assert runner.server is not None, "it was set up"
            for connection in runner.server.connections:
                transport = connection.transport
                if transport is None or transport in self._busy:
                    continue
                if now - self._resting.setdefault(transport, now) > PATIENCE:
                    transport.abort()


async def _listen(runner: web.AppRunner, host: str, port: int) -> None:
    try:
        await web.TCPSite(runner, host, port, reuse_port=False).start()
    except OSError as error:
        raise AfterwordError(f"{host}:{port} cannot be listened on: {error.strerror}. Try another --port.") from error


def _route(request: web.Request) -> str:
    """The path as it was declared; what was asked for may be anything."""
    resource = request.match_info.route.resource
    return "other" if resource is None else resource.canonical


def _silent() -> logging.Logger:
    """Aiohttp logs what it cannot parse, and errors with their messages; `_watched` says what there is to say."""
    logger = logging.getLogger("aiohttp.server.afterword")
    logger.setLevel(logging.CRITICAL)
    return logger


def _nothing() -> None:
    """Without a worker here, another process delivers."""
