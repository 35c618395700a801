"""Exact phrases: a whole text is one of them, or it is none."""

from bot.coach.exact_phrases import ExactPhrases
from bot.coach.phrases import Phrases

EXACT = ExactPhrases({"stop": Phrases(["stop [please]"]), "help": Phrases(["help", "stop"])})


def test_a_whole_text_may_have_punctuation_around_it() -> None:
    assert EXACT.group_of(" “Stop”!! ") == "stop"
    assert EXACT.group_of("Help?") == "help"


def test_a_text_with_more_in_it_is_none() -> None:
    assert EXACT.group_of("stop it") is None
    assert EXACT.group_of("") is None
