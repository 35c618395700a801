"""The door: one address at which the Bot Connector speaks to us.

The token is checked before the body is read, the body before anything in it counts, and nothing is acknowledged before
it is committed. What is not from Teams or not shaped like an activity is turned away with 4xx and leaves no trace.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from aiohttp import web

from bot.platforms.surface import read_body
from bot.platforms.teams.claims import BadTokenError
from bot.platforms.teams.desk import Desk
from bot.platforms.teams.incoming import BadActivityError, Ignored, InGroup, Installed, Invoked, Said, read_activity
from bot.platforms.teams.tokens import Tokens
from bot.runtime.ports import StorageUnavailableError
from bot.runtime.turn import NotSavedError

PATH = "/api/messages"
TAKEN = 202
AWAY = 503
UNKNOWN_INVOKE = 400


class Door:
    """Lets in what Teams vouches for and hands it to the desk; ``count`` is told why a request led to no turn."""

    def __init__(self, tokens: Tokens, desk: Desk, count: Callable[[str], None]) -> None:
        self._tokens = tokens
        self._desk = desk
        self._count = count

    def route(self) -> web.RouteDef:
        return web.post(PATH, self.take)

    async def take(self, request: web.Request) -> web.Response:
        try:
            good = await self._tokens.check(request.headers.get("Authorization", ""))
            activity = await _read(request)
            self._tokens.check_activity(good, activity)
            return await self._answer(activity)
        except BadTokenError as error:
            return self._refusal(f"token: {error.reason}", error.status)
        except BadActivityError as error:
            return self._refusal(f"activity: {error}", 400)
        except web.HTTPException as error:
            self._count(f"body: {error.status}")
            raise
        except (NotSavedError, StorageUnavailableError):
            self._count("not saved")
            return web.Response(status=AWAY, headers={"Retry-After": "1"})

    async def _answer(self, activity: Mapping[str, Any]) -> web.Response:
        """Do what the activity asks and acknowledge it.

        Raises:
            NotSavedError: nothing was committed, and there is no place where that could be seen.
        """
        read = read_activity(activity)
        match read.meaning:
            case Said(event):
                await self._desk.hear(read, event)
            case Installed(added):
                await self._desk.install(read, added)
            case InGroup():
                self._desk.decline(read)
            case Invoked() as invoked:
                return self._invoke_response(await self._desk.invoke(read, invoked))
            case Ignored(reason):
                self._count(f"ignored: {reason}")
        return web.Response(status=TAKEN)

    def _invoke_response(self, body: Mapping[str, Any] | None) -> web.Response:
        """The answer to a call; ``None`` is what we know nothing of, and an empty one closes a dialog."""
        if body is None:
            return self._refusal("activity: unknown call", UNKNOWN_INVOKE)
        return web.json_response(body) if body else web.Response(status=200)

    def _refusal(self, reason: str, status: int) -> web.Response:
        self._count(reason)
        return web.Response(status=status)


async def _read(request: web.Request) -> Mapping[str, Any]:
    """The body as JSON.

    Raises:
        BadActivityError: it is no object.
        web.HTTPException: it is too large, too slow, packed or of another type.
    """
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType
    try:
        read = _JSON.decode((await read_body(request)).decode())
    except (ValueError, RecursionError):
        raise BadActivityError("not JSON") from None
    if not isinstance(read, dict):
        raise BadActivityError("not an object")
    return read


def _no_number(name: str) -> float:
    raise ValueError(name)


_JSON = json.JSONDecoder(parse_constant=_no_number)
