"""Correcting: what a text changes of what is known, and doing again what rested on it."""

from __future__ import annotations

from bot.engine.digressing import digressed
from bot.engine.flow import ask_again, redo
from bot.engine.run import Run, Running
from bot.engine.taking import absorb, take_back
from bot.engine.undo import remember


def corrected(run: Run, frame: Running) -> bool:
    """Take back what the text corrects, and do again what rested on it; news that came another way is news."""
    changed = take_back(run)
    news = "news_channel" in changed and run.reading.sure and digressed(run, run.reading)
    if changed and not news:
        _put_right(run, frame, changed | absorb(run))
    return bool(changed)


def added(run: Run, frame: Running) -> bool:
    """Take in what the text adds although nobody asked, and do again what would have been another with it."""
    added = absorb(run)
    if added:
        _put_right(run, frame, added)
    return bool(added)


def _put_right(run: Run, frame: Running, changed: set[str]) -> None:
    remember(run)
    run.repair("corrected")
    if not redo(run, frame, changed):
        ask_again(run, frame)
