"""One change to several tickets at once; each goes the same way as if it were changed alone."""

from collections.abc import Sequence
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.inbox.actions.organising import change_details, snooze
from trialsim.inbox.actions.replies import set_status
from trialsim.inbox.bulk import Change, effect, new_tags
from trialsim.inbox.models import Status, Ticket
from trialsim.inbox.snoozing import wakes_at
from trialsim.trials.models import Trial
from trialsim.trials.queries import hours_of


def change_all(
    session: Session,
    trial: Trial,
    tickets: Sequence[Ticket],
    change: Change,
    *,
    by: Person,
    now: datetime,
) -> int:
    """Change every ticket that can be changed and return how many were.

    Raises:
        Conflict: when a status is to change while the clock is off; then nothing changes.
    """
    changed = 0
    for ticket in tickets:
        if effect(ticket, change).barred:
            continue
        changed += 1
        if change.status is not None and change.status != ticket.status:
            set_status(session, trial, ticket, status=change.status, now=now)
        change_details(
            session,
            trial,
            ticket,
            priority=change.priority or ticket.priority,
            kind=change.kind or ticket.kind,
            tags=new_tags(ticket.tags, change),
            by=by,
            now=now,
        )
        if change.snooze and ticket.status is not Status.SOLVED:
            until = wakes_at(change.snooze, hours_of(trial), now)
            snooze(session, trial, ticket, until=until, preset=change.snooze, by=by, now=now)
    return changed
