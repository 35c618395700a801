"""Icons: the app's two pictures, drawn here so that they are nobody else's: a speech bubble with a closing quote in it.

Each point of a picture is the share of its 16 samples that lie inside a shape, which makes edges smooth.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Callable

Shape = Callable[[float, float], bool]
"""Whether a point lies inside; both coordinates go from 0 to 1, from the upper left."""

INK = (15, 93, 94)
"""The accent colour: a dark, quiet green."""

WHITE = (255, 255, 255)
_SAMPLES = (0.125, 0.375, 0.625, 0.875)


def color_icon(size: int = 192) -> bytes:
    """A full colour PNG: a white bubble on the accent colour."""

    def color(x: float, y: float) -> tuple[int, ...]:
        bubble = _share(_bubble(0.2), x, y, size) * (1 - _share(_quote(0.2), x, y, size))
        return (*(round(ink + (white - ink) * bubble) for ink, white in zip(INK, WHITE, strict=True)), 255)

    return _png(size, color)


def outline_icon(size: int = 32) -> bytes:
    """A transparent PNG with nothing but a white outline and quote."""

    def color(x: float, y: float) -> tuple[int, ...]:
        line = _share(_bubble(0.04), x, y, size) * (1 - _share(_bubble(0.12), x, y, size))
        return (*WHITE, round(255 * max(line, _share(_quote(0.12), x, y, size))))

    return _png(size, color)


def _bubble(margin: float) -> Shape:
    """A round rectangle with a tail at the lower left; a larger margin gives the same shape, smaller."""
    left, right, top, bottom = margin, 1 - margin, margin, 0.86 - margin * 0.9
    radius = 0.24 - margin * 0.6

    def inside(x: float, y: float) -> bool:
        near_x, near_y = min(max(x, left + radius), right - radius), min(max(y, top + radius), bottom - radius)
        body = (x - near_x) ** 2 + (y - near_y) ** 2 <= radius**2
        tail_left, tail = left + radius * 0.75, 0.2 - margin * 0.4
        return body or (bottom - 0.03 <= y <= bottom + tail and tail_left <= x <= tail_left + tail - (y - bottom))

    return inside


def _quote(margin: float) -> Shape:
    """A closing quote in the middle of the bubble: two drops, each with a tail that leans to the left."""
    middle = (margin + 0.86 - margin * 0.9) / 2
    size = 0.17 - margin * 0.35

    def inside(x: float, y: float) -> bool:
        return any(_is_drop(x - center, y - (middle - size * 0.4), size) for center in (0.5 - size, 0.5 + size))

    return inside


def _is_drop(x: float, y: float, size: float) -> bool:
    head = x**2 + y**2 <= (size * 0.6) ** 2
    outer, inner = (x + size * 0.5) ** 2 + y**2, (x + size * 0.85) ** 2 + y**2
    return head or (y > 0 and x > -size * 0.6 and outer <= (size * 1.1) ** 2 and inner >= (size * 0.85) ** 2)


def _share(shape: Shape, x: float, y: float, size: int) -> float:
    return sum(shape((x + dx) / size, (y + dy) / size) for dx in _SAMPLES for dy in _SAMPLES) / len(_SAMPLES) ** 2


def _png(size: int, color: Callable[[float, float], tuple[int, ...]]) -> bytes:
    rows = b"".join(b"\0" + b"".join(bytes(color(x, y)) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = (_chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(rows, 9)), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
