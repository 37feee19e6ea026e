from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.hours import a_block
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.kit.clock import MovableClock
from trialsim.pay.models import LineKind, StatementLine
from trialsim.pay.queries import lines_of
from trialsim.pay.rules import Terms, earnings, outstanding
from trialsim.pay.sheets import sheet
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]
ZONES = (
    "Europe/Rome",
    "America/New_York",
    "America/Sao_Paulo",
    "Australia/Lord_Howe",
    "Asia/Kathmandu",
    "Africa/Casablanca",
    "Pacific/Chatham",
    "UTC",
)


@pytest.fixture
def started(session: Session, cast: Cast, clock: MovableClock) -> Started:
    """Cem worked 2 h 35 in the first week; now it is the second."""
    found = a_live_cohort(session, cast)
    a_block(session, found.trial, START + timedelta(hours=1), minutes=155)
    clock.move(timedelta(days=8))
    return found


def lines(session: Session, started: Started) -> list[tuple[int, int, str]]:
    session.expire_all()
    trial = session.get_one(Trial, started.trial.id)
    found = [(one.week, one.amount_cents, str(one.kind)) for one in lines_of(session, trial)]
    session.commit()
    return found


def confirm(visitor: Visitor, started: Started) -> int:
    trial = started.trial.public_id
    return visitor.post(f"/trials/{trial}/hours/weeks/1").status_code


def approve(visitor: Visitor, started: Started, key: str = "a") -> int:
    page = f"/cohorts/{started.cohort.public_id}/pay"
    return visitor.post(page, {"idempotency_key": key}).status_code


def test_a_week_is_confirmed_approved_and_stated_to_the_cent(
    session: Session, cast: Cast, as_person: SignsIn, started: Started
) -> None:
    cem, olu = as_person(cast.cem), as_person(cast.olu)

    assert approve(olu, started) == 409  # not confirmed yet
    assert confirm(cem, started) == 303
    assert approve(olu, started, "b") == 303

    assert lines(session, started) == [(1, 6200, "work")]
    assert "€62.00" in cem.get(f"/trials/{started.trial.public_id}/pay").text


def test_a_week_nobody_confirms_confirms_itself_after_seven_days(
    session: Session, cast: Cast, as_person: SignsIn, started: Started, clock: MovableClock
) -> None:
    clock.move(timedelta(days=7))

    assert approve(as_person(cast.olu), started) == 303
    assert lines(session, started) == [(1, 6200, "work")]


def test_whoever_works_just_now_holds_up_nobody_else(
    session: Session, cast: Cast, as_person: SignsIn, started: Started, clock: MovableClock
) -> None:
    clock.move(timedelta(days=7))
    a_block(session, started.trial, clock.now(), minutes=None)

    page = as_person(cast.olu).get(f"/cohorts/{started.cohort.public_id}/pay")

    assert "0 of 1 can be approved now" in page.text
    assert "at work just now" in page.text


def test_a_later_correction_is_a_line_of_its_own(
    session: Session, cast: Cast, as_person: SignsIn, started: Started
) -> None:
    cem, olu = as_person(cast.cem), as_person(cast.olu)
    confirm(cem, started)
    approve(olu, started)
    a_block(
        session, session.get_one(Trial, started.trial.id), START + timedelta(hours=6), minutes=10
    )

    approve(olu, started, "b")

    assert lines(session, started) == [(1, 6200, "work"), (1, 400, "correction")]


def test_a_running_week_cannot_be_confirmed(
    cast: Cast, as_person: SignsIn, started: Started
) -> None:
    answer = as_person(cast.cem).post(f"/trials/{started.trial.public_id}/hours/weeks/2")

    assert answer.status_code == 409


@pytest.mark.parametrize("name", ["mina", "hana", "noor", "zed"])
def test_pay_exists_for_its_worker_and_managers_alone(
    cast: Cast, as_person: SignsIn, started: Started, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    for page in (
        f"/trials/{started.trial.public_id}/pay",
        f"/cohorts/{started.cohort.public_id}/pay",
        f"/cohorts/{started.cohort.public_id}/pay.csv",
    ):
        assert visitor.get(page).status_code == 404


def test_the_file_for_a_payment_service_has_the_chosen_columns(
    cast: Cast, as_person: SignsIn, started: Started
) -> None:
    olu = as_person(cast.olu)
    confirm(as_person(cast.cem), started)
    approve(olu, started)

    text = olu.get(f"/cohorts/{started.cohort.public_id}/pay.csv?column=email&column=amount").text

    assert text.splitlines() == ["Email,Amount", "cem@example.org,62.00"]


def test_a_name_that_is_a_formula_is_led_by_an_apostrophe() -> None:
    line = StatementLine(
        trial_id=1,
        week=1,
        kind=LineKind.WORK,
        minutes=60,
        rate_cents=2400,
        amount_cents=2400,
        currency="EUR",
        approved_by_id=1,
        at=START,
    )
    person = Person(email="a@example.org", name='=HYPERLINK("http://x")', created_at=START)

    assert "'=HYPERLINK" in sheet([(None, person, line)], ["name"])  # type: ignore[list-item]


@given(
    zone=st.sampled_from(ZONES),
    rate=st.integers(0, 20_000),
    month=st.sampled_from([3, 10, 11, 4]),
    blocks=st.lists(st.tuples(st.integers(0, 40_000), st.integers(1, 600)), max_size=30),
    cut=st.integers(0, 30),
)
@settings(max_examples=150, deadline=None)
def test_lines_of_a_week_always_add_up_to_what_its_minutes_earn(
    zone: str, rate: int, month: int, blocks: list[tuple[int, int]], cut: int
) -> None:
    first = datetime(2026, month, 1, tzinfo=UTC)
    terms = Terms(first.date(), zone, 20, rate, "EUR")
    worked = [
        TimeEntry(
            trial_id=1,
            kind=WorkKind.TICKETS,
            started_at=first + timedelta(minutes=start),
            ended_at=first + timedelta(minutes=start + length),
        )
        for start, length in blocks
    ]
    now = first + timedelta(days=40)

    early, late = earnings(terms, worked[:cut], now), earnings(terms, worked, now)
    for before, after in zip(early.weeks, late.weeks, strict=False):
        line = _line(*outstanding(before, []))
        correction = _line(*outstanding(after, [line]))
        assert line.minutes + correction.minutes == after.minutes
        assert line.amount_cents + correction.amount_cents == after.amount.cents
    assert late.minutes == sum(length for _, length in blocks)


def _line(minutes: int, cents: int) -> StatementLine:
    return StatementLine(
        trial_id=1,
        week=1,
        kind=LineKind.WORK,
        minutes=minutes,
        rate_cents=1,
        amount_cents=cents,
        currency="EUR",
        approved_by_id=1,
        at=START,
    )
