"""Print the JSON Schema of the authoring format, for editors that check while somebody writes."""

from __future__ import annotations

import json
from argparse import Namespace

from bot.commands.arguments import Parser
from bot.compiler.schema import KINDS_OF_FILES, schema


def add_arguments(parser: Parser) -> None:
    """What `afterword schema` takes."""
    parser.add_argument("kind", nargs="?", choices=KINDS_OF_FILES, help="the kind of file (default: all of them)")


def run(arguments: Namespace) -> int:
    """Print it."""
    print(json.dumps(schema(arguments.kind), ensure_ascii=False, indent=2))
    return 0
