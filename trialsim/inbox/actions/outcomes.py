"""What the work on a ticket was worth, stored with its trace."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import Case, Ticket
from trialsim.simulation import outcome
from trialsim.simulation.codec import to_json
from trialsim.trials.models import Trial


def finish(session: Session, work: Casework, at: datetime) -> None:
    """Read the outcome of a ticket that is over for now; a reopening makes it open again."""
    _score(work)
    work.case.finished_at = at
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


def _score(work: Casework) -> None:
    trace = outcome.outcome(work.form, work.state, work.records)
    work.case.outcome = trace.value
    work.case.trace = to_json(trace)
