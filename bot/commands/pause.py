"""Hold back everything that the coach says, in every process; a crisis and "stop" are answered all the same."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.arguments import Parser, add_database
from bot.commands.database import with_storage
from bot.runtime.clock import RealClock
from bot.runtime.pausing import pause


def add_arguments(parser: Parser) -> None:
    """What `afterword pause` takes."""
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Pause; pausing twice is harmless."""
    began = with_storage(arguments, lambda storage: pause(storage, RealClock().now()))
    print("Paused." if began else "It was paused already.")
    print("People are still heard. Answers wait for `afterword resume`, a day at most; reminders wait or are missed.")
    return 0
