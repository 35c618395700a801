"""Package: the app as an administrator uploads it: manifest and icons in one zip, with the operator's own ids.

    python -m bot.platforms.teams.package --app-id 1a2b... --developer "Careers Desk" \\
        --website https://careers.example --privacy https://careers.example/privacy \\
        --terms https://careers.example/terms -o afterword.zip
"""

from __future__ import annotations

import json
import re
import zipfile
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.platforms.teams.configuration import is_id
from bot.platforms.teams.extension import COMMAND
from bot.platforms.teams.icons import INK, color_icon, outline_icon
from bot.platforms.teams.incoming import COMMANDS, PERSONAL

SCHEMA = "1.17"
VERSION = "1.0.0"
LONGEST_NAME = 30
LONGEST_DEVELOPER = 32

_VERSION = re.compile(r"\d{1,5}\.\d{1,5}\.\d{1,5}")

DESCRIPTIONS: Mapping[str, str] = {
    "draft": "Write a short note that asks what to improve",
    "check": "Have your own draft read before you send it",
    "call": "Five lines to say on the phone",
    "feedback": "Look at what they said",
    "plan": "Prepare one thing for next time",
    "practise": "Try out an answer",
    "my things": "See what is kept about you, or delete it",
    "stop": "No more messages from me",
    "help": "What you can type",
}
"""What the manifest says of each command."""

SHORT = "A coach for the days after a job rejection: reply well, learn, move on."

FULL = (
    '{name} helps in Microsoft Teams in the days after a "no" from an employer.\n\n'
    "Tell it what happened in your own words. It writes a short note that thanks them and asks what to improve, reads"
    " a draft of yours before you send it, gives you five lines for a phone call, helps you sort what they said, and"
    " plans one small thing for next time. From the compose box you can have a feedback request drafted into a message"
    " of yours.\n\n"
    "It is a program with words that people wrote, not a person, and not therapy. It talks in your personal chat only"
    ' and writes first only when you asked for a reminder. "stop" ends that at once, "my things" shows what is kept and'
    " deletes it.\n\n"
    "You need no account but your own. Whoever runs your organisation's Teams may be able to export the chat."
)
"""What the app's page says; the service's name is filled in."""


@dataclass(frozen=True, slots=True)
class App:
    """The operator's own ids and pages. The bot's id must never change: with it all chats would be lost."""

    app_id: str
    developer: str
    website: str
    privacy: str
    terms: str
    name: str = "Afterword"
    version: str = VERSION


def manifest(app: App) -> dict[str, Any]:
    """The manifest; icons are named as ``write`` puts them into the zip."""
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": app.version,
        "id": app.app_id,
        "developer": {
            "name": app.developer,
            "websiteUrl": app.website,
            "privacyUrl": app.privacy,
            "termsOfUseUrl": app.terms,
        },
        "name": {"short": app.name, "full": f"{app.name}, a coach after a job rejection"},
        "description": {"short": SHORT, "full": FULL.format(name=app.name)},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*INK),
        "bots": [_bot(app)],
        "composeExtensions": [_extension(app)],
        "permissions": ["identity"],
        "validDomains": [],
    }


def write(app: App, path: Path) -> None:
    """Write the zip."""
    files = {
        "manifest.json": json.dumps(manifest(app), indent=2, ensure_ascii=False).encode(),
        "color.png": color_icon(),
        "outline.png": outline_icon(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, body in files.items():
            packed.writestr(zipfile.ZipInfo(name), body)


def _bot(app: App) -> dict[str, Any]:
    commands = [{"title": command, "description": DESCRIPTIONS[command]} for command in COMMANDS]
    return {
        "botId": app.app_id,
        "scopes": [PERSONAL],
        "isNotificationOnly": False,
        "supportsFiles": False,
        "commandLists": [{"scopes": [PERSONAL], "commands": commands}],
    }


def _extension(app: App) -> dict[str, Any]:
    action = {
        "id": COMMAND,
        "type": "action",
        "title": "Draft a feedback request",
        "description": "Writes a note that you can change before you send it",
        "context": ["compose"],
        "fetchTask": True,
    }
    return {"botId": app.app_id, "commands": [action]}


def faults(app: App) -> list[str]:
    """What Teams would refuse, each with the name of its argument."""
    pages = {"--website": app.website, "--privacy": app.privacy, "--terms": app.terms}
    found = [f"{name} has to begin with https://" for name, page in pages.items() if not page.startswith("https://")]
    if not is_id(app.app_id):
        found.append("--app-id is not the id of an app; copy the application (client) id from the app registration")
    if not 0 < len(app.name) <= LONGEST_NAME:
        found.append(f"--name may have {LONGEST_NAME} characters")
    if not 0 < len(app.developer) <= LONGEST_DEVELOPER:
        found.append(f"--developer may have {LONGEST_DEVELOPER} characters")
    if not _VERSION.fullmatch(app.version):
        found.append("--version is three numbers with points between, such as 1.2.0")
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the zip for the ids on the command line."""
    parser = ArgumentParser(description="Build the Teams app package.")
    for name in ("app-id", "developer", "website", "privacy", "terms"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--name", default="Afterword")
    parser.add_argument("--version", default=VERSION)
    parser.add_argument("-o", "--output", type=Path, default=Path("afterword-teams.zip"))
    given = vars(parser.parse_args(arguments))
    path, app = given.pop("output"), App(**given)
    if found := faults(app):
        parser.error("; ".join(found))
    write(app, path)


if __name__ == "__main__":
    main()
