"""An adviser's first week, as docs/authors.md tells it: each change in an overlay folder is seen to work."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.bootstrap import build_coach, check_all, find_folders
from bot.compiler.library import Compiled
from bot.content.message import OutgoingMessage, Paragraph
from bot.engine.conversation import Conversation, Profile
from bot.engine.events import ChoicePicked, MessageReceived
from bot.engine.ticking import next_due
from bot.rehearsal.files import find_scripts, open_script
from bot.rehearsal.play import play
from bot.rehearsal.script import Script
from bot.runtime.coach import Coach
from tests.project import ROOT

OVERLAY = ROOT / "tests" / "first_week" / "my-coach"
NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
"""A Wednesday."""


@pytest.fixture(scope="module")
def own() -> Compiled:
    return check_all(find_folders(dialogs=[str(OVERLAY / "dialogs")], content=[str(OVERLAY / "content")]))


@pytest.fixture(scope="module")
def coach(own: Compiled) -> Coach:
    return build_coach(own)


def talk(coach: Coach, *said: str) -> tuple[Conversation, OutgoingMessage]:
    """Say or, in brackets, pick one after the other; return what is kept and the last answer."""
    conversation, message = Conversation(profile=Profile("Sam", "Europe/London", "en", "GB")), None
    for words in said:
        picked = re.fullmatch(r"\[(\w+)\]", words)
        assert not picked or (message is not None and message.question is not None)
        event = ChoicePicked(message.question, picked[1]) if picked and message else MessageReceived(words)
        spoken = coach.take_turn(conversation, event, NOW)
        conversation, message = spoken.turn.conversation, spoken.message
    assert message is not None
    return conversation, message


def words(message: OutgoingMessage) -> str:
    return "\n".join(part.text for part in message.parts if isinstance(part, Paragraph))


def test_the_folder_has_no_faults_and_no_warnings(own: Compiled) -> None:
    assert own.problems == ()


def test_on_monday_people_get_the_own_name_and_number(coach: Coach) -> None:
    _, message = talk(coach, "human")

    assert "Northside Careers, 020 7946 0000" in words(message)


def test_on_tuesday_one_line_is_said_in_own_words(coach: Coach) -> None:
    _, message = talk(coach, "thanks!")

    assert "We are here from Monday to Friday." in words(message)


def test_on_wednesday_it_asks_after_seven_working_days_and_says_so(coach: Coach) -> None:
    sent = ("acme said no, email this morning", "[draft]", "[sent]")

    _, offer = talk(coach, *sent)
    conversation, _ = talk(coach, *sent, "[remind]")

    assert "on 13 March at 10:00" in words(offer)
    assert next_due(conversation) == NOW + timedelta(days=9, minutes=-10)


def test_on_thursday_a_button_opens_the_booking_page(coach: Coach) -> None:
    _, message = talk(coach, "acme said no, email this morning", "[not_yet]")

    (link,) = [button for button in message.buttons if button.link]
    assert (link.label, link.link) == ("Book a mock interview", "https://careers.example.org/book")
    assert len(message.buttons) == 4


def test_on_friday_there_is_an_area_to_plan_and_practise(coach: Coach) -> None:
    planned = ("help me make a plan", "assessment centre", "[no_time]", "[keep]", "[nobody]", "[keep]")

    _, card = talk(coach, *planned[:-1])
    _, question = talk(coach, *planned, "[enough]", "practise", "[ask_me]")

    assert any("Do one group task with two friends." in part.text for part in card.parts)
    assert "Your group has ten minutes" in words(question)


def test_on_friday_the_area_is_found_in_what_they_said(coach: Coach) -> None:
    _, message = talk(coach, "acme said no, they rang", "[gave_reasons]", "they said I was too quiet in the group task")

    assert "speaking up in a group task" in words(message)


def test_no_shipped_conversation_goes_otherwise(coach: Coach) -> None:
    scripts = [open_script(path) for path in find_scripts([ROOT / "tests" / "conversations"])]

    astray = [script.path for script in scripts if isinstance(script, Script) and play(script, coach).problem]

    assert len(scripts) > 150
    assert astray == []


def test_the_page_for_authors_shows_the_files_as_they_are() -> None:
    page = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
    blocks = {block.strip() for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)}

    missing = [path.name for path in _files() if path.read_text(encoding="utf-8").strip() not in blocks]

    assert missing == []


def test_the_overlay_copies_no_shipped_dialog() -> None:
    assert [path.name for path in (OVERLAY / "dialogs").iterdir()] == ["slots.yaml"]


def _files() -> list[Path]:
    return sorted(OVERLAY.rglob("*.yaml"))
