"""The stand-in's API against the real SDK: it takes what Slack takes and refuses what Slack refuses."""

from __future__ import annotations

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.standins.conftest import Watch
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_server import CLIENT_ID, CLIENT_SECRET

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "blocks": [{"type": "section", "text": {"type": "plain_text", "text": "One moment"}}],
}
HOME = {"type": "home", "blocks": MODAL["blocks"]}


async def error_of(call: object) -> str:
    """The error with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as refused:
        await call  # type: ignore[misc]
    return str(refused.value.response["error"])


async def test_what_is_posted_is_heard(client: AsyncWebClient, sam: Someone) -> None:
    await client.chat_postMessage(channel=sam.person.channel, text="Hello")

    assert (await sam.hears()).text == "Hello"


async def test_a_token_reaches_its_own_workspace_alone(
    slack: SlackStandIn, client: AsyncWebClient, sam: Someone
) -> None:
    priya = slack.person(slack.install("T0TWO"), "U0SAM")

    assert await error_of(client.chat_postMessage(channel=priya.person.channel, text="x")) == "channel_not_found"


async def test_a_token_that_nobody_gave_out_is_refused(slack: SlackStandIn, sam: Someone) -> None:
    stranger = AsyncWebClient(token="xoxb-none", base_url=slack.api_url)

    assert await error_of(stranger.auth_test()) == "invalid_auth"


async def test_a_scope_that_was_not_granted_is_named(slack: SlackStandIn, sam: Someone) -> None:
    poor = slack.install("T0POOR", scopes=frozenset({"chat:write"}))
    client = AsyncWebClient(token=poor.token, base_url=slack.api_url)

    assert await error_of(client.users_info(user="U0SAM")) == "missing_scope"
    assert [call.method for call in slack.refused()] == ["users.info"]


async def test_an_argument_that_is_not_documented_is_refused(client: AsyncWebClient, sam: Someone) -> None:
    call = client.api_call("chat.postMessage", json={"channel": sam.person.channel, "txet": "Hello"})

    assert await error_of(call) == "invalid_arguments"


async def test_blocks_that_slack_would_not_take_are_refused(client: AsyncWebClient, sam: Someone) -> None:
    empty = [{"type": "section", "text": {"type": "plain_text", "text": ""}}]

    assert (
        await error_of(client.chat_postMessage(channel=sam.person.channel, text="x", blocks=empty)) == "invalid_blocks"
    )


async def test_nothing_can_be_posted_where_everybody_reads(
    slack: SlackStandIn, client: AsyncWebClient, sam: Someone
) -> None:
    slack.world.public.add("C0GENERAL")

    assert await error_of(client.chat_postMessage(channel="C0GENERAL", text="x")) == "not_in_channel"


async def test_an_uninstalled_workspace_refuses_everything(client: AsyncWebClient, sam: Someone) -> None:
    sam.team.lost = "account_inactive"

    assert await error_of(client.chat_postMessage(channel=sam.person.channel, text="x")) == "account_inactive"


async def test_posting_faster_than_the_pace_is_refused_with_a_time_to_wait(
    slack: SlackStandIn, client: AsyncWebClient, sam: Someone, watch: Watch
) -> None:
    slack.server.pace = 1.0
    await client.chat_postMessage(channel=sam.person.channel, text="One")

    with pytest.raises(SlackApiError) as refused:
        await client.chat_postMessage(channel=sam.person.channel, text="Two")
    watch.now += 1.0
    await client.chat_postMessage(channel=sam.person.channel, text="Three")

    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "1"
    assert [message.text for message in sam.answers] == ["One", "Three"]


@pytest.mark.parametrize("kind", ["unavailable_after", "reset_after"])
async def test_a_call_may_do_its_work_and_fail_all_the_same(slack: SlackStandIn, sam: Someone, kind: str) -> None:
    client = AsyncWebClient(token=sam.team.token, base_url=slack.api_url, retry_handlers=[])
    slack.fail("chat.postMessage", kind)  # type: ignore[arg-type]

    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel=sam.person.channel, text="Hello")

    assert [message.text for message in sam.answers] == ["Hello"]


@pytest.mark.parametrize("kind", ["error", "unavailable", "reset_before", "ok_false", "ratelimited"])
async def test_a_call_may_fail_before_it_did_anything(slack: SlackStandIn, sam: Someone, kind: str) -> None:
    client = AsyncWebClient(token=sam.team.token, base_url=slack.api_url, retry_handlers=[])
    slack.fail("chat.postMessage", kind)  # type: ignore[arg-type]

    with pytest.raises((SlackApiError, aiohttp.ClientError)):
        await client.chat_postMessage(channel=sam.person.channel, text="Hello")

    assert sam.answers == []


async def test_metadata_is_in_the_history_only_when_it_is_asked_for(client: AsyncWebClient, sam: Someone) -> None:
    ours = {"event_type": "letter", "event_payload": {"id": "7"}}
    await client.chat_postMessage(channel=sam.person.channel, text="Hello", metadata=ours)

    without = await client.conversations_history(channel=sam.person.channel)
    including = await client.conversations_history(channel=sam.person.channel, include_all_metadata=True)

    assert "metadata" not in without["messages"][0]
    assert including["messages"][0]["metadata"] == ours


async def test_a_language_is_told_only_when_it_is_asked_for(client: AsyncWebClient, sam: Someone) -> None:
    without = await client.users_info(user=sam.person.id)
    including = await client.users_info(user=sam.person.id, include_locale=True)

    assert "locale" not in without["user"]
    assert (including["user"]["locale"], including["user"]["tz"]) == ("en-GB", "Europe/London")


# ------------------------------------------------------------------------------------------------------- views


async def test_a_trigger_opens_one_form_within_three_seconds(
    slack: SlackStandIn, client: AsyncWebClient, sam: Someone, watch: Watch
) -> None:
    trigger, late = slack.world.trigger(sam.person), slack.world.trigger(sam.person)

    await client.views_open(trigger_id=trigger, view=MODAL)

    assert sam.modal.body["title"]["text"] == "A form"
    assert await error_of(client.views_open(trigger_id=trigger, view=MODAL)) == "exchanged_trigger_id"
    watch.now += 3.1
    assert await error_of(client.views_open(trigger_id=late, view=MODAL)) == "expired_trigger_id"


async def test_a_form_is_updated_while_it_is_open(slack: SlackStandIn, client: AsyncWebClient, sam: Someone) -> None:
    opened = await client.views_open(trigger_id=slack.world.trigger(sam.person), view=MODAL)
    other = {**MODAL, "title": {"type": "plain_text", "text": "Filled"}}

    await client.views_update(view_id=opened["view"]["id"], view=other)

    assert sam.modal.body["title"]["text"] == "Filled"
    sam.person.modals.clear()
    assert await error_of(client.views_update(view_id=opened["view"]["id"], view=other)) == "not_found"


async def test_a_home_page_that_somebody_else_changed_meanwhile_is_not_overwritten(
    client: AsyncWebClient, sam: Someone
) -> None:
    first = await client.views_publish(user_id=sam.person.id, view=HOME)
    await client.views_publish(user_id=sam.person.id, view=HOME)

    call = client.views_publish(user_id=sam.person.id, view=HOME, hash=first["view"]["hash"])

    assert await error_of(call) == "hash_conflict"


# ------------------------------------------------------------------------------------------------------- oauth


async def test_a_code_gives_a_token_once(slack: SlackStandIn, sam: Someone) -> None:
    client = AsyncWebClient(base_url=slack.api_url)
    fields = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": slack.grant("T0NEW")}

    granted = await client.api_call("oauth.v2.access", data=fields)

    assert granted["team"]["id"] == "T0NEW"
    assert granted["access_token"] == slack.world.teams["T0NEW"].token
    assert await error_of(client.api_call("oauth.v2.access", data=fields)) == "invalid_code"


# ----------------------------------------------------------------------------------------------- response urls


async def test_a_response_url_works_five_times_and_is_seen_by_them_alone(slack: SlackStandIn, sam: Someone) -> None:
    address, _ = slack.response_url(sam.person)

    async with aiohttp.ClientSession() as session:
        statuses = [(await session.post(address, json={"text": "Hello"})).status for _ in range(6)]

    assert statuses == [200] * 5 + [404]
    assert all(message.ephemeral for message in sam.answers)


async def test_a_response_url_is_of_no_use_after_half_an_hour(slack: SlackStandIn, sam: Someone, watch: Watch) -> None:
    address, _ = slack.response_url(sam.person)
    watch.now += 1_801

    async with aiohttp.ClientSession() as session:
        answer = await session.post(address, json={"text": "Hello"})

    assert answer.status == 404
    assert sam.answers == []


async def test_a_response_url_replaces_the_message_that_was_pressed(
    slack: SlackStandIn, client: AsyncWebClient, sam: Someone
) -> None:
    await client.chat_postMessage(channel=sam.person.channel, text="Well?")
    address, _ = slack.response_url(sam.person, await sam.hears())

    async with aiohttp.ClientSession() as session:
        await session.post(address, json={"text": "You chose this.", "replace_original": True})

    assert [message.text for message in sam.answers] == ["You chose this."]
