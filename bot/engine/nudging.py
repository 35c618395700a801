"""Nudges: armed by consent, kept as timers, spoken with manners or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from bot.engine import restraint
from bot.engine.conditions import ALWAYS, holds
from bot.engine.conversation import Application, Conversation, Timer
from bot.engine.model import EVERY_DAY, Library, Nudge
from bot.engine.run import Run, Running
from bot.engine.schedules import after, due, wall_time
from bot.engine.values import Value

LIVE_TALK = timedelta(minutes=30)
"""A nudge waits while the person has written within this time."""

ASKED_AT = "asked_at"
"""The shared slot in which a library may have the moment at which the person asks to be written to."""

NO_MOMENT = "no_moment"
"""The shared slot in which a library may have why what the person asked for names no moment."""

MOVED_TO = "moved_to"
"""The shared slot in which a library may have the moment to which a nudge was moved."""

HELD_BACK = "held_back"
"""The shared slot in which a library may have that a nudge was moved to later than was asked, for its manners."""

APART = timedelta(hours=20)
"""One nudge of a series leaves this long before the next; what a weekend pushed together is left out."""

MOST_MARKS = 20
"""How many marks of fired and missed nudges are kept."""


# ---------------------------------------------------------------------------------------------------- arming


def arm_on_consent(run: Run, frame: Running, code: str) -> None:
    """Keep a timer for each nudge of this dialog that the picked choice consents to."""
    for nudge in frame.dialog.nudges.values():
        if nudge.consent == code:
            _arm(run, nudge)


def promises_the_past(run: Run, frame: Running, code: str) -> bool:
    """Whether the choice consents to a nudge at a moment that has gone by."""
    consented = [nudge.at for nudge in frame.dialog.nudges.values() if nudge.consent == code and nudge.at is not None]
    return any(isinstance(moment := run.get(at), datetime) and moment <= run.now for at in consented)


def _arm(run: Run, nudge: Nudge) -> None:
    """Keep the timer; what was promised for a moment on no condition stays beside others like it."""
    promised = _promised(run, nudge)
    if promised is None:
        return
    until = run.get(nudge.until) if nudge.until is not None else None
    run.arm(
        Timer(
            nudge=f"{nudge.dialog}.{nudge.name}",
            wall=promised,
            due=due(nudge, promised, run.now, run.profile.timezone, run.manners),
            until=until.astimezone(UTC) if isinstance(until, datetime) else None,
            application=run.application_number,
            values=run.some(nudge.carries),
            since=run.now if nudge.then else None,
        ),
        beside=nudge.at is not None and nudge.when == ALWAYS,
    )


def _promised(run: Run, nudge: Nudge) -> datetime | None:
    if nudge.after is not None:
        return after(nudge.after, run.now, run.profile.timezone, run.manners)
    moment = run.get(nudge.at) if nudge.at is not None else None
    return wall_time(moment, run.profile.timezone) if isinstance(moment, datetime) else None


def _arm_next(run: Run, timer: Timer, nudge: Nudge) -> None:
    """Keep a timer for the next one of a series, unless a newer consent has begun it anew."""
    since, zone = timer.since, run.profile.timezone
    if since is None or any(same_series(timer, one) for one in run.timers):
        return
    for delay in nudge.then:
        wall = after(delay, since, zone, run.manners)
        moment = due(nudge, wall, run.now, zone, run.manners)
        if wall > timer.wall and moment >= run.now + APART:
            run.arm(timer._replace(wall=wall, due=moment))
            return


def same_series(one: Timer, other: Timer) -> bool:
    """Whether two timers are of the same nudge about the same application."""
    return (one.nudge, one.application) == (other.nudge, other.application)


def replan(run: Run) -> None:
    """Work every due moment out anew from its wall time, for a changed zone, quiet hours or library.

    Days that the person has only just set hold for what was promised before, whatever day it was promised for.
    """
    planned, days = [], run.manners.working_days if days_set_anew(run) else EVERY_DAY
    for timer in (_on_one_of(days, timer) for timer in run.timers):
        nudge = find_nudge(run.library, timer.nudge)
        if nudge is None:
            # Kept until it is due: what an author took away by mistake may be back by then.
            planned.append(timer)
        else:
            planned.append(timer._replace(due=due(nudge, timer.wall, run.now, run.profile.timezone, run.manners)))
    run.timers = tuple(planned)


def days_set_anew(run: Run) -> bool:
    """Whether the person has said in this turn on which days they may be written to, be it the usual ones."""
    return run.person.get("working_days") != run.before.slots.get("working_days")


def _on_one_of(days: frozenset[int], timer: Timer) -> Timer:
    """The timer on the next of the days, at its hour; it is then valid for as long as one that was moved."""
    wall = timer.wall
    while wall.weekday() not in days:
        wall += timedelta(days=1)
    return timer if wall == timer.wall else timer._replace(wall=wall, until=None)


def move_nudge(run: Run) -> None:
    """Let the next nudge come at the moment in ``ASKED_AT``; when it will come is put into ``MOVED_TO``.

    ``HELD_BACK`` tells that this is later than was asked. Without a nudge to come, both stay unknown. What was asked
    for counts more than until when the nudge was to be valid.
    """
    asked = run.get(ASKED_AT)
    known = [timer for timer in run.timers if find_nudge(run.library, timer.nudge) is not None]
    if not isinstance(asked, datetime) or not known:
        return
    timer = min(known, key=lambda one: one.due)
    nudge = find_nudge(run.library, timer.nudge)
    assert nudge is not None, "only timers of known nudges are looked at"
    wall = wall_time(asked, run.profile.timezone)
    moment = due(nudge, wall, run.now, run.profile.timezone, run.manners)
    run.timers = tuple(one for one in run.timers if one is not timer)
    run.arm(timer._replace(wall=wall, due=moment, until=None))
    run.put(MOVED_TO, moment)
    if moment > asked:
        run.put(HELD_BACK, True)


def find_nudge(library: Library, name: str) -> Nudge | None:
    """The nudge that a timer names, also by a name that it had before."""
    dialog, _, nudge = name.partition(".")
    found = library.dialogs.get(dialog)
    return None if found is None else found.nudges.get(nudge) or found.nudges.get(found.renamed.get(nudge, ""))


# ---------------------------------------------------------------------------------------------------- firing


def take_due(run: Run) -> tuple[Timer, Nudge] | None:
    """Take the timers that are due off the conversation and return the one that may speak now, if any.

    Of several that are overdue only the newest speaks. All wait while the person is writing. The next one of a
    series is kept whether this one speaks or not, as long as it is wanted.
    """
    overdue = sorted((timer for timer in run.timers if timer.due <= run.now), key=lambda timer: timer.due)
    if not overdue or run.nudges_paused:
        return None
    if run.last_message is not None and run.now - run.last_message < LIVE_TALK:
        _put_off(run, overdue, run.last_message + LIVE_TALK)
        return None
    run.timers = tuple(timer for timer in run.timers if timer.due > run.now)
    speaks: tuple[Timer, Nudge] | None = None
    for timer in overdue:
        nudge = find_nudge(run.library, timer.nudge)
        reason = "gone" if nudge is None else _why_not(run, timer, nudge)
        if nudge is not None and reason != "no longer wanted":
            _arm_next(run, timer, nudge)
        if reason is not None or nudge is None:
            _miss(run, timer, reason or "gone")
            continue
        if restraint.counts(nudge) and restraint.enough_this_week(run):
            _miss(run, timer, "enough this week")
            continue
        if speaks is not None:
            _miss(run, speaks[0], "superseded")
        speaks = (timer, nudge)
    if speaks is not None:
        mark = reference(speaks[0])
        if mark in run.fired:
            return None
        run.fired = (*run.fired, mark)[-MOST_MARKS:]
    return speaks


def _put_off(run: Run, overdue: list[Timer], moment: datetime) -> None:
    """Wait for the end of the live talk; what would then be too late is missed."""
    kept = [timer for timer in run.timers if timer.due > run.now]
    for timer in overdue:
        if timer.until is not None and moment > timer.until:
            _miss(run, timer, "person was writing")
        else:
            kept.append(timer._replace(due=moment))
    run.timers = tuple(kept)


def _why_not(run: Run, timer: Timer, nudge: Nudge) -> str | None:
    application = run.applications.get(timer.application or run.current or 0)
    if not holds(nudge.when, _values(run.library, nudge, run.person, application)):
        return "no longer wanted"
    limit = timer.until if timer.until is not None else timer.due + nudge.lateness
    return "too late" if run.now > limit else None


def _values(
    library: Library, nudge: Nudge, person: Mapping[str, Value], application: Application | None
) -> Mapping[str, Value]:
    """What a nudge's condition sees: also what was saved with its application, but nothing that the nudge carries."""
    slots = library.seen[nudge.dialog].values()
    begun = {slot.name: slot.starts_as for slot in slots if slot.scope == "person" and slot.starts_as is not None}
    kept = {} if application is None else {**application.saved, **application.slots}
    return {**begun, **person, **kept}


def fall_silent(run: Run) -> None:
    """Let no nudge be due that counts; what the person asked for by the clock stays."""
    kept = []
    for timer in run.timers:
        nudge = find_nudge(run.library, timer.nudge)
        if nudge is not None and not restraint.counts(nudge):
            kept.append(timer)
        else:
            _miss(run, timer, "nobody answers")
    run.timers = tuple(kept)


def _miss(run: Run, timer: Timer, reason: str) -> None:
    run.missed = (*run.missed, f"{reference(timer)} {reason}")[-MOST_MARKS:]


def reference(timer: Timer) -> str:
    """A name for this firing: nudge, application and the promised wall time, in ids and digits only."""
    return f"{timer.nudge}/{timer.application or 0}@{timer.wall.isoformat()}"


def promised(mark: str) -> datetime:
    """The promised wall time that a mark names (naive, local)."""
    return datetime.fromisoformat(mark.rpartition("@")[2])


# ------------------------------------------------------------------------------------------- before sending


def still_wanted(library: Library, conversation: Conversation, mark: str) -> bool:
    """Whether a nudge that waits in the outbox may still be sent; ``mark`` is what its ``Send`` names.

    It is not after a stop, while nudges are paused, when its condition no longer holds, or when the person has written
    since it was put there.
    """
    if mark not in conversation.fired or conversation.nudges_paused:
        return False
    name, _, rest = mark.partition("/")
    nudge = find_nudge(library, name)
    number = int(rest.partition("@")[0])
    application = conversation.application(number or conversation.current)
    if nudge is None or conversation.last_nudge != mark:
        return False
    return holds(nudge.when, _values(library, nudge, conversation.slots, application))
