"""What the commands for operators share: a database that is there already, opened and closed again."""

from __future__ import annotations

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import bootstrap
from bot.errors import UsageError
from bot.runtime.ports import Storage
from bot.settings import Settings, read_settings
from bot.storage.opening import is_fresh, without_password

T = TypeVar("T")


def with_storage(
    arguments: Namespace, work: Callable[[Storage], Awaitable[T]], may_be_new: bool = False, by: str = "--db"
) -> T:
    """Run ``work`` on the database that was asked for ``by`` this option.

    Raises:
        UsageError: nothing was ever kept there, and it may not be new.
    """
    settings = read_settings()
    url = str(arguments.db or settings.db)
    if not may_be_new and is_fresh(url):
        raise UsageError(f"there is no database at {without_password(url)} yet; give another one with {by}.")
    return asyncio.run(_opened(url, settings, work))


async def _opened(url: str, settings: Settings, work: Callable[[Storage], Awaitable[T]]) -> T:
    storage = await bootstrap.open_database(url, settings)
    try:
        return await work(storage)
    finally:
        await storage.close()
