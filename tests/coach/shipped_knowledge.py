"""The shipped rules of the reader, made ready once, and a reader over them at one known moment."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.coach.knowledge import Knowledge
from bot.coach.reader import make_reader
from bot.coach.setting import Setting
from bot.engine.events import Reading
from bot.engine.values import Value
from tests.coach.shipped_rules import shipped_rules

KNOWLEDGE = Knowledge(shipped_rules())
NOW = datetime(2026, 3, 4, 14, 30, tzinfo=ZoneInfo("Europe/London"))
"""A Wednesday afternoon."""

_READ = make_reader({"en": KNOWLEDGE})


def read(text: str, asking: str | None = None, long_text: bool = False, **known: Value) -> Reading:
    return _READ(text, Setting(now=NOW, asking=asking, long_text=long_text, known=known))
