"""Mentors and managers put right what the engine read; the outcome follows, and so do authors."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.court import NOON, REASON, Court, a_court
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.outcomes import finish
from trialsim.inbox.casework import casework
from trialsim.inbox.models import Overrule
from trialsim.insights.actions import REFRESH_EVERY, refresh, take_snapshot
from trialsim.insights.queries.observations import observations
from trialsim.journal.models import Fact
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.packs.overrules import BROKEN_ABOVE, FEWEST, OverruledRow

SignsIn = Callable[[Person], Visitor]
POINT = "point:conflict_test"


@pytest.fixture
def court(session: Session, cast: Cast) -> Court:
    return a_court(session, cast)


def test_a_point_not_said_changes_outcome_and_trace_at_once_and_is_recorded(
    session: Session, cast: Cast, court: Court, as_person: SignsIn
) -> None:
    before = court.case.outcome or 0.0

    answer = as_person(cast.olu).post(court.path, court.form(POINT))

    after = court.case
    kinds = [fact.kind for fact in session.exec(select(Fact).where(Fact.kind == "overruled"))]
    assert answer.status_code == 303
    assert (after.outcome or 0.0) < before
    assert after.trace["parts"][-1]["text"].startswith("overruled: point “conflict test” not said")
    assert kinds == ["overruled"]


def test_later_closings_keep_the_ruling_until_it_is_taken_back(
    session: Session, cast: Cast, court: Court, as_person: SignsIn
) -> None:
    read = court.case.outcome
    olu = as_person(cast.olu)
    olu.post(court.path, court.form(POINT))
    ruled = court.case.outcome

    finish(session, casework(session, court.trial, court.ticket), NOON)
    again = session.get_one(type(court.case), court.ticket.id).outcome
    session.commit()
    row = session.exec(select(Overrule)).one()
    session.commit()
    olu.post(f"{court.path}/{row.public_id}/withdrawal")
    session.refresh(row)

    assert again == ruled != read
    assert court.case.outcome == read
    assert row.withdrawn_at is not None


def test_an_outcome_is_set_with_a_reason_of_ten_characters(
    cast: Cast, court: Court, as_person: SignsIn
) -> None:
    olu = as_person(cast.olu)

    short = olu.post(f"{court.path}/outcome", {"outcome": "12.5", "reason": "too short"})
    long = olu.post(f"{court.path}/outcome", {"outcome": "12.5", "reason": REASON})
    twice = olu.post(f"{court.path}/outcome", {"outcome": "80", "reason": REASON})

    assert (short.status_code, long.status_code, twice.status_code) == (422, 303, 409)
    assert "at least 10 characters" in short.text
    assert "too short" in short.text
    assert court.case.outcome == 12.5


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [
        ("counts", "yes", 409),
        ("about", "checkout-plugin-conflict:point:nothing", 404),
        ("about", "slow-images:point:conflict_test", 404),
        ("message", "m_222222222222", 404),
    ],
)
def test_what_was_not_read_or_is_not_there_cannot_be_ruled_on(
    cast: Cast, court: Court, as_person: SignsIn, field: str, value: str, status: int
) -> None:
    before = court.case.outcome

    answer = as_person(cast.olu).post(court.path, {**court.form(POINT), field: value})

    assert answer.status_code == status
    assert court.case.outcome == before


def test_a_mentor_rules_once_their_own_score_is_in(
    cast: Cast, court: Court, as_person: SignsIn
) -> None:
    mina = as_person(cast.mina)
    early = mina.get(court.path)
    refused = mina.post(court.path, court.form(POINT))
    court.scored(cast.mina)

    late = mina.get(court.path)
    taken = mina.post(court.path, court.form(POINT))

    assert (early.status_code, refused.status_code) == (403, 403)
    assert "conflict test" not in early.text
    assert (late.status_code, taken.status_code) == (200, 303)
    assert "Cem" not in late.text
    assert as_person(cast.mika).get(court.path).status_code == 403


def test_a_candidate_reads_of_rulings_only_after_the_debrief(
    session: Session, cast: Cast, court: Court, as_person: SignsIn
) -> None:
    cem = as_person(cast.cem)
    path = f"/tickets/{court.ticket.public_id}"
    before = cem.get(path).text
    as_person(cast.olu).post(court.path, court.form(POINT))

    during = cem.get(path).text
    session.rollback()
    trial = session.get_one(Trial, court.trial.id)
    trial.state = TrialState.DECIDED
    session.commit()
    after = cem.get(path).text

    assert [part for part in (before, during) if "verruled" in part or REASON in part] == []
    assert REASON in after
    assert "Olu" not in after
    assert cem.get(court.path).status_code == 404


def test_measures_take_the_new_outcome_and_what_was_frozen_stays(
    session: Session, cast: Cast, court: Court, as_person: SignsIn
) -> None:
    frozen = take_snapshot(session, court.started.cohort, NOON)
    body, was = dict(frozen.body), frozen.input_hash
    session.commit()

    as_person(cast.olu).post(f"{court.path}/outcome", {"outcome": "3", "reason": REASON})

    session.rollback()
    session.refresh(frozen)
    seen = observations(session, court.started.cohort, NOON)
    later = NOON + timedelta(days=1)
    new = refresh(session, court.started.cohort, later)
    assert [one.outcome for one in seen.trials[0].tickets if one.outcome == 3] == [3]
    assert (frozen.body, frozen.input_hash) == (body, was)
    assert frozen.checked_at <= frozen.taken_at - REFRESH_EVERY
    assert new.input_hash != was


def test_an_author_sees_what_was_matched_and_overruled_worst_first(
    engine: Engine, cast: Cast, court: Court, as_person: SignsIn
) -> None:
    olu = as_person(cast.olu)
    path = f"/packs/{court.trial.pack_hash}/overrules"
    assert "Nobody has looked at a reply" in olu.get(path).text
    olu.post(court.path, court.form(POINT))
    olu.post(court.path, court.form("point:stay_off", counts="yes"))

    with count_queries(engine) as asked:
        page = olu.get(path).text

    assert page.index("conflict test") < page.index("Fact: recent change")
    assert "(1 of 1)" in page
    assert REASON in page
    assert "too few to say" in page
    assert len(asked) <= 6


@pytest.mark.parametrize(
    ("seen", "wrong", "missed", "broken"),
    [(4, 4, 0, False), (5, 1, 0, True), (10, 1, 0, False), (11, 1, 1, True)],
)
def test_a_rule_is_broken_above_ten_percent_of_five_or_more(
    seen: int, wrong: int, missed: int, *, broken: bool
) -> None:
    row = OverruledRow("s", "point", "p", seen, seen, wrong, missed, ())

    assert (BROKEN_ABOVE, FEWEST) == (0.10, 5)
    assert row.is_broken is broken
