"""Words that must not be found in any file, and a way to have storage keep them everywhere."""

from __future__ import annotations

from dataclasses import replace

from bot.runtime.ports import Storage
from tests.storage.people import NOW, SAM, claim, row, turn

SECRETS = (
    "Umbrella Corporation",
    "chief taxidermist",
    "samantha.secret@example.org",
    "xoxb-1234-token",
    "Ünïcode wörds",
    "the words of a letter",
    "the words of a nudge",
    "the words of a buried letter",
    "the words of a reply",
    "a way back",
    "a private channel",
    "an inbound id",
)
READABLE = "U-readable-id"


async def plant(storage: Storage) -> None:
    person = replace(SAM, user=READABLE, channel="a private channel", route={"how": "a way back"})
    first = turn(person, inbound="an inbound id", body=" ".join(SECRETS[:5]), reply="the words of a reply")
    await storage.commit(replace(first, rows=[row("the words of a buried letter"), row("the words of a letter")]))
    await storage.bury((await claim(storage))[0], "gone", NOW)
    version = (await storage.load(person)).version
    await storage.commit(turn(person, version, "e2", rows=[row("the words of a nudge", nudge="send_by")]))
