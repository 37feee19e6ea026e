from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import update
from sqlmodel import Session, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_training_cohort
from tests.factories.training import answers, form, practice, ready
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Ticket
from trialsim.kit.clock import MovableClock
from trialsim.training.actions import take_quiz
from trialsim.trials.actions import open_live
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


def state_of(session: Session, started: Started) -> TrialState:
    session.rollback()
    trial = session.get_one(Trial, started.trial.id)
    session.refresh(trial)
    return trial.state


def test_mentor_sees_what_is_missing_and_opens_when_all_is_there(
    as_person: SignsIn, cast: Cast, session: Session, started: Started, path: str
) -> None:
    mina = as_person(cast.mina)

    assert "the quiz with 80% of the answers right (not taken yet)" in mina.get(path).text
    assert mina.post(path, REASON).status_code == 409
    assert "ready for the live queue" not in mina.get("/asked").text
    ready(session, started.trial, START)
    assert "3 of 3 solved" in mina.get(path).text
    assert "Is ready for the live queue?" in mina.get("/asked").text
    assert mina.post(path, {"reason": " "}).status_code == 422
    assert mina.post(path, REASON).status_code == 303

    assert state_of(session, started) is TrialState.LIVE
    assert REASON["reason"] in mina.get(path).text
    assert as_person(cast.mika).post(path, REASON).status_code == 409


def test_mentor_gives_one_more_day_and_the_candidate_reads_why(
    as_person: SignsIn, cast: Cast, path: str
) -> None:
    mina = as_person(cast.mina)

    assert mina.post(f"{path}/day", {"reason": ""}).status_code == 422
    mina.post(f"{path}/day", {"reason": "Take your time with domains."})

    assert "Take your time with domains." in mina.get(path).text
    assert "Mina gave you one more day" in as_person(cast.cem).get("/trial").text


def test_after_the_training_days_a_mentor_may_open_knowing_what_is_missing(
    as_person: SignsIn,
    cast: Cast,
    session: Session,
    started: Started,
    path: str,
    clock: MovableClock,
) -> None:
    clock.move(timedelta(days=3))
    mina = as_person(cast.mina)

    assert mina.post(path, REASON).status_code == 422
    assert state_of(session, started) is TrialState.TRAINING
    mina.post(path, {**REASON, "all_the_same": "yes"})

    assert state_of(session, started) is TrialState.LIVE


def test_quiz_tells_what_was_right_only_afterwards(
    as_person: SignsIn, cast: Cast, session: Session, started: Started
) -> None:
    cem, quiz = as_person(cast.cem), f"/trials/{started.trial.public_id}/quiz"
    first = form(answers(session, started.trial, wrong=8))
    session.rollback()

    before = cem.get(quiz).text
    assert "right answer" not in before
    assert "/help/articles/" not in before
    assert cem.post(quiz, {**first, "q3": []}).status_code == 422
    shown = cem.get(cem.post(quiz, first).location).text

    assert "8 of 16 right" in shown
    assert "/help/articles/refunds-and-how-long-they-take" in shown
    assert "their answer" in as_person(cast.mina).get(f"{quiz}/1").text
    assert as_person(cast.noor).get(f"{quiz}/1").status_code == 404


def test_quiz_comes_again_on_the_last_day_and_both_see_the_gain(
    as_person: SignsIn, cast: Cast, session: Session, started: Started, clock: MovableClock
) -> None:
    quiz = f"/trials/{started.trial.public_id}/quiz"
    take_quiz(session, started.trial, answers(session, started.trial), by=cast.cem, now=START)
    mina = session.get_one(Person, started.trial.mentor_id)
    open_live(session, started.trial, by=mina, now=START, reason="Ready.")
    session.commit()
    given = form(answers(session, started.trial, wrong=4))
    session.rollback()

    assert as_person(cast.cem).post(quiz, given).status_code == 409
    clock.move(timedelta(days=25))
    cem = as_person(cast.cem)
    assert "once more" in cem.get("/trial").text
    assert cem.post(quiz, given).status_code == 303

    assert "25 points fewer than the first time" in cem.get("/trial").text
    path = f"/trials/{started.trial.public_id}/live"
    assert "25 points fewer" in as_person(cast.mina).get(path).text


def test_hints_come_one_after_the_other_on_practice_and_never_where_work_counts(
    as_person: SignsIn, cast: Cast, session: Session, started: Started
) -> None:
    ticket = practice(session, started.trial, START)[0]
    cem, page = as_person(cast.cem), f"/tickets/{ticket.public_id}"

    assert "Give me a hint" in cem.get(page).text
    for _ in range(4):
        cem.post(f"{page}/hints")
    session.rollback()
    case = session.exec(select(Case).where(Case.ticket_id == ticket.id)).one()
    session.refresh(case)
    assert [one["level"] for one in case.hints] == ["nudge", "step", "strong"]
    assert case.hints[2]["words"] in cem.get(page).text.replace("&#39;", "'")
    assert "3 hints" in as_person(cast.mina).get(f"/trials/{started.trial.public_id}/live").text
    session.rollback()
    session.execute(update(Ticket).values(practice=False))
    session.commit()

    assert cem.post(f"{page}/hints").status_code == 404
    shown = cem.get(page).text
    assert 'id="hints"' not in shown
    assert all(one["words"] not in shown for one in case.hints)


def test_steps_tick_themselves_or_by_hand(as_person: SignsIn, cast: Cast, started: Started) -> None:
    cem, steps = as_person(cast.cem), f"/trials/{started.trial.public_id}/first-days"

    assert "1 of 15 done" in cem.get("/trial").text
    cem.get("/help/articles/invoices")
    cem.post(f"{steps}/policies", {"done": "yes"})
    cem.post(f"{steps}/policies", {"done": "yes"})
    assert "3 of 15 done" in cem.get("/trial").text
    cem.post(f"{steps}/policies", {"done": "no"})

    assert "2 of 15 done" in cem.get("/trial").text
    assert cem.post(f"{steps}/quiz", {"done": "yes"}).status_code == 404
