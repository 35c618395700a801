"""Pictures of everything that the coach shows in Slack, narrow and wide, made by a headless browser.

python -m tests.standins.slack_pictures FOLDER [chromium]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from bot.platforms.slack.blocks import blocks_of, picked
from bot.platforms.slack.home import home_view
from bot.platforms.slack.modals import Answer, form_view, opening_view, submitted, trouble_view
from bot.runtime.forms import form_for
from tests.platforms.slack.people import NEW, NOW, voice, waiting, working
from tests.platforms.slack.showing import PERSON, asked, longest, nudge
from tests.shipped import coach
from tests.standins.slack_likeness import page_of_message, page_of_view

WIDTHS = {"narrow": 360, "wide": 760}
HEIGHT = 5_600
LONG = "A company with a name that goes on and on, and then some more of it, to the end. "
ANGRY = "You made a mistake. Why didn't I get the job? " * 40
BROWSER = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--hide-scrollbars"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)


def pages() -> Mapping[str, str]:
    """Every kind of thing that is shown, as HTML."""
    question = blocks_of(
        asked("Here is yours:", "Press Reply on their e-mail and paste it. Best by this afternoon."), PERSON
    )
    known, much = voice(working()), voice(working(LONG, LONG, ANGRY))
    draft = {"values": {"draft": {"answer": {"type": "plain_text_input", "value": ANGRY[:1_900]}}}}
    checked = submitted({**form_view(form_for("check_draft", known), known), "state": draft}, known)
    assert isinstance(checked, Answer), "a draft is checked in place"
    return {
        "message": page_of_message(question),
        "message_picked": page_of_message(picked(question, "I sent it")),
        "message_nudge": page_of_message(blocks_of(nudge(), PERSON)),
        "message_longest": page_of_message(blocks_of(longest(), PERSON)),
        "home_new": page_of_view(home_view(NEW, coach(), NOW)),
        "home_working": page_of_view(home_view(working(), coach(), NOW)),
        "home_waiting": page_of_view(home_view(waiting(), coach(), NOW)),
        "home_longest": page_of_view(home_view(working(LONG[:80], LONG[:80], ANGRY), coach(), NOW)),
        "form_opening": page_of_view(opening_view("check_draft", voice())),
        "form_trouble": page_of_view(trouble_view("check_draft", voice())),
        "form_draft": page_of_view(form_view(form_for("draft_request", known), known)),
        "form_feedback": page_of_view(form_view(form_for("got_feedback", known), known)),
        "form_check": page_of_view(form_view(form_for("check_draft", much), much)),
        "form_checked": page_of_view(checked.body["view"]),
    }


def take(folder: Path, browser: str) -> None:
    """Write every page as a picture at each width."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        for name, page in pages().items():
            source = Path(profile) / f"{name}.html"
            source.write_text(page, encoding="utf-8")
            for width_name, width in WIDTHS.items():
                shot = folder / f"{name}_{width_name}.png"
                own = [f"--user-data-dir={profile}/browser", f"--screenshot={shot}", f"--window-size={width},{HEIGHT}"]
                subprocess.run([browser, *BROWSER, *own, source.as_uri()], check=True, capture_output=True, timeout=60)


if __name__ == "__main__":
    take(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "chromium")
