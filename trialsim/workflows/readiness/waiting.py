"""Who waits for a mentor to decide: their readiness check is whole and the queue is shut."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.readiness.queries import Readiness, readiness_of_all


@dataclass(frozen=True, slots=True)
class Waiting:
    """A candidate whose training comes to its end; `readiness` says what is there."""

    trial: Trial
    candidate: str
    readiness: Readiness

    @property
    def words(self) -> str:
        """Return why somebody should look."""
        if self.readiness.check.is_whole:
            return "The readiness check is done. Open the live queue, or give one more day."
        return "The training days are over and something is missing. Please decide with them."


def waiting_for(session: Session, mentor: Person, now: datetime) -> tuple[Waiting, ...]:
    """Return who of a mentor's cohorts waits for a decision, the longest in training first.

    Five queries, however many candidates there are.
    """
    rows = session.exec(
        select(Trial, Person.name)
        .join(Person, col(Person.id) == Trial.person_id)
        .join(Membership, col(Membership.cohort_id) == Trial.cohort_id)
        .where(
            Trial.state == TrialState.TRAINING,
            Membership.person_id == mentor.id,
            Membership.role == Role.MENTOR,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Trial.accepted_at), col(Trial.id))
    ).all()
    found = readiness_of_all(session, [trial for trial, _ in rows], now)
    return tuple(
        Waiting(trial, name, readiness)
        for (trial, name), readiness in zip(rows, found, strict=True)
        if readiness.check.may_open
    )
