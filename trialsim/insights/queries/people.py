"""The people of a cohort as they stand now; two queries at any size."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ScalarSelect, func
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trialsim.accounts.models import Person
from trialsim.inbox.models import Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.insights.rules.attention import OnTrial
from trialsim.kit.worktime import WorkingHours
from trialsim.room.models import Post, PostKind
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import Block, week_starts, worked_minutes

_LONGEST_WEEK = timedelta(days=8)  # seven of the candidate's own days, wherever they live
_MINUTES = 60


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
        *(col(Trial.starts_on), col(Trial.weekdays), col(Trial.day_starts), col(Trial.day_ends)),
        *(col(Trial.zone), col(Trial.rules)),
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
    blocks = _recent_blocks(session, cohort_id, now)
    found = []
    for row in rows:
        trial_id, public_id, name, state, starts_on, days, opens, closes, zone, rules, *rest = row
        since = week_starts(starts_on, zone, now)
        found.append(
            OnTrial(
                trial_id,
                public_id,
                name,
                state,
                starts_on,
                WorkingHours(frozenset(days), opens, closes, zone),
                int(rules["cap_hours_week"]) * _MINUTES,
                worked_minutes(blocks.get(trial_id, ()), now, since),
                *rest,
            )
        )
    return tuple(found)


def _scalar(what: object, where: object) -> ScalarSelect[object]:
    """Return one value beside each trial."""
    return select_columns(what).where(where).correlate(Trial).scalar_subquery()  # type: ignore[call-overload, no-any-return]  # expressions of any type


def _recent_blocks(session: Session, cohort_id: int, now: datetime) -> dict[int, Sequence[Block]]:
    rows = session.connection().execute(
        select_columns(col(TimeEntry.trial_id), col(TimeEntry.started_at), col(TimeEntry.ended_at))
        .join(Trial, col(Trial.id) == col(TimeEntry.trial_id))
        .where(col(Trial.cohort_id) == cohort_id, col(TimeEntry.started_at) >= now - _LONGEST_WEEK)
    )
    found: dict[int, list[Block]] = defaultdict(list)
    for trial_id, start, end in rows:
        found[trial_id].append(Block(start, end))
    return dict(found)
