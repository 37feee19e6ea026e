"""The people of a cohort as they stand now; two queries at any size."""

from collections import defaultdict
from datetime import date, datetime, timedelta

from sqlalchemy import ScalarSelect, extract, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trialsim.accounts.models import Person
from trialsim.inbox.models import Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.insights.rules.attention import OnTrial
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.care.rules import Allowances, announced
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import week_starts

_LONGEST_WEEK = timedelta(days=8)  # seven of the candidate's own days, wherever they live
_MINUTES = 60
_HOURS = 7  # columns that announced hours are made from


def people_of(session: Session, cohort_id: int, now: datetime) -> tuple[OnTrial, ...]:
    """Return everybody on trial in a cohort, in the order of invitation."""
    answered = aliased(Post)
    open_question = (
        (col(Post.trial_id) == col(Trial.id))
        & (col(Post.kind) == PostKind.QUESTION)
        & (col(Post.author_id) == col(Trial.person_id))
        & ~select_columns(col(answered.id))
        .where(col(answered.question_id) == col(Post.id))
        .exists()
    )
    columns = (
        *(col(Trial.id), col(Trial.public_id), col(Person.name), col(Trial.state)),
        *(col(Trial.starts_on), col(Trial.allowances)),
        *(col(Trial.rules)["cap_hours_week"].as_integer(), col(Trial.weekdays)),
        *(col(Trial.day_starts), col(Trial.day_ends), col(Trial.zone), col(Trial.pauses)),
        *(col(Trial.dropped_on), col(Trial.earlier_hours)),
        _scalar(func.count(col(Post.id)), open_question),
        _scalar(func.min(Post.at), open_question),
        _scalar(
            func.max(Post.at),
            (col(Post.trial_id) == col(Trial.id)) & (col(Post.author_id) == col(Trial.person_id)),
        ),
        _scalar(
            func.min(Ticket.waiting_since),
            (col(Ticket.trial_id) == col(Trial.id)) & col(Ticket.status).in_(WAITING),
        ),
    )
    rows = session.connection().execute(
        select_columns(*columns)
        .join(Person, col(Person.id) == col(Trial.person_id))
        .where(col(Trial.cohort_id) == cohort_id)
        .order_by(col(Trial.id))
    )
    blocks, weeks = _recent_blocks(session, cohort_id, now), _Weeks(now)
    found = []
    for row in rows:
        trial_id, public_id, name, state, starts_on, allowed, cap, *rest = row
        hours, rest = announced(*rest[:_HOURS]), rest[_HOURS:]
        since = weeks.start(starts_on, hours.zone)
        logged = sum(minutes for start, minutes in blocks.get(trial_id, ()) if start >= since)
        found.append(
            OnTrial(
                *(trial_id, public_id, name, state, starts_on, hours),
                *(cap * _MINUTES, logged),
                *(*rest, Allowances(**allowed).wait_factor),
            )
        )
    return tuple(found)


class _Weeks:
    """When the present week of a trial began; asked once for all who started together there."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._known: dict[tuple[date, str], int] = {}

    def start(self, starts_on: date, zone: str) -> int:
        """Return the instant as whole seconds of the epoch."""
        if (starts_on, zone) not in self._known:
            began = week_starts(starts_on, zone, self._now)
            self._known[starts_on, zone] = int(began.timestamp())
        return self._known[starts_on, zone]


def _scalar(what: object, where: object) -> ScalarSelect[object]:
    """Return one value beside each trial."""
    return select_columns(what).where(where).correlate(Trial).scalar_subquery()  # type: ignore[call-overload, no-any-return]  # expressions of any type


def _recent_blocks(
    session: Session, cohort_id: int, now: datetime
) -> dict[int, list[tuple[int, int]]]:
    """Return (start in seconds of the epoch, whole paid minutes) of the last days, by trial.

    Reckoned by the database: turning thousands of instants into objects would cost the page more
    than everything else on it.
    """
    start = extract("epoch", col(TimeEntry.started_at))
    end = extract("epoch", func.coalesce(col(TimeEntry.ended_at), now))
    rows = session.connection().execute(
        select_columns(col(TimeEntry.trial_id), start, end)
        .join(Trial, col(Trial.id) == col(TimeEntry.trial_id))
        .where(col(Trial.cohort_id) == cohort_id, col(TimeEntry.started_at) >= now - _LONGEST_WEEK)
    )
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for trial_id, began, ended in rows:
        found[trial_id].append((int(began), max(0, int(ended - began) // _MINUTES)))
    return found
