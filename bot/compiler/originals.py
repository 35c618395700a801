"""Originals: which shipped lines an operator's own lines stand over, and whether those have changed since.

An overlay's ``content/en/originals.yaml`` holds ``draft.next_step: 1a2b3c4d`` for every line that it overrides: the
fingerprint of the original at the time of writing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from bot.compiler.content import WrittenMessage
from bot.compiler.nodes import Mapping as MappingNode
from bot.compiler.nodes import Scalar
from bot.compiler.problems import Notes, did_you_mean, quoted

ORIGINALS = "originals"


def fingerprint(message: WrittenMessage) -> str:
    """Return eight characters that change when anything that the message says changes."""
    texts = "\0".join(text.node.text.strip() for text in message.texts)
    return hashlib.sha256(texts.encode()).hexdigest()[:8]


def compare(source: MappingNode, originals: Mapping[str, WrittenMessage], notes: Notes) -> None:
    """Warn of every noted original that reads differently today; ``originals`` are the messages of earlier layers."""
    for key, value in source:
        original = originals.get(key.text)
        if original is None:
            notes.warning(
                key, f"{quoted(key.text)} is no message of an earlier folder{did_you_mean(key.text, originals)}"
            )
            continue
        today = fingerprint(original)
        if not isinstance(value, Scalar) or value.text != today:
            notes.warning(
                key,
                f"the original of `{key.text}` has changed (see {original.key.file.path}, line {original.key.line}); "
                f"look at your own line, then write `{today}` here.",
            )
