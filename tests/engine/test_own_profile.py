"""What a person sets stands above what their platform tells, and moves the reminders that are set."""

from datetime import UTC, datetime, timedelta

from bot.engine.conversation import Conversation, Profile, Timer
from bot.engine.events import MessageReceived, ProfileChanged, Reading
from bot.engine.model import (
    Ask,
    Delay,
    Dialog,
    Do,
    End,
    Facts,
    Library,
    Message,
    Nudge,
    Question,
    Skill,
    Slot,
    State,
    Text,
    To,
)
from bot.engine.step import step
from bot.engine.values import Values

NOW = datetime(2026, 3, 4, 10, 10, tzinfo=UTC)
TEN = datetime(2026, 3, 5, 10)


def settings(**given: str) -> Library:
    """A library whose one dialog sets the slots given."""

    def skill(known: Values, facts: Facts) -> Values:
        return dict(given)

    asked = Question("anything", Message("settings.anything"))
    states = {
        "start": State("start", To("ask"), body=Do("set")),
        "ask": State("ask", End(), body=Ask(asked)),
    }
    nudge = Nudge("later", "settings", Message("settings.later"), after=Delay(plain=timedelta(days=1)))
    dialog = Dialog("settings", states, {"anything": Slot("anything", Text(50))}, {"later": nudge}, ("unclear",))
    slots = {name: Slot(name, Text(60), "person") for name in given}
    return Library({"settings": dialog}, slots, {"set": Skill("set", (), tuple(given), skill)}, {"unclear": "settings"})


def told(library: Library, conversation: Conversation) -> Conversation:
    return step(library, conversation, MessageReceived("x", Reading()), NOW).conversation


def test_what_a_person_sets_becomes_their_profile() -> None:
    after = told(settings(timezone="Asia/Tokyo", language="en-US", country="JP"), Conversation())

    assert after.profile == Profile("", "Asia/Tokyo", "en-US", "JP")


def test_news_from_the_platform_does_not_undo_what_a_person_set() -> None:
    library = settings(language="en-US")
    own = told(library, Conversation())

    after = step(library, own, ProfileChanged("Sam", "Europe/London", "en", "GB"), NOW).conversation

    assert after.profile == Profile("Sam", "Europe/London", "en-US", "GB")


def test_reminders_move_with_the_zone() -> None:
    kept = Conversation(timers=(Timer("settings.later", TEN, TEN.replace(tzinfo=UTC)),))

    (timer,) = told(settings(timezone="Asia/Tokyo"), kept).timers

    assert timer.due == datetime(2026, 3, 5, 1, tzinfo=UTC)


def test_reminders_move_out_of_new_quiet_hours() -> None:
    kept = Conversation(timers=(Timer("settings.later", TEN, TEN.replace(tzinfo=UTC)),))

    (timer,) = told(settings(quiet_to="12:00"), kept).timers

    assert timer.due == datetime(2026, 3, 5, 12, tzinfo=UTC)


def test_reminders_stay_where_nothing_about_them_changed() -> None:
    snoozed = Timer("settings.later", TEN, datetime(2026, 3, 5, 10, 30, tzinfo=UTC))

    (timer,) = told(settings(nickname="Sam"), Conversation(timers=(snoozed,))).timers

    assert timer == snoozed
