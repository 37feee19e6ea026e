"""Reading letters, check-ins, closing statements and ratings."""

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.letters.models import CheckIn, ClosingStatement, HalfWayLetter, TrialRating
from trialsim.letters.rules import Given
from trialsim.trials.models import Trial


def sent_letter(session: Session, trial: Trial) -> tuple[HalfWayLetter, Person] | None:
    """Return a trial's half-way letter with its author, once it is sent."""
    return session.exec(
        select(HalfWayLetter, Person)
        .join(Person, col(Person.id) == HalfWayLetter.mentor_id)
        .where(HalfWayLetter.trial_id == trial.id, col(HalfWayLetter.sent_at).is_not(None))
    ).first()


def own_draft(session: Session, trial: Trial, mentor: Person) -> HalfWayLetter | None:
    """Return the letter somebody has begun about a trial."""
    return session.exec(
        select(HalfWayLetter).where(
            HalfWayLetter.trial_id == trial.id, HalfWayLetter.mentor_id == mentor.id
        )
    ).first()


def closing_statement(session: Session, trial: Trial) -> ClosingStatement | None:
    """Return what a candidate tells the committee."""
    query = select(ClosingStatement).where(ClosingStatement.trial_id == trial.id)
    return session.exec(query).first()


def check_ins(session: Session, trial: Trial) -> list[tuple[CheckIn, str]]:
    """Return the check-ins that were held with the name of who held each, the newest first."""
    rows = session.exec(
        select(CheckIn, Person.name)
        .join(Person, col(Person.id) == CheckIn.by_id)
        .where(CheckIn.trial_id == trial.id)
        .order_by(col(CheckIn.week).desc())
    )
    return [(row, name) for row, name in rows]


def own_ratings(session: Session, trial: Trial) -> list[TrialRating]:
    """Return what a candidate said of the trial so far, week by week, the whole last."""
    rows = session.exec(select(TrialRating).where(TrialRating.trial_id == trial.id)).all()
    return sorted(rows, key=lambda one: (not one.week, one.week))


def given_ratings(session: Session, cohort_id: int) -> list[Given]:
    """Return a cohort's ratings without anybody's name."""
    rows = session.exec(
        select(TrialRating)
        .join(Trial, col(Trial.id) == TrialRating.trial_id)
        .where(Trial.cohort_id == cohort_id)
        .order_by(col(TrialRating.week))
    )
    return [Given(one.trial_id, one.week, one.score, one.words) for one in rows]
