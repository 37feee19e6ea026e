"""The candidate's views: how many wait, and which."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, exists, false, func, or_
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from trialsim.inbox.models import Channel, ComingTurn, Customer, Message, Outgoing, Status, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.queries.ladder import held_for_chat, not_planned_for_open_chat
from trialsim.inbox.rules import DESK_WORK, LOW_WATER, RUNNING
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time
from trialsim.trials.rules import TrialState

PAGE = 50
SOLVED_WITHIN = timedelta(days=7)
VIEWS = {
    "reply": "Needs a reply",
    "pending": "Waiting on customer",
    "hold": "On hold",
    "solved": "Solved this week",
}


@dataclass(frozen=True, slots=True)
class View:
    """One view with its live count."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Line:
    """One ticket in a list."""

    ticket: Ticket
    customer: str
    plan: str

    @property
    def is_unread(self) -> bool:
        """Whether nobody has answered what was written last."""
        return self.ticket.is_waiting


@dataclass(frozen=True, slots=True)
class Desk:
    """The views, and whether something is due that should happen before the page is read."""

    views: tuple[View, ...]
    channels: tuple[View, ...]
    due: bool
    incident_minute: int | None


def desk(session: Session, trial: Trial, time: Time, now: datetime) -> Desk:
    """Return the counts of all views and whether `catch_up` has work; one query."""
    counted = {
        **{f"view_{key}": _count(trial, _in_view(key, now)) for key in VIEWS},
        **{
            f"channel_{one}": _count(
                trial, and_(_in_view("reply", now), col(Ticket.channel) == one)
            )
            for one in Channel
        },
        "at_hand": _count(
            trial,
            and_(
                _in_view("reply", now), col(Ticket.practice) == (trial.state is TrialState.TRAINING)
            ),
        ),
    }
    turn_due, next_minute, early = _coming(trial, time, now)
    row = (
        session.connection()
        .execute(
            select(
                turn_due.label("turn_due"),
                next_minute.label("next_minute"),
                early.label("early"),
                _incident_minute(trial).label("incident_minute"),
                *(subquery.label(name) for name, subquery in counted.items()),
            )
        )
        .mappings()
        .one()
    )
    return Desk(
        views=tuple(View(key, label, row[f"view_{key}"]) for key, label in VIEWS.items()),
        channels=tuple(View(one.value, one.value, row[f"channel_{one}"]) for one in Channel),
        incident_minute=row["incident_minute"],
        due=is_due(
            trial,
            time,
            turn_due=bool(row["turn_due"]),
            next_minute=row["next_minute"],
            low=bool(row["early"]) and row["at_hand"] < LOW_WATER,
        ),
    )


def is_due(trial: Trial, time: Time, *, turn_due: bool, next_minute: int | None, low: bool) -> bool:
    """Whether `catch_up` has anything to do, from a page's one cheap query."""
    if trial.state not in RUNNING:
        return False
    if turn_due:
        return True
    if time.running is None:
        return False
    if time.left_this_week <= 0:
        return True
    at_desk = time.running.kind in DESK_WORK and next_minute is not None
    return at_desk and (low or (next_minute or 0) <= time.worked)


def lines(
    session: Session, trial: Trial, view: str, now: datetime, *, channel: str = "", words: str = ""
) -> list[Line]:
    """Return a view's tickets, whoever waits longest first; one query.

    `words` searches subjects, customers, numbers and everything written, over all views.
    """
    query = (
        select(Ticket, Customer.name, Customer.plan)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(Ticket.trial_id == trial.id)
    )
    if words:
        query = query.where(_matching(words)).order_by(col(Ticket.id).desc())
    else:
        query = query.where(_in_view(view, now)).order_by(
            *(
                (col(Ticket.solved_at).desc(),)
                if view == "solved"
                else (col(Ticket.waiting_since), col(Ticket.id))
            )
        )
    if channel in {one.value for one in Channel}:
        query = query.where(Ticket.channel == channel)
    return [Line(*row) for row in session.exec(query.limit(PAGE))]


def _coming(
    trial: Trial, time: Time, now: datetime
) -> tuple[ColumnElement[bool], ColumnElement[int], ColumnElement[bool]]:
    """Return what is still to come: a turn due, the next planned minute, one that may be early."""
    turn_due = or_(
        exists().where(col(ComingTurn.trial_id) == trial.id, col(ComingTurn.due_at) <= now),
        exists().where(col(Outgoing.trial_id) == trial.id, col(Outgoing.due_at) <= now),
    )
    next_minute = (
        select(func.min(ScheduledTicket.due_minute))
        .where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.released_at).is_(None),
            ScheduledTicket.practice == (trial.state is TrialState.TRAINING),
            ~func.coalesce(held_for_chat(trial, time), false()),
        )
        .scalar_subquery()
    )
    early = exists().where(
        col(ScheduledTicket.trial_id) == trial.id,
        col(ScheduledTicket.released_at).is_(None),
        *may_come_early(),
        not_planned_for_open_chat(trial),
        col(ScheduledTicket.practice) == (trial.state is TrialState.TRAINING),
    )
    return turn_due, next_minute, early


def incident_met(session: Session, trial: Trial) -> int | None:
    """Return the worked minute at which a trial met the incident; None before, or without one."""
    query = select(func.min(ScheduledTicket.due_minute)).where(
        ScheduledTicket.trial_id == trial.id,
        col(ScheduledTicket.incident).is_(True),
        col(ScheduledTicket.released_at).is_not(None),
    )
    return session.exec(query).one()


def _incident_minute(trial: Trial) -> ColumnElement[int]:
    """Return the worked minute at which the incident begins; None in a month without one."""
    return (
        select(func.min(ScheduledTicket.due_minute))
        .where(ScheduledTicket.trial_id == trial.id, col(ScheduledTicket.incident).is_(True))
        .scalar_subquery()
    )


def may_come_early() -> tuple[ColumnElement[bool], ...]:
    """Return what holds of a planned ticket that no minute is fixed for."""
    return col(ScheduledTicket.anchor).is_(False), col(ScheduledTicket.incident).is_not(True)


def _count(trial: Trial, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return (
        select(func.count())
        .select_from(Ticket)
        .where(Ticket.trial_id == trial.id, condition)
        .scalar_subquery()
    )


def _in_view(view: str, now: datetime) -> ColumnElement[bool]:
    if view == "pending":
        return col(Ticket.status) == Status.PENDING
    if view == "hold":
        return col(Ticket.status) == Status.HOLD
    if view == "solved":
        return and_(
            col(Ticket.status).in_((Status.SOLVED, Status.CLOSED)),
            func.coalesce(col(Ticket.solved_at), col(Ticket.opened_at)) > now - SOLVED_WITHIN,
        )
    return col(Ticket.status).in_(WAITING)


def _matching(words: str) -> ColumnElement[bool]:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    like = f"%{escaped}%"
    in_messages = exists().where(
        col(Message.ticket_id) == Ticket.id, col(Message.body).ilike(like, escape="\\")
    )
    conditions = [
        col(Ticket.subject).ilike(like, escape="\\"),
        col(Customer.name).ilike(like, escape="\\"),
        in_messages,
    ]
    number = words.removeprefix("#")
    if number.isdecimal() and len(number) < 9:  # noqa: PLR2004 (fits the column)
        conditions.append(col(Ticket.number) == int(number))
    return or_(*conditions)
