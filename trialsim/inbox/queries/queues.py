"""The candidate's views: how many wait, and which."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import and_, case, exists, false, func, literal, not_, or_, true
from sqlalchemy import select as columns
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select

from trialsim.inbox.models import Channel, ComingTurn, Customer, Outgoing, Ticket
from trialsim.inbox.queries.calls import held_for_call, not_planned_for_open_call
from trialsim.inbox.queries.ladder import held_for_chat, not_planned_for_open_chat
from trialsim.inbox.queries.search import Index, is_search_due
from trialsim.inbox.queries.views import (
    BOUND,
    VIEWS,
    Moments,
    OwnView,
    in_any_view,
    in_order,
    in_view,
    is_waiting,
    meets,
    own_views,
    sort_of,
)
from trialsim.inbox.queries.writing import Held, held_from, newest_held
from trialsim.inbox.rules import DESK_WORK, LOW_WATER, RUNNING
from trialsim.inbox.searching import Search, around_hit
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import Time
from trialsim.trials.rules import TrialState

PAGE = 50


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
    found_in: str = ""

    @property
    def is_unread(self) -> bool:
        """Whether nobody has answered what was written last."""
        return self.ticket.is_waiting


@dataclass(frozen=True, slots=True)
class Desk:
    """The views, and whether something is due that should happen before the page is read.

    `tabs` are those of the open tickets in which a customer waits, `search_due` whether something
    was written since the last search, `held` the newest reply that can still be taken back.
    """

    views: tuple[View, ...]
    own: tuple[View, ...]
    channels: tuple[View, ...]
    due: bool
    incident_minute: int | None
    tabs: frozenset[str]
    search_due: bool
    held: Held | None


def desk(session: Session, trial: Trial, time: Time, now: datetime) -> Desk:
    """Return the counts of all views and whether `catch_up` has work; one query."""
    own = own_views(trial)
    counted = _counted(own, practice=trial.state is TrialState.TRAINING)
    moments = Moments.at(now)
    turn_due, next_minute, early = _coming(trial, time, now)
    row = (
        session.connection()
        .execute(
            columns(
                turn_due.label("turn_due"),
                next_minute.label("next_minute"),
                early.label("early"),
                _incident_minute(trial).label("incident_minute"),
                _waiting_tabs(trial).label("tabs"),
                is_search_due(trial.id or 0).label("search_due"),
                newest_held(trial, now).label("held"),
                *counted,
            ).where(col(Ticket.trial_id) == trial.id),
            {"now": moments.now, "soon": moments.soon, "since": moments.since},
        )
        .mappings()
        .one()
    )
    return Desk(
        views=tuple(View(key, label, row[f"view_{key}"]) for key, label in VIEWS.items()),
        own=tuple(View(one.key, one.name, row[f"view_{one.key}"]) for one in own),
        tabs=frozenset((row["tabs"] or "").split(",")),
        search_due=bool(row["search_due"]),
        held=held_from(row["held"]),
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


def lines(  # noqa: PLR0913 (whose list, of which view, narrowed how)
    session: Session,
    trial: Trial,
    view: str,
    now: datetime,
    *,
    channel: str = "",
    search: Search | None = None,
    sort: str = "",
) -> list[Line]:
    """Return a view's tickets in its order, or what a search finds in all of them; one query."""
    index = Index(session)
    has_words = search is not None and bool(search.terms)
    query: Any = (
        select(
            Ticket,
            Customer.name,
            Customer.plan,
            index.shown if has_words else literal(""),
        )
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(Ticket.trial_id == trial.id)
    )
    if search is None:
        query = query.where(in_view(trial, view, now))
        query = query.order_by(*in_order(sort or sort_of(trial, view)))
    else:
        query = query.where(meets(search.operators, Moments.at(now)), not_(_asks_nothing(search)))
        if has_words:
            query = query.join(index.table, index.joins()).where(index.holds(search, trial.id or 0))
        query = query.order_by(index.ticket_id.desc() if has_words else col(Ticket.id).desc())
    if channel in {one.value for one in Channel}:
        query = query.where(Ticket.channel == channel)
    return [_line(*row, search=search) for row in session.exec(query.limit(PAGE))]


def _line(ticket: Ticket, name: str, plan: str, text: str, *, search: Search | None) -> Line:
    return Line(ticket, name, plan, around_hit(text, search.marks) if search and text else "")


def _asks_nothing(search: Search) -> ColumnElement[bool]:
    return false() if search.terms or search.operators else true()


@lru_cache(maxsize=512)
def _counted(own: tuple[OwnView, ...], *, practice: bool) -> tuple[Any, ...]:
    """Return the counts of the desk in one look at a trial's tickets.

    Built once for each set of saved views: putting it together anew would cost more than running
    it. Tickets asleep are at hand all the same.
    """
    reply = in_any_view("reply", BOUND)
    conditions = {
        **{f"view_{key}": in_any_view(key, BOUND) for key in VIEWS},
        **{f"view_{one.key}": in_any_view(one, BOUND) for one in own},
        **{f"channel_{one}": and_(reply, col(Ticket.channel) == one) for one in Channel},
        "at_hand": and_(is_waiting(), col(Ticket.practice).is_(practice)),
    }
    return tuple(
        func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)
        for name, condition in conditions.items()
    )


def _waiting_tabs(trial: Trial) -> ColumnElement[str]:
    """Return the public ids of open tickets in which a customer waits, with commas between."""
    ids = [str(one["id"]) for one in trial.desk.get("tabs", ())]
    return (
        select(func.aggregate_strings(col(Ticket.public_id), ","))
        .where(Ticket.trial_id == trial.id, col(Ticket.public_id).in_(ids), is_waiting())
        .scalar_subquery()
    )


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
            ~func.coalesce(held_for_call(trial, time), false()),
        )
        .scalar_subquery()
    )
    early = exists().where(
        col(ScheduledTicket.trial_id) == trial.id,
        col(ScheduledTicket.released_at).is_(None),
        *may_come_early(),
        not_planned_for_open_chat(trial),
        not_planned_for_open_call(trial),
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
