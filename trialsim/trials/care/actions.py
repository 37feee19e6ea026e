"""What a candidate changes in their own month without a reason: pauses, hours, one dropped day."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.kit.worktime import local_day
from trialsim.trials.care.rules import (
    Allowances,
    Pause,
    cut_short,
    may_drop,
    moved_by,
    pause_fault,
    pauses_of,
    stored_pauses,
)
from trialsim.trials.models import Accommodation, Trial
from trialsim.trials.queries import allowances_of, pause_now, rules_of, time_entries
from trialsim.trials.rules import TrialState

_RUNNING = (TrialState.TRAINING, TrialState.LIVE)
_TOO_LATE = "Your trial is over, so this cannot be changed any more."


def take_pause(
    session: Session, trial: Trial, pause: Pause, *, by: Person, now: datetime, version: int
) -> None:
    """Pause a trial for some days; its last day moves by as many, as far as the window goes.

    Raises:
        Invalid: for days that lie behind, overlap another pause, or come after the end.
        Conflict: while the clock runs, when a pause begins today.
    """
    _check_running(trial)
    today, held = local_day(now, trial.zone), pauses_of(trial.pauses)
    if fault := pause_fault(pause, held, today, trial.ends_on):
        raise Invalid(fields=dict([fault]))
    if pause.first == today and _runs(session, trial):
        raise Conflict("Your clock is running. Please clock out first, so that the time is paid.")
    take_version(session, trial, version)
    _set_pauses(trial, (*held, pause))
    session.add(trial)
    record(session, "pause_taken", trial.public_id, by=by.id, at=now, detail=_dates(pause))


def end_pause(
    session: Session, trial: Trial, first: date, *, by: Person, now: datetime, version: int
) -> None:
    """End the pause that began on a day, or take back one to come; work may go on today.

    Raises:
        Conflict: for a pause that is over or is none.
    """
    _check_running(trial)
    today, held = local_day(now, trial.zone), pauses_of(trial.pauses)
    pause = next((one for one in held if one.first == first and one.last >= today), None)
    if pause is None:
        raise Conflict("This pause is over already.")
    take_version(session, trial, version)
    kept = cut_short(held, today) if pause.holds(today) else [one for one in held if one != pause]
    _set_pauses(trial, kept)
    session.add(trial)
    record(session, "pause_ended", trial.public_id, by=by.id, at=now, detail=_dates(pause))


def announce_hours(  # noqa: PLR0913 (which days and hours)
    session: Session,
    trial: Trial,
    *,
    weekdays: Collection[int],
    day_starts: time,
    day_ends: time,
    by: Person,
    now: datetime,
    version: int,
) -> None:
    """Announce other days and hours; waits count by them from tomorrow, never backwards.

    Raises:
        Invalid: without a day, or with an end before the start.
        Conflict: before the terms are accepted or after the end.
    """
    _check_running(trial)
    if not weekdays:
        raise Invalid(fields={"weekdays": "Please choose at least one day."})
    if day_ends <= day_starts:
        raise Invalid(fields={"day_ends": "Please choose an end after the start."})
    take_version(session, trial, version)
    until = (local_day(now, trial.zone) + timedelta(days=1)).isoformat()
    if all(one["until"] != until for one in trial.earlier_hours):
        was = {
            "until": until,
            "weekdays": list(trial.weekdays),
            "starts": trial.day_starts.isoformat(),
            "ends": trial.day_ends.isoformat(),
        }
        trial.earlier_hours = [*trial.earlier_hours, was]
    trial.weekdays = sorted(set(weekdays))
    trial.day_starts, trial.day_ends = day_starts, day_ends
    session.add(trial)
    detail = {"weekdays": trial.weekdays, "from": f"{day_starts:%H:%M}", "to": f"{day_ends:%H:%M}"}
    record(session, "hours_announced", trial.public_id, by=by.id, at=now, detail=detail)


def drop_day(
    session: Session, trial: Trial, day: date, *, by: Person, now: datetime, version: int
) -> None:
    """Drop one worked day, once: its tickets leave every measure, its hours stay paid.

    Raises:
        Conflict: the second time, or when the trial does not run.
        Invalid: for a day without work, or one too long ago.
    """
    _check_running(trial)
    if trial.dropped_on is not None:
        raise Conflict("You have dropped a day already. It can be done once.")
    worked = {local_day(entry.started_at, trial.zone) for entry in time_entries(session, trial)}
    if day not in worked or not may_drop(day, local_day(now, trial.zone), trial.starts_on):
        raise Invalid(fields={"day": "Please choose one of the days you worked this last week."})
    take_version(session, trial, version)
    trial.dropped_on = day
    session.add(trial)
    record(
        session, "day_dropped", trial.public_id, by=by.id, at=now, detail={"day": day.isoformat()}
    )


def ask_for(
    session: Session, trial: Trial, words: str, *, by: Person, now: datetime
) -> Accommodation:
    """Keep what a candidate asks to have different; the journal holds none of their words."""
    if trial.state is TrialState.DECIDED or trial.closed_at is not None:
        raise Conflict(_TOO_LATE)
    row = Accommodation(trial_id=trial.id or 0, words=words, asked_at=now)
    session.add(row)
    session.flush()
    detail = {"accommodation": row.public_id}
    record(session, "accommodation_asked", trial.public_id, by=by.id, at=now, detail=detail)
    return row


def decide(  # noqa: PLR0913 (who grants what, and the words for the candidate)
    session: Session,
    row: Accommodation,
    granted: Allowances,
    *,
    answer: str,
    by: Person,
    now: datetime,
    version: int,
) -> Trial:
    """Decide a request, or change what was decided: from now on the trial runs like that."""
    take_version(session, row, version)
    trial = session.get_one(Trial, row.trial_id)
    before = allowances_of(trial)
    row.granted, row.answer = asdict(granted), answer
    row.decided_by, row.decided_at = by.id, now
    take_version(session, trial, trial.version)
    held = pauses_of(trial.pauses)
    moved = _moved(trial, held, granted) - _moved(trial, held, before)
    trial.ends_on += timedelta(days=moved)
    trial.allowances = {} if granted.is_usual else asdict(granted)
    session.add(row)
    session.add(trial)
    detail = {"accommodation": row.public_id}
    record(session, "accommodation_decided", trial.public_id, by=by.id, at=now, detail=detail)
    session.flush()
    return trial


def room_days(trial: Trial) -> int:
    """Return how many days pauses may move the last day by."""
    rules = rules_of(trial)
    return max(0, rules.window_days - rules.length_days)


def is_paused(trial: Trial, now: datetime) -> bool:
    """Whether a trial is in a pause."""
    return pause_now(trial, now) is not None


def _set_pauses(trial: Trial, pauses: Iterable[Pause]) -> None:
    kept, allowed = tuple(pauses), allowances_of(trial)
    moved = _moved(trial, kept, allowed) - _moved(trial, pauses_of(trial.pauses), allowed)
    trial.ends_on += timedelta(days=moved)
    trial.pauses = stored_pauses(sorted(kept, key=lambda one: one.first))


def _moved(trial: Trial, pauses: Iterable[Pause], allowed: Allowances) -> int:
    return moved_by(pauses, room_days(trial), allowed)


def _runs(session: Session, trial: Trial) -> bool:
    return any(entry.ended_at is None for entry in time_entries(session, trial))


def _check_running(trial: Trial) -> None:
    if trial.state is TrialState.INVITED:
        raise Conflict("Please read and accept the terms first. You choose your hours there.")
    if trial.state not in _RUNNING:
        raise Conflict(_TOO_LATE)


def _dates(pause: Pause) -> dict[str, str]:
    return {"from": pause.first.isoformat(), "to": pause.last.isoformat()}
