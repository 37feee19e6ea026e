"""What a mentor should look at today: facts about people to a short list of things to do.

Every entry names something somebody can do something about; none is a judgement, none a rank.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from trialsim.insights.words import paid_words
from trialsim.kit.worktime import WorkingHours, local_day, working_minutes
from trialsim.measurement.wording import count_word
from trialsim.trials.rules import TrialState

SILENT_DAYS = 2
STUCK_MINUTES = 8 * 60
NEARLY_FULL_MINUTES = 60

_RUNNING = (TrialState.TRAINING, TrialState.LIVE)
_DAY = timedelta(days=1)


class Place(StrEnum):
    """Where an entry leads."""

    ROOM = "room"
    PROGRESS = "progress"
    REVIEWS = "reviews"


@dataclass(frozen=True, slots=True)
class OnTrial:
    """Somebody on trial as they stand now; instants are UTC, minutes are paid ones.

    `asked_at` is when the oldest unanswered question was asked, `waiting_since` since when the
    customer who has waited longest waits, as their clocks count it (`wait_factor`).
    """

    trial_id: int
    public_id: str
    name: str
    state: TrialState
    starts_on: date
    hours: WorkingHours
    cap_minutes: int
    logged_minutes: int
    questions: int = 0
    asked_at: datetime | None = None
    wrote_at: datetime | None = None
    waiting_since: datetime | None = None
    wait_factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Owed:
    """Feedback the organisation owes: conversations, and since when the oldest."""

    conversations: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look at: title, why, and where it leads; `name` is empty for the cohort."""

    title: str
    words: str
    action: str
    place: Place
    name: str = ""
    public_id: str = ""


def entries(
    people: Sequence[OnTrial],
    owed: Owed | None,
    fallen: Iterable[tuple[OnTrial, Sequence[float]]],
    now: datetime,
) -> tuple[Entry, ...]:
    """Return what needs somebody today: people's questions first, hours last.

    Within one kind people come in the order of invitation. `fallen` are those whose quality lies
    below the week before's, with both figures.
    """
    running = [one for one in people if one.state in _RUNNING]
    found: list[Entry | None] = [_question(one, now) for one in running]
    found.append(_owed(owed) if owed else None)
    found += [_fell(one, figures) for one, figures in fallen if one.state in _RUNNING]
    for kind in (_stuck, _silent):
        found += [kind(one, now) for one in running]
    found += [_nearly_full(one) for one in running]
    found += [_not_started(one, now) for one in people]
    return tuple(entry for entry in found if entry is not None)


def silent_days(one: OnTrial, now: datetime) -> int:
    """Return the whole working days of somebody's own since they last wrote; today not counted."""
    wrote = local_day(one.wrote_at, one.hours.zone) if one.wrote_at else one.starts_on - _DAY
    day, today, count = wrote + _DAY, local_day(now, one.hours.zone), 0
    while day < today:
        count += one.hours.is_work_day(day)
        day += _DAY
    return count


def _question(one: OnTrial, now: datetime) -> Entry | None:
    if one.asked_at is None:
        return None
    waited = paid_words(working_minutes(one.hours, one.asked_at, now))
    what = "a question" if one.questions == 1 else f"{count_word(one.questions)} questions"
    which = "It" if one.questions == 1 else "The first"
    words = f"{which} has waited {waited} of their working hours. A working day is promised."
    return _entry(one, f"{one.name} asked {what}", words, "Answer", Place.ROOM)


def _owed(owed: Owed) -> Entry:
    one = owed.conversations == 1
    what = "one conversation" if one else f"{count_word(owed.conversations)} conversations"
    return Entry(
        f"Feedback is owed for {what}",
        f"It was promised within a day of the draw{'' if one else '; the oldest'}, "
        f"by {owed.since:%H:%M} UTC on {owed.since.day} {owed.since:%B}.",
        "Review",
        Place.REVIEWS,
    )


def _fell(one: OnTrial, figures: Sequence[float]) -> Entry:
    before, after = figures
    words = (
        f"{after:.0f} after {before:.0f} of 100 the week before. No two weeks bring the same "
        "tickets, so this is a reason to look."
    )
    title = f"{one.name}: what was different this week?"
    return _entry(one, title, words, "See the replies", Place.PROGRESS)


def _stuck(one: OnTrial, now: datetime) -> Entry | None:
    if one.waiting_since is None:
        return None
    minutes = working_minutes(one.hours, one.waiting_since, now) / one.wait_factor
    if minutes < STUCK_MINUTES:
        return None
    words = f"A customer has waited {paid_words(minutes)} of their working hours for a reply."
    title = f"{one.name}: stuck, or waiting for somebody?"
    return _entry(one, title, words, "Ask kindly", Place.ROOM)


def _silent(one: OnTrial, now: datetime) -> Entry | None:
    days = silent_days(one, now)
    if days < SILENT_DAYS:
        return None
    title = f"{one.name} has not written for {count_word(days)} working days"
    words = "No update and no post in the room. Days off are fine; a kind word does no harm."
    return _entry(one, title, words, "Write", Place.ROOM)


def _nearly_full(one: OnTrial) -> Entry | None:
    if one.logged_minutes < one.cap_minutes - NEARLY_FULL_MINUTES:
        return None
    title = (
        f"{one.name} has logged {paid_words(one.logged_minutes)} of {paid_words(one.cap_minutes)}"
    )
    words = "The queue closes at the week’s hours. Extra work isn’t counted and isn’t expected."
    return _entry(one, title, words, "Write", Place.ROOM)


def _not_started(one: OnTrial, now: datetime) -> Entry | None:
    if one.state is not TrialState.INVITED or local_day(now, one.hours.zone) < one.starts_on:
        return None
    title = f"{one.name} has not accepted the terms yet"
    words = "The trial has begun. Perhaps the invitation did not arrive?"
    return _entry(one, title, words, "Write", Place.ROOM)


def _entry(one: OnTrial, title: str, words: str, action: str, place: Place) -> Entry:
    return Entry(title, words, action, place, one.name, one.public_id)
