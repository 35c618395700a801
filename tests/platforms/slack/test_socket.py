"""Socket Mode: the same coach, acknowledged after the commit, whatever happens to the sockets."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.runtime.ports import Storage
from tests.platforms.slack.serving import Running, running, settings_for
from tests.platforms.slack.test_not_saved import NEWS, NOT_SAVED, Switch
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_screen import labels_of, words_of
from tests.standins.slack_server import APP_TOKEN


@pytest.fixture
def switch(storage: Storage) -> Switch:
    return Switch(storage)


@pytest_asyncio.fixture
async def served(slack: SlackStandIn, switch: Switch) -> AsyncIterator[Running]:
    settings = settings_for(slack, signing_secret="", app_token=APP_TOKEN)
    async with running(settings, coach(), switch) as server:  # type: ignore[arg-type]
        slack.deliver_by_socket()
        yield server
        switch.away = None


async def test_what_somebody_writes_is_answered(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    (attempt,) = await sam.writes(NEWS)

    assert attempt.accepted
    assert "Acme" in words_of((await sam.hears()).blocks)
    assert slack.refused() == []


async def test_buttons_commands_and_forms_work_too(served: Running, slack: SlackStandIn, sam: Someone) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    await sam.presses(labels_of(question.blocks)[0])
    await sam.hears()
    await sam.commands("help")
    await sam.commands("feedback")
    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)

    await sam.submits(said="  ")

    assert sam.person.told == ["Please write something here."]
    assert slack.refused() == []


async def test_nothing_is_acknowledged_that_is_not_saved(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    slack.server.sockets.deadline = 0.3
    switch.away = "fails"
    event = sam.written(NEWS)

    refused = await slack.delivery.event(event)
    await sam.commands("plan")
    switch.away = None
    taken = await slack.delivery.event(event)

    assert not any(attempt.accepted for attempt in refused)
    assert NOT_SAVED in [message.text for message in sam.messages]
    assert taken[0].accepted


@pytest.mark.parametrize("how", ["refresh_requested", "too_many_websockets", "drop"])
async def test_a_socket_that_closes_is_replaced_and_nothing_is_lost(
    served: Running, slack: SlackStandIn, sam: Someone, how: str
) -> None:
    await sam.writes("hello")
    await sam.hears()
    sockets = slack.server.sockets

    await (sockets.drop() if how == "drop" else sockets.disconnect(how))
    attempts = await sam.writes(NEWS)

    assert attempts[-1].accepted
    assert sockets.opened == 2
    assert "Acme" in words_of((await sam.hears()).blocks)


async def test_a_socket_that_cannot_be_opened_is_tried_again(slack: SlackStandIn, switch: Switch, sam: Someone) -> None:
    slack.fail("apps.connections.open", "error", times=2)
    settings: Any = settings_for(slack, signing_secret="", app_token=APP_TOKEN)

    async with running(settings, coach(), switch):  # type: ignore[arg-type]
        slack.deliver_by_socket()
        attempts = await sam.writes(NEWS)

    assert attempts[-1].accepted


async def test_the_log_says_why_a_socket_failed_and_not_where_it_was(
    slack: SlackStandIn, switch: Switch, sam: Someone, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    slack.server.sockets.refusals = 1
    settings: Any = settings_for(slack, signing_secret="", app_token=APP_TOKEN)

    async with running(settings, coach(), switch):  # type: ignore[arg-type]
        slack.deliver_by_socket()
        attempts = await sam.writes(NEWS)

    ours = [vars(record) for record in caplog.records if record.name.startswith("bot.")]
    assert attempts[-1].accepted
    assert [line["reason"] for line in ours if line.get("action") == "socket"] == ["status 503"]
    assert "ticket" not in str(ours)


async def test_without_a_signing_secret_nothing_is_taken_over_http(served: Running, slack: SlackStandIn) -> None:
    delivery = slack.deliver_to(served.events)

    assert (await delivery.post("{}", "application/json")).status == 404
