"""What asyncpg raises, in the words of the ports. Its texts may hold values of rows, so only the kind is passed on."""

from __future__ import annotations

import asyncpg

from bot.runtime.ports import StorageUnavailableError

LOST = (OSError, asyncpg.InterfaceError, asyncpg.PostgresConnectionError, asyncpg.OperatorInterventionError)
"""The connection or the whole server went away."""

NOT_YET = (*LOST, TimeoutError, asyncpg.InsufficientResourcesError)
"""What may pass while somebody waits a moment: a restart, a failover, more processes than the server takes."""

FAILED = (*LOST, TimeoutError, asyncpg.PostgresError)
"""All that a database can do to us."""


def unavailable(error: BaseException) -> StorageUnavailableError:
    return StorageUnavailableError(f"the database could not do it: {type(error).__name__}")
