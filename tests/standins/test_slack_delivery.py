"""The stand-in's deliveries to a real Bolt app: signed, in time or again, over HTTP and over sockets."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from typing import Any

import jsonschema
import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult

from tests.standins.slack import SIGNING_SECRET, SlackStandIn, Someone
from tests.standins.slack_checks import SCHEMAS
from tests.standins.slack_payloads import home_event
from tests.standins.slack_server import APP_TOKEN

MODAL = {
    "type": "modal",
    "title": {"type": "plain_text", "text": "A form"},
    "submit": {"type": "plain_text", "text": "Go on"},
    "blocks": [
        {
            "type": "input",
            "block_id": "draft",
            "label": {"type": "plain_text", "text": "Your draft"},
            "element": {"type": "plain_text_input", "action_id": "answer", "max_length": 100},
        }
    ],
}
QUESTION = [
    {
        "type": "actions",
        "block_id": "choices",
        "elements": [
            {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": "choice:0", "value": "1:yes"}
        ],
    }
]


@pytest.fixture
def watch() -> Callable[[], float]:
    """Bolt holds signatures against the real time."""
    return time.time


class Recorder:
    """A listener below the door: answers with the statuses that it was told to, and records every request."""

    def __init__(self, *statuses: int, headers: dict[str, str] | None = None) -> None:
        self.seen: list[tuple[str, dict[str, str]]] = []
        self._statuses = deque(statuses)
        self._headers = headers or {}

    async def handle(self, request: web.Request) -> web.Response:
        self.seen.append((await request.text(), dict(request.headers)))
        status = self._statuses.popleft() if self._statuses else 200
        if status == 0:
            await asyncio.sleep(1.0)
        return web.Response(status=status or 200, headers=self._headers)


async def served(handler: Any) -> tuple[web.AppRunner, str]:
    app = web.Application()
    app.router.add_post("/slack/events", handler)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner, f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events"


# --------------------------------------------------------------------------------------- deadlines and retries


@pytest.mark.parametrize(
    ("statuses", "attempts", "reason"),
    [((200,), 1, None), ((503, 200), 2, "http_error"), ((0, 200), 2, "http_timeout"), ((500,) * 4, 4, "http_error")],
    ids=["taken", "refused once", "too slow once", "never taken"],
)
async def test_an_event_that_is_not_taken_comes_again_and_says_why(
    slack: SlackStandIn, sam: Someone, statuses: tuple[int, ...], attempts: int, reason: str | None
) -> None:
    recorder = Recorder(*statuses)
    runner, url = await served(recorder.handle)
    slack.deliver_to(url, waits=(0.0, 0.0, 0.0), deadline=0.2)

    made = await sam.writes("Hello")
    await runner.cleanup()

    assert len(made) == attempts
    assert len({body for body, _ in recorder.seen}) == 1
    assert recorder.seen[-1][1].get("X-Slack-Retry-Reason") == reason


async def test_an_app_can_ask_not_to_be_told_again(slack: SlackStandIn, sam: Someone) -> None:
    recorder = Recorder(400, headers={"X-Slack-No-Retry": "1"})
    runner, url = await served(recorder.handle)
    slack.deliver_to(url)

    made = await sam.writes("Hello")
    await runner.cleanup()

    assert len(made) == 1


async def test_a_command_comes_once_and_the_person_is_told_that_it_failed(slack: SlackStandIn, sam: Someone) -> None:
    recorder = Recorder(503)
    runner, url = await served(recorder.handle)
    slack.deliver_to(url)

    await sam.commands("draft")
    await runner.cleanup()

    assert len(recorder.seen) == 1
    assert sam.person.told == ["/afterword failed with the error “http_error”"]


async def test_what_people_type_arrives_escaped(slack: SlackStandIn, sam: Someone) -> None:
    event = sam.written("R&D <b>")

    assert event["event"]["text"] == "R&amp;D &lt;b&gt;"


async def test_events_have_the_published_shape(slack: SlackStandIn, sam: Someone) -> None:
    path = SCHEMAS / "slack-events.schema.json"
    if not path.is_file():
        pytest.skip("no published schemas beside this checkout")
    schema = json.loads(path.read_text(encoding="utf-8"))

    message, home = sam.written("Hello")["event"], home_event(sam.person, "home") | {"event_ts": "1.2"}

    faults = jsonschema.Draft7Validator(schema).iter_errors({"m": message, "h": home})
    assert [fault.json_path for fault in faults] == []


# ---------------------------------------------------------------------------------------------------- with bolt


def bolt(slack: SlackStandIn) -> AsyncApp:
    """A small app of the usual kind: it greets, asks, opens a form and notes what comes back."""
    logger = logging.getLogger("bolt-of-a-test")
    logger.setLevel(logging.CRITICAL)

    async def authorize(enterprise_id: str | None, team_id: str) -> AuthorizeResult:
        team = slack.world.teams[team_id]
        return AuthorizeResult(
            enterprise_id=None, team_id=team_id, bot_token=team.token, bot_id=team.bot_id, bot_user_id=team.bot_user
        )

    app = AsyncApp(signing_secret=SIGNING_SECRET, authorize=authorize, process_before_response=True, logger=logger)
    app.client.base_url = slack.api_url

    @app.event("message")
    async def hear(event: dict[str, Any], client: Any) -> None:
        await client.chat_postMessage(channel=event["channel"], text=f"Hello {event['text']}", blocks=QUESTION)

    @app.action("choice:0")
    async def press(ack: Any, body: dict[str, Any], client: Any) -> None:
        await ack()
        await client.chat_update(channel=body["channel"]["id"], ts=body["message"]["ts"], text="You chose yes.")

    @app.command("/afterword")
    async def command(ack: Any, body: dict[str, Any], client: Any) -> None:
        await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        await ack("A form opens.")

    @app.view("")
    async def submit(ack: Any, view: dict[str, Any]) -> None:
        text = view["state"]["values"]["draft"]["answer"]["value"]
        if len(text) < 3:
            await ack(response_action="errors", errors={"draft": "Longer, please."})
        else:
            await ack()

    return app


@pytest.fixture(params=["http", "socket"])
async def connected(request: pytest.FixtureRequest, slack: SlackStandIn) -> AsyncIterator[SlackStandIn]:
    """The small app behind the stand-in, both ways."""
    app = bolt(slack)
    if request.param == "http":
        runner, url = await served(_handler(app))
        slack.deliver_to(url)
        yield slack
        await runner.cleanup()
        return
    handler = AsyncSocketModeHandler(app, APP_TOKEN, web_client=app.client, ping_interval=0.1)
    slack.deliver_by_socket()
    await handler.connect_async()
    yield slack
    await handler.close_async()
    await handler.client.aiohttp_client_session.close()


def _handler(app: AsyncApp) -> Any:
    from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request

    async def handle(request: web.Request) -> web.Response:
        return await to_aiohttp_response(await app.async_dispatch(await to_bolt_request(request)))

    return handle


async def test_a_message_is_answered(connected: SlackStandIn, sam: Someone) -> None:
    await sam.writes("there")

    assert (await sam.hears()).text == "Hello there"


async def test_a_button_changes_its_message(connected: SlackStandIn, sam: Someone) -> None:
    await sam.writes("there")
    message = await sam.hears()

    await sam.presses("Yes")

    await sam.until(lambda: message.text == "You chose yes.")


async def test_a_form_opens_and_says_beside_the_field_what_is_missing(connected: SlackStandIn, sam: Someone) -> None:
    await sam.commands("draft")
    await sam.submits(draft="no")

    assert sam.modal.body["title"]["text"] == "A form"
    assert sam.person.told == ["Longer, please."]
    assert [message.ephemeral for message in sam.answers] == [True]


async def test_a_form_closes_when_it_was_taken(connected: SlackStandIn, sam: Someone) -> None:
    await sam.commands("draft")
    await sam.submits(draft="Thank you")

    assert sam.person.modals == []


async def test_nobody_can_leave_a_needed_field_empty(connected: SlackStandIn, sam: Someone) -> None:
    await sam.commands("draft")

    with pytest.raises(AssertionError, match="leave it empty"):
        await sam.submits(draft="")


# ----------------------------------------------------------------------------------------------------- sockets


@pytest.mark.parametrize("connected", ["socket"], indirect=True)
@pytest.mark.parametrize("ending", ["disconnect", "drop"])
async def test_a_message_arrives_although_the_sockets_were_closed(
    connected: SlackStandIn, sam: Someone, ending: str
) -> None:
    await getattr(connected.server.sockets, ending)()

    await sam.writes("again")

    assert (await sam.hears()).text == "Hello again"
    assert connected.server.sockets.opened >= 2
