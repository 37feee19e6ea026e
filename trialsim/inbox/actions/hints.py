"""Hints on practice tickets: one after the other, kept as evidence of learning, never a score."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.casework import casework
from trialsim.inbox.models import Status, Ticket
from trialsim.inbox.rules import RUNNING
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, NotFound
from trialsim.simulation.hints import Hint, hint, level_after
from trialsim.trials.models import Trial

OVER = (Status.SOLVED, Status.CLOSED)


def take_hint(
    session: Session, trial: Trial, ticket: Ticket, *, by: Person, now: datetime
) -> Hint | None:
    """Give the next hint on a practice ticket as it stands now; None when there is nothing new.

    Raises:
        NotFound: for any other ticket: there are no hints where work counts.
        Conflict: for a ticket that is solved, or after the end.
    """
    if not ticket.practice:
        raise NotFound
    if ticket.status in OVER or trial.state not in RUNNING:
        raise Conflict("This conversation is solved, so there is nothing left to hint at.")
    work = casework(session, trial, ticket)
    found = hint(work.form, work.state, level_after(len(work.case.hints)), work.rules)
    if work.case.hints and work.case.hints[-1]["words"] == found.words:
        return None
    kept = {
        "level": str(found.level),
        "words": found.words,
        "article": found.article,
        "at": now.isoformat(),
    }
    work.case.hints = [*work.case.hints, kept]
    session.add(work.case)
    detail = {"ticket": ticket.public_id, "level": str(found.level)}
    record(session, "hint_taken", trial.public_id, by=by.id, at=now, detail=detail)
    return found
