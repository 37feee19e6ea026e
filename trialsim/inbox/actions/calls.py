"""Video calls: taking one, ending it, and the email that follows."""

from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.channels import by_email
from trialsim.inbox.actions.drafts import find_draft, save_draft
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.ladder import Rung
from trialsim.inbox.models import Channel, DraftKind, Ticket
from trialsim.inbox.queries.ladder import LIVE_STATES, opened_rungs
from trialsim.inbox.rules import DESK_WORK, may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_of

NOT_ON_THE_LINE = "This call is over. Your text is kept; it can go out as an email."
OVER = "The call is over, so this goes on by email."
_HOUR = 3600
# How a follow-up email begins: the rest is the candidate's.
BEGINNINGS = {
    "en": "Hello {name},\n\nthank you for the call. As promised, in writing:\n\n- ",
    "it": "Buongiorno {name},\n\ngrazie della chiamata. Come promesso, per iscritto:\n\n- ",
    "ko": "{name}님, 안녕하세요.\n\n통화 감사합니다. 말씀드린 내용을 정리해 드립니다.\n\n- ",
}


def take_calls(session: Session, trial: Trial, *, takes: bool, by: Person, now: datetime) -> None:
    """Say whether one customer may call now; it lasts until somebody does or the block ends.

    Raises:
        Conflict: off the clock, in a block of other work, or before calls are open.
    """
    running = time_of(session, trial, now).running
    if running is None or running.kind not in DESK_WORK:
        raise Conflict("Please clock in for tickets first, so that this time is paid.")
    if takes and Rung.CALL not in opened_rungs(session, trial.id or 0):
        raise Conflict("Calls are not open for you yet.")
    if running.takes_calls == takes:
        return
    running.takes_calls = takes
    session.add(running)
    record(
        session,
        "calls_taken" if takes else "calls_paused",
        trial.public_id,
        by=by.id,
        at=now,
    )


def check_on_the_line(ticket: Ticket) -> None:
    """Raise Conflict unless the customer is still there."""
    if ticket.channel is not Channel.CALL or ticket.status not in LIVE_STATES:
        raise Conflict(NOT_ON_THE_LINE)


def end_call(session: Session, trial: Trial, ticket: Ticket, *, by: Person, now: datetime) -> None:
    """End a call; what is left goes on by email on the same ticket.

    Raises:
        Conflict: when it is over already, or the clock is off.
    """
    check_on_the_line(ticket)
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    length = lasted(ticket, now)
    by_email(session, ticket, f"You ended the call after {length}. It goes on by email.", now)
    record(session, "call_ended", ticket.public_id, by=by.id, at=now, detail={"after": length})


def follow_up(
    session: Session, trial: Trial, ticket: Ticket, *, name: str, language: str, now: datetime
) -> None:
    """Get ready to write the email after a call; text that is there already stays.

    Raises:
        Conflict: while the customer is on the line, or when nothing can be sent any more.
    """
    if ticket.channel is Channel.CALL and ticket.status in LIVE_STATES:
        raise Conflict("The call still goes on. Please end it first.")
    if not may_write(ticket.status):
        raise Conflict("This conversation is closed.")
    if ticket.channel is Channel.CALL:
        take_version(session, ticket, ticket.version)
        by_email(session, ticket, OVER, now)
    draft = find_draft(session, ticket, DraftKind.REPLY)
    if draft is None or not draft.body:
        body = BEGINNINGS.get(language, BEGINNINGS["en"]).format(name=name)
        save_draft(session, trial, ticket, kind=DraftKind.REPLY, body=body, now=now)


def lasted(ticket: Ticket, now: datetime) -> str:
    """Return how long a call has gone on, such as ``4:05`` or ``1:02:05``."""
    seconds = max(0, int((now - ticket.opened_at).total_seconds()))
    minutes, rest = divmod(seconds, 60)
    if seconds < _HOUR:
        return f"{minutes}:{rest:02}"
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
