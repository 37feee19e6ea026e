from datetime import datetime, timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, func, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort, a_started_cohort, a_training_cohort
from trialsim import server
from trialsim.config import Settings
from trialsim.db import make_engine
from trialsim.inbox.models import Ticket
from trialsim.installation.models import Demo
from trialsim.kit.clock import MovableClock
from trialsim.trials.actions import clock_in
from trialsim.trials.rules import WorkKind
from trialsim.web.models import SentForm
from trialsim.workflows import tick as ticking
from trialsim.workflows.tick import due_trials, tick


def test_due_tickets_arrive_once_without_anybody_opening_a_page(
    session: Session, cast: Cast, engine: Engine, settings: Settings
) -> None:
    trial = a_training_cohort(session, cast).trial
    clock_in(session, trial, WorkKind.TRAINING, by=cast.cem, now=START)
    session.commit()
    later = START + timedelta(hours=2)

    first = tick(engine, settings, later)
    arrived = _tickets(engine)
    tick(engine, settings, later)

    assert first.trials == 1
    assert arrived > 0
    assert _tickets(engine) == arrived


def test_trials_in_which_nothing_is_due_are_not_touched(
    session: Session, cast: Cast, engine: Engine
) -> None:
    a_live_cohort(session, cast)

    assert due_trials(engine, START + timedelta(hours=2)) == []


def test_one_trial_that_fails_does_not_hold_up_the_others(
    session: Session,
    cast: Cast,
    engine: Engine,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    trials = a_training_cohort(session, cast).trials
    for trial, person in zip(trials, (cast.cem, cast.noor), strict=True):
        clock_in(session, trial, WorkKind.TRAINING, by=person, now=START)
    session.commit()
    done = []

    def fails_for_the_first(_engine: Engine, trial_id: int, _now: datetime) -> None:
        if trial_id == trials[0].id:
            raise RuntimeError("this one is broken")
        done.append(trial_id)

    monkeypatch.setattr(ticking, "catch_up", fails_for_the_first)
    ticked = tick(engine, settings, START + timedelta(hours=1))

    assert done == [trials[1].id]
    assert (ticked.trials, ticked.failed) == (1, 1)


def test_a_tick_is_harmless_before_and_after_everything(
    session: Session, cast: Cast, engine: Engine, settings: Settings
) -> None:
    nothing = tick(engine, settings, START)
    a_started_cohort(session, cast)

    started = tick(engine, settings, START + timedelta(days=60))

    assert nothing.failed == started.failed == 0


def test_answered_forms_are_forgotten_after_two_days(
    session: Session, engine: Engine, settings: Settings
) -> None:
    for key, days in (("old", 3), ("fresh", 1)):
        session.add(SentForm(key=key, at=START - timedelta(days=days)))
    session.commit()

    tick(engine, settings, START)

    with Session(engine) as again:
        assert again.exec(select(SentForm.key)).all() == ["fresh"]


def test_a_demo_s_clock_is_written_down(
    session: Session, engine: Engine, settings: Settings
) -> None:
    session.add(Demo(seed=7, clock_at=START))
    session.commit()

    tick(engine, settings, START + timedelta(minutes=5))

    with Session(engine) as again:
        assert again.exec(select(Demo.clock_at)).one() == START + timedelta(minutes=5)


def test_the_loop_outlives_a_failing_tick(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()
    ticks = []

    class AwayClock(MovableClock):
        def now(self) -> datetime:
            ticks.append(1)
            if len(ticks) == 2:
                stopped.set()
            raise ConnectionError("away")

    monkeypatch.setattr(server, "TICK_SECONDS", 0)
    server.loop(
        make_engine(f"sqlite:///{tmp_path / 'none.db'}"), settings, AwayClock(START), stopped
    )

    assert len(ticks) == 2


def _tickets(engine: Engine) -> int:
    with Session(engine) as again:
        return again.exec(select(func.count()).select_from(Ticket)).one()
