"""What the work on a ticket was worth, stored with its trace."""

from datetime import datetime

from sqlmodel import Session, col, or_, select

from trialsim.inbox.casework import Casework, casework, states_of
from trialsim.inbox.models import Case, Channel, Ticket
from trialsim.inbox.queries.overrules import Court, court
from trialsim.simulation import twins
from trialsim.simulation.codec import to_json
from trialsim.simulation.forum import naming_the_move
from trialsim.simulation.overruling import at_value, overruled_worth
from trialsim.simulation.types import OutcomeTrace
from trialsim.trials.models import Trial


def finish(session: Session, work: Casework, at: datetime) -> None:
    """Read the outcome of a ticket that is over for now; a reopening makes it open again."""
    work.case.finished_at = at
    pairs = _about_the_same(session, work)
    _score(session, work, pairs)
    for twin, ticket in pairs:
        if twin.twin_of == work.ticket.id and twin.finished_at is not None:
            trial = session.get_one(Trial, ticket.trial_id)
            other = casework(session, trial, ticket)
            _score(session, other, [(work.case, work.ticket)])
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


def score_again(
    session: Session, trial: Trial, ticket: Ticket
) -> tuple[float | None, float | None]:
    """Read the outcome anew after a ruling; return it before and after, None while it is open.

    Tickets about the same trouble follow: replies count where they were merged into.
    """
    work = casework(session, trial, ticket)
    before = work.case.outcome
    pairs = _about_the_same(session, work)
    for one in (work, *(casework(session, trial, other) for _, other in pairs)):
        if one.case.finished_at is not None:
            _score(session, one, _about_the_same(session, one))
            session.add(one.case)
    session.flush()
    return before, work.case.outcome


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


def _score(session: Session, work: Casework, pairs: list[tuple[Case, Ticket]]) -> None:
    merged = [ticket.id or 0 for _, ticket in pairs if ticket.merged_into == work.ticket.id]
    ruled = court(session, work.ticket.id or 0, work.forms, merged)
    trace = _trace(work, pairs, ruled)
    if ruled.value is not None:
        trace = at_value(trace, ruled.value)
    if work.case.form["channel"] == Channel.FORUM:
        trace = naming_the_move(trace, work.form.scenario, work.ticket.board)
    work.case.outcome = trace.value
    work.case.trace = to_json(trace)


def _trace(work: Casework, pairs: list[tuple[Case, Ticket]], ruled: Court) -> OutcomeTrace:
    """Return what it was worth: a twin merged where it belongs all, one answered as well half."""
    original = next((pair for pair in pairs if pair[0].ticket_id == work.case.twin_of), None)
    if original is not None and work.ticket.merged_into == original[1].id:
        return twins.merged_trace(original[1].number)
    trace = overruled_worth(work.forms, work.states, work.records, ruled.heard, ruled.rulings)
    trace = twins.swallowed(trace, work.state.wrong_merges)
    if original is not None and work.state.answered and states_of(original[0])[0].answered:
        trace = twins.answered_twice(trace, original[1].number)
    return trace
