"""Where a text was written: what a reader may know beside the text itself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from bot.engine.values import Values


@dataclass(frozen=True, slots=True)
class Setting:
    """What the reader may know of where a text was written.

    ``now`` is the moment in the person's zone. ``asking`` names the slot that is being asked for; ``long_text`` says
    that a long text is (then only safety and exact commands are read). ``known`` are the person's and the current
    application's slots; ``name`` is what the person is called.
    """

    now: datetime
    language: str = "en"
    country: str = ""
    name: str = ""
    asking: str | None = None
    long_text: bool = False
    known: Values = field(default_factory=dict)
