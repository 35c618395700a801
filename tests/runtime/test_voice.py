"""Voice: the coach's words outside of a turn."""

from __future__ import annotations

from datetime import UTC, datetime, time

from bot.engine.conversation import Conversation, Profile
from bot.runtime.voice import Voice
from tests.shipped import coach

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
SAM = Conversation(Profile("Sam", "Asia/Tokyo", "en", "JP"), slots={"quiet_from": "20:00"})


def test_a_text_is_filled_with_what_is_given() -> None:
    assert Voice(coach(), NOW).text("forms.too_long", {"most": 80}).endswith("under 80 characters.")


def test_a_moment_is_put_as_the_persons_own_clock_shows_it() -> None:
    assert "today at 19:10" in Voice(coach(), NOW, SAM).text("home.reminder", {"reminder_at": NOW})


def test_a_message_is_said_with_all_its_choices_and_links() -> None:
    message = Voice(coach(), NOW).say("home.privacy")

    assert [button.code for button in message.buttons] == ["my_things", "delete_data", "policy"]


def test_a_text_to_copy_follows_its_introduction() -> None:
    introduction, block = Voice(coach(), NOW).say("home.show_draft", block="Hello,\n\nSam").parts

    assert (introduction.text, block.text) == ("Your note:", "Hello,\n\nSam")


def test_skills_know_of_the_person_what_they_know_in_a_turn() -> None:
    facts = Voice(coach(), NOW, SAM).facts

    assert (facts.name, facts.country, facts.now.hour, facts.quiet_from) == ("Sam", "JP", 19, time(20))


def test_the_name_that_somebody_gave_goes_before_the_one_of_their_account() -> None:
    assert Voice(coach(), NOW, SAM._replace(slots={"first_name": "Samira"})).facts.name == "Samira"
