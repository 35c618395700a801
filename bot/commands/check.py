"""Check dialogs and their words. Every fault is shown at once with its place; warnings do not count as problems."""

from __future__ import annotations

import json
from argparse import Namespace
from collections.abc import Sequence

from bot import bootstrap
from bot.commands.arguments import Parser, add_folders, names
from bot.compiler.problems import BrokenLibraryError, Problem
from bot.settings import read_settings


def add_arguments(parser: Parser) -> None:
    """What `afterword check` takes."""
    add_folders(parser)
    parser.add_argument(
        "--format", choices=["text", "json"], default="text", help="how to show problems (default: text)"
    )


def run(arguments: Namespace) -> int:
    """Check everything; 1 when there are problems."""
    settings = read_settings()
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    try:
        found: Sequence[Problem] = bootstrap.check_all(folders).problems
    except BrokenLibraryError as broken:
        found = broken.problems
    problems = sum(problem.severity == "problem" for problem in found)
    if arguments.format == "json":
        print(json.dumps([problem.as_json() for problem in found], ensure_ascii=False, indent=2))
    else:
        for problem in found:
            print(problem)
        print(_summary(problems, len(found) - problems))
    return 1 if problems else 0


def _summary(problems: int, warnings: int) -> str:
    return f"{_counted(problems, 'problem')}, {_counted(warnings, 'warning')}."


def _counted(count: int, noun: str) -> str:
    return f"{count or 'no'} {noun}{'' if count == 1 else 's'}"
