"""The app's manifest: what it asks of a workspace, out of what the code uses, with a reason for each.

``python -m bot.platforms.slack.manifest https://coach.example.org`` writes it for an address, ``... socket`` for Socket
Mode, where Slack needs none.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

COMMAND = "/afterword"
EVENTS_PATH = "/slack/events"
REDIRECT_PATH = "/slack/oauth_redirect"
EXAMPLE = "https://afterword.example.org"
SOCKET = "socket"

CALLS: Mapping[str, str | None] = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.history": "im:history",
    "conversations.open": "im:write",
    "users.info": "users:read",
    "views.open": None,
    "views.publish": None,
    "views.update": None,
}
"""The methods that we call, with the scope that each needs; installing is not done with a scope."""

EVENTS: Mapping[str, str | None] = {
    "app_home_opened": None,
    "app_uninstalled": None,
    "message.im": "im:history",
    "tokens_revoked": None,
    "user_change": "users:read",
}
"""The events that we are told of, with the scope that each needs."""

REASONS: Mapping[str, str] = {
    "chat:write": "Answers in the direct message, and shows on a pressed button what was chosen.",
    "commands": f"`{COMMAND}` opens a form, or answers where only the person sees it.",
    "im:history": "Hears what is written to the coach, and finds its own last message again after a broken connection.",
    "im:write": "Opens the direct message with somebody who has only used the command or the home page.",
    "users:read": "Takes the time zone for quiet hours, the language, and the first name below a note.",
}
"""Why each scope is asked for, for the page that an administrator reads."""


def scopes() -> tuple[str, ...]:
    """The bot's scopes: those of what is used, and the one for the slash command."""
    used = {scope for scope in (*CALLS.values(), *EVENTS.values()) if scope is not None}
    return tuple(sorted({*used, "commands"}))


def manifest(address: str = EXAMPLE, socket_mode: bool = False) -> dict[str, Any]:
    """The manifest for a service at ``address``, without a slash at its end."""
    url = None if socket_mode else address + EVENTS_PATH
    return {
        "_metadata": {"major_version": 1},
        "display_information": {
            "name": "Afterword",
            "description": "Helps you answer a job rejection and learn from it.",
            "long_description": _LONG,
            "background_color": "#2f4858",
        },
        "features": {
            "app_home": {
                "home_tab_enabled": True,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": False,
            },
            "bot_user": {"display_name": "Afterword", "always_online": True},
            "slash_commands": [
                {
                    "command": COMMAND,
                    **_at("url", url),
                    "description": "Begin, or go on where you were",
                    "usage_hint": "[draft | check | call | feedback | plan | practise | snooze | stop | help]",
                    "should_escape": False,
                }
            ],
        },
        "oauth_config": {
            **({} if socket_mode else {"redirect_urls": [address + REDIRECT_PATH]}),
            "scopes": {"bot": list(scopes())},
        },
        "settings": {
            "event_subscriptions": {**_at("request_url", url), "bot_events": sorted(EVENTS)},
            "interactivity": {"is_enabled": True, **_at("request_url", url)},
            "org_deploy_enabled": False,
            "socket_mode_enabled": socket_mode,
            "token_rotation_enabled": False,
        },
    }


_LONG = (
    "Afterword is a coach for the days after a “no” from an employer. Write to it in a direct message, in your own "
    "words. It helps you ask for feedback in a short, gracious note while you are fresh in their mind, checks a note "
    "of your own, gives you five lines for a phone call, goes through what they said with you, and helps you choose "
    "one thing to prepare for next time. It writes first only when you asked for a reminder.\n\n"
    "It is a script written by people, not a language model, and it is not therapy. It says so itself. Nobody else "
    "in the workspace sees what you write to it, but whoever runs the workspace may be able to export the chat. "
    "Type “privacy” to it to learn what is kept and for how long, “delete my data” to have it deleted, and “human” "
    "for a person to talk to."
)


def _at(name: str, url: str | None) -> dict[str, str]:
    return {} if url is None else {name: url}


# -------------------------------------------------------------------------------------------------------- yaml


def as_yaml(node: Mapping[str, Any]) -> str:
    """Write mappings, lists, texts and yes or no as YAML, every text quoted."""
    return "\n".join(_lines(node)) + "\n"


def _lines(node: Any, indent: str = "") -> Iterator[str]:
    for key, value in node.items():
        if isinstance(value, dict):
            yield f"{indent}{key}:"
            yield from _lines(value, indent + "  ")
        elif isinstance(value, list):
            yield f"{indent}{key}:"
            for item in value:
                yield from _item(item, indent + "  ")
        else:
            yield f"{indent}{key}: {_scalar(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, dict):
        yield f"{indent}- {_scalar(item)}"
        return
    first, *others = _lines(item, indent + "  ")
    yield f"{indent}- {first.strip()}"
    yield from others


def _scalar(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


# ----------------------------------------------------------------------------------------------- command line


def main(words: Sequence[str]) -> str | None:
    """Write the manifest for what is named, or say what to name."""
    where = words[0].rstrip("/") if len(words) == 1 else ""
    if where != SOCKET and not _is_address(where):
        return f"Name the https address of your service, such as {EXAMPLE}, or `{SOCKET}` for Socket Mode."
    sys.stdout.write(as_yaml(manifest(where, socket_mode=where == SOCKET)))
    return None


def _is_address(text: str) -> bool:
    """Whether it is `https://host`, with a path perhaps, and nothing more."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    plain = not (parts.query or parts.fragment or parts.username or any(map(str.isspace, text)))
    return parts.scheme == "https" and bool(parts.hostname) and plain


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
