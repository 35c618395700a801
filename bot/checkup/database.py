"""The database: whether it opens with the keys at hand, and what waits in it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

from bot.checkup.finding import Finding, ok, problem, warning
from bot.runtime.pausing import is_paused, paused_since
from bot.runtime.ports import Storage, UnopenedError

LATE = timedelta(minutes=10)
"""A message that has been due for longer tells that nobody delivers."""


async def database(storage: Storage, now: datetime) -> AsyncIterator[Finding]:
    """What an open database says of itself; opening it has brought its tables up to date."""
    yield ok("database", "it answers, its tables are those of this version, and the keys open it.")
    paused = await is_paused(storage)
    if paused:
        yield warning("pause", f"all that the coach says is held back{await _since(storage)}.")
    backlog = await storage.backlog(now)
    waiting = "1 message waits" if backlog.waiting == 1 else f"{backlog.waiting} messages wait"
    late = backlog.due_since is not None and now - backlog.due_since > LATE
    if late and not paused:
        yield problem(
            "outbox",
            f"{waiting}, one since {backlog.due_since:%Y-%m-%d %H:%M} UTC."
            " Does a process deliver? `serve` does unless it was told --no-worker.",
        )
    else:
        yield ok("outbox", f"{waiting}.")
    if backlog.dead:
        letters = "1 dead letter" if backlog.dead == 1 else f"{backlog.dead} dead letters"
        yield warning("letters", f"{letters}; `afterword letters` lists them.")


async def _since(storage: Storage) -> str:
    try:
        return f" since {await paused_since(storage):%Y-%m-%d %H:%M} UTC"
    except UnopenedError:
        return "; since when does not open with the keys at hand"


async def reloads(storage: Storage, lies_here: Callable[[bytes], bool]) -> AsyncIterator[Finding]:
    """Which version of the dialogs all processes should run, and why another was refused.

    ``lies_here`` tells whether a bundle is made of the files in the folders that the doctor was given.
    """
    published, refusal = await storage.published(), await storage.refusal()
    if published is not None:
        live = f"version {published.version} is live since {published.at:%Y-%m-%d %H:%M} UTC"
        bundle = await storage.version(published.version)
        if bundle is not None and lies_here(bundle):
            yield ok("dialogs", f"{live}, and it is what lies in the folders.")
        else:
            yield warning(
                "dialogs",
                f"{live}, and it is not what lies in the folders looked at here. Give the --dialogs and --content"
                " that `serve` was started with; if they were edited since, reload (SIGHUP) or restart.",
            )
    if refusal is not None:
        reasons = "".join(f"\n         {reason}" for reason in refusal.reasons)
        yield warning("dialogs", f"the reload of {refusal.at:%Y-%m-%d %H:%M} UTC was refused:{reasons}")
