"""Small stand-ins: a platform that records, a storage that fails, a watch that stands still, a coach of one dialog."""

from __future__ import annotations

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.coach.setting import Setting
from bot.content.catalog import Catalog, ChoiceWords, Template, Variant, Wording
from bot.content.message import OutgoingMessage
from bot.engine.events import Reading
from bot.engine.model import Delay, Library, Message, Nudge, OneOf, Slot, Text
from bot.runtime.coach import Coach
from bot.runtime.delivery import Delivery, Sent
from bot.runtime.ports import Address, Letter, Loaded, StorageUnavailableError, UnopenedError
from tests.content.catalogs import english
from tests.engine.building import asks, dialog, library, state

MORNING = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
SAM = Address("terminal", "local", "sam")
PRIYA = Address("terminal", "local", "priya")


class FakePlatform:
    """Records what it was given and answers with the deliveries it was told to, then with ``Sent``."""

    def __init__(self, *deliveries: Delivery | Exception, name: str = "terminal") -> None:
        self.name = name
        self.sent: list[tuple[str, OutgoingMessage]] = []
        self.attempts: list[int] = []
        self.before_sending: Callable[[], Awaitable[object]] | None = None
        self._deliveries = deque(deliveries)

    async def send(self, address: Address, message: OutgoingMessage, letter: Letter) -> Delivery:
        if self.before_sending is not None:
            await self.before_sending()
        self.attempts.append(letter.id)
        delivery = self._deliveries.popleft() if self._deliveries else Sent()
        if isinstance(delivery, Exception):
            raise delivery
        if isinstance(delivery, Sent):
            self.sent.append((address.person, message))
        return delivery

    @property
    def keys(self) -> list[tuple[str, ...]]:
        """The message keys of what was shown."""
        return [message.keys for _, message in self.sent]


class FaultyStorage:
    """A storage whose call number ``fails_at`` (from 0) is lost, before or after the database has done it."""

    def __init__(self, inner: Any, fails_at: int | None = None, after: bool = False) -> None:
        self.calls: list[str] = []
        self._inner = inner
        self._fails_at = fails_at
        self._after = after

    def __getattr__(self, name: str) -> Callable[..., Awaitable[Any]]:
        async def call(*arguments: Any) -> Any:
            nth = len(self.calls)
            self.calls.append(name)
            if nth == self._fails_at and not self._after:
                raise StorageUnavailableError(name)
            result = await getattr(self._inner, name)(*arguments)
            if nth == self._fails_at:
                raise StorageUnavailableError(name)
            return result

        return call


class UnopenedFor:
    """A storage in which what is kept of one person does not open."""

    def __init__(self, inner: Any, person: Address, error: UnopenedError) -> None:
        self._inner = inner
        self._person = person
        self._error = error

    async def load(self, address: Address, inbound: str | None = None) -> Loaded:
        if address.user == self._person.user:
            raise self._error
        loaded: Loaded = await self._inner.load(address, inbound)
        return loaded

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


class Watch:
    """Seconds that stand still until they are moved."""

    def __init__(self, now: float = 0.0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


class Keyed(dict[str, Wording]):
    """Words for every key: the key itself, and each choice's code as its label."""

    def __init__(self, known: Library) -> None:
        super().__init__({key: _wording(key, codes) for key, codes in _keys(known)})


def _keys(known: Library) -> Iterable[tuple[str, Sequence[str]]]:
    yield from ((message.key, ()) for message in known.repairs.values())
    for one in known.dialogs.values():
        yield from ((nudge.message.key, ()) for nudge in one.nudges.values())
        for each in one.states.values():
            yield from ((message.key, ()) for message in each.says)
            question = getattr(each.body, "question", None)
            if question is not None:
                yield question.message.key, [choice.code for choice in question.choices]


def _wording(key: str, codes: Sequence[str]) -> Wording:
    return Wording((Variant(Template((key,))),), {code: ChoiceWords(Template((code,))) for code in codes})


def read(text: str, setting: Setting) -> Reading:
    """A reader that knows the word stop, and one word at which it fails."""
    if text == "boom":
        raise RuntimeError("a word of the person's: boom")
    return Reading(command="stop") if text == "stop" else Reading()


TEA = Nudge(
    "tea", "welcome", Message("welcome.tea"), after=Delay(plain=timedelta(hours=4)), lateness=timedelta(hours=4)
)


def small_coach() -> Coach:
    """It asks for news, then what next; `remind` brings one nudge four hours later."""
    known = library(
        dialog(
            "welcome",
            state("start", asks("welcome", "news"), "offer"),
            state("offer", asks("welcome", "next_step", "remind", "sent"), {"remind": "waiting", "sent": "end"}),
            state("waiting", asks("welcome", "so_far"), "end"),
            slots=[Slot("news", Text(80)), Slot("next_step", OneOf(("remind", "sent"))), Slot("so_far", Text(80))],
            nudges=[TEA],
            starts_on=("unclear", "smalltalk"),
        )
    )
    known = library_with_repairs(known, "failed", "not_saved", "exported")
    return Coach(known, Catalog({"en": english(Keyed(known))}), read)


def library_with_repairs(known: Library, *names: str) -> Library:
    """The library with more repairs, each worded by its key."""
    return replace(known, repairs={**known.repairs, **{name: Message(f"repairs.{name}") for name in names}})
