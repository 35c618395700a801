"""A workspace that is spoken to with the token of the settings: left when Slack says so, and until there is another."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations
from typing import Any

import pytest

from bot.platforms.slack.workspaces import OWN_REMEMBERED, Workspaces
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Storage
from tests.platforms.slack.serving import TEAM, Running, running, settings_for
from tests.platforms.slack.test_pacing import Seconds
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_world import Team

NOW = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)
NEWS = "acme said no, email this morning. analyst job"
SAM = Address("slack", TEAM, "U0SAM")


@pytest.fixture
def team(slack: SlackStandIn) -> Team:
    return slack.world.teams[TEAM]


def told(slack: SlackStandIn, team: Team, sam: Someone) -> dict[str, dict[str, Any]]:
    """What may come around the end of an installation: both news of it, and a message that was written before."""
    revoked = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user]}}
    return {
        "tokens_revoked": slack.event(team, revoked),
        "app_uninstalled": slack.event(team, {"type": "app_uninstalled"}),
        "message": sam.written("one more thing"),
    }


async def nothing_is_kept(served: Running, storage: Storage) -> bool:
    backlog = await storage.backlog(served.service.clock.now())
    return await storage.kept(SAM) is None and (backlog.waiting, backlog.dead) == (0, 0)


@pytest.mark.parametrize("order", [*permutations(["tokens_revoked", "app_uninstalled", "message"])])
async def test_everything_stops_and_is_deleted_in_whichever_order_it_is_told(
    served: Running, slack: SlackStandIn, storage: Storage, team: Team, sam: Someone, order: tuple[str, ...]
) -> None:
    events = told(slack, team, sam)
    await sam.writes(NEWS)
    await sam.hears()

    team.lost = "account_inactive"
    for name in order:
        await slack.delivery.event(events[name])

    assert await nothing_is_kept(served, storage)


async def test_nobody_there_is_called_or_kept_afterwards_whatever_comes(
    served: Running, slack: SlackStandIn, storage: Storage, team: Team, sam: Someone
) -> None:
    late = sam.written("one more thing")
    await slack.uninstall(team)
    called = len(slack.calls)

    await slack.delivery.event(late)
    await sam.commands("draft")
    await sam.opens("home")

    assert len(slack.calls) == called
    assert await nothing_is_kept(served, storage)
    assert served.counted["not_installed"] == 3


async def test_starting_again_with_the_same_token_changes_nothing(
    served: Running, slack: SlackStandIn, storage: Storage, team: Team, sam: Someone
) -> None:
    await slack.uninstall(team)

    async with running(settings_for(slack), coach(), storage) as again:
        slack.deliver_to(again.events)
        await sam.writes(NEWS)

        assert await again.recall(sam.person.id) is None


async def test_another_process_hears_of_it_within_a_second(storage: Storage) -> None:
    seconds = Seconds()
    one, other = (Workspaces(storage, SimulatedClock(NOW), "xoxb-1", seconds) for _ in range(2))
    assert await other.token(TEAM) == "xoxb-1"

    await one.leave(TEAM, NOW)
    seconds.now += OWN_REMEMBERED

    assert await other.token(TEAM) is None


async def test_it_works_again_with_a_new_token_and_late_news_do_not_undo_it(
    served: Running, slack: SlackStandIn, storage: Storage, team: Team, sam: Someone
) -> None:
    late = {name: {**one, "event_time": one["event_time"] - 60} for name, one in told(slack, team, sam).items()}
    await slack.delivery.event(late["tokens_revoked"])
    team.token = "xoxb-new"

    async with running(settings_for(slack, bot_token="xoxb-new"), coach(), storage) as again:
        slack.deliver_to(again.events)
        await sam.writes(NEWS)
        await slack.delivery.event(late["app_uninstalled"])
        await sam.hears()

        assert await again.recall(sam.person.id) is not None
