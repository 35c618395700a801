"""Reminders that fall due all through a chaos run, kept in the database before it begins, and what became of each."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.seeding import TO_THE_REMINDER, reminded, seed
from bot.bootstrap import build_coach, compile_all, find_folders
from bot.engine.conversation import Conversation
from bot.engine.events import ProfileChanged
from bot.runtime.coach import Coach
from bot.runtime.ports import Address, Storage
from tests.standins.slack import SlackStandIn, Someone
from tests.standins.slack_world import Team

FIRST = timedelta(seconds=5)
"""After the seeding: the processes begin meanwhile."""

MOST_LETTERS = 100_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """People who asked for one reminder each."""

    people: Sequence[Someone]
    last_due: datetime

    def fates(self, buried: Collection[str]) -> Fates:
        """``buried`` are the users whose reminder is a dead letter, and so known to an operator."""
        seen = {one.person.id: len(one.answers) for one in self.people}
        return Fates(
            total=len(seen),
            shown=sum(times > 0 for times in seen.values()),
            buried=sum(user in buried for user in seen),
            lost=sum(times == 0 and user not in buried for user, times in seen.items()),
            doubled=sum(max(times - 1, 0) for times in seen.values()),
        )


@dataclass(frozen=True, slots=True)
class Fates:
    """``buried`` are dead letters: it may have arrived, so it was not sent again. Some of them were shown."""

    total: int
    shown: int
    buried: int
    lost: int
    doubled: int

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled)


async def keep_reminders(
    slack: SlackStandIn, teams: Sequence[Team], many: int, seconds: float, storage: Storage, content: Path
) -> Waiting:
    """Make so many people whose reminders fall due one after the other, for so many seconds."""
    people = [slack.person(teams[number % len(teams)], f"UR{number}") for number in range(many)]
    coach, now = build_coach(compile_all(find_folders(["echo"], [str(content)]))), datetime.now(UTC)
    await seed(storage, _spread(people, due_at(coach, now + FIRST), seconds), now)
    return Waiting(people, now + FIRST + timedelta(seconds=seconds))


async def buried(storage: Storage) -> frozenset[str]:
    """The users who have a dead letter."""
    return frozenset(letter.address.user for letter in await storage.dead_letters(MOST_LETTERS))


def _spread(
    people: Sequence[Someone], conversation: Conversation, seconds: float
) -> Iterator[tuple[Address, Conversation]]:
    for number, someone in enumerate(people):
        later = timedelta(seconds=seconds * number / len(people))
        person = someone.person
        yield Address("slack", person.team, person.id, person.channel), _later(conversation, later)


def _later(conversation: Conversation, later: timedelta) -> Conversation:
    """The same with every reminder, and until when it is wanted, so much later."""
    timers = (
        timer._replace(due=timer.due + later, until=timer.until and timer.until + later)
        for timer in conversation.timers
    )
    return conversation._replace(timers=tuple(timers))


def due_at(coach: Coach, moment: datetime) -> Conversation:
    """Somebody who wrote this morning by their own clock, and whose reminder is due at the moment.

    They live where it is now the hour at which such a reminder comes, so that no quiet hours move it.
    """
    for zone, hours in itertools.product(_zones(), range(4, 13)):
        told = ProfileChanged(name="Sam", timezone=zone)
        armed = moment - timedelta(hours=hours)
        conversation = reminded(coach, armed, (told, *TO_THE_REMINDER[1:]))
        first = min(timer.due for timer in conversation.timers)
        if timedelta() <= moment - first < timedelta(hours=1):
            return _later(conversation, moment - first)
    raise AssertionError("somewhere it is that hour")


def _zones() -> Iterator[str]:
    yield from (f"Etc/GMT{offset:+d}" for offset in range(-12, 13))
