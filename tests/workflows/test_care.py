"""A life beside the trial: pausing, dropping a day, leaving, and having something different."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.cast import FIRST_DAY, START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.hours import a_block
from tests.factories.inbox import at_work, chats
from tests.factories.insights import Plan, a_measured_cohort
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.queries.ladder import opened_rungs
from trialsim.insights.queries.observations import observations
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.kit.worktime import working_minutes
from trialsim.outbox.models import Mail
from trialsim.trials.actions import clock_in
from trialsim.trials.care.actions import ask_for, drop_day, take_pause
from trialsim.trials.care.rules import Allowances, Pause
from trialsim.trials.models import Accommodation, Trial
from trialsim.trials.queries import hours_of, time_of
from trialsim.trials.rules import TrialState, WorkKind
from trialsim.workflows.care.asking import decide as grant
from trialsim.workflows.care.leaving import leave
from trialsim.workflows.close import trials_to_seal

SignsIn = Callable[[Person], Visitor]
DAY = timedelta(days=1)


def fresh(session: Session, trial: Trial) -> Trial:
    session.rollback()
    session.expire_all()
    found = session.get_one(Trial, trial.id)
    session.commit()
    return found


def test_somebody_pauses_comes_back_early_and_gets_the_days_back(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    trial = a_live_cohort(session, cast).trial
    last, address, cem = trial.ends_on, f"/trials/{trial.public_id}", as_person(cast.cem)
    days = {"first": f"{FIRST_DAY + DAY}", "last": f"{FIRST_DAY + 5 * DAY}"}

    taken = cem.post(f"{address}/pauses", {**days, "version": trial.version})
    clock.move(2 * DAY)
    cem = as_person(cast.cem)
    refused = cem.post(f"{address}/clock", {"kind": "tickets"})
    paused = fresh(session, trial)
    moved, version = paused.ends_on - last, paused.version
    page = cem.get("/trial").text
    ended = cem.post(f"{address}/pauses/end", {"first": days["first"], "version": version})
    again = cem.post(f"{address}/clock", {"kind": "tickets"})

    assert (taken.status_code, refused.status_code, moved) == (303, 409, 5 * DAY)
    assert "Pause to 7 March" in page
    assert (ended.status_code, again.status_code) == (303, 303)
    assert fresh(session, trial).ends_on - last == DAY


def test_a_dropped_day_leaves_every_figure_and_its_hours_stay(session: Session, cast: Cast) -> None:
    planted = a_measured_cohort(session, cast, Plan(candidates=2, days=8))
    trial, other = planted.trials
    before = observations(session, planted.cohort, planted.now)
    worked = time_of(session, trial, planted.now).worked
    day = next(one for one in (FIRST_DAY + 4 * DAY, FIRST_DAY + 3 * DAY) if one.weekday() < 5)

    drop_day(session, trial, day, by=cast.cem, now=planted.now, version=trial.version)
    after = observations(session, planted.cohort, planted.now)

    was, now = before.trials[0], after.trials[0]
    assert 0 < len(now.tickets) < len(was.tickets)
    assert len(now.spans) < len(was.spans)
    assert now.hours_so_far == was.hours_so_far
    assert after.trials[1] == before.trials[1]
    assert after.left_out == before.left_out == 0
    assert time_of(session, trial, planted.now).worked == worked
    assert {one.day for one in was.work_days} - {one.day for one in now.work_days} == {5}
    with pytest.raises(Conflict):
        drop_day(session, trial, day, by=cast.cem, now=planted.now, version=trial.version)
    assert other.dropped_on is None


def test_a_pause_moves_no_day_in_a_figure(session: Session, cast: Cast) -> None:
    planted = a_measured_cohort(session, cast, Plan(candidates=1, days=4))
    trial, later = planted.trials[0], planted.now + 10 * DAY
    pause = Pause(FIRST_DAY + 4 * DAY, FIRST_DAY + 10 * DAY)

    take_pause(session, trial, pause, by=cast.cem, now=planted.now, version=trial.version)
    a_block(session, trial, later, minutes=60)
    found = observations(session, planted.cohort, later + timedelta(hours=2))

    assert found.trials[0].work_days[-1].day == 7
    assert found.day == 7


def test_leaving_closes_the_trial_and_tells_mentors_and_managers_alone(
    session: Session, cast: Cast
) -> None:
    started = a_live_cohort(session, cast)
    trial, cohort = started.trial, started.cohort
    entry = clock_in(session, trial, WorkKind.TICKETS, by=cast.cem, now=START)
    later = START + timedelta(hours=1)

    leave(session, trial, by=cast.cem, now=later, version=trial.version, base_url="")

    told = {mail.recipient for mail in session.exec(select(Mail))}
    assert (trial.state, entry.ended_at) == (TrialState.CLOSED, later)
    assert time_of(session, trial, later).worked == 60
    assert told == {f"{name}@example.org" for name in ("mina", "mika", "olu", "cem")}
    assert trials_to_seal(session, cohort) == []


def test_what_a_manager_grants_works_by_itself(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    trial, last = started.trial, started.trial.ends_on
    chats(session, started, START)
    rungs = len(opened_rungs(session, trial.id or 0))
    session.commit()
    cem, olu = as_person(cast.cem), as_person(cast.olu)

    cem.post(f"/trials/{trial.public_id}/accommodations", {"words": "I type with one hand."})
    row = session.exec(select(Accommodation)).one()
    session.commit()
    form = {"wait_percent": "200", "no_chat": "1", "more_days": "7", "answer": "Gladly."}
    page = olu.get(f"/cohorts/{started.cohort.public_id}/accommodations").text
    decided = olu.post(f"/accommodations/{row.public_id}", {**form, "version": row.version})
    granted = fresh(session, trial)

    assert "I type with one hand." in page
    assert decided.status_code == 303
    assert (granted.ends_on - last).days == 7
    assert (rungs, opened_rungs(session, trial.id or 0)) == (1, frozenset())
    assert "Gladly." in cem.get(f"/trials/{trial.public_id}/care").text
    mails = [mail.subject + mail.body for mail in session.exec(select(Mail))]
    assert not any("one hand" in mail or "Gladly" in mail for mail in mails)


def test_more_time_doubles_targets_and_halves_minutes_in_figures(
    session: Session, cast: Cast
) -> None:
    started = a_live_cohort(session, cast)
    opened = START + timedelta(hours=1)
    trial, _, (ticket, *_) = at_work(session, started, opened)
    usual, later = ticket.reply_due_at, START + timedelta(hours=3)
    row = ask_for(session, trial, "More time.", by=cast.cem, now=START)
    seen = observations(session, started.cohort, later).trials[0]
    twice = Allowances(wait_percent=200)

    grant(session, row, twice, answer="Yes.", by=cast.olu, now=opened, version=1, base_url="")

    found = observations(session, started.cohort, later).trials[0]
    hours, since = hours_of(trial), ticket.opened_at
    assert usual is not None
    assert ticket.reply_due_at is not None
    assert working_minutes(hours, since, ticket.reply_due_at) == pytest.approx(
        2 * working_minutes(hours, since, usual)
    )
    assert [2 * one.minutes for one in found.spans] == pytest.approx(
        [one.minutes for one in seen.spans], abs=0.2
    )
    assert any(one.minutes for one in seen.spans)
