"""The places where the coach can be met; each translates and sends, and nothing more."""

from __future__ import annotations

from collections.abc import Mapping

PLATFORMS: Mapping[str, str] = {
    "terminal": "bot.platforms.terminal",
    "slack": "bot.platforms.slack.surface",
    "teams": "bot.platforms.teams.surface",
}
"""The module that serves each platform; imported only when it is used, so that no SDK is needed for the others."""
