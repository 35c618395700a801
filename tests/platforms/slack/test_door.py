"""The door: nothing is opened before it is known who sent it, and nothing that comes in makes it fall over."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any

import aiohttp
import pytest

from bot.runtime.ports import Storage
from tests.platforms.slack.payloads import command, message, press
from tests.platforms.slack.serving import Running
from tests.standins.slack import SIGNING_SECRET, SlackStandIn
from tests.standins.slack_delivery import Attempt, Http, signature

JSON = "application/json"


@pytest.fixture
def http(served: Running, slack: SlackStandIn) -> Http:
    delivery = slack.delivery
    assert isinstance(delivery, Http)
    return delivery


async def send(http: Http, body: bytes, headers: dict[str, str]) -> Attempt:
    async with http.session.post(http.url, data=body, headers=headers) as got:
        return Attempt(got.status, 0, body=await got.text(), headers=dict(got.headers))


async def test_an_unsigned_request_is_refused_and_nothing_of_it_is_logged(
    http: Http, served: Running, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    attempt = await send(http, json.dumps(message(text="secret words")).encode(), {"Content-Type": JSON})

    assert attempt.status == 401
    assert await served.recall("U0SAM") is None
    assert "secret words" not in caplog.text
    assert served.counted["forged"] == 1


async def test_what_people_write_is_not_logged_however_much_is(
    http: Http, slack: SlackStandIn, sam: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    await sam.writes("zanzibar said no")
    await sam.hears()
    await sam.commands("zanzibar")
    await http.post('{"broken zanzibar', JSON)

    logged = caplog.text + "".join(str(record.__dict__) for record in caplog.records)
    assert "zanzibar" not in logged.lower()
    assert "xoxb" not in logged


async def test_a_clock_that_is_wrong_raises_the_alarm_once(
    http: Http, served: Running, caplog: pytest.LogCaptureFixture
) -> None:
    body = json.dumps(message())
    late = {"Content-Type": JSON, **signature(SIGNING_SECRET, body, time.time() - 360)}

    attempts = [await send(http, body.encode(), late) for _ in range(3)]

    assert [attempt.status for attempt in attempts] == [401] * 3
    assert "X-Slack-No-Retry" not in attempts[0].headers
    alarms = [record.getMessage() for record in caplog.records if "clock differs" in record.getMessage()]
    assert len(alarms) == 1
    assert "360 s" in alarms[0] or "361 s" in alarms[0]


@pytest.mark.parametrize("body", ["", '"x"', "{}{}", '{"a":', '{"a":' + "[" * 100_000, '{"a":' + "9" * 5_000 + "}"])
async def test_a_genuine_body_that_cannot_be_used_is_not_sent_again(http: Http, body: str) -> None:
    attempt = await http.post(body, JSON)

    assert attempt.status == 400
    assert attempt.headers["X-Slack-No-Retry"] == "1"


@pytest.mark.parametrize(
    ("body", "person", "reason"),
    [
        ('{"zanzibar', "slack::", "unusable_json"),
        (json.dumps(message(ts="zanzibar")), "slack:T0ONE:U0SAM", "unusable_message"),
        (
            json.dumps({"type": "event_callback", "team_id": "T0ONE", "event": "zanzibar"}),
            "slack:T0ONE:",
            "unusable_event",
        ),
        (json.dumps({**press(), "actions": ["zanzibar"]}), "slack:T0ONE:U0SAM", "unusable_press"),
    ],
)
async def test_what_cannot_be_used_is_kept_as_a_dead_letter_without_a_word_of_it(
    http: Http, storage: Storage, body: str, person: str, reason: str
) -> None:
    attempt = await http.post(body, JSON)

    (dead,) = await storage.dead_letters(10)
    assert attempt.status < 500
    assert (dead.address.person, dead.reason, dead.resendable) == (person, reason, False)
    assert "zanzibar" not in repr(dead)


async def test_what_is_not_signed_is_not_kept(http: Http, storage: Storage) -> None:
    await send(http, b'{"broken', {"Content-Type": JSON})

    assert await storage.dead_letters(10) == []


async def test_slack_is_told_that_the_address_is_ours(http: Http) -> None:
    attempt = await http.post(json.dumps({"type": "url_verification", "challenge": "<b>abc</b>"}), JSON)

    assert json.loads(attempt.body) == {"challenge": "<b>abc</b>"}
    assert attempt.headers["Content-Type"].startswith(JSON)


async def test_the_check_of_the_certificate_is_answered_when_slack_makes_it(http: Http) -> None:
    form = "application/x-www-form-urlencoded"

    signed = await http.post("ssl_check=1&token=x", form)
    unsigned = await send(http, b"ssl_check=1&token=x", {"Content-Type": form})

    assert (signed.status, unsigned.status) == (200, 401)


async def test_being_held_back_is_counted_and_said_to_the_operator(
    http: Http, served: Running, caplog: pytest.LogCaptureFixture
) -> None:
    attempt = await http.post(json.dumps({"type": "app_rate_limited", "team_id": "T0ONE"}), JSON)

    assert attempt.status == 200
    assert served.counted["app_rate_limited"] == 1
    assert "holds back" in caplog.text


@pytest.mark.parametrize("payload", [message(bot_id="B1"), {"type": "view_closed"}, {"type": "shortcut"}, {}])
async def test_what_is_not_for_us_is_taken_and_counted(http: Http, served: Running, payload: dict[str, Any]) -> None:
    attempt = await http.post(json.dumps(payload), JSON)

    assert attempt.status == 200
    assert sum(served.counted.values()) == 1


async def test_a_retry_header_alone_drops_nothing(http: Http, served: Running) -> None:
    attempt = await http.post(json.dumps(message()), JSON, {"X-Slack-Retry-Num": "99"})

    assert attempt.status == 200
    assert await served.recall("U0SAM") is not None


async def test_the_same_id_from_another_workspace_counts_too(http: Http, served: Running, slack: SlackStandIn) -> None:
    other = json.dumps(message(team="T0TWO")).replace("T0ONE", "T0TWO")

    await http.post(json.dumps(message()), JSON)
    await http.post(other, JSON)

    assert await served.recall("U0SAM", "T0ONE") is not None
    assert await served.recall("U0SAM", "T0TWO") is not None


@pytest.mark.parametrize("payload", [press(actions=[]), press(user=None), command(team_id="")])
async def test_an_interaction_of_the_wrong_shape_is_taken_and_leads_to_nothing(
    http: Http, served: Running, payload: dict[str, Any]
) -> None:
    attempt = await http.interaction(payload) if "actions" in payload else await http.command(payload)

    assert attempt.status == 200
    assert await served.recall("U0SAM") is None


async def test_a_large_body_is_refused_and_a_packed_one_too(http: Http) -> None:
    large = await send(http, b"x" * 300_000, {"Content-Type": JSON})
    packed = await send(http, b"not gzip", {"Content-Type": JSON, "Content-Encoding": "gzip"})

    assert (large.status, packed.status) == (413, 415)


async def test_other_methods_and_paths_are_refused(http: Http) -> None:
    async with http.session.get(http.url) as got:
        assert got.status == 405
    async with http.session.post(http.url + "/../../etc/passwd") as got:
        assert got.status == 404


async def test_a_client_that_dawdles_is_cut_off_and_others_are_served(served: Running, sam: Any) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    slow = [await asyncio.open_connection(host, int(port)) for _ in range(20)]
    for _, writer in slow:
        writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\n")

    attempts = await sam.writes("hello")
    rest = [await asyncio.wait_for(reader.read(), 12) for reader, _ in slow]
    for _, writer in slow:
        writer.close()

    assert attempts[0].status == 200
    assert rest == [b""] * 20


async def test_a_body_that_never_ends_is_given_up(served: Running) -> None:
    host, port = served.url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))

    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{")
    answer = await asyncio.wait_for(reader.readline(), 12)
    writer.close()

    assert b" 408 " in answer


async def test_it_is_alive_and_ready(served: Running) -> None:
    async with aiohttp.ClientSession() as session:
        statuses = [(await session.get(served.url + path)).status for path in ("/healthz", "/readyz")]

    assert statuses == [200, 200]
