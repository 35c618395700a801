"""Exact commands: a few words that are nothing else."""

import pytest

from bot.coach.commands import CommandRules
from bot.coach.rules import BadRuleError, Rules
from bot.coach.written import Written
from tests.coach.shipped_knowledge import KNOWLEDGE
from tests.coach.shipped_rules import shipped_rules


@pytest.mark.parametrize(
    ("text", "command"),
    [
        ("stop", "stop"),
        ("Stop.", "stop"),
        ("stop!!!", "stop"),
        ("“stop”", "stop"),
        ("ｓｔｏｐ", "stop"),
        ("stopp", "stop"),
        ("unsubscribe", "stop"),
        ("please stop messaging me", "stop"),
        ("stop sending me check-ins", "stop"),
        ("leave me alone", "stop"),
        ("Bitte keine Nachrichten mehr", "stop"),
        ("no more messages please", "stop"),
        ("undo that", "undo"),
        ("go back please", "undo"),
        ("skip this question", "skip"),
        ("say that again", "repeat"),
        ("what can you do", "help"),
        ("never mind", "cancel"),
        ("can we start over", "start_over"),
        ("Ok", "noted"),
        ("hmm ok thanks", "noted"),
        ("let me think about it", "noted"),
        ("thats all for now thanks", "goodbye"),
        ("ok bye", "goodbye"),
        ("no reminders", "no_reminders"),
        ("no reminder please", "no_reminders"),
        ("ok but no reminders please", "no_reminders"),
        ("you don't need to remind me", "no_reminders"),
        ("gotta go, talk later", "goodbye"),
    ],
)
def test_a_command_is_read_in_many_wordings(text: str, command: str) -> None:
    assert KNOWLEDGE.commands.exact(Written.of(text)) == command


@pytest.mark.parametrize(
    "text",
    [
        "I can't stop crying",
        "non-stop rejections",
        "the bus stop was full",
        "full stop.",
        "stop telling me it was fit, they said",
        "I had to go back to work",
        "they told me to start over",
        "ok they rang",
        "goodbye job",
        "",
        "?",
    ],
)
def test_a_sentence_with_such_a_word_is_no_command(text: str) -> None:
    assert KNOWLEDGE.commands.exact(Written.of(text)) is None


def test_more_than_six_words_are_no_command() -> None:
    assert KNOWLEDGE.commands.exact(Written.of("please stop stop stop now please please")) is None


def test_an_unknown_command_is_refused_with_its_path() -> None:
    rules = {**shipped_rules()["commands"], "exact": {**shipped_rules()["commands"]["exact"], "dance": ["dance"]}}

    with pytest.raises(BadRuleError) as fault:
        CommandRules(Rules(rules, ("commands",)))

    assert fault.value.path == ("commands", "exact", "dance")
