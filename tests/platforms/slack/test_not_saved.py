"""When nothing can be saved: events come again, and people are told where they look."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio

from bot.runtime.installations import Installation
from bot.runtime.ports import Storage, StorageUnavailableError
from tests.platforms.slack.serving import TEAM, Running, running, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_screen import labels_of, words_of
from tests.standins.slack_server import CLIENT_ID, CLIENT_SECRET

NOT_SAVED = "Not saved. Please press again."
NEWS = "acme said no, email this morning. analyst job"


class Switch:
    """A storage that can be taken away: it then fails, or hangs."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.away: str | None = None

    def __getattr__(self, name: str) -> Any:
        async def call(*arguments: Any) -> Any:
            if self.away is not None:
                while self.away == "hangs":
                    await asyncio.sleep(0.01)
                raise StorageUnavailableError(name)
            return await getattr(self._inner, name)(*arguments)

        return call


@pytest.fixture
def switch(storage: Any) -> Switch:
    return Switch(storage)


@pytest_asyncio.fixture
async def served(slack: SlackStandIn, switch: Switch) -> AsyncIterator[Running]:
    async with running(settings_for(slack), coach(), switch) as server:  # type: ignore[arg-type]
        slack.deliver_to(server.events)
        yield server
        switch.away = None


async def test_an_event_that_cannot_be_saved_comes_again_and_is_answered(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    switch.away = "fails"
    event = sam.written(NEWS)

    refused = await slack.delivery.event(event)
    switch.away = None
    taken = await slack.delivery.event(event)

    assert [attempt.status for attempt in refused] == [503] * 4
    assert "X-Slack-No-Retry" not in refused[0].headers
    assert taken[0].status == 200
    assert "Acme" in words_of((await sam.hears()).blocks)


async def test_what_cannot_be_used_is_not_asked_for_again_though_it_cannot_be_kept(
    served: Running, slack: SlackStandIn, switch: Switch
) -> None:
    switch.away = "fails"
    delivery: Any = slack.delivery

    attempt = await delivery.post("{broken", "application/json")

    assert (attempt.status, attempt.headers["X-Slack-No-Retry"]) == (400, "1")


async def test_an_event_is_refused_before_slack_stops_waiting(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    switch.away = "hangs"
    delivery: Any = slack.delivery
    delivery.waits = ()

    (attempt,) = await sam.writes(NEWS)

    assert attempt.status == 503
    assert attempt.seconds < 2.9


async def test_a_command_that_cannot_be_saved_says_so(served: Running, switch: Switch, sam: Someone) -> None:
    switch.away = "fails"

    await sam.commands("plan")

    assert [message.text for message in sam.messages] == [NOT_SAVED]


@pytest.mark.parametrize("away", ["fails", "hangs"])
async def test_a_button_that_cannot_be_saved_says_so_and_works_afterwards(
    served: Running, storage: Storage, switch: Switch, sam: Someone, away: str
) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    label = labels_of(question.blocks)[0]
    await everything_is_delivered(storage)
    switch.away = away

    attempt = await sam.presses(label, question)
    told = await sam.hears()
    switch.away = None
    await sam.presses(label, question)

    assert attempt.seconds < 3
    assert told.ephemeral
    assert told.text == NOT_SAVED
    assert not (await sam.hears()).ephemeral


async def everything_is_delivered(storage: Storage) -> None:
    """What is seen may not be noted as delivered yet; if that fails, the next answer waits for the end of the claim."""
    async with asyncio.timeout(5.0):
        while (await storage.backlog(datetime.now(UTC))).waiting:
            await asyncio.sleep(0.005)


async def test_a_form_opens_without_storage_and_says_what_is_wrong(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    switch.away = "fails"

    await sam.commands("draft")

    await sam.until(lambda: sam.person.modals and "couldn't open this" in words_of(sam.modal.body["blocks"]))


async def test_a_form_of_an_installed_workspace_opens_without_storage_too(
    slack: SlackStandIn, storage: Storage, switch: Switch, sam: Someone
) -> None:
    await storage.install(Installation("slack", TEAM, datetime.now(UTC), json.dumps({"token": sam.team.token})))
    settings = settings_for(slack, bot_token="", client_id=CLIENT_ID, client_secret=CLIENT_SECRET)
    async with running(settings, coach(), switch) as served:  # type: ignore[arg-type]
        slack.deliver_to(served.events)
        await sam.commands("help")

        switch.away = "fails"
        await sam.commands("draft")

        await sam.until(lambda: sam.person.modals)
        switch.away = None


async def test_a_form_that_cannot_be_saved_stays_open_with_what_was_typed(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    await sam.commands("draft")
    await sam.until(lambda: sam.person.modals and "submit" in sam.modal.body)
    switch.away = "fails"

    await sam.submits(company="Acme", role="analyst", news_channel="By e-mail")
    told, switch.away = list(sam.person.told), None
    await sam.submits()

    assert told == [NOT_SAVED]
    assert sam.person.modals == []
    assert "Acme" in words_of((await sam.hears()).blocks)


async def test_an_answer_address_that_is_not_slacks_is_never_called(
    served: Running, slack: SlackStandIn, switch: Switch, sam: Someone
) -> None:
    await sam.writes(NEWS)
    question = await sam.hears()
    calls: list[str] = []
    listener = await asyncio.start_server(lambda reader, writer: calls.append("called"), "127.0.0.1", 0)
    port = listener.sockets[0].getsockname()[1]
    switch.away = "fails"

    for url in (
        f"http://127.0.0.1:{port}/x",
        f"http://hooks.slack.com@127.0.0.1:{port}/",
        "file:" + "///etc/passwd",
        "//x",
    ):
        press = {**sam.pressed(labels_of(question.blocks)[0], question), "response_url": url}
        attempt = await slack.delivery.interaction(press)
        assert attempt.status == 503
    listener.close()

    assert calls == []
