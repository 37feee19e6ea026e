"""What the pages that put the desk in order read: what is next, the chosen ones, incidents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.inbox.models import Customer, Outgoing, Skip, Status, Ticket
from trialsim.inbox.queries.views import in_order, in_view, sort_of
from trialsim.kit.worktime import local_day
from trialsim.trials.models import Trial

_LISTED = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket with its customer's name and plan."""

    ticket: Ticket
    customer: str
    plan: str


@dataclass(frozen=True, slots=True)
class SkipRow:
    """One ticket that was passed over, with its number and subject."""

    skip: Skip
    ticket: Ticket


def next_in_view(
    session: Session, trial: Trial, view: str, now: datetime, besides: int | None = None
) -> Ticket | None:
    """Return the next ticket to work on in a view's order.

    What was passed over today, what is over, and what has a reply on its way are left out.
    """
    today = local_day(now, trial.zone)
    skips = session.exec(
        select(Skip).where(Skip.trial_id == trial.id).order_by(col(Skip.id).desc()).limit(_LISTED)
    )
    left_out = {one.ticket_id for one in skips if local_day(one.at, trial.zone) == today}
    if besides is not None:
        left_out.add(besides)
    sending = select(Outgoing.ticket_id).where(Outgoing.trial_id == trial.id)
    return session.exec(
        select(Ticket)
        .where(
            Ticket.trial_id == trial.id,
            in_view(trial, view, now),
            col(Ticket.status).not_in((Status.SOLVED, Status.CLOSED)),
            col(Ticket.id).not_in(left_out),
            col(Ticket.id).not_in(sending),
        )
        .order_by(*in_order(sort_of(trial, view)))
        .limit(1)
    ).first()


def chosen(session: Session, trial: Trial, public_ids: Iterable[str]) -> list[Row]:
    """Return some of a trial's tickets by their public ids, the oldest first."""
    return _rows(session, trial, col(Ticket.public_id).in_(list(public_ids)))


def listed(session: Session, trial: Trial, view: str, now: datetime, limit: int) -> list[Row]:
    """Return the first tickets of a view."""
    query = _select(trial, in_view(trial, view, now)).order_by(*in_order(sort_of(trial, view)))
    return [Row(*row) for row in session.exec(query.limit(limit))]


def incidents(session: Session, trial: Trial, problem: Ticket) -> list[Row]:
    """Return the incidents of a problem, the oldest first."""
    return _rows(session, trial, col(Ticket.problem_id) == problem.id)


def by_number(session: Session, trial: Trial, number: int) -> Ticket | None:
    """Return one of a trial's tickets by its number."""
    query = select(Ticket).where(Ticket.trial_id == trial.id, Ticket.number == number)
    return session.exec(query).first()


def skips(session: Session, trial: Trial) -> list[SkipRow]:
    """Return what was passed over in a trial, the latest first."""
    rows = session.exec(
        select(Skip, Ticket)
        .join(Ticket, col(Ticket.id) == Skip.ticket_id)
        .where(Skip.trial_id == trial.id)
        .order_by(col(Skip.at).desc(), col(Skip.id).desc())
        .limit(_LISTED)
    )
    return [SkipRow(skip, ticket) for skip, ticket in rows]


def _rows(session: Session, trial: Trial, condition: Any) -> list[Row]:  # noqa: ANN401 (a condition)
    query = _select(trial, condition).order_by(col(Ticket.number)).limit(_LISTED)
    return [Row(*row) for row in session.exec(query)]


def _select(trial: Trial, condition: Any) -> Any:  # noqa: ANN401 (a query of three)
    return (
        select(Ticket, Customer.name, Customer.plan)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(Ticket.trial_id == trial.id, condition)
    )
