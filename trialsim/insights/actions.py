"""Taking snapshots: observe, measure, freeze. Pages read what was frozen and measure nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeGuard

from sqlalchemy import Engine, delete, insert
from sqlmodel import Session, col, select

from trialsim.db import write_session
from trialsim.insights.frozen import Json
from trialsim.insights.models import Snapshot, TrialMeasures
from trialsim.insights.observed import Observations, hash_of
from trialsim.insights.queries import latest
from trialsim.insights.queries.observations import observations
from trialsim.measurement.catalogue import MEASURES
from trialsim.measurement.types import VERSION
from trialsim.programmes.models import Cohort

REFRESH_EVERY = timedelta(hours=1)
FROZEN_VERSION = "1"
"""Version of the frozen form itself: raised when pages need something older ones lack."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Measures of one cohort, worked out but not stored; `trials` by row id."""

    cohort_id: int
    day: int
    at: datetime
    input_hash: str
    cohort: Json
    trials: Mapping[int, Json]


def take_snapshot(session: Session, cohort: Cohort, now: datetime) -> Snapshot:
    """Freeze all measures of a cohort and return them.

    When nothing that they are made from has changed since the newest snapshot, that one is
    returned and no row is added. Of several snapshots on one trial day the last is kept.
    """
    seen = observations(session, cohort, now)
    newest = latest(session, seen.cohort_id)
    if newest is not None and newest.input_hash == hash_of(seen, versions()):
        return _checked(session, newest, now)
    return _keep(session, measured(seen, now))


def refresh(session: Session, cohort: Cohort, now: datetime) -> Snapshot:
    """Return measures no older than an hour; one query when they were checked within it."""
    newest = latest(session, cohort.id or 0)
    return newest if _is_fresh(newest, now) else take_snapshot(session, cohort, now)


def refresh_apart(engine: Engine, cohort: Cohort, now: datetime) -> None:
    """Do the same in transactions of its own: read and work out first, then write briefly.

    The work takes seconds for a large cohort, and nobody else's writing should wait for it.
    """
    cohort_id = cohort.id or 0
    with Session(engine, expire_on_commit=False) as reading:
        newest = latest(reading, cohort_id)
        if _is_fresh(newest, now):
            return
        seen = observations(reading, cohort, now)
    is_same = newest is not None and newest.input_hash == hash_of(seen, versions())
    taken = None if is_same else measured(seen, now)
    with write_session(engine) as writing:
        writing.exec(select(Cohort.id).where(Cohort.id == cohort_id).with_for_update()).one()
        present = latest(writing, cohort_id)
        if _is_fresh(present, now):  # somebody was quicker
            return
        if taken is not None:
            _keep(writing, taken)
        elif present is not None:
            _checked(writing, present, now)


def call_for_refresh(session: Session, cohort_id: int) -> None:
    """Have the next refresh look again at once, since a person changed what counts.

    The figures that were frozen stay as they are; only when they were last checked is forgotten.
    """
    newest = latest(session, cohort_id)
    if newest is not None:
        newest.checked_at = newest.taken_at - REFRESH_EVERY
        session.add(newest)
        session.flush()


def measured(seen: Observations, now: datetime) -> Taken:
    """Work out the measures of what was observed."""
    from trialsim.insights.figures import figures  # noqa: PLC0415 (numpy, so that pages start fast)

    found = figures(seen)
    return Taken(
        seen.cohort_id, seen.day, now, hash_of(seen, versions()), found.cohort, found.trials
    )


def versions() -> dict[str, str]:
    """Return the version of every formula, and of the form they are frozen in."""
    cards = {card.key: card.version for card in MEASURES}
    return {"measurement": VERSION, "frozen": FROZEN_VERSION, **cards}


def _is_fresh(snapshot: Snapshot | None, now: datetime) -> TypeGuard[Snapshot]:
    return snapshot is not None and now - snapshot.checked_at < REFRESH_EVERY


def _checked(session: Session, snapshot: Snapshot, now: datetime) -> Snapshot:
    snapshot.checked_at = now
    session.add(snapshot)
    session.flush()
    return snapshot


def _keep(session: Session, taken: Taken) -> Snapshot:
    earlier = session.exec(
        select(Snapshot).where(Snapshot.cohort_id == taken.cohort_id, Snapshot.day == taken.day)
    ).all()
    row = Snapshot(
        cohort_id=taken.cohort_id,
        taken_at=taken.at,
        checked_at=taken.at,
        day=taken.day,
        input_hash=taken.input_hash,
        versions=versions(),
        body=taken.cohort,
    )
    session.add(row)
    session.flush()  # before the earlier ones go, so that no id is used twice
    parts = [
        {"snapshot_id": row.id, "trial_id": trial_id, "body": body}
        for trial_id, body in taken.trials.items()
    ]
    if parts:
        session.connection().execute(insert(TrialMeasures), parts)
    _drop(session, earlier)
    return row


def _drop(session: Session, snapshots: Sequence[Snapshot]) -> None:
    """Delete snapshots with their parts."""
    ids = [one.id for one in snapshots]
    if ids:
        parts = delete(TrialMeasures).where(col(TrialMeasures.snapshot_id).in_(ids))
        session.connection().execute(parts)
    for one in snapshots:
        session.delete(one)
    session.flush()
