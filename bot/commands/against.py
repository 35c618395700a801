"""What an edit would do to the conversations of a database, as `check --against` shows it."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from bot import bootstrap
from bot.commands.database import with_storage
from bot.compiler.library import Compiled
from bot.runtime.survey import Survey, Touched, survey, told


def survey_of(compiled: Compiled, url: str) -> Survey:
    """Count the conversations of a database that the compiled files would touch.

    Raises:
        UsageError: there is no such database.
    """
    library = compiled.library
    asked = Namespace(db=url)
    return with_storage(asked, lambda storage: survey(storage, library, bootstrap.recompiled), by="--against")


def as_lines(found: Survey) -> list[str]:
    """One line for each place, the most crowded first."""
    head = f"{found.conversations} conversation{'s' if found.conversations != 1 else ''}"
    unread = [f"{found.unread} of them cannot be opened."] if found.unread else []
    if not found.touched:
        return [f"{head}, none of them touched.", *unread]
    rows = [f"{touched.dialog}.{touched.place}: {told(count)}, {touched.fate}." for touched, count in _ordered(found)]
    return [f"{head}; touched by what changed:", *rows, *unread]


def as_json(found: Survey) -> dict[str, Any]:
    rows = [{**touched._asdict(), "conversations": told(count)} for touched, count in _ordered(found)]
    return {"conversations": found.conversations, "unread": found.unread, "touched": rows}


def _ordered(found: Survey) -> list[tuple[Touched, int]]:
    return sorted(found.touched.items(), key=lambda item: (-item[1], item[0]))
