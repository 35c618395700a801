"""Delete everything that is kept about a person, at once and for good."""

from __future__ import annotations

from argparse import Namespace

from bot.commands.arguments import Parser, add_database, add_person, address
from bot.commands.database import with_storage
from bot.errors import AfterwordError


def add_arguments(parser: Parser) -> None:
    """What `afterword forget` takes."""
    add_person(parser)
    add_database(parser)


def run(arguments: Namespace) -> int:
    """Forget them; 1 when nothing was known of them."""
    person = address(arguments.person)
    if not with_storage(arguments, lambda storage: storage.forget(person)):
        raise AfterwordError(f"nothing is kept about {person.person}.")
    print(f"Everything about {person.person} is deleted.")
    return 0
