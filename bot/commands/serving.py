"""The service while it runs, as `serve` and `work` start it; it needs the packages of a platform, they do not."""

from __future__ import annotations

import asyncio
import importlib
import logging
from typing import Protocol

from bot import bootstrap
from bot.bootstrap import Service
from bot.commands.surfaces import Prepared, asked_to_reload, kept_current, until_told
from bot.metrics import Metrics
from bot.platforms import PLATFORMS
from bot.platforms.surface import Surface
from bot.runtime.clock import Clock, RealClock
from bot.runtime.ports import Storage
from bot.runtime.watching import UNWATCHED, Watcher
from bot.server import Server
from bot.settings import Settings

log = logging.getLogger(__name__)


class Builder(Protocol):
    """What the module of a platform that can be served offers to whoever serves it."""

    def build(self, settings: Settings, installations: Storage, clock: Clock) -> Surface: ...


async def serve(prepared: Prepared, host: str, port: int, works: bool) -> None:
    """Answer, and deliver and remind as well if it ``works``, until told to stop."""
    stop, asked, begun = until_told(), asked_to_reload(), asyncio.Event()

    def started(listens_on: int) -> None:
        begun.set()
        _say_begun(prepared, f"listening on {host}:{listens_on}")

    metrics = Metrics()
    service, surfaces = await open_service(prepared, metrics)
    async with kept_current(prepared, service, stop, asked, begun):
        await Server(service, surfaces, works, metrics).run(host, port, stop, started)


async def work(prepared: Prepared, host: str, port: int | None) -> None:
    """Deliver and remind until told to stop; with a port, say there how it is."""
    stop, asked, begun = until_told(), asked_to_reload(), asyncio.Event()

    def started(listens_on: int) -> None:
        begun.set()
        _say_begun(prepared, f"telling how it is on {host}:{listens_on}")

    metrics = Metrics()
    service, surfaces = await open_service(prepared, metrics)
    try:
        for surface in surfaces:
            await surface.start(service.bot)
        async with kept_current(prepared, service, stop, asked, begun):
            if port is None:
                begun.set()
                _say_begun(prepared, "delivering and reminding")
                await service.worker.run(stop)
            else:  # the platforms' own routes are left out: whoever has a message for us meets `afterword serve`
                await Server(service, (), metrics=metrics).run(host, port, stop, started)
    finally:
        for surface in surfaces:
            await surface.close()
        await service.storage.close()


async def open_service(prepared: Prepared, watcher: Watcher = UNWATCHED) -> tuple[Service, list[Surface]]:
    """Open the database and put everything together; the surfaces are not started yet."""
    clock = RealClock()
    storage = await bootstrap.open_database(prepared.url, prepared.settings)
    builders = {module.NAME: _builder(module.NAME) for module in prepared.modules}
    surfaces = {name: builder.build(prepared.settings, storage, clock) for name, builder in builders.items()}
    platforms = {name: surface.platform for name, surface in surfaces.items()}
    coach = bootstrap.ready_coach(prepared.compiled)
    service = bootstrap.build_service(coach, storage, platforms, clock, watcher=watcher)
    return service, list(surfaces.values())


def _builder(name: str) -> Builder:
    module: Builder = importlib.import_module(PLATFORMS[name])
    return module


def _say_begun(prepared: Prepared, what: str) -> None:
    names = " and ".join(module.NAME for module in prepared.modules)
    version = prepared.compiled.library.version
    log.info("Begun for %s, %s; the dialogs are version %s.", names, what, version, extra={"action": "begin"})
