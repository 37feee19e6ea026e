"""The cast: the same few people in every test, who are in every copy of the template database.

Olu manages · Mina and Mika mentor · Cem is a candidate, Noor another · Hana, Ravi and Lena sit on
the committee · Zed belongs to nothing.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.accounts.passwords import Passwords

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FIRST_DAY = date(2026, 3, 2)
PASSWORD = "a quiet river in the morning"  # noqa: S105 (for tests alone)
NAMES = ("Olu", "Mina", "Mika", "Cem", "Noor", "Hana", "Ravi", "Lena", "Zed")


@dataclass(frozen=True, slots=True)
class Cast:
    """People by name."""

    olu: Person
    mina: Person
    mika: Person
    cem: Person
    noor: Person
    hana: Person
    ravi: Person
    lena: Person
    zed: Person


def fill(session: Session) -> None:
    """Write the cast into an empty database."""
    stored = Passwords(time_cost=1, memory_kib=8).hash(PASSWORD)
    for name in NAMES:
        session.add(
            Person(
                public_id=f"p_{name.lower():2<12}",
                email=f"{name.lower()}@example.org",
                name=name,
                password_hash=stored,
                is_manager=name == "Olu",
                created_at=START,
            )
        )


def load(session: Session) -> Cast:
    """Read the cast."""
    rows = session.exec(select(Person))
    by_name = {person.email.removesuffix("@example.org"): person for person in rows}
    return Cast(**{name.lower(): by_name[name.lower()] for name in NAMES})
