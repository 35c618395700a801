"""The shipped rules and blocks as the compiler hands them over: nested maps, lists and texts, by file stem."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

CONTENT = Path(__file__).parents[2] / "content"


@lru_cache
def shipped_rules(language: str = "en") -> Mapping[str, Any]:
    files = [path for folder in ("rules", "blocks") for path in (CONTENT / language / folder).glob("*.yaml")]
    return {path.stem: yaml.load(path.read_text("utf-8"), yaml.BaseLoader) for path in files}
