"""What the organisation has promised a candidate, by when, and what is late: pure.

Every debt here is the organisation's: no rule asks what the candidate did.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from trialsim.kit.worktime import WorkingHours, local_day, working_end

_WEEK = 7
_DAY = timedelta(days=1)


class PromiseKind(StrEnum):
    """What is promised."""

    FEEDBACK = "feedback"
    ANSWER = "answer"
    CHECK_IN = "check_in"
    HALF_WAY = "half_way"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Owing:
    """What is known of one trial.

    `feedback_due` are the instants by which drawn conversations are owed a review, `asked_at` those
    of questions without an answer, `check_ins` the weeks of the trial in which one was held.
    `decision_by` is None where nobody decides.
    """

    hours: WorkingHours
    starts_on: date
    ends_on: date
    length_days: int
    is_running: bool
    decision_by: date | None = None
    is_decided: bool = False
    feedback_due: tuple[datetime, ...] = ()
    asked_at: tuple[datetime, ...] = ()
    check_ins: frozenset[int] = frozenset()
    half_way_sent_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise that is open: what, by when, and how many things are owed by then.

    `whole_day` says that a day was promised: `due_at` is then its end in the candidate's zone.
    """

    kind: PromiseKind
    due_at: datetime
    count: int = 1
    whole_day: bool = False

    def is_late(self, now: datetime) -> bool:
        """Whether the promise is broken by now."""
        return self.due_at < now

    @property
    def named_at(self) -> datetime:
        """Return an instant of the promised day, or the promised instant itself."""
        return self.due_at - timedelta(minutes=1) if self.whole_day else self.due_at


def promises(owing: Owing, now: datetime) -> tuple[Promise, ...]:
    """Return what is open of each kind, the most pressing first; late ones lead by nature.

    Of feedback and answers there is one promise: how many are late, since when the oldest; with
    none late, how many are open and when the next is due.
    """
    answers = [answer_due(owing.hours, asked) for asked in owing.asked_at]
    found = [
        _gathered(PromiseKind.FEEDBACK, owing.feedback_due, now),
        _gathered(PromiseKind.ANSWER, answers, now),
        _check_in(owing, now),
        _half_way(owing),
        _decision(owing),
    ]
    return tuple(sorted((one for one in found if one is not None), key=_pressing))


def answer_due(hours: WorkingHours, asked_at: datetime) -> datetime:
    """Return when a question is owed an answer: one working day of the candidate's own later.

    Who has announced no hours is answered within a week.
    """
    start = timedelta(hours=hours.start.hour, minutes=hours.start.minute)
    end = timedelta(hours=hours.end.hour, minutes=hours.end.minute)
    minutes = (end - start).total_seconds() / 60
    return working_end(hours, asked_at, minutes) or asked_at + timedelta(days=_WEEK)


def half_way_day(length_days: int) -> int:
    """Return the day of the trial from which its half-way letter may be written."""
    return length_days // 2


def half_way_due_on(owing: Owing) -> date:
    """Return by which day the half-way letter is promised: the second work day from half on."""
    day = owing.starts_on + timedelta(days=half_way_day(owing.length_days) - 1)
    left = 2 - owing.hours.is_work_day(day)
    while left and day < owing.ends_on:
        day += _DAY
        left -= owing.hours.is_work_day(day)
    return day


def check_in_on(owing: Owing, week: int) -> date:
    """Return by which day the check-in of a week is promised: its last announced work day.

    Some days off do not move it: mentors read it, and must not read of a pause in it.
    """
    days = _days_of(owing, week)
    work = [day for day in days if owing.hours.is_announced(day)]
    return (work or days)[-1]


def next_check_in_week(owing: Owing) -> int:
    """Return the week whose check-in comes next: one after the last held; it may be long past.

    A check-in that was missed is made up for by the next one that is held, and a week without a
    work day has none.
    """
    week, last = max(owing.check_ins, default=0) + 1, _last_week(owing)
    while week < last and not any(map(owing.hours.is_work_day, _days_of(owing, week))):
        week += 1
    return week


def late(found: Iterable[Promise], now: datetime) -> tuple[Promise, ...]:
    """Return the broken ones."""
    return tuple(one for one in found if one.is_late(now))


def _last_week(owing: Owing) -> int:
    return (owing.ends_on - owing.starts_on).days // _WEEK + 1


def _days_of(owing: Owing, week: int) -> list[date]:
    """Return the days of a week of the trial, at least one."""
    first = min(owing.starts_on + timedelta(days=_WEEK * (week - 1)), owing.ends_on)
    days = [first + timedelta(days=place) for place in range(_WEEK)]
    return [day for day in days if day <= owing.ends_on]


def _gathered(kind: PromiseKind, due: Iterable[datetime], now: datetime) -> Promise | None:
    instants = sorted(due)
    if not instants:
        return None
    broken = sum(one < now for one in instants)
    return Promise(kind, instants[0], broken or len(instants))


def _check_in(owing: Owing, now: datetime) -> Promise | None:
    week = next_check_in_week(owing)
    this = max(1, (local_day(now, owing.hours.zone) - owing.starts_on).days // _WEEK + 1)
    if not owing.is_running or week > min(_last_week(owing), this + 1):
        return None
    return _by_day(PromiseKind.CHECK_IN, check_in_on(owing, week), owing)


def _half_way(owing: Owing) -> Promise | None:
    if not owing.is_running or owing.half_way_sent_at is not None:
        return None
    return _by_day(PromiseKind.HALF_WAY, half_way_due_on(owing), owing)


def _decision(owing: Owing) -> Promise | None:
    if owing.decision_by is None or owing.is_decided:
        return None
    return _by_day(PromiseKind.DECISION, owing.decision_by, owing)


def _by_day(kind: PromiseKind, day: date, owing: Owing) -> Promise:
    """Return a promise for the end of a day where the candidate is."""
    midnight = datetime.combine(day + _DAY, datetime.min.time(), ZoneInfo(owing.hours.zone))
    return Promise(kind, midnight.astimezone(UTC), whole_day=True)


def _pressing(promise: Promise) -> tuple[datetime, str]:
    return promise.due_at, promise.kind
