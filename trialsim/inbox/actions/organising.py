"""Putting tickets in order: priority, type, tags, snoozing, and passing one over."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.work import add_work
from trialsim.inbox.models import Kind, Priority, Skip, Ticket
from trialsim.inbox.rules import RUNNING, may_write
from trialsim.inbox.searching import TAG
from trialsim.inbox.snoozing import fault
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.trials.models import Trial
from trialsim.trials.queries import time_of

MOST_TAGS = 12
REMEMBERED_TAGS = 40
OVER = "Your trial is over, so nothing can be changed any more."
CLOSED = "This conversation is closed, so there is nothing to put off."


def change_details(  # noqa: PLR0913 (whose ticket gets what, by whom, and when)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    priority: Priority,
    kind: Kind,
    tags: Sequence[str],
    by: Person,
    now: datetime,
) -> None:
    """Set priority, type and tags; each change is kept in the history.

    Raises:
        Conflict: when the trial is over.
        Invalid: for a tag that cannot be one, or too many.
    """
    wanted = _clean_tags(tags)
    _work(session, trial, ticket, now)
    changes = {
        "priority": (str(ticket.priority), str(priority)),
        "type": (str(ticket.kind), str(kind)),
        "tags": (", ".join(ticket.tags), ", ".join(wanted)),
    }
    ticket.priority, ticket.kind, ticket.tags = priority, kind, wanted
    session.add(ticket)
    _remember_tags(session, trial, wanted)
    for what, (was, becomes) in changes.items():
        if was != becomes:
            detail = {"what": what, "from": was, "to": becomes}
            record(session, "ticket_changed", ticket.public_id, by=by.id, at=now, detail=detail)


def snooze(  # noqa: PLR0913 (whose ticket, until when, and what is remembered)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    until: datetime | None,
    preset: str,
    by: Person,
    now: datetime,
) -> None:
    """Put a ticket off; it wakes at that moment or when its customer writes.

    Raises:
        Conflict: when the ticket is closed or the trial over.
        Invalid: for a moment that has passed or lies too far away.
    """
    if problem := fault(until, now):
        raise Invalid(fields={"until": problem})
    if not may_write(ticket.status):
        raise Conflict(CLOSED)
    _work(session, trial, ticket, now)
    ticket.snoozed_until = until
    if preset:
        trial.desk = {**trial.desk, "snooze": preset}
    session.add(ticket)
    session.add(trial)
    detail = {"until": until.isoformat() if until else ""}
    record(session, "snoozed", ticket.public_id, by=by.id, at=now, detail=detail)


def wake(session: Session, trial: Trial, ticket: Ticket, *, by: Person, now: datetime) -> None:
    """Let a ticket that was put off be there again."""
    if ticket.snoozed_until is None:
        return
    _work(session, trial, ticket, now)
    ticket.snoozed_until = None
    session.add(ticket)
    record(session, "woken", ticket.public_id, by=by.id, at=now)


def skip(  # noqa: PLR0913 (whose ticket, in which view, and why)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    view: str,
    reason: str,
    by: Person,
    now: datetime,
) -> None:
    """Pass a ticket over for today, with a reason that the mentor reads.

    Raises:
        Invalid: without a reason.
    """
    if not reason.strip():
        raise Invalid(fields={"reason": "Please say in a few words why."})
    _work(session, trial, ticket, now)
    session.add(
        Skip(trial_id=trial.id or 0, ticket_id=ticket.id or 0, view=view, reason=reason, at=now)
    )
    session.flush()
    record(session, "skipped", ticket.public_id, by=by.id, at=now, detail={"reason": reason})


def _work(session: Session, trial: Trial, ticket: Ticket, now: datetime) -> None:
    """Refuse once the trial is over; while the clock runs, order is work on the ticket."""
    if trial.state not in RUNNING:
        raise Conflict(OVER)
    add_work(session, trial, ticket, time_of(session, trial, now), now)


def _clean_tags(tags: Sequence[str]) -> list[str]:
    wanted = list(dict.fromkeys(tag.strip().lower().replace(" ", "-") for tag in tags))
    wanted = [tag for tag in wanted if tag]
    if any(not TAG.fullmatch(tag) for tag in wanted):
        words = "A tag is made of the letters a to z, digits and hyphens, 30 at most."
        raise Invalid(fields={"tag": words})
    if len(wanted) > MOST_TAGS:
        raise Invalid(fields={"tag": f"A ticket has at most {MOST_TAGS} tags."})
    return wanted


def _remember_tags(session: Session, trial: Trial, tags: Sequence[str]) -> None:
    known = trial.desk.get("tags", [])
    latest = list(dict.fromkeys([*tags, *known]))[:REMEMBERED_TAGS]
    if latest != known:
        trial.desk = {**trial.desk, "tags": latest}
        session.add(trial)
