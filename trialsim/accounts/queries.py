"""Reading people, sessions and links."""

from datetime import datetime

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from trialsim.accounts.models import Link, LinkKind, Person, SignIn, WrongPassword
from trialsim.accounts.rules import REMEMBERED, normal_email, token_hash

# Asked with every request, so it is put together once.
_SIGNED_IN = (
    select(Person, SignIn)
    .join(SignIn, col(SignIn.person_id) == col(Person.id))
    .where(
        col(SignIn.token_hash) == bindparam("token_hash"),
        col(SignIn.ended_at).is_(None),
        col(SignIn.expires_at) > bindparam("now"),
        col(SignIn.seen_at) > bindparam("idle_after"),
        col(Person.deactivated_at).is_(None),
    )
)


def find_person(session: Session, email: str) -> Person | None:
    """Return the person with an address, deactivated ones too."""
    return session.exec(select(Person).where(Person.email == normal_email(email))).first()


def person_by_id(session: Session, public_id: str) -> Person | None:
    """Return the person with a public id."""
    return session.exec(select(Person).where(Person.public_id == public_id)).first()


def people(session: Session, ids: set[int]) -> dict[int, Person]:
    """Return people by row id."""
    rows = session.exec(select(Person).where(col(Person.id).in_(ids))) if ids else ()
    return {person.id or 0: person for person in rows}


def signed_in_person(
    session: Session, token: str, now: datetime, idle_after: datetime
) -> tuple[Person, SignIn] | None:
    """Return whose session a token is, if it is neither ended, expired nor idle."""
    values = {"token_hash": token_hash(token), "now": now, "idle_after": idle_after}
    return session.exec(_SIGNED_IN, params=values).first()


def open_link(session: Session, token: str, kind: LinkKind, now: datetime) -> Link | None:
    """Return a link that can still be used."""
    query = select(Link).where(
        Link.token_hash == token_hash(token),
        Link.kind == kind,
        col(Link.used_at).is_(None),
        Link.expires_at > now,
    )
    return session.exec(query).first()


def wrong_passwords(
    session: Session, account_hash: str, address_hash: str, now: datetime
) -> tuple[list[datetime], list[datetime]]:
    """Return when wrong passwords came for an account and from an address, within a day."""
    rows = session.exec(
        select(WrongPassword).where(
            (WrongPassword.account_hash == account_hash)
            | (WrongPassword.address_hash == address_hash),
            WrongPassword.at > now - REMEMBERED,
        )
    ).all()
    return (
        [row.at for row in rows if row.account_hash == account_hash],
        [row.at for row in rows if row.address_hash == address_hash],
    )


def open_sign_ins(session: Session, person: Person, now: datetime) -> list[SignIn]:
    """Return somebody's sessions that still work, newest first."""
    query = (
        select(SignIn)
        .where(
            SignIn.person_id == person.id,
            col(SignIn.ended_at).is_(None),
            SignIn.expires_at > now,
        )
        .order_by(col(SignIn.started_at).desc())
    )
    return list(session.exec(query))
