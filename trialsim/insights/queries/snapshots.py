"""Frozen measures, as stored."""

from collections.abc import Iterable

from sqlmodel import Session, col, select

from trialsim.insights.frozen import Json
from trialsim.insights.models import Snapshot, TrialMeasures


def latest(session: Session, cohort_id: int) -> Snapshot | None:
    """Return the newest snapshot of a cohort."""
    query = (
        select(Snapshot)
        .where(Snapshot.cohort_id == cohort_id)
        .order_by(col(Snapshot.taken_at).desc(), col(Snapshot.id).desc())
        .limit(1)
    )
    return session.exec(query).first()


def trial_measures(
    session: Session, snapshot: Snapshot, trial_ids: Iterable[int]
) -> dict[int, Json]:
    """Return each trial's part of a snapshot; one query, and only what was asked for."""
    rows = session.exec(
        select(TrialMeasures.trial_id, TrialMeasures.body).where(
            TrialMeasures.snapshot_id == snapshot.id,
            col(TrialMeasures.trial_id).in_(list(trial_ids)),
        )
    )
    return {trial_id: dict(body) for trial_id, body in rows}
