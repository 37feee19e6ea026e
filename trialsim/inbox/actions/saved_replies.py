"""A person's own saved replies: kept, changed, removed, and put into a draft."""

from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, func, select

from trialsim.accounts.models import Person
from trialsim.inbox.actions.drafts import find_draft
from trialsim.inbox.models import Draft, DraftKind, SavedReply, Status, Ticket
from trialsim.inbox.rules import LONGEST_TEXT
from trialsim.kit.errors import Invalid

MOST = 500
_TAKEN = "You have a saved reply of this name already."


def keep_reply(  # noqa: PLR0913 (what is kept under which name)
    session: Session,
    person: Person,
    *,
    name: str,
    body: str,
    status: Status | None,
    now: datetime,
    saved: SavedReply | None = None,
) -> SavedReply:
    """Keep a new saved reply, or change one.

    Raises:
        Invalid: for a name that is taken, or more than 500.
    """
    if saved is None:
        _check_room(session, person)
        saved = SavedReply(person_id=person.id or 0, name=name, body=body, changed_at=now)
    try:
        with session.begin_nested():
            saved.name, saved.body, saved.status, saved.changed_at = name, body, status, now
            session.add(saved)
            session.flush()
    except IntegrityError as error:
        raise Invalid(fields={"name": _TAKEN}) from error
    return saved


def fill_draft(
    session: Session, ticket: Ticket, *, text: str, send_as: Status | None, now: datetime
) -> Draft:
    """Put a filled text below whatever the reply's draft holds; the candidate still sends it.

    Raises:
        Invalid: when both together are too long.
    """
    draft = find_draft(session, ticket, DraftKind.REPLY)
    if draft is None:
        draft = Draft(ticket_id=ticket.id or 0, kind=DraftKind.REPLY, body="", saved_at=now)
    whole = "\n\n".join(part for part in (draft.body, text) if part)
    if len(whole) > LONGEST_TEXT:
        raise Invalid(fields={"reply": f"Please keep this under {LONGEST_TEXT} characters."})
    draft.body, draft.saved_at = whole, now
    draft.send_as = send_as or draft.send_as
    session.add(draft)
    session.flush()
    return draft


def _check_room(session: Session, person: Person) -> None:
    query = select(func.count()).select_from(SavedReply)
    if session.exec(query.where(SavedReply.person_id == person.id)).one() >= MOST:
        raise Invalid(fields={"name": "You keep 500 saved replies. Please remove some first."})
