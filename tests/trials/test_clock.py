from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, col, select

from tests.cast import Cast
from tests.factories.cohort import a_started_cohort, a_training_cohort
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]


@pytest.fixture
def trial(session: Session, cast: Cast) -> Trial:
    return a_training_cohort(session, cast).trial


def test_clocking_in_starts_a_block_and_goes_back_where_one_was(
    as_person: SignsIn, cast: Cast, session: Session, trial: Trial
) -> None:
    answer = as_person(cast.cem).post(
        f"/trials/{trial.public_id}/clock", {"kind": "training", "next": "/account"}
    )

    entry = session.exec(select(TimeEntry)).one()
    assert answer.location == "/account"
    assert (entry.trial_id, entry.kind) == (trial.id, WorkKind.TRAINING)


def test_clocking_in_never_leads_off_site(as_person: SignsIn, cast: Cast, trial: Trial) -> None:
    answer = as_person(cast.cem).post(
        f"/trials/{trial.public_id}/clock", {"kind": "training", "next": "//evil.example"}
    )

    assert answer.location == "/"


def test_pressing_clock_in_twice_starts_one_block(
    as_person: SignsIn, cast: Cast, session: Session, trial: Trial, clock: MovableClock
) -> None:
    cem = as_person(cast.cem)
    path = f"/trials/{trial.public_id}/clock"

    cem.post(path, {"kind": "training", "idempotency_key": "one"})
    cem.post(f"{path}/out")
    clock.move(timedelta(minutes=1))
    cem.post(path, {"kind": "training", "idempotency_key": "one"})

    assert len(session.exec(select(TimeEntry)).all()) == 1


def test_clocking_in_for_other_work_ends_the_block_before(
    as_person: SignsIn, cast: Cast, session: Session, trial: Trial, clock: MovableClock
) -> None:
    cem = as_person(cast.cem)
    path = f"/trials/{trial.public_id}/clock"
    cem.post(path, {"kind": "training"})
    clock.move(timedelta(minutes=30))

    cem.post(path, {"kind": "talking"})

    first, second = session.exec(select(TimeEntry).order_by(col(TimeEntry.id))).all()
    assert first.ended_at == second.started_at == clock.now()
    assert second.ended_at is None


def test_clocking_out_ends_the_block(
    as_person: SignsIn, cast: Cast, session: Session, trial: Trial, clock: MovableClock
) -> None:
    cem = as_person(cast.cem)
    cem.post(f"/trials/{trial.public_id}/clock", {"kind": "training"})
    clock.move(timedelta(minutes=95))

    cem.post(f"/trials/{trial.public_id}/clock/out", {"next": "/account"})

    assert session.exec(select(TimeEntry)).one().ended_at == clock.now()
    assert "Clocked out: 1 h 35 logged." in cem.get("/account").text


def test_a_full_week_lets_nobody_clock_in(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    trial = a_training_cohort(session, cast, cap_hours_week=8).trial
    cem = as_person(cast.cem)
    cem.post(f"/trials/{trial.public_id}/clock", {"kind": "training"})
    clock.move(timedelta(hours=8))
    cem.post(f"/trials/{trial.public_id}/clock/out")

    answer = cem.post(f"/trials/{trial.public_id}/clock", {"kind": "training"})

    assert answer.status_code == 409
    assert "8 hours are full" in answer.text


def test_no_time_is_logged_before_the_terms_are_accepted(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    trial = a_started_cohort(session, cast).trial

    answer = as_person(cast.cem).post(f"/trials/{trial.public_id}/clock", {"kind": "training"})

    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["noor", "hana", "zed"])
def test_a_trial_of_somebody_else_has_no_clock(
    as_person: SignsIn, cast: Cast, trial: Trial, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    assert visitor.post(f"/trials/{trial.public_id}/clock", {"kind": "training"}).status_code == 404
    assert visitor.post(f"/trials/{trial.public_id}/clock/out").status_code == 404


@pytest.mark.parametrize("name", ["mina", "olu"])
def test_mentors_and_managers_cannot_log_time_for_a_candidate(
    as_person: SignsIn, cast: Cast, trial: Trial, name: str
) -> None:
    answer = as_person(getattr(cast, name)).post(
        f"/trials/{trial.public_id}/clock", {"kind": "training"}
    )

    assert answer.status_code == 403


def test_an_unknown_kind_of_work_is_refused(as_person: SignsIn, cast: Cast, trial: Trial) -> None:
    answer = as_person(cast.cem).post(f"/trials/{trial.public_id}/clock", {"kind": "sleeping"})

    assert answer.status_code == 422
