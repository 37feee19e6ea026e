"""The tickets of a day that its candidate dropped: they enter no measure and nothing says why."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, exists, or_, select

from trialsim.inbox.models import Case, Message, MessageKind, Ticket
from trialsim.trials.models import TimeEntry, Trial


def dropped(session: Session, trials: Iterable[Trial]) -> frozenset[int]:
    """Return the tickets that came or were worked on upon a dropped day; no query without one."""
    parts = [
        and_(col(Ticket.trial_id) == trial.id, _of_day(*day_span(trial.dropped_on, trial.zone)))
        for trial in trials
        if trial.dropped_on is not None
    ]
    if not parts:
        return frozenset()
    rows = session.exec(
        select(Ticket.id).join(Case, col(Case.ticket_id) == Ticket.id).where(or_(*parts))
    )
    return frozenset(one for one in rows if one is not None)


def dropped_of(session: Session, trial_id: int) -> frozenset[int]:
    """Return the same for one trial."""
    return dropped(session, [session.get_one(Trial, trial_id)])


def day_span(day: date, zone: str) -> tuple[datetime, datetime]:
    """Return the instants at which a calendar day begins and ends in a zone."""
    place = ZoneInfo(zone)
    first = datetime.combine(day, time(), place)
    last = datetime.combine(day + timedelta(days=1), time(), place)
    return first.astimezone(UTC), last.astimezone(UTC)


def _of_day(opens: datetime, closes: datetime) -> ColumnElement[bool]:
    answered = exists().where(
        col(Message.ticket_id) == Ticket.id,
        col(Message.kind) == MessageKind.REPLY,
        col(Message.at) >= opens,
        col(Message.at) < closes,
    )
    handled = exists().where(
        col(TimeEntry.id) == Case.block,
        col(TimeEntry.started_at) >= opens,
        col(TimeEntry.started_at) < closes,
    )
    came = and_(col(Ticket.opened_at) >= opens, col(Ticket.opened_at) < closes)
    return or_(came, answered, handled)
