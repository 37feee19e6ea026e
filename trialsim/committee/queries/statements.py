"""Mentors' statements: who is expected to write, who has, and what others wrote."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Statement
from trialsim.committee.rules.words import RECOMMENDATION_WORDS
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Role
from trialsim.reviews.models import Review, ReviewState
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class WrittenStatement:
    """One statement as mentors and managers read it."""

    author: str
    is_yours: bool
    recommendation: str
    body: str


def own(session: Session, trial: Trial, person: Person) -> Statement | None:
    """Return what somebody wrote about a trial."""
    query = select(Statement).where(
        Statement.trial_id == trial.id, Statement.mentor_id == person.id
    )
    return session.exec(query).first()


def written(session: Session, trial: Trial, reader: Person) -> tuple[WrittenStatement, ...]:
    """Return all statements about a trial, in the order they came."""
    rows = session.exec(
        select(Statement, Person)
        .join(Person, col(Person.id) == Statement.mentor_id)
        .where(Statement.trial_id == trial.id)
        .order_by(col(Statement.id))
    )
    return tuple(
        WrittenStatement(
            person.name, person.id == reader.id, RECOMMENDATION_WORDS[row.recommendation], row.body
        )
        for row, person in rows
    )


def expected(session: Session, trials: Mapping[int, Trial]) -> dict[int, list[Person]]:
    """Return the mentors who owe a statement on each of a cohort's trials; two queries.

    Those who lead the candidate or scored a conversation of theirs, while they mentor the cohort.
    """
    cohorts = {trial.cohort_id for trial in trials.values()}
    rows = session.exec(
        select(Person, Membership.cohort_id)
        .join(Membership, col(Membership.person_id) == Person.id)
        .where(
            col(Membership.cohort_id).in_(cohorts),
            Membership.role == Role.MENTOR,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    ).all()
    scored = set(
        session.exec(
            select(Review.trial_id, Review.reviewer_id)
            .where(col(Review.trial_id).in_(trials.keys()), Review.state == ReviewState.SUBMITTED)
            .distinct()
        ).all()
    )
    return {
        key: [
            person
            for person, cohort_id in rows
            if cohort_id == trial.cohort_id
            and (person.id == trial.mentor_id or (key, person.id) in scored)
        ]
        for key, trial in trials.items()
    }


def authors(session: Session, trials: Mapping[int, Trial]) -> dict[int, set[int]]:
    """Return who has written a statement, by trial."""
    found: dict[int, set[int]] = defaultdict(set)
    rows = session.exec(
        select(Statement.trial_id, Statement.mentor_id).where(
            col(Statement.trial_id).in_(trials.keys())
        )
    )
    for trial_id, mentor_id in rows:
        found[trial_id].add(mentor_id)
    return found


def missing(session: Session, trials: Mapping[int, Trial]) -> dict[int, list[Person]]:
    """Return the mentors whose statement has not come, by trial; three queries."""
    wrote = authors(session, trials)
    return {
        key: [person for person in people if person.id not in wrote.get(key, set())]
        for key, people in expected(session, trials).items()
    }
