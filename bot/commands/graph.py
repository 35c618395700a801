"""Draw a dialog as a chart of its states, in Mermaid's language or as a picture."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from bot import bootstrap
from bot.commands.arguments import Parser, add_folders, names
from bot.compiler.drawing import svg
from bot.compiler.graph import mermaid, picture
from bot.compiler.library import Compiled
from bot.errors import AfterwordError, UsageError, did_you_mean
from bot.settings import read_settings

_DRAW = {"mermaid": mermaid, "svg": svg}


def add_arguments(parser: Parser) -> None:
    """What `afterword graph` takes."""
    parser.add_argument("dialog", nargs="?", metavar="DIALOG", help="the dialog to draw (default: all of them)")
    parser.add_argument("--format", choices=list(_DRAW), default="mermaid", help="default: mermaid")
    parser.add_argument(
        "-o", "--output", metavar="FILE", help="write there instead of to standard output; all as svg: a folder"
    )
    add_folders(parser)


def run(arguments: Namespace) -> int:
    """Draw it."""
    settings = read_settings()
    folders = bootstrap.find_folders(
        names(arguments.dialogs, settings.dialogs), names(arguments.content, settings.content)
    )
    compiled = bootstrap.load(folders)
    if arguments.output is None:
        print(_drawn(arguments.dialog, arguments.format, compiled))
        return 0
    output = Path(arguments.output)
    try:
        if arguments.dialog is None and arguments.format == "svg":
            if output.suffix == ".svg":
                raise UsageError(f"name the dialog to draw into {output.name}, or a folder for all of them with -o.")
            _draw_all(compiled, output)
        else:
            output.write_text(_drawn(arguments.dialog, arguments.format, compiled) + "\n", encoding="utf-8")
    except OSError as error:
        raise AfterwordError(f"{arguments.output} cannot be written: {error.strerror}.") from error
    return 0


def _draw_all(compiled: Compiled, folder: Path) -> None:
    """One picture a dialog; those of dialogs that are gone are left to whoever made them."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in compiled.library.dialogs:
        (folder / f"{name}.svg").write_text(_drawn(name, "svg", compiled) + "\n", encoding="utf-8")


def _drawn(dialog: str | None, form: str, compiled: Compiled) -> str:
    dialogs = compiled.library.dialogs
    if dialog is None and form == "svg":
        known = ", ".join(sorted(dialogs))
        raise UsageError(f"name the dialog to draw as svg, or a folder for all with -o; there are {known}.")
    if dialog is not None and dialog not in dialogs:
        raise UsageError(f"there is no dialog `{dialog}`.{did_you_mean(dialog, dialogs)}")
    chosen = sorted(dialogs) if dialog is None else [dialog]
    charts = [_DRAW[form](picture(dialogs[name], compiled.catalog)) for name in chosen]
    if len(charts) == 1:
        return charts[0].rstrip("\n")
    # Several charts are a page that shows them all: each stands in its own fence.
    return "\n\n".join(
        f"## {name}\n\n```mermaid\n{chart.rstrip()}\n```" for name, chart in zip(chosen, charts, strict=True)
    )
