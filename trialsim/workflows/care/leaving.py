"""Leaving a trial: it closes, hours stay paid, and those who work with the candidate are told."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.sending import deliver_all
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Role
from trialsim.trials import actions as trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import members
from trialsim.trials.rules import TrialState

_OVER = (TrialState.CLOSED, TrialState.DECIDED)


def leave(
    session: Session, trial: Trial, *, by: Person, now: datetime, version: int, base_url: str
) -> None:
    """Close a trial because its candidate leaves it; nobody judges it any more.

    Raises:
        Conflict: when it is over already.
    """
    if trial.state in _OVER:
        raise Conflict("Your trial is over already.")
    take_version(session, trial, version)
    deliver_all(session, trial, now)
    trials.close(session, trial, by=by, now=now)
    trial.left_at = now
    session.add(trial)
    record(session, "trial_left", trial.public_id, by=by.id, at=now)
    cohort = session.get_one(Cohort, trial.cohort_id)
    _tell(session, cohort, trial, by, now)
    queue(
        session,
        recipient=by.email,
        subject=f"{cohort.name}: you have left",
        body=mail_text(
            "email/care/left_yourself.txt",
            person=by,
            cohort=cohort.name,
            address=f"{base_url}/trials/{trial.public_id}/hours",
        ),
        dedupe_key=f"left-{trial.public_id}-own",
        now=now,
    )


def managers(session: Session) -> list[Person]:
    """Return everybody who manages the installation."""
    query = select(Person).where(
        col(Person.is_manager).is_(True), col(Person.deactivated_at).is_(None)
    )
    return list(session.exec(query.order_by(col(Person.id))))


def _tell(session: Session, cohort: Cohort, trial: Trial, candidate: Person, now: datetime) -> None:
    told = {one.id: one for one in members(session, cohort.id or 0, Role.MENTOR)}
    told |= {one.id: one for one in managers(session)}
    for person in told.values():
        queue(
            session,
            recipient=person.email,
            subject=f"{candidate.name} has left {cohort.name}",
            body=mail_text(
                "email/care/left.txt",
                person=person,
                candidate=candidate.name,
                cohort=cohort.name,
            ),
            dedupe_key=f"left-{trial.public_id}-{person.public_id}",
            now=now,
        )
