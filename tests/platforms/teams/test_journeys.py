"""Whole journeys: people with Teams open before them, our server behind it."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from typing import Any

import pytest

from bot.platforms.teams.desk import Desk
from bot.platforms.teams.incoming import Activity, read_activity
from bot.platforms.teams.sending import TeamsPlatform
from bot.runtime.clock import RealClock
from bot.runtime.letters import load_message
from bot.runtime.ports import Address, Storage
from bot.runtime.turn import Bot
from tests.platforms.serving import delivering
from tests.platforms.teams.serving import FaultyStorage, Running, built, running, settings_for
from tests.project import ROOT
from tests.shipped import coach
from tests.standins.teams import Someone, TeamsStandIn, card_of, inputs_of, labels_of, words_of
from tests.standins.teams_keys import TENANT

NEWS = "acme said no, email this morning. analyst job"
HELP = "You can also type"
"""What is said next, when nothing else is."""

NOTES = (ROOT / "deploy" / "teams" / "README.md").read_text(encoding="utf-8")


def of(sam: Someone) -> Address:
    return Address("teams", TENANT, f"aad-{sam.user}")


async def test_what_somebody_writes_is_answered(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    status = await sam.writes(NEWS)

    answer = await sam.hears()

    assert status == 202
    assert "Acme" in words_of(answer)
    assert labels_of(answer)
    assert teams.refused() == []


async def test_from_the_news_to_the_sent_note(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    await sam.writes(NEWS)
    first = await sam.hears()
    await sam.presses(labels_of(first)[0])
    draft = await sam.hears()
    answer = await sam.presses("I sent it")
    await sam.hears()

    assert "Acme" in words_of(draft)
    assert any(label.endswith("↗") for label in labels_of(draft))
    assert "✓ I sent it" in words_of(answer["value"])
    assert words_of(card_of(draft)) in words_of(answer["value"])
    assert teams.refused() == []


async def test_an_old_client_presses_by_writing_the_label(served: Running, sam: Someone) -> None:
    await sam.writes(NEWS)
    first = await sam.hears()

    status = await sam.presses_on_an_old_client(labels_of(first)[0])

    assert status == 202
    assert "I sent it" in labels_of(await sam.hears())


async def test_somebody_new_is_greeted_once_however_often_it_is_told(
    served: Running, teams: TeamsStandIn, sam: Someone
) -> None:
    bot = {"id": sam.activity("x")["recipient"]["id"]}
    await sam.installs()
    await teams.deliver(sam.activity("conversationUpdate", membersAdded=[bot]))
    await sam.installs()
    welcome = await sam.hears()
    await sam.writes("help")

    assert HELP in words_of(await sam.hears())
    assert 'after a "no" from an employer' in words_of(welcome)
    assert "may be able to export this chat" in words_of(welcome)
    assert labels_of(welcome)
    assert [one["value"] for one in welcome["suggestedActions"]["actions"]] == ["draft", "feedback", "help"]
    assert teams.refused() == []


async def test_somebody_new_is_greeted_once_by_two_processes_that_hear_of_it_at_the_same_moment(
    storage: Storage, teams: TeamsStandIn, sam: Someone
) -> None:
    faulty: Any = FaultyStorage(storage)
    faulty.before["commit"] = asyncio.Barrier(2).wait
    desks = [desk(faulty), desk(faulty)]
    bot = {"id": sam.activity("x")["recipient"]["id"]}
    told = sam.activity("installationUpdate", action="add"), sam.activity("conversationUpdate", membersAdded=[bot])
    first, second = map(read_activity, told)
    assert isinstance(first, Activity)
    assert isinstance(second, Activity)

    await asyncio.gather(desks[0].install(first, True), desks[1].install(second, True))

    kept = await storage.kept(of(sam))
    assert kept is not None
    assert [load_message(letter.body).keys[0] for letter in kept.letters] == ["welcome.first_need"]


def desk(storage: Storage) -> Desk:
    """The desk of one process."""
    clock = RealClock()
    return Desk(Bot(coach(), storage, clock), lambda: None, TeamsPlatform(clock), clock)


async def test_a_form_takes_the_place_of_many_questions(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    await sam.writes("draft")
    await sam.hears()
    dialog = await sam.presses("Fill in a form")
    card = dialog["task"]["value"]["card"]["content"]
    data = {**card["actions"][0]["data"], "company": "Acme", "role": "analyst", "news_channel": "email"}

    closed = await sam.invokes("task/submit", {"data": data})

    assert closed == ""
    assert "Acme" in words_of(await sam.hears())
    assert teams.refused() == []


async def test_taking_the_app_away_deletes_what_was_kept(served: Running, sam: Someone, storage: Storage) -> None:
    await sam.writes(NEWS)
    await sam.hears()

    status = await sam.removes()

    assert status == 202
    assert await storage.kept(of(sam)) is None


async def test_whoever_comes_back_is_greeted_again(served: Running, sam: Someone) -> None:
    await sam.installs()
    await sam.hears()
    await sam.removes()

    await sam.installs()

    assert labels_of(await sam.hears())


async def test_what_a_worker_alone_delivers_can_be_filled_in_as_a_form_too(
    teams: TeamsStandIn, storage: Storage, sam: Someone
) -> None:
    async with running(settings_for(teams), coach(), storage, works=False) as server:
        teams.deliver_to(server.messages)
        await sam.writes("draft")
        async with delivering(*built(settings_for(teams), coach(), storage, RealClock(), Counter())):
            question = await sam.hears()

    assert "Fill in a form" in labels_of(question)


async def test_the_same_activity_counts_once(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    activity = sam.activity("message", text=NEWS)

    statuses = [(await teams.deliver(activity))[0] for _ in range(3)]
    await sam.hears()
    await sam.writes("help")

    assert statuses == [202, 202, 202]
    assert HELP in words_of(await sam.hears())


async def test_a_repeated_press_gets_the_same_card(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    await sam.writes(NEWS)
    card = card_of(await sam.hears())
    inputs = {name: one["value"] for name, one in inputs_of(card).items()}
    action = {"verb": "choose", "data": {**card["actions"][0]["data"], **inputs}}
    activity = sam.activity("invoke", name="adaptiveCard/action", value={"action": action})

    answers = [await teams.deliver(activity) for _ in range(2)]

    assert answers[0] == answers[1]
    assert answers[0][1]["statusCode"] == 200


async def test_the_same_id_in_another_tenant_is_somebody_else(
    teams: TeamsStandIn, sam: Someone, storage: Storage
) -> None:
    other = "55555555-5555-5555-5555-555555555555"
    there = {"id": "a:chat-there", "conversationType": "personal", "tenantId": other}
    of_theirs = {"conversation": there, "channelData": {"tenant": {"id": other}}}
    settings = settings_for(teams, AFTERWORD_ALLOWED_TENANTS=f"{TENANT}, {other}")

    async with running(settings, coach(), storage) as server:
        teams.deliver_to(server.messages)
        await sam.writes(NEWS)
        await teams.deliver(sam.activity("message", text=NEWS, **of_theirs))
        await teams.wait_for("a:chat-there", 1)
        await sam.removes()
        kept = [await storage.kept(Address("teams", tenant, "aad-sam")) for tenant in (TENANT, other)]

    assert [one is None for one in kept] == [True, False]


async def test_in_a_group_one_line_says_that_it_only_talks_in_private(
    served: Running, teams: TeamsStandIn, sam: Someone, storage: Storage
) -> None:
    where = {"id": "19:group", "conversationType": "groupChat", "isGroup": True, "tenantId": TENANT}

    await teams.deliver(sam.activity("message", text="<at>Afterword</at> hello", conversation=where))
    await teams.wait_for("19:group", 1)

    assert "only talk one to one" in words_of(teams.shown("19:group")[0])
    assert await storage.kept(of(sam)) is None


@pytest.mark.parametrize(
    "command", ["draft", "check", "call", "feedback", "plan", "practise", "my things", "stop", "help", "Hi", "Hello!"]
)
async def test_every_command_of_the_manifest_is_answered(
    served: Running, teams: TeamsStandIn, sam: Someone, command: str
) -> None:
    await sam.writes(command)

    answer = await sam.hears()

    assert words_of(answer)
    assert teams.refused() == []


@pytest.mark.parametrize("text", ["purple elephants", "asdf", "42", "👍", "?", "tell me a joke"])
async def test_what_means_nothing_to_it_is_answered_with_a_way_on(served: Running, sam: Someone, text: str) -> None:
    await sam.writes(text)

    answer = await sam.hears()

    assert labels_of(answer) or any(way in words_of(answer) for way in ('"help"', "the careers desk"))


async def test_privacy_names_the_place_where_one_is(served: Running, sam: Someone) -> None:
    await sam.writes("privacy")

    said = words_of(await sam.hears())

    assert "Microsoft Teams has its own copy" in said
    assert "Slack" not in said


async def test_nothing_is_deleted_before_the_person_has_confirmed_it(
    served: Running, sam: Someone, storage: Storage
) -> None:
    await sam.writes("delete everything")
    asked = await sam.hears()
    before = await storage.kept(of(sam))

    await sam.presses("Yes, delete it all")
    await sam.hears()
    after = await storage.kept(of(sam))

    assert "Shall I?" in words_of(asked)
    assert before is not None
    assert after is None


async def test_a_commands_word_that_answers_the_question_is_the_answer(served: Running, sam: Someone) -> None:
    await sam.writes("draft")
    asked = await sam.hears()
    assert "By phone" in labels_of(asked)

    await sam.writes("call")

    assert "I sent it" in labels_of(await sam.hears()) or "phone" in words_of(sam.last).lower()


async def test_the_persons_zone_comes_with_what_they_write(served: Running, teams: TeamsStandIn) -> None:
    priya = teams.person("priya", "Shah, Priya")
    priya.timezone = "Asia/Kolkata"

    await priya.writes(NEWS)
    kept = await served.service.bot.recall(of(priya))

    assert kept is not None
    assert (kept.profile.timezone, kept.profile.name, kept.profile.language) == ("Asia/Kolkata", "Priya", "en")


async def test_the_notes_for_reviewers_lead_where_they_say(served: Running, teams: TeamsStandIn, sam: Someone) -> None:
    steps = re.findall(r"^\| (add|write|press) .*?(?:`(.+)`|\*(.+)\*)? \| \"(.+)\" \|$", NOTES, re.MULTILINE)

    for kind, text, label, seen in steps:
        match kind:
            case "add":
                await sam.installs()
            case "write":
                await sam.writes(text)
            case "press":
                await sam.presses(label)
        assert seen in words_of(await sam.hears())

    assert len(steps) >= 9
    assert teams.refused() == []
