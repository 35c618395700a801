"""Check dialogs and their words. Every fault is shown at once with its place; warnings do not count as problems."""

from __future__ import annotations

import json
from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from bot import bootstrap
from bot.commands.against import as_json, as_lines, survey_of
from bot.commands.arguments import Parser, add_folders, names
from bot.compiler.helplines import stale_helplines
from bot.compiler.library import Compiled
from bot.compiler.problems import BrokenLibraryError, Problem
from bot.runtime.survey import Survey
from bot.settings import read_settings


def add_arguments(parser: Parser) -> None:
    """What `afterword check` takes."""
    add_folders(parser)
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how to show problems (default: text)"
    )
    parser.add_argument(
        "--against", metavar="DB", help="count the conversations of this database that an edit touches, and say how"
    )


def run(arguments: Namespace) -> int:
    """Check everything; 1 when there are problems."""
    settings = read_settings()
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    compiled, found = _checked(folders)
    survey = survey_of(compiled, arguments.against) if compiled is not None and arguments.against else None
    if arguments.format == "json":
        print(json.dumps(_plain(found, survey), ensure_ascii=False, indent=2))
    else:
        print("\n".join([*map(str, found), _summary(found), *(as_lines(survey) if survey else ())]))
    return 1 if compiled is None else 0


def _checked(folders: bootstrap.Folders) -> tuple[Compiled | None, tuple[Problem, ...]]:
    """What was compiled, if it could be, and all that is to be said about it."""
    try:
        compiled = bootstrap.check_all(folders)
    except BrokenLibraryError as broken:
        return None, broken.problems
    return compiled, (*compiled.problems, *stale_helplines(compiled.sources, datetime.now(UTC).date()))


def _plain(found: tuple[Problem, ...], survey: Survey | None) -> Any:
    """A list of problems; with `--against`, an object that also holds what is touched."""
    problems = [problem.as_json() for problem in found]
    return problems if survey is None else {"problems": problems, "against": as_json(survey)}


def _summary(found: tuple[Problem, ...]) -> str:
    problems = sum(problem.is_fault for problem in found)
    return f"{_counted(problems, 'problem')}, {_counted(len(found) - problems, 'warning')}."


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
