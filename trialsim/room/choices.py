"""What somebody chose for rooms and channels: reading and changing it."""

from dataclasses import dataclass
from datetime import time

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.kit.errors import Invalid
from trialsim.room.models import Digest, RoomChoice


@dataclass(frozen=True, slots=True)
class Hours:
    """The days and hours a mentor announces."""

    weekdays: tuple[int, ...]
    starts: time
    ends: time


def choice_of(session: Session, person: Person) -> RoomChoice:
    """Return what somebody chose; a fresh row, not stored, for who has chosen nothing yet."""
    return session.get(RoomChoice, person.id) or RoomChoice(person_id=person.id or 0)


def choose(
    session: Session,
    person: Person,
    *,
    digest: Digest,
    mails_mentions: bool,
    shown_as: str = "",
    hours: Hours | None = None,
) -> None:
    """Keep what somebody chose; an empty name and hours that are not told stay as they were."""
    if hours is not None and hours.ends <= hours.starts:
        raise Invalid(fields={"day_ends": "Please choose an end after the start."})
    row = choice_of(session, person)
    row.digest, row.mails_mentions = digest, mails_mentions
    row.shown_as = shown_as or row.shown_as
    if hours is not None:
        row.weekdays, row.day_starts, row.day_ends = [*hours.weekdays], hours.starts, hours.ends
    session.add(row)
    session.flush()


def show_as(session: Session, person: Person, name: str) -> None:
    """Keep the name a candidate wants to be known by in channels."""
    row = choice_of(session, person)
    row.shown_as = name
    session.add(row)
    session.flush()
