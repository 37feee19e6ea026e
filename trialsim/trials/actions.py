"""Everything that changes a trial: its acceptance, its live queue, its paid time, its end."""

from datetime import datetime, time

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.programmes.models import Membership
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import pause_now, rules_of, time_of
from trialsim.trials.rules import LONGEST_BLOCK, TrialState, WorkKind


def accept(  # noqa: PLR0913 (what a candidate chooses)
    session: Session,
    trial: Trial,
    *,
    by: Person,
    now: datetime,
    zone: str,
    weekdays: list[int],
    day_starts: time,
    day_ends: time,
) -> None:
    """Record that the candidate accepts the terms and announces their hours."""
    if trial.state is not TrialState.INVITED:
        raise Conflict("You have accepted already.")
    if not weekdays:
        raise Invalid(fields={"weekdays": "Please choose at least one day."})
    if day_ends <= day_starts:
        raise Invalid(fields={"day_ends": "Please choose an end after the start."})
    take_version(session, trial, trial.version)
    trial.zone, trial.weekdays = zone, sorted(set(weekdays))
    trial.day_starts, trial.day_ends = day_starts, day_ends
    trial.accepted_at, trial.state = now, TrialState.TRAINING
    session.add(trial)
    held = session.exec(
        select(Membership).where(
            Membership.cohort_id == trial.cohort_id, Membership.person_id == by.id
        )
    ).one()
    held.accepted_at = now
    record(
        session, "terms_accepted", trial.public_id, by=by.id, at=now, detail={"rules": trial.rules}
    )


def open_live(session: Session, trial: Trial, *, by: Person, now: datetime, reason: str) -> None:
    """Open the live queue: from here on tickets are scored. A mentor says why in one line."""
    if trial.state is not TrialState.TRAINING:
        raise Conflict("The live queue is open already, or the terms are not accepted yet.")
    take_version(session, trial, trial.version)
    trial.state, trial.live_at, trial.live_reason = TrialState.LIVE, now, reason
    session.add(trial)
    record(session, "live_opened", trial.public_id, by=by.id, at=now, detail={"reason": reason})


def clock_in(
    session: Session, trial: Trial, kind: WorkKind, *, by: Person, now: datetime
) -> TimeEntry:
    """Start a block of paid work; a running one of another kind ends first.

    Raises:
        Conflict: before the terms are accepted, after the end, in a pause, or in a full week.
    """
    if trial.state not in (TrialState.TRAINING, TrialState.LIVE):
        raise Conflict("Time can be logged while the trial runs.")
    if pause_now(trial, now) is not None:
        raise Conflict("You are on a pause, and nothing waits for you. End it first, if you like.")
    standing = time_of(session, trial, now)
    if standing.left_this_week <= 0:
        cap = rules_of(trial).cap_hours_week
        raise Conflict(
            f"This week's {cap} hours are full. Thank you, and have a rest: "
            "the queue opens again next week."
        )
    if standing.running is not None:
        if standing.running.kind is kind:
            return standing.running
        end_block(session, trial, standing.running, by=by, now=now)
    entry = TimeEntry(trial_id=trial.id or 0, kind=kind, started_at=now)
    session.add(entry)
    session.flush()
    record(session, "clock_in", trial.public_id, by=by.id, at=now, detail={"kind": str(kind)})
    return entry


def clock_out(session: Session, trial: Trial, *, by: Person, now: datetime) -> TimeEntry | None:
    """End the running block, if there is one."""
    running = time_of(session, trial, now).running
    if running is not None:
        end_block(session, trial, running, by=by, now=now)
    return running


def end_block(
    session: Session, trial: Trial, entry: TimeEntry, *, by: Person | None, now: datetime
) -> None:
    """End one block; nobody works ten hours in a row, so a forgotten one ends there."""
    entry.ended_at = min(now, entry.started_at + LONGEST_BLOCK)
    entry.version += 1
    session.add(entry)
    minutes = int((entry.ended_at - entry.started_at).total_seconds() // 60)
    record(
        session,
        "clock_out",
        trial.public_id,
        by=by.id if by else None,
        at=now,
        detail={"kind": str(entry.kind), "minutes": minutes},
    )


def close(session: Session, trial: Trial, *, by: Person | None, now: datetime) -> None:
    """End the trial: no more tickets, no more time."""
    if trial.state in (TrialState.CLOSED, TrialState.DECIDED):
        return
    running = session.exec(
        select(TimeEntry).where(TimeEntry.trial_id == trial.id, col(TimeEntry.ended_at).is_(None))
    ).first()
    if running is not None:
        end_block(session, trial, running, by=by, now=now)
    trial.state, trial.closed_at = TrialState.CLOSED, now
    trial.version += 1
    session.add(trial)
    record(session, "trial_closed", trial.public_id, by=by.id if by else None, at=now)
