"""The coach as it is shipped: dialogs, words and reader, compiled once for all tests that need them."""

from __future__ import annotations

from functools import cache

from bot.bootstrap import build_coach, compile_all, find_folders
from bot.compiler.library import Compiled
from bot.runtime.coach import Coach


@cache
def compiled() -> Compiled:
    return compile_all(find_folders())


@cache
def coach() -> Coach:
    return build_coach(compiled())
