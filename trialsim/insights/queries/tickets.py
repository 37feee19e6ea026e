"""Tickets, their hidden side and their messages as facts; part of the observations."""

from collections import defaultdict
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Text, cast
from sqlalchemy import select as select_columns
from sqlmodel import Session, col, select

from trialsim.inbox.models import Case, Message, MessageKind, Ticket
from trialsim.insights.observed import Rated, Reopened
from trialsim.insights.rules.waiting import Said, waiting_span
from trialsim.insights.rules.worked import PaidTime
from trialsim.measurement.speed import Span
from trialsim.measurement.types import TicketRow
from trialsim.trials.models import Trial

GOOD_RATING = 4
"""A customer's 4 or 5 of 5 counts as good."""

_EMPTY = "{}"


@dataclass(frozen=True, slots=True)
class TicketFacts:
    """One live ticket: where it stands, what the engine found, who wrote when."""

    said: Sequence[Said]
    scenario: str
    par_minutes: float
    outcome: float | None
    first_minute: float | None
    last_minute: float | None
    block: int | None
    finished_at: datetime | None
    was_asked: bool
    opened_at: datetime
    solved_at: datetime | None
    reopened_count: int
    rating: int | None
    active_seconds: int

    @property
    def is_scored(self) -> bool:
        """Whether it is over for now, with an outcome."""
        return self.finished_at is not None and self.outcome is not None


@dataclass(frozen=True, slots=True)
class Counted:
    """What one trial's tickets come to."""

    tickets: tuple[TicketRow, ...]
    outcomes: tuple[float, ...]
    spans: tuple[Span, ...]
    rated: Rated
    reopened: Reopened


def ticket_facts(
    session: Session, cohort_id: int, left_out: Container[int]
) -> dict[int, list[TicketFacts]]:
    """Return the live tickets of a cohort by trial but for some, oldest first; two queries."""
    said = _said(session, cohort_id)
    columns = (
        *(col(Ticket.trial_id), col(Ticket.id), col(Case.scenario), col(Case.scenario_version)),
        *(col(Case.par_minutes), col(Case.outcome), col(Case.first_minute)),
        *(col(Case.last_minute), col(Case.block), col(Case.finished_at)),
        cast(col(Case.rating_trace), Text) != _EMPTY,
        *(col(Ticket.opened_at), col(Ticket.solved_at), col(Ticket.reopened_count)),
        *(col(Ticket.rating), col(Ticket.active_seconds)),
    )
    rows = session.connection().execute(
        select_columns(*columns)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(col(Trial.cohort_id) == cohort_id, col(Ticket.practice).is_(False))
        .order_by(col(Ticket.id))
    )
    found: dict[int, list[TicketFacts]] = defaultdict(list)
    for trial_id, ticket_id, scenario, version, *rest in rows:
        if ticket_id in left_out:
            continue
        facts = TicketFacts(said.get(ticket_id or 0, ()), f"{scenario}@{version}", *rest)
        found[trial_id].append(facts)
    return found


def tickets_of(
    facts: Sequence[TicketFacts],
    code: str,
    paid: PaidTime,
    day_of: Callable[[datetime], float],
    now: datetime,
) -> Counted:
    """Return the observations of one trial's tickets; `day_of` says on which day it was."""
    scored = [one for one in facts if one.is_scored]
    ratings = [one.rating for one in facts if one.rating is not None]
    solved = [one for one in facts if one.solved_at is not None or one.reopened_count]
    rows = (_row(one, code, day_of) for one in scored)
    return Counted(
        tickets=tuple(row for row in rows if row is not None),
        outcomes=tuple(one.outcome or 0.0 for one in scored),
        spans=tuple(_span(one, paid, now) for one in facts),
        rated=Rated(
            sum(rating >= GOOD_RATING for rating in ratings),
            len(ratings),
            sum(one.was_asked or one.rating is not None for one in facts),
        ),
        reopened=Reopened(sum(one.reopened_count > 0 for one in solved), len(solved)),
    )


def _row(facts: TicketFacts, code: str, day_of: Callable[[datetime], float]) -> TicketRow | None:
    """Return a finished ticket's row; None when nobody worked on it, so that it has no hour."""
    if facts.finished_at is None or facts.first_minute is None or facts.last_minute is None:
        return None
    return TicketRow(
        candidate=code,
        scenario=facts.scenario,
        day=round(day_of(facts.finished_at), 4),
        block=str(facts.block or ""),
        hours=facts.last_minute / 60,
        par_minutes=facts.par_minutes,
        minutes=facts.active_seconds / 60,
        outcome=facts.outcome or 0.0,
        middle_hours=(facts.first_minute + facts.last_minute) / 2 / 60,
    )


def _span(facts: TicketFacts, paid: PaidTime, now: datetime) -> Span:
    """Return how long a customer waited; a conversation given up ends where it was given up."""
    return waiting_span(
        facts.said,
        paid,
        opened_at=facts.opened_at,
        solved_at=facts.solved_at,
        until=facts.finished_at or now,
    )


def _said(session: Session, cohort_id: int) -> Mapping[int, list[Said]]:
    rows = session.exec(
        select(Message.ticket_id, Message.at, Message.kind)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(
            Trial.cohort_id == cohort_id,
            col(Ticket.practice).is_(False),
            col(Message.kind).in_((MessageKind.CUSTOMER, MessageKind.REPLY)),
        )
        .order_by(col(Message.at), col(Message.id))
    )
    found: dict[int, list[Said]] = defaultdict(list)
    for ticket_id, at, kind in rows:
        found[ticket_id].append(Said(at, kind is MessageKind.REPLY))
    return found
