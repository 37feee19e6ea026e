"""People, their sessions, single-use links, and wrong passwords."""

from datetime import datetime
from enum import StrEnum

from sqlmodel import Field, SQLModel

from trialsim.db import choice
from trialsim.kit.ids import public_id


class Person(SQLModel, table=True):
    """Somebody with an account; roles are held in cohorts, but for managers."""

    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("p"), max_length=20, unique=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    zone: str = Field(default="UTC", max_length=40)
    password_hash: str | None = Field(default=None, max_length=200)
    is_manager: bool = False
    shortcuts_on: bool = True
    created_at: datetime
    deactivated_at: datetime | None = None


class SignIn(SQLModel, table=True):
    """A server-side session: the cookie holds the token, this row its hash."""

    __tablename__ = "sign_in"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    started_at: datetime
    seen_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None


class LinkKind(StrEnum):
    """What a single-use link is for."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 (a kind of link)


class Link(SQLModel, table=True):
    """A single-use link sent by mail; only its hash is kept."""

    __tablename__ = "link"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    kind: LinkKind = Field(sa_type=choice(LinkKind))
    person_id: int = Field(foreign_key="person.id", index=True)
    created_at: datetime
    expires_at: datetime
    used_at: datetime | None = None


class WrongPassword(SQLModel, table=True):
    """One wrong password, remembered by account and by address for the growing delay."""

    __tablename__ = "wrong_password"

    id: int | None = Field(default=None, primary_key=True)
    account_hash: str = Field(max_length=64, index=True)
    address_hash: str = Field(max_length=64, index=True)
    at: datetime = Field(index=True)
