"""Installing by link: by an administrator who began it, once, where it is allowed; and what leaving deletes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import pytest_asyncio

from bot.platforms.slack.states import COOKIE, is_ours, new_state
from bot.runtime.ports import Storage
from tests.platforms.slack.serving import Running, running, settings_for
from tests.shipped import coach
from tests.standins.slack import SlackStandIn
from tests.standins.slack_server import CLIENT_ID, CLIENT_SECRET

ALLOWED = frozenset({"T0NEW"})


@pytest_asyncio.fixture
async def served(slack: SlackStandIn, storage: Storage) -> AsyncIterator[Running]:
    settings = settings_for(slack, bot_token="", client_id=CLIENT_ID, client_secret=CLIENT_SECRET, allowed=ALLOWED)
    async with running(settings, coach(), storage) as server:
        slack.deliver_to(server.events)
        yield server


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as session:
        yield session


async def begin(browser: aiohttp.ClientSession, served: Running) -> str:
    """Go to the link and return the state that Slack's page would bring back."""
    async with browser.get(served.url + "/slack/install", allow_redirects=False) as got:
        assert got.status == 302
        return parse_qs(urlsplit(got.headers["Location"]).query)["state"][0]


async def end(
    browser: aiohttp.ClientSession, served: Running, code: str, state: str, cookie: str | None = None, **more: str
) -> int:
    """Come back from Slack's page; the browser brings its cookie along unless another is given."""
    headers = {"Cookie": f"{COOKIE}={state if cookie is None else cookie}"}
    query = {"code": code, "state": state, **more}
    async with browser.get(
        served.url + "/slack/oauth_redirect", params=query, headers=headers, allow_redirects=False
    ) as got:
        assert got.headers["Content-Type"].startswith("text/plain")
        return got.status


async def test_an_administrator_installs_and_people_are_answered(
    served: Running, slack: SlackStandIn, storage: Storage, browser: aiohttp.ClientSession
) -> None:
    status = await end(browser, served, slack.grant("T0NEW"), await begin(browser, served))
    ana = slack.person(slack.world.teams["T0NEW"], "U0ANA")
    await ana.writes("acme said no")
    await ana.hears()

    assert status == 200
    assert await storage.installation("slack", "T0NEW") is not None
    assert slack.refused() == []


async def test_slack_is_asked_for_the_scopes_of_the_manifest_and_no_other_address_is_named(
    served: Running, browser: aiohttp.ClientSession
) -> None:
    async with browser.get(served.url + "/slack/install?next=https://evil.test", allow_redirects=False) as got:
        location = got.headers["Location"]
        cookie = got.headers["Set-Cookie"]

    asked = parse_qs(urlsplit(location).query)
    assert asked["scope"] == ["chat:write,commands,im:history,im:write,users:read"]
    assert "evil" not in location
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=Lax"))


async def test_a_workspace_that_is_not_allowed_is_not_installed_and_its_token_is_given_back(
    served: Running, slack: SlackStandIn, storage: Storage, browser: aiohttp.ClientSession
) -> None:
    status = await end(browser, served, slack.grant("T0OTHER"), await begin(browser, served))

    assert status == 403
    assert await storage.installation("slack", "T0OTHER") is None
    assert slack.calls[-1].method == "auth.revoke"


async def test_a_state_is_used_once_however_many_try_at_the_same_time(
    served: Running, slack: SlackStandIn, browser: aiohttp.ClientSession
) -> None:
    state = await begin(browser, served)
    codes = [slack.grant("T0NEW") for _ in range(20)]

    statuses = Counter(await asyncio.gather(*(end(browser, served, code, state) for code in codes)))

    assert statuses == {200: 1, 400: 19}


async def test_the_return_from_another_browser_is_refused(
    served: Running, slack: SlackStandIn, storage: Storage, browser: aiohttp.ClientSession
) -> None:
    state, other = await begin(browser, served), await begin(browser, served)

    statuses = [await end(browser, served, slack.grant("T0NEW"), state, cookie) for cookie in ("", other, "x")]

    assert statuses == [400, 400, 400]
    assert await storage.installation("slack", "T0NEW") is None


@pytest.mark.parametrize("state", ["", "nostate", "../app.pid", "a" * 100_000, "1-2-3"])
async def test_a_state_that_is_not_ours_is_refused(
    served: Running, slack: SlackStandIn, browser: aiohttp.ClientSession, state: str
) -> None:
    async with browser.get(
        served.url + "/slack/oauth_redirect", params={"code": "c", "state": state}, headers={"Cookie": f"{COOKIE}=x"}
    ) as got:
        assert 400 <= got.status < 500

    assert slack.calls == []


async def test_somebody_who_did_not_agree_installs_nothing(
    served: Running, slack: SlackStandIn, browser: aiohttp.ClientSession
) -> None:
    status = await end(browser, served, "", await begin(browser, served), error="<script>alert(1)</script>")

    assert status == 400
    assert slack.calls == []


async def test_a_code_that_slack_does_not_know_installs_nothing(
    served: Running, storage: Storage, browser: aiohttp.ClientSession
) -> None:
    assert await end(browser, served, "no-such-code", await begin(browser, served)) == 400

    assert await storage.installation("slack", "T0NEW") is None


def test_a_state_lives_for_ten_minutes() -> None:
    state = new_state("secret", 1_000.0)

    assert is_ours("secret", state, state, 1_599.0)
    assert not is_ours("secret", state, state, 1_600.0)
    assert not is_ours("another", state, state, 1_100.0)


@pytest.mark.parametrize(
    "order",
    [
        ("tokens_revoked", "app_uninstalled"),
        ("app_uninstalled", "tokens_revoked"),
        ("app_uninstalled", "app_uninstalled"),
    ],
)
async def test_leaving_deletes_everything_in_whichever_order_it_is_told(
    served: Running, slack: SlackStandIn, storage: Storage, browser: aiohttp.ClientSession, order: tuple[str, ...]
) -> None:
    await end(browser, served, slack.grant("T0NEW"), await begin(browser, served))
    team = slack.world.teams["T0NEW"]
    ana = slack.person(team, "U0ANA")
    late = ana.written("one more")
    await ana.writes("acme said no")
    await ana.hears()

    await slack.uninstall(team, order)
    await slack.delivery.event(late)

    assert await storage.installation("slack", "T0NEW") is None
    assert await served.recall("U0ANA", "T0NEW") is None
    assert served.counted["not_installed"] == 1


async def test_a_workspace_that_comes_back_is_not_undone_by_old_news(
    served: Running, slack: SlackStandIn, storage: Storage, browser: aiohttp.ClientSession
) -> None:
    await end(browser, served, slack.grant("T0NEW"), await begin(browser, served))
    team = slack.world.teams["T0NEW"]
    old = {**slack.event(team, {"type": "app_uninstalled"}), "event_time": int(slack.world.clock()) - 3_600}

    await slack.delivery.event(old)

    assert await storage.installation("slack", "T0NEW") is not None


def test_settings_hide_what_is_secret(slack: SlackStandIn) -> None:
    settings = replace(settings_for(slack), client_secret="very-secret", app_token="xapp-secret")

    assert "secret" not in repr(settings).replace("client_secret", "").replace("signing_secret", "")
    assert "xoxb" not in repr(settings)
