"""What the work on a ticket was worth, stored with its trace."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from trialsim.inbox.casework import Casework, casework, states_of
from trialsim.inbox.models import Case, Ticket
from trialsim.simulation import twins
from trialsim.simulation.codec import to_json
from trialsim.simulation.joined_worth import worth
from trialsim.simulation.types import OutcomeTrace
from trialsim.trials.models import Trial


def finish(session: Session, work: Casework, at: datetime) -> None:
    """Read the outcome of a ticket that is over for now; a reopening makes it open again."""
    work.case.finished_at = at
    pairs = _about_the_same(session, work)
    _score(work, pairs)
    for twin, ticket in pairs:
        if twin.twin_of == work.ticket.id and twin.finished_at is not None:
            trial = session.get_one(Trial, ticket.trial_id)
            other = casework(session, trial, ticket)
            _score(other, [(work.case, work.ticket)])
            session.add(twin)
    session.add(work.case)


def score_open(session: Session, trial: Trial, at: datetime) -> None:
    """Read the outcome of every ticket still open when the trial ends."""
    rows = session.exec(
        select(Ticket)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .where(Ticket.trial_id == trial.id, col(Case.finished_at).is_(None))
    ).all()
    for ticket in rows:
        finish(session, casework(session, trial, ticket), at)


def _about_the_same(session: Session, work: Casework) -> list[tuple[Case, Ticket]]:
    """Return the other tickets about the same trouble of the same customer."""
    rows = session.exec(
        select(Case, Ticket)
        .join(Ticket, col(Ticket.id) == Case.ticket_id)
        .where(
            Case.trial_id == work.case.trial_id,
            or_(Case.twin_of == work.ticket.id, Case.ticket_id == (work.case.twin_of or 0)),
        )
    )
    return [(case, ticket) for case, ticket in rows]


def _score(work: Casework, pairs: list[tuple[Case, Ticket]]) -> None:
    trace = _trace(work, pairs)
    work.case.outcome = trace.value
    work.case.trace = to_json(trace)


def _trace(work: Casework, pairs: list[tuple[Case, Ticket]]) -> OutcomeTrace:
    """Return what it was worth: a twin merged where it belongs all, one answered as well half."""
    original = next((pair for pair in pairs if pair[0].ticket_id == work.case.twin_of), None)
    if original is not None and work.ticket.merged_into == original[1].id:
        return twins.merged_trace(original[1].number)
    trace = worth(work.forms, work.states, work.records)
    trace = twins.swallowed(trace, work.state.wrong_merges)
    if original is not None and work.state.answered and states_of(original[0])[0].answered:
        trace = twins.answered_twice(trace, original[1].number)
    return trace
