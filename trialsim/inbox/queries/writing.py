"""What is written and has not reached anybody yet: held replies, looks, saved replies, files."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, cast
from sqlalchemy.orm import defer
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, or_, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Attachment, Outgoing, SavedReply, Ticket
from trialsim.inbox.substitution import folder_of
from trialsim.kit.errors import NotFound
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class Held:
    """The newest reply of a trial that can still be taken back."""

    reply: str
    ticket: str
    number: str


def newest_held(trial: Trial, now: datetime) -> ColumnElement[str]:
    """Return a column with the newest reply that can be taken back, for a page's one query."""
    words = (
        col(Outgoing.public_id) + " " + col(Ticket.public_id) + " " + cast(Ticket.number, String)
    )
    return (
        select(words)
        .join(Ticket, col(Ticket.id) == Outgoing.ticket_id)
        .where(Outgoing.trial_id == trial.id, col(Outgoing.due_at) > now)
        .order_by(col(Outgoing.id).desc())
        .limit(1)
        .scalar_subquery()
    )


def held_from(stored: str | None) -> Held | None:
    """Return what `newest_held` found."""
    return Held(*stored.split(" ")) if stored else None


def saved_replies(session: Session, person: Person, words: str = "") -> list[SavedReply]:
    """Return a person's saved replies by name, all or those whose name or text holds each word."""
    query = select(SavedReply).where(SavedReply.person_id == person.id)
    for word in words.split()[:10]:
        like = "%" + word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = query.where(
            or_(
                col(SavedReply.name).ilike(like, escape="\\"),
                col(SavedReply.body).ilike(like, escape="\\"),
            )
        )
    found = session.exec(query.order_by(col(SavedReply.name), col(SavedReply.id)))
    return sorted(found, key=lambda one: (folder_of(one.name).lower(), one.name.lower()))


def saved_reply(session: Session, person: Person, public_id: str) -> SavedReply:
    """Return one of a person's saved replies.

    Raises:
        NotFound: for any other, there or not.
    """
    row = session.exec(
        select(SavedReply).where(
            SavedReply.person_id == person.id, SavedReply.public_id == public_id
        )
    ).first()
    if row is None:
        raise NotFound
    return row


def attachment(session: Session, public_id: str) -> tuple[Attachment, Ticket] | None:
    """Return a file, without its bytes until they are asked for, and its ticket."""
    return session.exec(
        select(Attachment, Ticket)
        .join(Ticket, col(Ticket.id) == Attachment.ticket_id)
        .options(defer(Attachment.content))  # type: ignore[arg-type]  # a mapped attribute
        .where(Attachment.public_id == public_id)
    ).first()
