"""The channel ladder: what speaks for a rung, a mentor who agrees, and what a candidate sees."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session, col, select

from tests.cast import Cast
from tests.factories.cohort import Started
from tests.factories.reviews import a_worked_cohort
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.ladder import Evidence, Rung, chats_at_once, conditions, may_open
from trialsim.inbox.models import Case, ChannelRung
from trialsim.kit.clock import MovableClock

SignsIn = Callable[[Person], Visitor]
REASON = {"rung": "one_chat", "reason": "Short and calm by email."}
GOOD = Evidence(is_live=True, week=2, outcomes=(72.0,) * 10, failures=0, opened=frozenset())


@pytest.fixture
def started(session: Session, cast: Cast, clock: MovableClock) -> Started:
    """Ten scored tickets, and the second week has begun."""
    made = a_worked_cohort(session, cast, tickets=12, candidates=("cem",))
    clock.move(timedelta(days=8))
    return made


@pytest.fixture
def path(started: Started) -> str:
    return f"/trials/{started.trial.public_id}/channels"


@pytest.mark.parametrize(
    "change",
    [
        {"week": 1},
        {"is_live": False},
        {"outcomes": (72.0,) * 9},
        {"outcomes": (59.9,) * 10},
        {"failures": 1},
    ],
)
def test_first_chat_asks_for_week_ten_tickets_sixty_and_no_failure(
    change: dict[str, Any],
) -> None:
    assert may_open(Rung.ONE_CHAT, GOOD)
    assert not may_open(Rung.ONE_CHAT, replace(GOOD, **change))


def test_rungs_open_in_their_order_and_weeks() -> None:
    opened = frozenset({Rung.ONE_CHAT})
    third = Evidence(True, 3, GOOD.outcomes, 0, opened)
    fourth = Evidence(True, 4, GOOD.outcomes, 0, opened)

    assert may_open(Rung.TWO_CHATS, third)
    assert not may_open(Rung.THREE_CHATS, third)
    assert not may_open(Rung.CALL, third)
    assert may_open(Rung.CALL, fourth)
    assert not may_open(Rung.ONE_CHAT, fourth)
    assert chats_at_once(opened) == 1


def test_conditions_name_no_figure_of_a_ticket() -> None:
    low = Evidence(True, 2, (31.0,) * 10, 1, frozenset())

    assert "31" not in " ".join(one.words for one in conditions(Rung.ONE_CHAT, low))


def test_mentor_opens_a_chat_with_a_reason_and_the_candidate_sees_it(
    session: Session, cast: Cast, as_person: SignsIn, path: str
) -> None:
    mina, cem = as_person(cast.mina), as_person(cast.cem)
    assert "A mentor who agrees" in cem.get("/trial").text

    mina.post(path, REASON)

    row = session.exec(select(ChannelRung)).one()
    assert (row.rung, row.reason) == (Rung.ONE_CHAT, REASON["reason"])
    assert REASON["reason"] in mina.get(path).text
    assert "Open your chats" in cem.get("/trial").text
    assert mina.post(path, REASON).status_code == 409


def test_chat_does_not_open_after_a_critical_failure_or_without_a_reason(
    session: Session, cast: Cast, as_person: SignsIn, started: Started, path: str
) -> None:
    mina = as_person(cast.mina)
    assert mina.post(path, {**REASON, "reason": " "}).status_code == 422

    query = select(Case).where(Case.trial_id == started.trial.id, col(Case.outcome).is_not(None))
    case = session.exec(query.order_by(col(Case.ticket_id).desc()).limit(1)).one()
    case.trace = {**case.trace, "critical": True}
    session.add(case)
    session.commit()

    assert mina.post(path, REASON).status_code == 409
    assert "No critical failure" in mina.get(path).text
