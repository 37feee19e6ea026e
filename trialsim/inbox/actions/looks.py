"""Showing a draft to the mentors before it goes out, and what they say to it."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Look, Ticket, Verdict
from trialsim.inbox.rules import RUNNING, may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial


def ask_for_look(  # noqa: PLR0913 (who shows what to whom, and when)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    by: Person,
    body: str,
    question: str,
    now: datetime,
) -> Look:
    """Show a draft to the mentors; one that still waits shows the newer text instead.

    Raises:
        Invalid: without a text. Conflict: when nothing more can be sent here.
    """
    if not body:
        raise Invalid(fields={"reply": "Please write the reply first that somebody should see."})
    if trial.state not in RUNNING or not may_write(ticket.status):
        raise Conflict("Nothing more can be sent here, so there is nothing to look at.")
    look = session.exec(
        select(Look).where(Look.ticket_id == ticket.id, col(Look.answered_at).is_(None))
    ).first() or Look(ticket_id=ticket.id or 0, trial_id=trial.id or 0, body=body, asked_at=now)
    look.body, look.question, look.asked_at = body, question, now
    session.add(look)
    session.flush()
    detail = {"look": look.public_id}
    record(session, "look_asked", ticket.public_id, by=by.id, at=now, detail=detail)
    return look


def answer_look(
    session: Session, look: Look, *, verdict: Verdict, comment: str, by: Person, now: datetime
) -> None:
    """Say "send it", perhaps with a word, or comment.

    Raises:
        Invalid: for a comment without words. Conflict: when somebody was quicker.
    """
    if verdict is Verdict.COMMENT and not comment:
        raise Invalid(fields={"comment": "Please write what should change."})
    if look.answered_at is not None:
        raise Conflict("Somebody has looked at this already.")
    look.verdict, look.comment = verdict, comment
    look.answered_by, look.answered_at = by.id, now
    session.add(look)
    session.flush()
    detail = {"verdict": verdict.value}
    record(session, "look_answered", look.public_id, by=by.id, at=now, detail=detail)
