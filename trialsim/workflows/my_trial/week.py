"""This week's plan and what the organisation has promised, for the candidate's first page."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import literal, select, union_all
from sqlmodel import Session, col

from trialsim.insights.queries.promises import owing_of
from trialsim.kit.worktime import local_day
from trialsim.letters.actions import rateable_now
from trialsim.letters.models import TrialRating
from trialsim.reviews.models import Review
from trialsim.room.models import Post
from trialsim.room.rules import PostKind, day_minutes
from trialsim.trials.models import Trial
from trialsim.trials.promises import Owing, Promise, check_in_on, promises
from trialsim.trials.rules import TrialState
from trialsim.web.filters import duration
from trialsim.workflows.my_trial.queries import MyTrialPage

_WEEK = 7


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One line of the plan: what, how much is done, how much is planned, and a word on it."""

    what: str
    done: str
    plan: str
    why: str
    endpoint: str = ""


@dataclass(frozen=True, slots=True)
class WeekPage:
    """This week, and the promises; `rates` says that this week has not been rated yet."""

    rows: tuple[PlanRow, ...]
    promises: tuple[Promise, ...]
    half_way_sent_at: datetime | None
    may_close: bool
    rates: bool
    now: datetime

    @property
    def late(self) -> int:
        """Return how many promises are broken."""
        return sum(one.is_late(self.now) for one in self.promises)


def week_page(session: Session, page: MyTrialPage, now: datetime) -> WeekPage:
    """Return what this week holds for whom the page is about; two queries."""
    trial = page.trial
    owing = owing_of(session, [trial], page.cohort.decision_by)[trial.id or 0]
    done = _done(session, trial)
    is_begun = page.is_running and page.time.day >= 1
    return WeekPage(
        rows=_rows(page, owing, done, now) if is_begun else (),
        promises=promises(owing, now),
        half_way_sent_at=owing.half_way_sent_at,
        may_close=_may_close(page),
        rates=bool(set(rateable_now(trial, now)[-1:]) - done.rated),
        now=now,
    )


@dataclass(frozen=True, slots=True)
class Done:
    """What a candidate has done so far: days with an update, weeks rated, feedback not yet read."""

    updates: frozenset[date]
    rated: frozenset[int]
    unread: int


def announced_minutes(owing: Owing, first: date) -> int:
    """Return the minutes announced for the week that begins on a day, within the trial."""
    days = [first + timedelta(days=place) for place in range(_WEEK)]
    work = sum(owing.hours.is_work_day(one) and one <= owing.ends_on for one in days)
    return round(work * day_minutes(owing.hours))


def _done(session: Session, trial: Trial) -> Done:
    """Return what was done; one query."""
    nothing = literal(0)
    parts: tuple[Any, ...] = (
        select(literal("update"), col(Post.at), nothing).where(
            col(Post.trial_id) == trial.id,
            col(Post.author_id) == trial.person_id,
            col(Post.kind) == PostKind.UPDATE,
        ),
        select(literal("rated"), col(TrialRating.at), col(TrialRating.week)).where(
            col(TrialRating.trial_id) == trial.id
        ),
        select(literal("unread"), col(Review.released_at), nothing).where(
            col(Review.trial_id) == trial.id,
            col(Review.released_at).is_not(None),
            col(Review.read_at).is_(None),
        ),
    )
    rows = session.connection().execute(union_all(*parts)).all()
    return Done(
        frozenset(local_day(at, trial.zone) for kind, at, _ in rows if kind == "update"),
        frozenset(week for kind, _, week in rows if kind == "rated"),
        sum(kind == "unread" for kind, _, _ in rows),
    )


def _rows(page: MyTrialPage, owing: Owing, done: Done, now: datetime) -> tuple[PlanRow, ...]:
    first = owing.starts_on + timedelta(days=_WEEK * (page.time.week - 1))
    planned = min(announced_minutes(owing, first), page.rules.cap_hours_week * 60)
    left = max(0, min(planned - page.time.worked_this_week, page.time.left_this_week))
    updates, days = _updates(page, done, first, now)
    is_held = page.time.week in owing.check_ins
    on = check_in_on(owing, page.time.week)
    return (
        PlanRow(
            "Paid hours",
            duration(page.time.worked_this_week),
            duration(planned),
            f"{duration(left)} left of what you announced" if left else "All you announced is done",
            "pay.own_hours",
        ),
        PlanRow(
            "Daily updates", f"{updates}", f"{days}", "One for each day you worked", "room.own"
        ),
        PlanRow(
            "Feedback to read",
            "",
            f"{done.unread}",
            "Fresh while you remember the conversation" if done.unread else "All read",
            "feedback.index",
        ),
        PlanRow(
            "Check-in",
            "1" if is_held else "0",
            "1",
            "Held" if is_held else f"By {on:%A} {on.day} {on:%B}; your mentor proposes a time",
        ),
    )


def _updates(page: MyTrialPage, done: Done, first: date, now: datetime) -> tuple[int, int]:
    """Return the days of a week with a daily update, and the days worked in it."""
    trial = page.trial
    today = local_day(now, trial.zone)
    days = [first + timedelta(days=place) for place in range(_WEEK)]
    worked = {
        day
        for one in page.days
        if one.state in ("done", "today")
        and (day := trial.starts_on + timedelta(days=one.number - 1)) in days
    }
    if not page.time.worked_today:
        worked.discard(today)
    return sum(one in done.updates for one in days), len(worked)


def _may_close(page: MyTrialPage) -> bool:
    last_week = page.time.day > page.rules.length_days - _WEEK
    is_open = page.trial.state in (TrialState.LIVE, TrialState.CLOSED)
    return page.rules.has_committee and page.trial.live_at is not None and last_week and is_open
