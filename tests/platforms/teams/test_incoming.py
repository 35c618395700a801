from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest

from bot.engine.events import ChoicePicked, CommandGiven, MessageReceived
from bot.platforms.teams.incoming import (
    COMMANDS,
    BadActivityError,
    Ignored,
    InGroup,
    Installed,
    Invoked,
    Meaning,
    Said,
    read_activity,
    read_choice,
)
from tests.standins.teams import TeamsStandIn
from tests.standins.teams_keys import TENANT


def activity(kind: str = "message", **more: Any) -> dict[str, Any]:
    return TeamsStandIn().person("sam").activity(kind, **more)


def meaning(kind: str = "message", **more: Any) -> Meaning:
    return read_activity(activity(kind, **more)).meaning


def in_group(kind: str) -> dict[str, Any]:
    return {"id": "19:x", "conversationType": kind, "isGroup": True, "tenantId": TENANT}


def test_a_message_is_what_the_person_said() -> None:
    read = read_activity(activity(text="acme said no"))

    assert read.meaning == Said(MessageReceived("acme said no"))
    assert read.id == "a:chat-sam|sam-1"
    assert read.address.person == f"teams:{TENANT}:aad-sam"
    assert (read.address.channel, read.address.route["user"]) == ("a:chat-sam", "29:sam")


@pytest.mark.parametrize(("command", "name"), COMMANDS.items())
def test_a_command_may_be_written_in_any_case(command: str, name: str) -> None:
    assert meaning(text=f" {command.upper()}! ") == Said(CommandGiven(name, f" {command.upper()}! "))


@pytest.mark.parametrize("greeting", ["hi", "Hello!"])
def test_a_greeting_is_a_message_like_any_other(greeting: str) -> None:
    assert meaning(text=greeting) == Said(MessageReceived(greeting))


def test_a_buttons_value_wins_over_its_label() -> None:
    assert meaning(text="I sent it", value={"question": 3, "choice": "sent"}) == Said(ChoicePicked(3, "sent"))


@pytest.mark.parametrize(
    "value",
    [
        {"action": "delete_all"},
        {"question": "3", "choice": "sent"},
        {"question": True, "choice": "sent"},
        {"question": -1, "choice": "sent"},
        {"question": 10**30, "choice": "sent"},
        {"question": 3, "choice": "sent\n"},
        {"question": 3, "choice": ["sent"]},
        {"question": 3},
        [],
        "sent",
        None,
    ],
)
def test_a_forged_value_is_no_choice(value: object) -> None:
    assert read_choice(value) is None


def test_a_value_of_nobodys_button_leads_to_no_turn() -> None:
    assert isinstance(meaning(value={"state": "final", "user": "29:victim"}), Ignored)


@pytest.mark.parametrize("kind", ["groupChat", "channel"])
def test_a_message_where_others_listen_is_no_turn(kind: str) -> None:
    assert meaning(text="hello", conversation=in_group(kind)) == InGroup()


@pytest.mark.parametrize("kind", ["installationUpdate", "messageReaction", "conversationUpdate"])
def test_nothing_else_counts_where_others_listen(kind: str) -> None:
    assert isinstance(meaning(kind, action="add", conversation=in_group("groupChat")), Ignored)


@pytest.mark.parametrize("kind", ["messageReaction", "messageUpdate", "messageDelete", "typing", "event", "trace", ""])
def test_what_says_nothing_is_left_alone(kind: str) -> None:
    assert isinstance(meaning(kind, text="hello"), Ignored)


@pytest.mark.parametrize("sender", [{"id": "28:other-bot"}, {"id": "29:x", "role": "bot"}])
def test_other_bots_are_left_alone(sender: dict[str, str]) -> None:
    assert isinstance(meaning(text="hello", **{"from": sender}), Ignored)


@pytest.mark.parametrize(("action", "added"), [("add", True), ("remove", False)])
def test_being_added_and_taken_away_is_noticed(action: str, added: bool) -> None:
    assert meaning("installationUpdate", action=action) == Installed(added)


def test_an_upgrade_greets_nobody() -> None:
    assert isinstance(meaning("installationUpdate", action="add-upgrade"), Ignored)


@pytest.mark.parametrize(("members", "added"), [("membersAdded", True), ("membersRemoved", False)])
def test_our_own_coming_and_going_is_noticed_and_nobody_elses(members: str, added: bool) -> None:
    own = activity()["recipient"]["id"]

    assert meaning("conversationUpdate", **{members: [{"id": own}]}) == Installed(added)
    assert isinstance(meaning("conversationUpdate", **{members: [{"id": "29:sam"}, 5]}), Ignored)


def test_a_call_keeps_its_name_and_value() -> None:
    assert meaning("invoke", name="task/fetch", value={"a": 1}) == Invoked("task/fetch", {"a": 1})
    assert meaning("invoke", name="task/fetch", value="odd") == Invoked("task/fetch", {})


def test_only_the_compose_box_may_call_from_a_group() -> None:
    group = in_group("groupChat")

    assert isinstance(meaning("invoke", name="adaptiveCard/action", value={}, conversation=group), Ignored)
    assert isinstance(meaning("invoke", name="composeExtension/fetchTask", conversation=group), Invoked)


@pytest.mark.parametrize(
    "changes",
    [
        {"type": 5},
        {"type": None},
        {"id": None},
        {"id": 7},
        {"id": "a\nb"},
        {"id": "x" * 500},
        {"id": "<at>x</at>"},
        {"conversation": "x"},
        {"conversation": {}},
        {"conversation": {"id": "\ud800"}},
        {"from": "x"},
        {"from": {}},
        {"recipient": []},
        {"channelData": "x"},
        {"entities": "x"},
        {"entities": ["x"]},
        {"text": 5},
    ],
)
def test_an_activity_of_another_shape_is_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(BadActivityError):
        read_activity({**activity(text="hello"), **changes})


@pytest.mark.parametrize("kind", ["message", "invoke", "installationUpdate", "conversationUpdate"])
def test_whatever_stands_anywhere_in_an_activity_it_is_read_or_refused(kind: str) -> None:
    whole = activity(kind, text="hello", action="add", name="task/fetch", value={"a": 1}, membersAdded=[{"id": "28:x"}])

    for spoilt in _spoilt(whole):
        with suppress(BadActivityError):
            read_activity(spoilt)


def test_an_activity_without_a_conversation_is_refused() -> None:
    whole = activity(text="hello")

    with pytest.raises(BadActivityError):
        read_activity({name: value for name, value in whole.items() if name != "conversation"})


ODD = [
    None,
    True,
    -1,
    1e308,
    "",
    "\x00",
    "a" * 5_000,
    [],
    {},
    ["x"],
    [None],
    {"id": None},
    [[]],
    "<at>x</at>",
    "\u202e",
]


def _spoilt(whole: Any) -> Iterator[Any]:
    """The same with any part of it taken away, or with something odd in its place."""
    for name in whole if isinstance(whole, dict) else range(len(whole)):
        if isinstance(whole, dict):
            yield {key: value for key, value in whole.items() if key != name}
        inner = _spoilt(whole[name]) if isinstance(whole[name], dict | list) else ()
        for odd in (*ODD, *inner):
            if isinstance(whole, dict):
                yield {**whole, name: odd}
            else:
                yield [*whole[:name], odd, *whole[name + 1 :]]


def test_the_clients_own_entity_tells_zone_language_and_country() -> None:
    client = {"type": "clientInfo", "timezone": "Asia/Kolkata", "locale": "hi-IN", "country": "IN"}

    profile = read_activity(activity(text="x", entities=[client])).profile

    assert (profile.timezone, profile.language, profile.country) == ("Asia/Kolkata", "hi-IN", "IN")


def test_without_the_entity_the_activity_tells_zone_and_language_but_no_country() -> None:
    profile = read_activity(activity(text="x", entities=[])).profile

    assert (profile.timezone, profile.language, profile.country) == ("Europe/London", "en-GB", "")


@pytest.mark.parametrize("zone", [5, "", "../../etc/passwd", "a" * 100, "Europe/London\n"])
def test_an_odd_zone_is_no_news(zone: object) -> None:
    assert read_activity(activity(text="x", localTimezone=zone)).profile.timezone == ""


@pytest.mark.parametrize(
    ("full", "first"),
    [("Sam Hill", "Sam"), ("Shah, Priya (External)", "Priya"), ("Cher", "Cher"), ("", ""), ("  ", ""), (None, "")],
)
def test_somebody_signs_with_their_first_name(full: object, first: str) -> None:
    sender = {"id": "29:sam", "name": full}

    assert read_activity(activity(text="x", **{"from": sender})).profile.name == first


def test_whoever_has_no_id_in_the_directory_is_known_by_the_chats_own() -> None:
    assert read_activity(activity(text="x", **{"from": {"id": "29:sam"}})).address.user == "29:sam"
