"""How the lanes of the outbox work, in every database.

The head of a lane is its oldest row; no other is ever claimed. ``due_at`` of a claimed row is when the claim lapses, so
a crash needs no janitor. ``attempts`` grows by two with every claim and fences off whoever held an earlier one. It is
odd from when sending was begun until the claim is given back, so that a crash in between can be told from one before.
``untried`` counts what of ``attempts`` stands for no try: a claim of what had to wait its turn, and the step from odd
to even. Without it, who waits long would look like who failed often.
"""

from __future__ import annotations

from bot.runtime.ports import Letter
from bot.storage.rows import person_key

Held = tuple[str, str, str, int, int]
"""A claim on a row: platform, tenant, user, row id, attempts."""

MOST_ROUNDS = 10
"""How often one claim may bury expired heads and look again, so that a long outage does not make a long transaction."""


def held_letter(letter: Letter) -> Held:
    """What the holder of a claim shows."""
    return *person_key(letter.address), letter.id, letter.attempts
