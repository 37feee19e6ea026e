"""A simulated customer as one trial knows them."""

from typing import Any

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint

from trialsim.kit.ids import public_id


class Customer(SQLModel, table=True):
    """Each trial has its own copy; `records` is the world, which lives from ticket to ticket.

    `profile` is the drawn `simulation.personas.Profile` as JSON, without its records; it is the
    engine's and reaches no candidate page.
    """

    __tablename__ = "customer"
    __table_args__ = (UniqueConstraint("trial_id", "key"),)

    id: int | None = Field(default=None, primary_key=True)
    public_id: str = Field(default_factory=lambda: public_id("cu"), max_length=20, unique=True)
    trial_id: int = Field(foreign_key="trial.id", index=True)
    key: str = Field(max_length=40)
    name: str = Field(max_length=120)
    email: str = Field(max_length=254)
    about: str = Field(default="", max_length=200)
    zone: str = Field(default="UTC", max_length=40)
    language: str = Field(default="en", max_length=10)
    plan: str = Field(max_length=40)
    since: str = Field(default="", max_length=20)
    profile: dict[str, Any] = Field(default_factory=dict, sa_type=JSON)
    records: list[dict[str, Any]] = Field(default_factory=list, sa_type=JSON)
