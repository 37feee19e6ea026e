"""Packs as imported: whole, and never changed once a trial uses them."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel


class PackVersion(SQLModel, table=True):
    """The files of one pack at one moment, path → text; the hash of them is its key."""

    __tablename__ = "pack_version"

    hash: str = Field(max_length=64, primary_key=True)
    pack: str = Field(max_length=60, index=True)
    name: str = Field(max_length=120)
    number: int
    files: dict[str, str] = Field(sa_type=JSON)
    imported_at: datetime
