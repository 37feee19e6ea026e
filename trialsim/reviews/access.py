"""The doors of reviews: a review for its reviewer, feedback for its candidate, once released."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Customer, Ticket
from trialsim.kit.errors import NotFound
from trialsim.programmes.models import Membership
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.programmes.rules import Need, Role, Thing
from trialsim.reviews.models import Review
from trialsim.reviews.queries.pages import File
from trialsim.reviews.queries.waiting import mentors
from trialsim.reviews.rules.blinding import may_candidate_read
from trialsim.trials import access as trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing


def mentor(held: Iterable[Standing]) -> None:
    """Pass for whoever mentors a cohort now; for others there is no list of reviews."""
    _role(held, Role.MENTOR)


def candidate(held: Iterable[Standing]) -> None:
    """Pass for whoever is on trial; for others there is no list of feedback."""
    _role(held, Role.CANDIDATE)


def review(session: Session, person: Person, public_id: str) -> File:
    """Return a review for the one who writes it, while they mentor the cohort.

    Anybody else is told that it does not exist: other mentors, the candidate, managers.
    """
    found = session.exec(
        select(Review, Trial)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Membership, mentors(person))
        .where(Review.public_id == public_id, Review.reviewer_id == person.id)
    ).first()
    if found is None:
        raise NotFound
    return _file(session, *found)


def feedback(
    session: Session, person: Person, public_id: str, now: datetime
) -> tuple[File, Person]:
    """Return a released review about somebody's own work, and who wrote it."""
    found = session.exec(
        select(Review, Trial, Person)
        .join(Trial, col(Trial.id) == Review.trial_id)
        .join(Person, col(Person.id) == Review.reviewer_id)
        .where(Review.public_id == public_id, Trial.person_id == person.id)
    ).first()
    if found is None:
        raise NotFound
    row, trial, mentor = found
    if not may_candidate_read(released_at=row.released_at, now=now):
        raise NotFound
    return _file(session, row, trial), mentor


def pickable(session: Session, person: Person, ticket_id: str) -> tuple[Trial, Ticket]:
    """Return a conversation that somebody may pick for a review of their own."""
    found = session.exec(
        select(Ticket, Trial.public_id)
        .join(Trial, col(Trial.id) == Ticket.trial_id)
        .where(Ticket.public_id == ticket_id)
    ).first()
    if found is None:
        raise NotFound
    ticket, trial_id = found
    trial, _ = trials.trial(session, person, trial_id, Thing.REVIEW, Need.WRITE)
    return trial, ticket


def _role(held: Iterable[Standing], role: Role) -> None:
    if all(one.membership.role is not role for one in held):
        raise NotFound


def _file(session: Session, row: Review, trial: Trial) -> File:
    """Return what is stored around a review; one query."""
    rows: Any = session.exec(
        select(Ticket, Case, Customer, RubricRow)
        .join(Case, col(Case.ticket_id) == Ticket.id)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(RubricRow, col(RubricRow.id) == row.rubric_id)
        .where(Ticket.id == row.ticket_id)
    )
    ticket, case, customer, rubric = rows.one()
    candidate = session.exec(select(Person).where(Person.id == trial.person_id)).one()
    return File(row, trial, ticket, case, customer, rubric, candidate)
