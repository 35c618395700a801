"""Names that the engine counts on: dialogs that it starts by itself and messages that it says by itself."""

from __future__ import annotations

from bot.content.moments import TERMS as MOMENT_TERMS
from bot.content.wording import TERMS as LIST_TERMS

RESERVED_DIALOGS = ("welcome", "help", "crisis", "stop")

CONSENT = "remind"
"""The choice that arms a nudge which names none."""

UNCLEAR = "unclear"
"""The intent of what is not understood; a dialog must start on it."""

REPAIRS = (
    "rephrase",
    "buttons",
    "left_open",
    "skipped",
    "undone",
    "nothing_to_undo",
    "corrected",
    "back",
    "again",
    "cancelled",
    "started_over",
    "reminders_off",
    "noted",
    "goodbye",
    "gone_by",
    "old_choice",
    "welcome_back",
    "moved",
    "tripped",
    "failed",
    "small_print",
    "not_saved",
    "exported",
)

TERMS = (*MOMENT_TERMS, *LIST_TERMS, "nudge.preview")

TERM_PLACES = {
    "moments.clock": frozenset({"hour", "hour12", "minute", "half"}),
    "moments.exact": frozenset({"clock", "part", "weekday", "day", "month", "year"}),
    "moments.short": frozenset({"clock", "part", "weekday", "day", "month", "year"}),
    "moments.roughly": frozenset({"clock", "part", "weekday", "day", "month", "year"}),
}
"""The places that a term, or a group of terms, may have; every other term has none."""
