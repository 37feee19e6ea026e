"""Corrections of paid time by whoever worked it: each with a reason, none ever erased."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid, NotFound
from trialsim.trials.models import TimeCorrection, TimeEntry, Trial
from trialsim.trials.queries import time_entries
from trialsim.trials.rules import Block, TrialState, WorkKind, block_fault

_AFTER_THE_END = timedelta(days=14)


def add_block(  # noqa: PLR0913 (who worked what when, and why it is said now)
    session: Session,
    trial: Trial,
    *,
    kind: WorkKind,
    block: Block,
    reason: str,
    by: Person,
    now: datetime,
) -> TimeEntry:
    """Log a block that was forgotten.

    Raises:
        Invalid: when it overlaps another, lies ahead, or is too long.
        Conflict: before the terms are accepted or long after the end.
    """
    _check(session, trial, block, now)
    entry = TimeEntry(
        trial_id=trial.id or 0, kind=kind, started_at=block.started_at, ended_at=block.ended_at
    )
    session.add(entry)
    session.flush()
    _note(session, trial, entry, {}, _told(entry), reason, by, now)
    return entry


def change_block(  # noqa: PLR0913 (who worked what when, and why it is said now)
    session: Session,
    trial: Trial,
    entry: TimeEntry,
    *,
    kind: WorkKind,
    block: Block,
    reason: str,
    version: int,
    by: Person,
    now: datetime,
) -> None:
    """Correct the kind, start or end of a block that has ended.

    Raises:
        Invalid: when it overlaps another, lies ahead, or is too long.
        Conflict: when it still runs, or was corrected meanwhile.
    """
    if entry.ended_at is None:
        raise Conflict("This block still runs. Please clock out first, then correct it.")
    _check(session, trial, block, now, but=entry)
    take_version(session, entry, version)
    was = _told(entry)
    entry.kind, entry.started_at, entry.ended_at = kind, block.started_at, block.ended_at
    session.add(entry)
    _note(session, trial, entry, was, _told(entry), reason, by, now)


def remove_block(  # noqa: PLR0913 (which block, and why)
    session: Session,
    trial: Trial,
    entry: TimeEntry,
    *,
    reason: str,
    version: int,
    by: Person,
    now: datetime,
) -> None:
    """Take a block out: it stays on record with no time in it."""
    if entry.ended_at is None:
        raise Conflict("This block still runs. Please clock out first, then take it out.")
    _check_state(trial, now)
    take_version(session, entry, version)
    was = _told(entry)
    entry.ended_at = entry.started_at
    session.add(entry)
    _note(session, trial, entry, was, {}, reason, by, now)


def own_block(session: Session, trial: Trial, public_id: str) -> TimeEntry:
    """Return one of a trial's blocks; raises NotFound for any other."""
    entry = session.exec(
        select(TimeEntry).where(TimeEntry.public_id == public_id, TimeEntry.trial_id == trial.id)
    ).first()
    if entry is None:
        raise NotFound
    return entry


def corrections_of(session: Session, trial: Trial) -> list[TimeCorrection]:
    """Return a trial's corrections, oldest first."""
    query = (
        select(TimeCorrection)
        .where(TimeCorrection.trial_id == trial.id)
        .order_by(col(TimeCorrection.id))
    )
    return list(session.exec(query))


def typed_block(day: date, starts: time, ends: time, zone: str) -> Block:
    """Return the block that somebody means by local clock times; an earlier end is the next day's.

    Raises:
        Invalid: for a time that the clocks jumped over that night.
    """
    place = ZoneInfo(zone)
    first = datetime.combine(day, starts, place)
    last = datetime.combine(day + timedelta(days=ends <= starts), ends, place)
    for name, instant in (("starts", first), ("ends", last)):
        if instant.astimezone(UTC).astimezone(place).replace(tzinfo=None) != instant.replace(
            tzinfo=None
        ):
            raise Invalid(fields={name: "The clocks went forward over this time that night."})
    return Block(first.astimezone(UTC), last.astimezone(UTC))


def _check(
    session: Session, trial: Trial, block: Block, now: datetime, but: TimeEntry | None = None
) -> None:
    _check_state(trial, now)
    others = [
        Block(one.started_at, one.ended_at)
        for one in time_entries(session, trial)
        if (but is None or one.id != but.id) and one.ended_at != one.started_at
    ]
    opened = trial.accepted_at or now
    if fault := block_fault(block, others, opened.replace(second=0, microsecond=0), now):
        raise Invalid(fields={"starts": fault})


def _check_state(trial: Trial, now: datetime) -> None:
    if trial.state is TrialState.INVITED:
        raise Conflict("Time can be logged once you have accepted the terms.")
    if trial.closed_at is not None and now > trial.closed_at + _AFTER_THE_END:
        raise Conflict(
            "Your trial ended over two weeks ago. Please write to the programme's manager."
        )


def _told(entry: TimeEntry) -> dict[str, str]:
    return {
        "kind": str(entry.kind),
        "started_at": entry.started_at.isoformat(),
        "ended_at": entry.ended_at.isoformat() if entry.ended_at else "",
    }


def _note(  # noqa: PLR0913, PLR0917 (a row of the record)
    session: Session,
    trial: Trial,
    entry: TimeEntry,
    was: dict[str, str],
    becomes: dict[str, str],
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    session.add(
        TimeCorrection(
            trial_id=trial.id or 0,
            entry_id=entry.id or 0,
            was=was,
            becomes=becomes,
            reason=reason,
            by_id=by.id or 0,
            at=now,
        )
    )
    record(
        session,
        "time_corrected",
        trial.public_id,
        by=by.id,
        at=now,
        detail={"block": entry.public_id, "was": was, "becomes": becomes},
    )
    session.flush()
