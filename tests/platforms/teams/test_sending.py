"""What becomes of a message when Teams takes it, refuses it, or nobody knows."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio

from bot.content.message import Button, OutgoingMessage, Paragraph
from bot.platforms.teams.connector import Connector, NotReached, open_session
from bot.platforms.teams.credentials import Credentials, Granted, with_secret
from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.sending import TeamsPlatform
from bot.runtime.clock import SimulatedClock
from bot.runtime.delivery import Ambiguous, Delivery, NotNow, Refused, Sent
from bot.runtime.outbox import CLAIM
from bot.runtime.ports import Address, Letter
from tests.fakes import Watch
from tests.standins.teams import Fault, Kind, TeamsStandIn
from tests.standins.teams_keys import APP_ID, PASSWORD, TENANT

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
HELLO = OutgoingMessage((Paragraph("Hello."),), buttons=(Button("a", "A"),), question=1)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(NOW)


@pytest.fixture
def slow() -> list[float]:
    """How many seconds the token service takes for the next tokens; for those after them none."""
    return []


@pytest_asyncio.fixture
async def platform(
    teams: TeamsStandIn, watch: Watch, clock: SimulatedClock, slow: list[float]
) -> AsyncIterator[TeamsPlatform]:
    session = open_session(watch)
    ask = with_secret(session, APP_ID, PASSWORD, TENANT, f"{teams.url}/login")

    async def ask_slowly() -> Granted:
        watch.now += slow.pop(0) if slow else 0.0
        return await ask()

    credentials = Credentials(ask_slowly, watch)
    made = TeamsPlatform(clock, watch)
    made.open(Connector(session, credentials, ServiceHosts(["127.0.0.1"]), watch))
    yield made
    await credentials.close()
    await session.close()


def address(teams: TeamsStandIn, user: str = "sam", **route: str) -> Address:
    return Address("teams", TENANT, user, f"a:{user}", {"service": teams.service, "user": f"29:{user}", **route})


async def send(platform: TeamsPlatform, to: Address, tries: int = 1) -> Delivery:
    letter = Letter(1, to, "", 2 * tries, NOW + timedelta(seconds=CLAIM), NOW + timedelta(days=1))
    return await platform.send(to, HELLO, letter)


async def test_a_message_goes_into_the_persons_chat(teams: TeamsStandIn, platform: TeamsPlatform) -> None:
    assert await send(platform, address(teams)) == Sent()
    assert teams.shown("a:sam")[0]["recipient"] == {"id": "29:sam"}
    assert teams.refused() == []


async def test_what_may_be_lost_takes_no_room_that_there_is_not(
    teams: TeamsStandIn, platform: TeamsPlatform, watch: Watch
) -> None:
    for _ in range(20):
        await platform.mention(address(teams), {"type": "typing"})
    within_a_second = len(teams.posts)
    watch.now += 60

    assert within_a_second == 7
    assert await send(platform, address(teams)) == Sent()


@pytest.mark.parametrize("status", [412, 429])
async def test_too_much_is_tried_again_later_and_longer_each_time(
    teams: TeamsStandIn, platform: TeamsPlatform, watch: Watch, status: int
) -> None:
    teams.faults.extend([Fault("status", status), Fault("status", status)])

    first = await send(platform, address(teams))
    watch.now += 60
    third = await send(platform, address(teams), tries=3)

    assert (first, third) == (NotNow(2.0), NotNow(8.0))


@pytest.mark.parametrize(("said", "pause"), [("17", 17.0), ("99999", 300.0), ("soon", 2.0), ("-5", 2.0), ("", 2.0)])
async def test_retry_after_is_obeyed_within_reason_and_rubbish_is_not(
    teams: TeamsStandIn, platform: TeamsPlatform, said: str, pause: float
) -> None:
    teams.faults.append(Fault("status", 429, retry_after=said))

    assert await send(platform, address(teams)) == NotNow(pause, tried=not said.isdigit())
    assert await send(platform, address(teams)) == NotNow(pause, tried=False)
    assert await send(platform, address(teams, "priya")) == Sent()


@pytest.mark.parametrize(
    "fault",
    [
        Fault("status", 500),
        Fault("status_after", 502),
        Fault("status", 503),
        Fault("status", 504),
        Fault("reset_after"),
    ],
)
async def test_what_may_have_arrived_is_ambiguous_and_counted(
    teams: TeamsStandIn, platform: TeamsPlatform, fault: Fault
) -> None:
    teams.faults.append(fault)

    assert isinstance(await send(platform, address(teams)), Ambiguous)
    assert platform.uncertain == 1
    assert len(teams.posts) == 1


@pytest.mark.parametrize(
    ("status", "code", "gone"), [(403, "MessageWritesBlocked", True), (404, "ConversationNotFound", True)]
)
async def test_somebody_who_blocked_us_cannot_be_reached(
    teams: TeamsStandIn, platform: TeamsPlatform, status: int, code: str, gone: bool
) -> None:
    teams.faults.append(Fault("status", status, code))

    assert await send(platform, address(teams)) == Refused(code, gone)


@pytest.mark.parametrize("code", ["InvalidBotApiHost", "NotEnoughPermissions"])
async def test_a_refusal_that_tells_nothing_of_the_person_is_no_reason_to_leave_them(
    teams: TeamsStandIn, platform: TeamsPlatform, code: str
) -> None:
    teams.faults.append(Fault("status", 403, code))

    assert await send(platform, address(teams)) == Refused(code, gone=False)


async def test_where_a_card_is_refused_its_text_arrives(teams: TeamsStandIn, platform: TeamsPlatform) -> None:
    teams.faults.append(Fault("status", 400, "BadArgument"))

    assert await send(platform, address(teams)) == Sent()
    assert teams.shown("a:sam")[0]["text"] == "Hello.\n[1] A"


async def test_a_connector_that_is_not_there_got_nothing(platform: TeamsPlatform, teams: TeamsStandIn) -> None:
    nowhere = address(teams, service="http://127.0.0.1:9/")

    assert await send(platform, nowhere) == NotNow(2.0)


@pytest.mark.parametrize(
    "service", ["https://evil.example/", "http://169.254.169.254/", "", "http://127.0.0.1@evil.example/"]
)
async def test_a_foreign_address_is_never_called(platform: TeamsPlatform, teams: TeamsStandIn, service: str) -> None:
    assert await send(platform, address(teams, service=service)) == Refused("foreign service")
    assert teams.tokens_given == 0


async def test_a_chat_is_named_whole_whatever_is_in_its_name(platform: TeamsPlatform, teams: TeamsStandIn) -> None:
    odd = replace(address(teams), channel="a:1/../2?x=1#y;messageid=3")

    assert await send(platform, odd) == Sent()
    assert [post.conversation for post in teams.posts] == ["a:1/../2?x=1#y;messageid=3"]


async def test_a_redirect_is_not_followed(platform: TeamsPlatform, teams: TeamsStandIn) -> None:
    teams.faults.append(Fault("status", 307, location=f"{teams.service}v3/conversations/a:evil/activities"))

    assert isinstance(await send(platform, address(teams)), Refused)
    assert [post.conversation for post in teams.posts] == ["a:sam"]


async def test_an_app_token_is_asked_for_once_and_used_until_it_ends(
    teams: TeamsStandIn, platform: TeamsPlatform, watch: Watch
) -> None:
    for user in ("sam", "priya", "lee"):
        await send(platform, address(teams, user))
    before = teams.tokens_given
    watch.now += 3_600

    await send(platform, address(teams))

    assert (before, teams.tokens_given) == (1, 2)


async def test_an_app_token_that_is_refused_is_replaced_at_once(teams: TeamsStandIn, platform: TeamsPlatform) -> None:
    teams.faults.append(Fault("status", 401, "Unauthorized"))

    assert await send(platform, address(teams)) == Sent()
    assert teams.tokens_given == 2


async def test_without_an_app_token_nothing_is_sent(teams: TeamsStandIn, platform: TeamsPlatform) -> None:
    teams.login_fails = True

    assert await send(platform, address(teams)) == NotNow(2.0)
    assert teams.posts == []


async def test_the_log_says_once_a_minute_why_there_is_no_app_token(
    teams: TeamsStandIn, platform: TeamsPlatform, clock: SimulatedClock, caplog: pytest.LogCaptureFixture
) -> None:
    teams.login_fails = True

    for _ in range(4):
        await send(platform, address(teams))
        clock.move_to(clock.now() + timedelta(seconds=30))

    said = [vars(record) for record in caplog.records if "MicrosoftAppPassword" in record.getMessage()]
    assert [line["reason"] for line in said] == ["invalid_client", "invalid_client"]


async def test_an_app_token_that_is_refused_again_and_again_is_somebodys_to_mend(
    teams: TeamsStandIn, platform: TeamsPlatform, caplog: pytest.LogCaptureFixture
) -> None:
    teams.faults.extend([Fault("status", 401, "BotNotRegistered")] * 2)

    assert await send(platform, address(teams)) == NotNow(60.0)
    assert ["reason" in vars(record) and vars(record)["reason"] for record in caplog.records] == ["BotNotRegistered"]


async def test_the_longer_teams_is_away_the_longer_the_pauses_grow_up_to_a_minute(
    platform: TeamsPlatform, teams: TeamsStandIn, watch: Watch
) -> None:
    pauses = []

    for tries in (*range(1, 9), 40_000):
        delivery = await send(platform, address(teams, service="http://127.0.0.1:9/"), tries)
        assert isinstance(delivery, NotNow)
        pauses.append(delivery.seconds)
        watch.now += 60

    assert pauses == [2.0, 4.0, 8.0, 16.0, 32.0, 60.0, 60.0, 60.0, 60.0]


@pytest.mark.parametrize("kind", ["reset_before", "reset_after", "status", "status_after"])
async def test_nothing_is_posted_a_second_time_by_itself(
    teams: TeamsStandIn, platform: TeamsPlatform, kind: Kind
) -> None:
    await send(platform, address(teams))
    teams.faults.append(Fault(kind))

    await send(platform, address(teams, "priya"))

    assert len(teams.posts) == 2


async def test_a_reply_whose_token_took_too_long_is_posted_under_the_next_claim(
    teams: TeamsStandIn, platform: TeamsPlatform, slow: list[float]
) -> None:
    slow.append(3.4)

    first = await send(platform, address(teams))
    posted = len(teams.posts)
    second = await send(platform, address(teams), tries=2)

    assert (first, posted) == (NotNow(2.0), 0)
    assert (second, len(teams.posts), platform.uncertain) == (Sent(), 1, 0)


async def test_after_a_refused_token_nothing_is_posted_that_may_be_somebody_elses_by_then(
    teams: TeamsStandIn, platform: TeamsPlatform, slow: list[float]
) -> None:
    teams.faults.append(Fault("status", 401, "Unauthorized"))
    slow.extend([0.0, 3.4])

    assert await send(platform, address(teams)) == NotNow(2.0)
    assert len(teams.posts) == 1


async def test_the_text_of_a_refused_card_is_not_posted_when_the_letter_may_be_somebody_elses(
    teams: TeamsStandIn, platform: TeamsPlatform, watch: Watch
) -> None:
    teams.faults.append(Fault("status", 400, "BadArgument"))

    def held_up() -> None:
        watch.now += 2.5

    teams.meanwhile = held_up

    assert await send(platform, address(teams)) == NotNow(2.0)
    assert len(teams.posts) == 1


async def test_a_letter_that_is_ours_for_too_short_a_time_is_not_begun(
    teams: TeamsStandIn, platform: TeamsPlatform
) -> None:
    short = Letter(1, address(teams), "", 2, NOW + timedelta(seconds=3), NOW + timedelta(days=1))

    assert await platform.send(address(teams), HELLO, short) == NotNow(2.0)
    assert teams.posts == []


async def test_a_process_that_was_held_up_right_before_the_first_byte_sends_nothing(teams: TeamsStandIn) -> None:
    moments = iter((1.0, 5.1))
    session = open_session(lambda: next(moments))
    credentials = Credentials(_a_token)
    connector = Connector(session, credentials, ServiceHosts(["127.0.0.1"]), lambda: next(moments))

    call = await connector.post(teams.service, "a:sam", {"type": "message"}, until=5.0)
    await session.close()

    assert call == NotReached("too late")
    assert (teams.posts, list(moments)) == ([], [])


async def _a_token() -> Granted:
    return Granted("token-1", 3_600.0)
