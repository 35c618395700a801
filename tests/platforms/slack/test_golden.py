"""The conversation tests, played by people in Slack: whatever a script expects is what they see, in Slack's form."""

from __future__ import annotations

import pytest

from bot.bootstrap import build_service
from bot.content.message import OutgoingMessage
from bot.content.wording import shown
from bot.engine.events import ProfileChanged
from bot.engine.schedules import resolve
from bot.platforms.slack.surface import SlackSurface
from bot.rehearsal.script import Arrives
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Incoming, Storage
from tests.platforms.serving import serving
from tests.platforms.slack.serving import TEAM, settings_for
from tests.platforms.stage import Recorder, Stage, scripts
from tests.shipped import coach
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_screen import labels_of, words_of
from tests.standins.slack_world import Message

SAM = Address("slack", TEAM, "U0SAM")
SCRIPTS = scripts()


class Player:
    """Somebody with Slack open before them."""

    def __init__(self, sam: Someone) -> None:
        self._sam = sam

    async def writes(self, text: str) -> None:
        await self._sam.writes(text)

    async def picks(self, code: str) -> None:
        message = self._sam.answers[-1]
        number = [button["value"].partition(":")[2] for button in _choices(message)].index(code)
        await self._sam.presses(_choices(message)[number]["text"]["text"].replace("&amp;", "&"), message)

    async def arrives(self) -> None:
        await self._sam.opens("messages")

    async def sees(self, message: OutgoingMessage) -> None:
        """Every word of the message, and every label."""
        seen = self._sam.answers[-1]
        words = "".join(words_of(seen.blocks).split())
        for part in message.parts:
            assert "".join(shown(part.text).split()) in words
        assert labels_of(seen.blocks) == [
            button.label for button in message.buttons if not (button.link or "").startswith(("mailto:", "tel:"))
        ]


def _choices(message: Message) -> list[dict[str, object]]:
    rows = [block for block in message.blocks if block["type"] == "actions"]
    return [one for row in rows for one in row["elements"] if one["action_id"].startswith("choice:")]


@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_conversation_test_holds_in_slack(path: str, storage: Storage) -> None:
    script = SCRIPTS[path]
    given = script.given
    clock = SimulatedClock(resolve(given.now, given.timezone))
    async with SlackStandIn(clock=lambda: clock.now().timestamp()) as slack:
        regional = "-" in given.language or not given.country
        locale = given.language if regional else f"{given.language}-{given.country}"
        sam = slack.person(slack.install(TEAM), SAM.user, name=given.name, tz=given.timezone, locale=locale)
        surface = SlackSurface(
            settings_for(slack), storage, clock, lambda _: None, monotonic=lambda: clock.now().timestamp()
        )
        recorder = Recorder(surface.platform)
        service = build_service(coach(), storage, {"slack": recorder}, clock, jitter=lambda: 0.0)
        async with serving(service, surface, works=False) as url:
            slack.deliver_to(f"{url}/slack/events")
            if not isinstance(script.lines[0], Arrives):
                known = ProfileChanged(given.name, given.timezone, given.language, given.country)
                await service.bot.handle(Incoming("known", SAM, known))
            stage = Stage(Player(sam), SAM, service, recorder)
            for line in script.lines:
                await stage.take(line)

        assert slack.refused() == []
