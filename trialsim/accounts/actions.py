"""Everything that changes accounts: people, sessions, links, passwords."""

from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import Session, col, select

from trialsim.accounts.models import Link, LinkKind, Person, SignIn, WrongPassword
from trialsim.accounts.queries import find_person, open_link
from trialsim.accounts.rules import (
    INVITATION_LASTS,
    RESET_LASTS,
    fresh_token,
    normal_email,
    token_hash,
)
from trialsim.journal.actions import record
from trialsim.kit.errors import Invalid, NotFound


def add_person(
    session: Session, *, email: str, name: str, now: datetime, is_manager: bool = False
) -> Person:
    """Return the person with this address, made now if there is none.

    Raises:
        Invalid: for somebody whose account was closed.
    """
    known = find_person(session, email)
    if known is not None:
        if known.deactivated_at is not None:
            raise Invalid(fields={"email": "This address cannot be invited. Please use another."})
        return known
    address = normal_email(email)
    person = Person(
        email=address,
        name=name.strip() or address.split("@", maxsplit=1)[0],
        is_manager=is_manager,
        created_at=now,
    )
    session.add(person)
    session.flush()
    record(session, "person_added", person.public_id, by=None, at=now)
    return person


def make_link(session: Session, person: Person, kind: LinkKind, now: datetime) -> str:
    """Store a single-use link and return its secret, which nobody can read again."""
    token = fresh_token()
    lasts = INVITATION_LASTS if kind is LinkKind.INVITATION else RESET_LASTS
    session.add(
        Link(
            token_hash=token_hash(token),
            kind=kind,
            person_id=person.id or 0,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    session.flush()
    return token


def use_link(session: Session, token: str, kind: LinkKind, now: datetime) -> Person:
    """Use up a link and return whose it is; of several at once exactly one wins.

    Raises:
        NotFound: for a link that is unknown, used or too old.
    """
    link = open_link(session, token, kind, now)
    if link is None:
        raise NotFound("This link has been used or is too old.")
    used = session.connection().execute(
        update(Link).where(col(Link.id) == link.id, col(Link.used_at).is_(None)).values(used_at=now)
    )
    person = session.get(Person, link.person_id)
    if used.rowcount != 1 or person is None or person.deactivated_at is not None:
        raise NotFound("This link has been used or is too old.")
    return person


def set_password(session: Session, person: Person, password_hash: str, now: datetime) -> None:
    """Store a new password and end every session that was opened with the old one."""
    person.password_hash = password_hash
    session.add(person)
    end_all(session, person, now)
    record(session, "password_set", person.public_id, by=person.id, at=now)


def start_session(session: Session, person: Person, now: datetime, lasts: timedelta) -> str:
    """Open a session and return the secret for the cookie."""
    token = fresh_token()
    session.add(
        SignIn(
            token_hash=token_hash(token),
            person_id=person.id or 0,
            started_at=now,
            seen_at=now,
            expires_at=now + lasts,
        )
    )
    session.flush()
    record(session, "signed_in", person.public_id, by=person.id, at=now)
    return token


def end_session(session: Session, token: str, now: datetime) -> None:
    """End one session; a copy of its cookie is dead from here on."""
    row = session.exec(select(SignIn).where(SignIn.token_hash == token_hash(token))).first()
    if row is not None and row.ended_at is None:
        row.ended_at = now
        record(session, "signed_out", str(row.person_id), by=row.person_id, at=now)


def end_all(session: Session, person: Person, now: datetime) -> None:
    """End every open session of a person."""
    session.connection().execute(
        update(SignIn)
        .where(col(SignIn.person_id) == person.id, col(SignIn.ended_at).is_(None))
        .values(ended_at=now)
    )


def deactivate(session: Session, person: Person, *, by: Person, now: datetime) -> None:
    """Close an account, effective at once."""
    person.deactivated_at = now
    end_all(session, person, now)
    record(session, "person_deactivated", person.public_id, by=by.id, at=now)


def note_wrong_password(
    session: Session, account_hash: str, address_hash: str, now: datetime
) -> None:
    """Remember a wrong password for the growing delay."""
    session.add(WrongPassword(account_hash=account_hash, address_hash=address_hash, at=now))
    session.flush()


def forget_wrong_passwords(session: Session, account_hash: str) -> None:
    """Start an account afresh after the right password."""
    rows = session.exec(select(WrongPassword).where(WrongPassword.account_hash == account_hash))
    for row in rows:
        session.delete(row)
