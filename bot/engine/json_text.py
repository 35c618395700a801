"""JSON text: a value as compact JSON, and back.

``json`` prepares its C encoder anew for every text and looks for white space around every one that it reads. A turn
writes two texts and reads one, so here the encoder is prepared once and nothing may stand around a text.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from json import encoder as parts
from json.scanner import make_scanner
from typing import Any

from bot.engine.values import plain_value

_USUAL = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":"), default=plain_value)
_READ = make_scanner(json.JSONDecoder())  # type: ignore[arg-type]  # its stub asks for another scanner


def decode(text: str) -> Any:
    """Read what ``encode`` wrote.

    Raises:
        ValueError: the text is not JSON, or has something before or behind it.
    """
    try:
        value, end = _READ(text, 0)
    except StopIteration:
        raise ValueError("no JSON begins the text") from None
    if end != len(text):
        raise ValueError("something stands behind the JSON")
    return value


def prepared(make: Callable[..., Any] | None) -> Callable[[Any], str]:
    """Return the encoder that ``json`` would make for ``_USUAL`` with its C part; ``None`` is a Python without one."""
    if make is None:
        return _USUAL.encode
    # In order: circular references (not looked for), default, text, indent, separators, sort, skip, allow NaN.
    pieces = make(None, plain_value, parts.encode_basestring, None, ":", ",", False, False, True)
    return lambda value: "".join(pieces(value, 0))


encode = prepared(getattr(parts, "c_make_encoder", None))
"""Return a value as compact JSON; moments as ``plain_value`` writes them."""
