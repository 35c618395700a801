"""Own phrasings kept beside the tests: fields parted by bars, the text last."""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent / "phrasings"


def phrasings(name: str, fields: int) -> Iterator[tuple[str, ...]]:
    """Yield the fields of each line and, last, its text."""
    for line in (FOLDER / f"{name}.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield tuple(part.strip() for part in line.split("|", fields))
