"""Notes on reloads: what was published last and why the last reload was refused, as they stand in a column."""

from __future__ import annotations

import json

from bot.runtime.versions import Published, Refusal
from bot.storage.rows import from_column

PUBLISHED = "published"
REFUSED = "refused"

Note = tuple[int, str]
"""When, and what."""


def published_note(published: Published) -> str:
    return json.dumps([published.version, published.digest])


def refusal_note(refusal: Refusal) -> str:
    return json.dumps(refusal.reasons, ensure_ascii=False)


def read_published(note: Note | None) -> Published | None:
    if note is None:
        return None
    version, digest = json.loads(note[1])
    return Published(version, digest, from_column(note[0]))


def read_refusal(note: Note | None) -> Refusal | None:
    return None if note is None else Refusal(from_column(note[0]), tuple(json.loads(note[1])))
