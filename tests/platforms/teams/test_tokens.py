"""Good tokens, and every way in which a token can be bad."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization

from bot.platforms.teams.claims import BadTokenError
from bot.platforms.teams.hosts import ServiceHosts
from bot.platforms.teams.key_list import SigningKey, read_keys
from bot.platforms.teams.tokens import Tokens
from tests.standins.teams_keys import APP_ID, TENANT, Authority

SERVICE = "https://smba.trafficmanager.net/emea/"
ACTIVITY = {
    "channelId": "msteams",
    "serviceUrl": SERVICE,
    "conversation": {"tenantId": TENANT},
    "channelData": {"tenant": {"id": TENANT}},
}


class KnownKeys:
    """Keys that are there already, and a key server that gives no others; ``asked`` counts how often it is asked."""

    def __init__(self, authority: Authority) -> None:
        self.by_id = read_keys(authority.document())
        self.asked = 0

    def known(self, key_id: str) -> SigningKey | None:
        return self.by_id.get(key_id)

    def all_known(self) -> Iterable[SigningKey]:
        return self.by_id.values()

    def may_bring(self, key_id: str) -> bool:
        return True

    async def bring(self, key_id: str) -> None:
        self.asked += 1


@pytest.fixture
def authority() -> Authority:
    made = Authority()
    made.add("none", endorsements=())
    made.add("attacker", published=False)
    return made


def tokens_of(authority: Authority) -> Tokens:
    return _tokens_with(KnownKeys(authority))


async def status(tokens: Tokens, token: str, activity: Mapping[str, Any] = ACTIVITY) -> int:
    try:
        tokens.check_activity(await tokens.check(f"Bearer {token}"), activity)
    except BadTokenError as error:
        return error.status
    return 200


async def test_a_good_token_is_let_in_again_and_again(authority: Authority) -> None:
    tokens, token = tokens_of(authority), authority.token(SERVICE)

    assert [await status(tokens, token) for _ in range(3)] == [200, 200, 200]


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"iss": "https://sts.windows.net/44444444-4444-4444-4444-444444444444/"},
        {"aud": "22222222-2222-2222-2222-222222222222"},
        {"aud": None},
        {"aud": [APP_ID]},
        {"exp": None},
        {"exp": float("1e300")},
        {"exp": True},
        {"ver": "1.0", "appid": "33333333-3333-3333-3333-333333333333"},
        {"ver": "2.0", "azp": "33333333-3333-3333-3333-333333333333"},
    ],
)
async def test_a_token_with_other_claims_is_turned_away(authority: Authority, claims: dict[str, Any]) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE, **claims)) == 401


@pytest.mark.parametrize(("claim", "seconds"), [("exp", -301), ("nbf", 600)])
async def test_a_token_out_of_its_time_is_turned_away(authority: Authority, claim: str, seconds: int) -> None:
    token = authority.token(SERVICE, **{claim: int(time.time()) + seconds})

    assert await status(tokens_of(authority), token) == 401


@pytest.mark.parametrize("seconds", [-299, -1])
async def test_clocks_may_differ_by_five_minutes(authority: Authority, seconds: int) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE, exp=int(time.time()) + seconds)) == 200


async def test_a_token_that_was_good_is_turned_away_once_its_time_is_over(authority: Authority) -> None:
    token, moment = authority.token(SERVICE), [time.time()]
    keys: Any = KnownKeys(authority)
    tokens = Tokens(APP_ID, keys, ServiceHosts(), frozenset({TENANT}), lambda: moment[0])
    before = await status(tokens, token)

    moment[0] += 3_600 + 301

    assert (before, await status(tokens, token)) == (200, 401)


async def test_a_token_of_a_key_that_was_withdrawn_is_turned_away(authority: Authority) -> None:
    keys: Any = KnownKeys(authority)
    tokens, token = _tokens_with(keys), authority.token(SERVICE)
    before = await status(tokens, token)

    keys.by_id = {}

    assert (before, await status(tokens, token)) == (200, 401)


async def test_a_token_signed_by_another_key_under_a_good_name_is_turned_away(authority: Authority) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE, "attacker", {"kid": "k1"})) == 401


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Basic abc", "Bearer garbage", "Bearer a.b.c", "Bearer é.é.é", "Bearer " + "a" * 100_000],
)
async def test_what_is_no_token_is_turned_away(authority: Authority, header: str) -> None:
    with pytest.raises(BadTokenError) as refusal:
        await tokens_of(authority).check(header)

    assert refusal.value.status == 401


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512", "ES256", None, 5])
async def test_only_one_algorithm_counts(authority: Authority, algorithm: object) -> None:
    header, body, signature = authority.token(SERVICE).split(".")
    forged = {**json.loads(_open(header)), "alg": algorithm}
    head = f"{_shut(json.dumps(forged))}.{body}"
    public = (
        authority.keys["k1"]
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )
    by_public_key = base64.urlsafe_b64encode(hmac.digest(public, head.encode(), hashlib.sha256)).rstrip(b"=").decode()

    assert await status(tokens_of(authority), f"{head}.{signature}") == 401
    assert await status(tokens_of(authority), f"{head}.{by_public_key}") == 401
    assert await status(tokens_of(authority), f"{head}.") == 401


@pytest.mark.parametrize("key_id", ["zzz", "../../dev/null", "", None, 5, {"a": 1}])
async def test_an_unknown_key_is_turned_away(authority: Authority, key_id: object) -> None:
    header, body, signature = authority.token(SERVICE).split(".")
    renamed = _shut(json.dumps({**json.loads(_open(header)), "kid": key_id}))

    assert await status(tokens_of(authority), f"{renamed}.{body}.{signature}") == 401


@pytest.mark.parametrize(
    "claims",
    [
        {"iss": "https://evil.example"},
        {"aud": "22222222-2222-2222-2222-222222222222"},
        {"exp": 1_000_000_000},
        {"nbf": 9_000_000_000},
        {"serviceurl": "https://evil.example/"},
        {"serviceurl": None},
        {"azp": "33333333-3333-3333-3333-333333333333"},
    ],
)
async def test_nobody_is_asked_for_a_key_behind_claims_that_no_key_would_make_good(
    authority: Authority, claims: dict[str, Any]
) -> None:
    keys: Any = KnownKeys(authority)
    token = authority.token(SERVICE, "attacker", **claims)

    assert await status(_tokens_with(keys), token) in (401, 403)
    assert keys.asked == 0


async def test_nobody_is_asked_for_the_key_of_a_token_that_a_known_key_signed(authority: Authority) -> None:
    keys: Any = KnownKeys(authority)

    assert await status(_tokens_with(keys), authority.token(SERVICE, headers={"kid": "zzz"})) == 401
    assert keys.asked == 0


@pytest.mark.parametrize("algorithm", ["none", "HS256", "RS512"])
async def test_nobody_is_asked_for_a_key_of_another_algorithm(authority: Authority, algorithm: str) -> None:
    keys: Any = KnownKeys(authority)
    header, body, signature = authority.token(SERVICE, "attacker").split(".")
    head = _shut(json.dumps({**json.loads(_open(header)), "alg": algorithm}))

    assert await status(_tokens_with(keys), f"{head}.{body}.{signature}") == 401
    assert keys.asked == 0


async def test_a_key_is_asked_for_when_nothing_else_speaks_against_a_token(authority: Authority) -> None:
    keys: Any = KnownKeys(authority)

    assert await status(_tokens_with(keys), authority.token(SERVICE, "attacker")) == 401
    assert keys.asked == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"serviceUrl": "https://smba.trafficmanager.net/amer/"},
        {"serviceUrl": None},
        {"channelId": "emulator"},
        {"channelId": "directline"},
        {"channelId": None},
        {"channelData": {"tenant": {"id": "99999999-0000-0000-0000-000000000000"}}},
        {"conversation": {"tenantId": "99999999-0000-0000-0000-000000000000"}},
        {"conversation": {}, "channelData": {}},
        {"conversation": "x", "channelData": []},
    ],
)
async def test_an_activity_for_which_the_token_does_not_stand_is_forbidden(
    authority: Authority, changes: dict[str, Any]
) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE), {**ACTIVITY, **changes}) == 403


async def test_a_key_that_may_not_speak_for_teams_is_forbidden(authority: Authority) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE, "none")) == 403


@pytest.mark.parametrize("service", ["https://evil.example/", "http://169.254.169.254/", "https://x@10.0.0.1/"])
async def test_a_foreign_service_is_forbidden_though_the_token_names_it(authority: Authority, service: str) -> None:
    activity = {**ACTIVITY, "serviceUrl": service}

    assert await status(tokens_of(authority), authority.token(service), activity) == 403


async def test_a_foreign_service_is_forbidden_also_where_the_activity_names_none(authority: Authority) -> None:
    activity = {name: value for name, value in ACTIVITY.items() if name != "serviceUrl"}

    assert await status(tokens_of(authority), authority.token("https://evil.example/"), activity) == 403


async def test_a_token_without_a_service_is_forbidden(authority: Authority) -> None:
    assert await status(tokens_of(authority), authority.token(SERVICE, serviceurl=None)) == 403


def _tokens_with(keys: Any) -> Tokens:
    return Tokens(APP_ID, keys, ServiceHosts(), frozenset({TENANT}))


def _open(part: str) -> str:
    return base64.urlsafe_b64decode(part + "==").decode()


def _shut(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=").decode()
