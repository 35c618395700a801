"""The token authority's half of the Teams stand-in: keys, and tokens signed with them, good ones and forged ones."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

APP_ID = "11111111-1111-1111-1111-111111111111"
TENANT = "44444444-4444-4444-4444-444444444444"
PASSWORD = "password-of-the-stand-in"


class Authority:
    """Keys by id, each with the channels that it is endorsed for."""

    def __init__(self) -> None:
        self.keys: dict[str, rsa.RSAPrivateKey] = {}
        self.endorsements: dict[str, list[str]] = {}
        self.published: list[str] = []
        self.add("k1")

    def add(self, key_id: str, endorsements: tuple[str, ...] = ("msteams",), published: bool = True) -> None:
        """A new key, published or not."""
        self.keys[key_id] = _KEYS.get(key_id) or rsa.generate_private_key(public_exponent=65537, key_size=2048)
        _KEYS[key_id] = self.keys[key_id]
        self.endorsements[key_id] = list(endorsements)
        if published:
            self.published.append(key_id)

    def document(self) -> dict[str, Any]:
        """The list of keys as it is published."""
        return {"keys": [self._public(key_id) for key_id in self.published]}

    def token(self, service: str, key_id: str = "k1", headers: dict[str, Any] | None = None, **claims: object) -> str:
        """A token for the service; ``claims`` replace what a good one has, ``None`` takes a claim out."""
        now = int(time.time())
        usual = {
            "iss": "https://api.botframework.com",
            "aud": APP_ID,
            "exp": now + 3600,
            "nbf": now - 60,
            "serviceurl": service,
        }
        given = {name: value for name, value in {**usual, **claims}.items() if value is not None}
        return jwt.encode(given, self.keys[key_id], algorithm="RS256", headers={"kid": key_id, **(headers or {})})

    def _public(self, key_id: str) -> dict[str, Any]:
        public = json.loads(RSAAlgorithm.to_jwk(self.keys[key_id].public_key()))
        return {**public, "kid": key_id, "use": "sig", "endorsements": self.endorsements[key_id]}


_KEYS: dict[str, rsa.RSAPrivateKey] = {}
"""Keys are slow to make, and which ones they are never matters."""
