"""Applications: when a message begins a new one, and when one is over."""

from __future__ import annotations

from bot.engine.events import Reading
from bot.engine.run import Run

ANOTHER = "another"
"""The shared turn slot that says that a text tells of one more employer: "hartwell said no too"."""

PROGRESS = ("sent_at", "feedback_at")
"""Application slots that show that a request went out or was answered: what comes then is about another job."""


def begin(run: Run, reading: Reading) -> None:
    """Open a new application if the person speaks of another job than the current one."""
    if speaks_of_another(run, reading):
        run.open_application()


def speaks_of_another(run: Run, reading: Reading) -> bool:
    """Whether what was said cannot be about the current application.

    That one is over or under way, or the text names another company, or says that this is one more.
    """
    application = None if run.current is None else run.applications.get(run.current)
    if application is None or application.closed:
        return True
    if reading.slots.get(ANOTHER) is True:
        return True
    company, known = reading.slots.get("company"), application.slots.get("company")
    if company is not None and known is not None:
        return str(company).casefold() != str(known).casefold()
    return any(name in application.slots for name in PROGRESS)


def close(run: Run) -> None:
    """The application is over: its timers go with it."""
    application = run.application
    if application is None:
        return
    run.keep(application._replace(closed=True))
    run.timers = tuple(timer for timer in run.timers if timer.application != application.number)
