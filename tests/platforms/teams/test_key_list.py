"""Key lists: what is taken of what a key server says."""

from __future__ import annotations

import pytest

from bot.platforms.teams.key_list import BadKeyListError, address_of_keys, read_keys


@pytest.mark.parametrize(
    "document",
    [
        {},
        {"keys": {}},
        {
            "keys": [
                5,
                {},
                {"kty": "EC", "kid": "a"},
                {"kty": "RSA", "kid": "a"},
                {"kty": "RSA", "kid": "b", "n": "!", "e": 3},
            ]
        },
    ],
)
def test_a_list_without_a_usable_key_is_rubbish(document: dict[str, object]) -> None:
    with pytest.raises(BadKeyListError):
        read_keys(document)


@pytest.mark.parametrize(
    "address", ["http://keys.example/", "ftp://keys.example/", "https://a@keys.example/", "", None]
)
def test_keys_are_fetched_over_https_alone(address: object) -> None:
    with pytest.raises(BadKeyListError):
        address_of_keys({"jwks_uri": address})
