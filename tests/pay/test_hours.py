from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.hours import a_block
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]


@pytest.fixture
def trial(session: Session, cast: Cast, clock: MovableClock) -> Trial:
    """Cem's trial in its second week: 2 h 35 worked in the first, 1 h in the second."""
    found = a_live_cohort(session, cast).trial
    a_block(session, found, START + timedelta(hours=1), minutes=155)
    a_block(session, found, START + timedelta(days=7), minutes=60)
    clock.move(timedelta(days=7, hours=2))
    return found


def test_candidate_sees_blocks_weeks_cap_and_money(
    as_person: SignsIn, cast: Cast, trial: Trial
) -> None:
    page = as_person(cast.cem).get(f"/trials/{trial.public_id}/hours").text

    for words in ("2 h 35, €62.00", "1 h, €24.00", "€86.00", "09:00", "11:35", "at most 20 h"):
        assert words in " ".join(page.split()).replace("</b> ,", ",").replace("</b>,", ",")


def test_managers_see_hours_and_money(as_person: SignsIn, cast: Cast, trial: Trial) -> None:
    page = as_person(cast.olu).get(f"/trials/{trial.public_id}/hours").text

    assert "€86.00" in page
    assert "09:00" in page


def test_mentors_see_totals_and_neither_money_nor_times_of_day(
    as_person: SignsIn, cast: Cast, trial: Trial
) -> None:
    page = as_person(cast.mina).get(f"/trials/{trial.public_id}/hours").text

    assert "2 h 35" in page
    assert "€" not in page
    assert "11:35" not in page


@pytest.mark.parametrize("name", ["noor", "hana", "zed"])
def test_hours_of_a_trial_do_not_exist_for_others(
    as_person: SignsIn, cast: Cast, trial: Trial, name: str
) -> None:
    answer = as_person(getattr(cast, name)).get(f"/trials/{trial.public_id}/hours")

    assert answer.status_code == 404


def test_unpaid_programmes_show_no_money(as_person: SignsIn, cast: Cast, session: Session) -> None:
    trial = a_live_cohort(session, cast, paid=False).trial

    page = as_person(cast.cem).get(f"/trials/{trial.public_id}/hours").text

    assert "€" not in page


def test_hours_in_the_navigation_lead_to_the_own_trial(
    as_person: SignsIn, cast: Cast, trial: Trial
) -> None:
    assert as_person(cast.cem).get("/hours").location == f"/trials/{trial.public_id}/hours"
    assert as_person(cast.mina).get("/hours").status_code == 404
