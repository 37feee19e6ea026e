"""A mentor's statement: one a trial, written before anybody else's is read."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Recommendation, Statement
from trialsim.committee.queries import identities, packets, statements
from trialsim.committee.rules.blinding import telling_words
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState


def write_statement(
    session: Session,
    trial: Trial,
    recommendation: Recommendation,
    body: str,
    *,
    by: Person,
    now: datetime,
) -> Statement:
    """Keep what a mentor says; it cannot be changed, because others' are open to them afterwards.

    Raises:
        Conflict: before the live queue, after the packet was sealed, or for a second one.
        Invalid: without words, or with words that tell the committee who the candidate is.
    """
    typed = {"body": body}
    session.exec(select(Trial.id).where(Trial.id == trial.id).with_for_update()).one()
    if statements.own(session, trial, by) is not None:
        raise Conflict("You have written your statement already. It stands as it is.", typed)
    if trial.state not in (TrialState.LIVE, TrialState.CLOSED):
        raise Conflict("A statement can be written once the live queue is open.", typed)
    if packets.current(session, trial.id or 0) is not None:
        raise Conflict("The packet has been sealed, so it takes no more statements.", typed)
    if fault := body_fault(session, trial, body):
        raise Invalid(fields={"body": fault})
    row = Statement(
        trial_id=trial.id or 0,
        mentor_id=by.id or 0,
        recommendation=recommendation,
        body=body,
        at=now,
    )
    session.add(row)
    session.flush()
    record(session, "statement_written", trial.public_id, by=by.id, at=now)
    return row


def body_fault(session: Session, trial: Trial, body: str) -> str:
    """Return what keeps a text from being read by a blind committee, or nothing."""
    if not body.strip():
        return "Please write what your recommendation rests on."
    person = session.get_one(Person, trial.person_id)
    told = telling_words(body, identities.candidate(person, trial))
    if not told:
        return ""
    return (
        f"The committee does not know who {trial.code} is. Please write “{trial.code}”, “they” or "
        f"“the customer” instead of: {', '.join(told)}."
    )
