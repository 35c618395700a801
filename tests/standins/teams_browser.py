"""A browser with the real renderer of Adaptive Cards: what becomes of a card, light and dark, narrow and wide.

Needs ``ADAPTIVECARDS_JS``, the path of ``adaptivecards.min.js`` out of the npm package ``adaptivecards``, and Chromium;
``make cards`` sees to the first.
"""

from __future__ import annotations

import asyncio
import html
import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RENDERER = Path(os.environ.get("ADAPTIVECARDS_JS", "/nowhere"))
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
MISSING = not (RENDERER.is_file() and CHROMIUM)

WIDTHS = (320, 1_000)
LOOKS = {
    "light": ("#ffffff", "#242424", "#616161", "#f0f0f0", "#c4314b"),
    "dark": ("#1f1f1f", "#ffffff", "#adadad", "#333333", "#f9526b"),
}
"""The colours of Teams' own themes: ground, ink, quiet ink, the ground of what is set off, and what is wrong."""

_PAGE = Path(__file__).with_name("teams_browser.html")


@dataclass(frozen=True, slots=True)
class Rendered:
    """What the renderer made of a card, and what came back when every button of it was pressed.

    ``heights`` are those of the fields for long texts, in pixels.
    """

    words: str
    problems: list[str]
    pressed: list[dict[str, Any]]
    links: int
    bold: int
    wide: bool
    cut: int
    heights: list[int]


async def rendered(card: dict[str, Any], folder: Path, width: int) -> Rendered:
    """Render a card and press all its buttons."""
    page = _page_of(card, folder, "light")
    dumped = await _browse("--dump-dom", f"--window-size={width},900", f"{page.as_uri()}#press")
    result = html.unescape(dumped.split('<pre id="result">')[1].split("</pre>")[0])
    return Rendered(**json.loads(result))


async def picture(card: dict[str, Any], folder: Path, look: str, width: int, shot: Path) -> None:
    """Take a picture of a card."""
    page = _page_of(card, folder, look)
    await _browse("--hide-scrollbars", f"--screenshot={shot}", f"--window-size={width},900", page.as_uri())


def _page_of(card: dict[str, Any], folder: Path, look: str) -> Path:
    colors = dict(zip(("BACK", "INK", "QUIET", "FRAME", "WRONG"), LOOKS[look], strict=True))
    places = {**colors, "LOOK": look, "RENDERER": RENDERER.as_uri()}
    text = _PAGE.read_text(encoding="utf-8")
    for name, value in places.items():
        text = text.replace(f"@{name}@", value)
    page = folder / f"{look}.html"
    page.write_text(text.replace("@CARD@", json.dumps(card).replace("</", "<\\/")), encoding="utf-8")
    return page


async def _browse(*arguments: str) -> str:
    assert CHROMIUM is not None, "it was looked for"
    process = await asyncio.create_subprocess_exec(
        *(CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", *arguments),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    said, _ = await asyncio.wait_for(process.communicate(), 60)
    return said.decode()
