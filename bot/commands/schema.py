"""Print the JSON Schema of the authoring format, for editors that check while somebody writes."""

from __future__ import annotations

import json
from argparse import Namespace

from bot.commands.arguments import Parser
from bot.compiler.schema import schema


def add_arguments(parser: Parser) -> None:
    """`afterword schema` takes nothing."""


def run(arguments: Namespace) -> int:
    """Print it."""
    print(json.dumps(schema(), ensure_ascii=False, indent=2))
    return 0
