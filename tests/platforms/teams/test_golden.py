"""The conversation tests, played by people in Teams: whatever a script expects is what they see, in Teams' form."""

from __future__ import annotations

import pytest

from bot.bootstrap import build_service
from bot.content.message import OutgoingMessage
from bot.engine.schedules import resolve
from bot.platforms.teams.elements import loosened
from bot.platforms.teams.surface import TeamsSurface
from bot.rehearsal.script import Script
from bot.runtime.clock import SimulatedClock
from bot.runtime.ports import Address, Storage
from tests.platforms.serving import serving
from tests.platforms.stage import Recorder, Stage, scripts
from tests.platforms.teams.serving import no_count, settings_for
from tests.shipped import coach
from tests.standins.teams import Someone, TeamsStandIn, card_of, labels_of, words_of
from tests.standins.teams_keys import TENANT

SAM = Address("teams", TENANT, "aad-sam")
SCRIPTS = scripts()


class Player:
    """Somebody with Teams open before them."""

    def __init__(self, sam: Someone) -> None:
        self._sam = sam

    async def writes(self, text: str) -> None:
        assert await self._sam.writes(text) == 202

    async def picks(self, code: str) -> None:
        actions = card_of(self._sam.last)["actions"]
        await self._sam.presses(next(one["title"] for one in actions if one.get("data", {}).get("choice") == code))

    async def arrives(self) -> None:
        assert await self._sam.installs() == 202

    async def sees(self, message: OutgoingMessage) -> None:
        """Every word of the message, and every label."""
        seen = await self._sam.hears()
        words = "".join(words_of(seen).split())
        assert all("".join(loosened(part.text).split()) in words for part in message.parts)
        assert [one.label for one in message.buttons if one.link is None] == [
            label for label in labels_of(seen) if not label.endswith("↗") and label != "Fill in a form"
        ]


@pytest.mark.parametrize("path", SCRIPTS)
async def test_a_conversation_test_holds_in_teams(path: str, teams: TeamsStandIn, storage: Storage) -> None:
    script: Script = SCRIPTS[path]
    given = script.given
    clock = SimulatedClock(resolve(given.now, given.timezone))
    sam = teams.person("sam", given.name)
    sam.timezone, sam.locale, sam.country = given.timezone, given.language, given.country
    surface = TeamsSurface(settings_for(teams), clock, no_count, lambda: clock.now().timestamp())
    recorder = Recorder(surface.platform)
    service = build_service(coach(), storage, {"teams": recorder}, clock, jitter=lambda: 0.0)

    async with serving(service, surface, works=False) as url:
        teams.deliver_to(f"{url}/api/messages")
        stage = Stage(Player(sam), SAM, service, recorder)
        for line in script.lines:
            await stage.take(line)

    assert teams.refused() == []
