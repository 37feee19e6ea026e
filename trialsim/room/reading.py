"""Opening a place reads it: kept after the page is made, in a short transaction. Knows Flask."""

from trialsim.accounts.models import Person
from trialsim.db import write_session
from trialsim.room.marks import mark_read
from trialsim.web.context import now
from trialsim.web.session import engine, session


def seen(person: Person, place: str, *, has_new: bool) -> None:
    """Keep that somebody has read a place; writes nothing where nothing is new to them."""
    person_id = person.id
    if not has_new or person_id is None:
        return
    session.rollback()  # nothing was changed: it only lets go of what it read
    with write_session(engine()) as writing:
        mark_read(writing, person_id, place, now())
