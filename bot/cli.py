"""The command line: finds the command, imports it alone, and turns what goes wrong into a line and an exit code.

0 is done, 1 is a problem with what was looked at, 2 is a command that was not understood.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Protocol

from bot.commands.arguments import Parser
from bot.errors import AfterwordError, UsageError, did_you_mean, place_of
from bot.runtime.ports import StorageUnavailableError

COMMANDS: Mapping[str, str] = {
    "chat": "Talk to the coach, here in the terminal.",
    "serve": "Run the coach for the platforms that are set up.",
    "work": "Deliver and keep reminders for a coach that other processes serve.",
    "check": "Check dialogs and their words; every fault with its place.",
    "test": "Run conversation tests.",
    "graph": "Draw a dialog, or all of them.",
    "read": "Read texts the way the coach does: JSON lines in, JSON lines out.",
    "schema": "Print the JSON Schema of the authoring format, for editors.",
    "migrate": "Make a database, or bring it up to date.",
    "export": "Print everything that is kept about a person, and tell them.",
    "forget": "Delete everything that is kept about a person.",
    "keys": "Rotate the keys with which everything is encrypted.",
    "pause": "Hold back all that the coach says, except in a crisis.",
    "resume": "Go on after a pause.",
    "letters": "List what could not be delivered, and send one again.",
    "doctor": "Look over settings, database, keys, clock and platforms, and say what is wrong.",
    "inspect": "Show ids, states, timers and the outbox of a person; no words.",
}
"""Each lives in ``bot.commands`` in a module of its name, imported only when it is used."""

_INSTALL = "in a checkout, `pip install --require-hashes -r requirements/run.txt` installs what is needed."

_HELP = ("-h", "--help", "help")


class Command(Protocol):
    """What a module in ``bot.commands`` offers."""

    def add_arguments(self, parser: Parser) -> None: ...
    def run(self, arguments: object) -> int: ...


def main(words: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    try:
        return _run(list(sys.argv[1:] if words is None else words))
    except AfterwordError as error:
        return _complain(str(error), error.exit_code)
    except StorageUnavailableError:
        return _complain("the database cannot be read or written just now; try again in a moment.", 1)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 1
    except BrokenPipeError:
        # Whoever read our output has had enough; without this Python complains once more while it closes.
        with suppress(OSError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except ModuleNotFoundError as error:
        return _complain(f"the package `{error.name}` is missing; {_INSTALL}", 1)
    except Exception as error:  # noqa: BLE001 - whatever it is, it must not be thrown at the person as a traceback
        return _complain(f"something went wrong inside: {place_of(error)}. Please report it with what you did.", 1)


def _run(words: list[str]) -> int:
    if not words or words[0] in _HELP:
        print(_overview())
        return 0 if words else 2
    name = words[0]
    if name not in COMMANDS:
        raise UsageError(f"there is no command `{name}`.{did_you_mean(name, COMMANDS)} `afterword --help` lists them.")
    module = importlib.import_module(f"bot.commands.{name}")
    parser = Parser(prog=f"afterword {name}", description=module.__doc__)
    module.add_arguments(parser)
    code: int = module.run(parser.parse_args(words[1:]))
    return code


def _overview() -> str:
    width = max(map(len, COMMANDS))
    listed = "\n".join(f"  {name:<{width}}  {about}" for name, about in COMMANDS.items())
    return (
        "usage: afterword COMMAND [options]\n\n"
        'Afterword is a coach for the days after a "no".\n\n'
        f"commands:\n{listed}\n\n"
        "`afterword COMMAND --help` says more about one of them."
    )


def _complain(message: str, code: int) -> int:
    with suppress(OSError):
        print(f"afterword: {message}", file=sys.stderr)
    return code
