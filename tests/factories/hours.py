"""Paid time for trials."""

from datetime import datetime, timedelta

from sqlmodel import Session

from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import WorkKind


def a_block(
    session: Session,
    trial: Trial,
    started_at: datetime,
    *,
    minutes: int | None = 60,
    kind: WorkKind = WorkKind.TICKETS,
) -> TimeEntry:
    """A block of paid work that has ended, or with `minutes=None` still runs. Commits."""
    ended_at = None if minutes is None else started_at + timedelta(minutes=minutes)
    entry = TimeEntry(trial_id=trial.id or 0, kind=kind, started_at=started_at, ended_at=ended_at)
    session.add(entry)
    session.commit()
    return entry
