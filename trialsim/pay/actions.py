"""Confirming and approving weeks of paid time."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.pay.models import LineKind, PaidWeek, StatementLine
from trialsim.pay.queries import earnings_of, lines_of, terms_of
from trialsim.pay.rules import is_confirmed, is_over, outstanding
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_entries


def confirm_week(
    session: Session, trial: Trial, number: int, *, by: Person, now: datetime
) -> PaidWeek:
    """Record that the candidate finds a week's hours right.

    Raises:
        Conflict: while the week still runs.
    """
    if not is_over(terms_of(trial), number, now) and trial.closed_at is None:
        raise Conflict("This week still runs. Please confirm it once it is over.")
    week = _week(session, trial, number)
    if week.confirmed_at is None:
        week.confirmed_at = now
        session.add(week)
        session.flush()
        record(
            session, "week_confirmed", trial.public_id, by=by.id, at=now, detail={"week": number}
        )
    return week


def approve_week(
    session: Session, trial: Trial, number: int, *, by: Person, now: datetime
) -> StatementLine:
    """Approve what a week holds that no line says yet, as one new line.

    Raises:
        Conflict: while it runs or waits for its confirmation, or when nothing is outstanding.
    """
    terms, entries = terms_of(trial), time_entries(session, trial)
    weeks = {week.number: week for week in earnings_of(trial, entries, now).weeks}
    paid_week = _week(session, trial, number)
    if number not in weeks or (not is_over(terms, number, now) and trial.closed_at is None):
        raise Conflict("This week still runs.")
    if not is_confirmed(terms, number, paid_week.confirmed_at, now):
        raise Conflict("This week waits for its confirmation, for seven days at most.")
    if any(entry.ended_at is None for entry in entries):
        raise Conflict("A block of this trial still runs. Please wait until it has ended.")
    lines = [line for line in lines_of(session, trial) if line.week == number]
    minutes, cents = outstanding(weeks[number], lines)
    if lines and not minutes:
        raise Conflict("This week is approved already.")
    line = StatementLine(
        trial_id=trial.id or 0,
        week=number,
        kind=LineKind.CORRECTION if lines else LineKind.WORK,
        minutes=minutes,
        rate_cents=terms.rate_cents,
        amount_cents=cents,
        currency=terms.currency,
        approved_by_id=by.id or 0,
        at=now,
    )
    paid_week.approved_at, paid_week.approved_by_id = now, by.id
    session.add(line)
    session.add(paid_week)
    session.flush()
    detail = {"week": number, "minutes": minutes, "cents": cents}
    record(session, "week_approved", trial.public_id, by=by.id, at=now, detail=detail)
    return line


def _week(session: Session, trial: Trial, number: int) -> PaidWeek:
    """Return a week's row, locked; makes it on first use."""
    query = (
        select(PaidWeek)
        .where(PaidWeek.trial_id == trial.id, PaidWeek.number == number)
        .order_by(col(PaidWeek.id))
        .with_for_update()
    )
    return session.exec(query).first() or PaidWeek(trial_id=trial.id or 0, number=number)
