from collections.abc import Callable

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_training_cohort
from tests.factories.inbox import at_work
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]
REASON = {"reason": "Both practice tickets solved, policies looked up unasked."}


@pytest.fixture
def started(session: Session, cast: Cast) -> Started:
    return a_training_cohort(session, cast)


@pytest.fixture
def path(started: Started) -> str:
    return f"/trials/{started.trial.public_id}/live"


def test_mentor_sees_practice_tickets_and_paid_time_before_deciding(
    as_person: SignsIn, cast: Cast, session: Session, started: Started, path: str
) -> None:
    _, _, tickets = at_work(session, started, START, minutes=200)

    page = as_person(cast.mina).get(path).text

    assert f"0 of {len(tickets)} solved" in page
    assert tickets[0].public_id in page


def test_mentor_opens_the_live_queue_with_a_reason(
    as_person: SignsIn, cast: Cast, session: Session, started: Started, path: str
) -> None:
    mina = as_person(cast.mina)

    mina.post(path, REASON)

    trial = session.get_one(Trial, started.trial.id)
    session.refresh(trial)
    assert (trial.state, trial.live_reason) == (TrialState.LIVE, REASON["reason"])
    assert REASON["reason"] in mina.get(path).text


def test_queue_does_not_open_without_a_reason(
    as_person: SignsIn, cast: Cast, session: Session, started: Started, path: str
) -> None:
    answer = as_person(cast.mina).post(path, {"reason": " "})

    session.refresh(started.trial)
    assert answer.status_code == 422
    assert started.trial.state is TrialState.TRAINING


def test_queue_that_is_open_does_not_open_again(as_person: SignsIn, cast: Cast, path: str) -> None:
    as_person(cast.mina).post(path, REASON)

    assert as_person(cast.mika).post(path, REASON).status_code == 409


@pytest.mark.parametrize(
    ("name", "status"), [("cem", 403), ("noor", 404), ("hana", 404), ("zed", 404)]
)
def test_nobody_but_mentors_and_managers_opens_a_live_queue(
    as_person: SignsIn, cast: Cast, path: str, name: str, status: int
) -> None:
    visitor = as_person(getattr(cast, name))

    assert visitor.get(path).status_code == status
    assert visitor.post(path, REASON).status_code == status
