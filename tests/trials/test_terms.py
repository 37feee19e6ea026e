from collections.abc import Callable, Mapping
from datetime import time

import pytest
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.cohort import Started, a_started_cohort
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.journal.models import Fact
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]
CHOICES: Mapping[str, object] = {
    "weekdays": ["0", "2", "4"],
    "day_starts": "08:30",
    "day_ends": "12:30",
    "zone": "Europe/Lisbon",
    "agreed": "yes",
    "version": "1",
}


@pytest.fixture
def started(session: Session, cast: Cast) -> Started:
    return a_started_cohort(session, cast)


@pytest.fixture
def path(started: Started) -> str:
    return f"/trials/{started.trial.public_id}/terms"


def test_terms_state_rate_cap_dates_scorecard_and_that_customers_are_simulated(
    as_person: SignsIn, cast: Cast, path: str
) -> None:
    page = as_person(cast.cem).get(path).text

    for words in (
        "€24.00 an hour",
        "20 hours a week",
        "2 March",
        "29 March",
        "All customers are simulated",
        "Solves the problem",
        "no language model",
        "deleted within six months",
        "The line to pass is 80",
    ):
        assert words in page


def test_accepting_keeps_days_hours_zone_and_the_rules_as_read(
    as_person: SignsIn, cast: Cast, path: str, started: Started, session: Session
) -> None:
    answer = as_person(cast.cem).post(path, CHOICES)

    trial = session.exec(select(Trial).where(Trial.id == started.trial.id)).one()
    fact = session.exec(select(Fact).where(Fact.kind == "terms_accepted")).one()
    session.refresh(trial)
    assert answer.location == "/trial"
    assert trial.state is TrialState.TRAINING
    assert (trial.weekdays, trial.day_starts, trial.day_ends, trial.zone) == (
        [0, 2, 4],
        time(8, 30),
        time(12, 30),
        "Europe/Lisbon",
    )
    assert fact.detail["rules"] == trial.rules


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"agreed": ""}, "Please tick this box"),
        ({"weekdays": []}, "Please choose at least one day"),
        ({"weekdays": ["9"]}, "Please choose 6 or fewer"),
        ({"day_ends": "08:30"}, "Please choose an end after the start"),
        ({"day_starts": "soon"}, "Please enter a time such as 09:30"),
        ({"zone": "Mars/Olympus"}, "Please choose one of the time zones"),
    ],
)
def test_an_unusable_choice_is_named_and_the_rest_is_kept(
    as_person: SignsIn, cast: Cast, path: str, change: Mapping[str, object], message: str
) -> None:
    answer = as_person(cast.cem).post(path, {**CHOICES, **change})

    assert answer.status_code == 422
    assert message in answer.text


def test_terms_that_changed_meanwhile_are_not_accepted(
    as_person: SignsIn, cast: Cast, path: str, started: Started, session: Session
) -> None:
    started.trial.version += 1
    session.add(started.trial)
    session.commit()

    answer = as_person(cast.cem).post(path, CHOICES)

    session.refresh(started.trial)
    assert answer.status_code == 409
    assert "have changed" in answer.text
    assert started.trial.state is TrialState.INVITED


def test_pressing_accept_twice_accepts_once_and_leads_to_the_same_page(
    as_person: SignsIn, cast: Cast, path: str, session: Session
) -> None:
    cem = as_person(cast.cem)

    first = cem.post(path, {**CHOICES, "idempotency_key": "one"})
    second = cem.post(path, {**CHOICES, "idempotency_key": "one"})

    assert first.location == second.location == "/trial"
    assert len(session.exec(select(Fact).where(Fact.kind == "terms_accepted")).all()) == 1


def test_accepted_terms_are_there_to_read_and_offer_nothing_to_accept(
    as_person: SignsIn, cast: Cast, path: str
) -> None:
    cem = as_person(cast.cem)
    cem.post(path, CHOICES)

    page = cem.get(path).text

    assert "Monday, Wednesday, Friday" in page
    assert "Accept and begin" not in page
    assert cem.post(path, {**CHOICES, "version": "2"}).status_code == 409


@pytest.mark.parametrize("name", ["noor", "hana", "zed"])
def test_the_terms_of_another_person_do_not_exist(
    as_person: SignsIn, cast: Cast, path: str, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    assert visitor.get(path).status_code == 404
    assert visitor.post(path, CHOICES).status_code == 404


@pytest.mark.parametrize("name", ["mina", "olu"])
def test_nobody_else_can_accept_for_a_candidate(
    as_person: SignsIn, cast: Cast, path: str, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    assert visitor.get(path).status_code == 403
    assert visitor.post(path, CHOICES).status_code == 403
