"""Files beside a draft: laid there, taken away, gone out with the text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import Session, col, func, select

from trialsim.inbox.actions.drafts import find_draft
from trialsim.inbox.file_types import Sniffed
from trialsim.inbox.models import Attachment, Draft, DraftKind, FilePlace, Ticket
from trialsim.kit.errors import Invalid, NotFound
from trialsim.trials.models import Trial

MOST_FILES = 5
MOST_BYTES_A_TRIAL = 100 * 1024 * 1024
FIELD = "files"


def attach(
    session: Session,
    trial: Trial,
    ticket: Ticket,
    *,
    kind: DraftKind,
    files: Iterable[Sniffed],
    now: datetime,
) -> Draft:
    """Lay files beside a draft, all or none, and return it.

    Raises:
        Invalid: for more than five, or when the trial's files take too much room.
    """
    found = list(files)
    draft = find_draft(session, ticket, kind)
    if draft is None:
        draft = Draft(ticket_id=ticket.id or 0, kind=kind, body="", saved_at=now)
    if len(draft.files) + len(found) > MOST_FILES:
        raise Invalid(fields={FIELD: f"Please attach {MOST_FILES} files at most to one message."})
    _check_room(session, trial, sum(len(one.content) for one in found))
    rows = [
        Attachment(
            ticket_id=ticket.id or 0,
            trial_id=trial.id or 0,
            name=one.name,
            kind=one.kind,
            place=FilePlace(kind.value),
            size_bytes=len(one.content),
            width=one.width,
            height=one.height,
            content=one.content,
            at=now,
        )
        for one in found
    ]
    session.add_all(rows)
    draft.files = [*draft.files, *(_told(row) for row in rows)]
    draft.saved_at = now
    session.add(draft)
    session.flush()
    return draft


def detach(session: Session, ticket: Ticket, public_id: str) -> DraftKind:
    """Take one file away that has not gone out yet; return whose draft it lay beside.

    Raises:
        NotFound: when no draft of this ticket has it.
    """
    for kind in DraftKind:
        draft = find_draft(session, ticket, kind)
        if draft is not None and any(one["id"] == public_id for one in draft.files):
            draft.files = [one for one in draft.files if one["id"] != public_id]
            session.add(draft)
            session.execute(delete(Attachment).where(col(Attachment.public_id) == public_id))
            return kind
    raise NotFound


def mark_sent(session: Session, files: Iterable[dict[str, Any]]) -> None:
    """Let others read files whose text has gone out."""
    _move(session, files, FilePlace.SENT)


def mark_draft(session: Session, files: Iterable[dict[str, Any]]) -> None:
    """Keep files beside their reply again."""
    _move(session, files, FilePlace.REPLY)


def _move(session: Session, files: Iterable[dict[str, Any]], place: FilePlace) -> None:
    ids = [one["id"] for one in files]
    if ids:
        session.execute(
            update(Attachment).where(col(Attachment.public_id).in_(ids)).values(place=place)
        )


def _check_room(session: Session, trial: Trial, more: int) -> None:
    query = select(func.coalesce(func.sum(Attachment.size_bytes), 0))
    taken = session.exec(query.where(Attachment.trial_id == trial.id)).one()
    if taken + more > MOST_BYTES_A_TRIAL:
        raise Invalid(
            fields={FIELD: "Your files take up all the room a trial has. Please send it without."}
        )


def _told(row: Attachment) -> dict[str, Any]:
    return {
        "id": row.public_id,
        "name": row.name,
        "kind": row.kind.value,
        "size": row.size_bytes,
        "width": row.width,
        "height": row.height,
    }
