"""Places on the disk, looked at without making anything there."""

from __future__ import annotations

import os
from pathlib import Path


def can_be_made(path: Path) -> bool:
    """Whether the file's folder may be written to, or else the nearest folder above that is there.

    Raises:
        OSError: it may not even be looked at.
    """
    folder = next(one for one in path.absolute().parents if one.exists())
    return folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
