"""Run conversation tests: each line that is not as written is shown with what the coach says instead."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Collection
from pathlib import Path

from bot import bootstrap
from bot.commands.arguments import Parser, add_folders, names
from bot.engine.run import Way
from bot.errors import UsageError
from bot.rehearsal.accept import accept
from bot.rehearsal.coverage import coverage, report
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.play import Played, play
from bot.rehearsal.script import Script, Speaks
from bot.runtime.coach import Coach
from bot.settings import read_settings

USUAL = Path("tests/conversations")
MOST_ACCEPTED = 200


def add_arguments(parser: Parser) -> None:
    """What `afterword test` takes."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help=f"files or folders (default: {USUAL})")
    parser.add_argument("--coverage", action="store_true", help="show which states and ways no test went through")
    parser.add_argument(
        "--accept", action="store_true", help="write the message keys that the coach says now into the tests"
    )
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Play them all; 1 when one is not as written."""
    settings = read_settings()
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    paths = list(find_scripts([Path(path) for path in arguments.paths] or [USUAL]))
    if not paths:
        raise UsageError("there is no conversation test in that folder.")
    compiled = bootstrap.load(folders)
    coach = bootstrap.build_coach(compiled)
    failed, astray, ways = 0, 0, set[Way]()
    for path in paths:
        problem, taken = _run(path, coach, arguments.accept)
        ways |= taken
        failed += problem is not None
        if problem is not None:
            print(problem)
            astray += _leads_to(path, compiled.operator.off)
    if arguments.coverage:
        print("\n".join(report(coverage(coach.library, ways))))
    print(f"{len(paths) - failed} of {len(paths)} conversations are as written.")
    if astray:
        off = " and ".join(f"`{name}`" for name in compiled.operator.off)
        print(f"Of the others, {astray} would lead to what is switched off: {off}.")
    return 1 if failed else 0


def _leads_to(path: Path, dialogs: Collection[str]) -> bool:
    """Whether a message of one of these dialogs is expected."""
    script = open_script(path)
    lines = script.lines if isinstance(script, Script) else ()
    return any(key.text.partition(".")[0] in dialogs for line in lines if isinstance(line, Speaks) for key in line.keys)


def _run(path: Path, coach: Coach, accepting: bool) -> tuple[str | None, frozenset[Way]]:
    """Play one file; what is wrong with it, if anything, and the ways it took."""
    script = open_script(path)
    if not isinstance(script, Script):
        return "\n".join(map(str, script)), frozenset()
    played = play(script, coach)
    for _ in range(MOST_ACCEPTED if accepting else 0):
        if played.fix is None:
            break
        accept(played.fix)
        played = _again(path, coach)
    return None if played.problem is None else str(played.problem), played.ways


def _again(path: Path, coach: Coach) -> Played:
    script = open_script(path)
    assert isinstance(script, Script), "putting one key for another leaves a script readable"
    return play(script, coach)
