"""Packs as imported: whole, and never changed once a trial uses them."""

from datetime import datetime

from sqlalchemy import JSON
from sqlmodel import Field, SQLModel, UniqueConstraint


class PackVersion(SQLModel, table=True):
    """The files of one pack at one moment, path → text; `content_hash` names them."""

    __tablename__ = "pack_version"
    __table_args__ = (UniqueConstraint("pack", "content_hash"),)

    id: int | None = Field(default=None, primary_key=True)
    pack: str = Field(max_length=60, index=True)
    name: str = Field(max_length=120)
    number: int
    content_hash: str = Field(max_length=64)
    files: dict[str, str] = Field(sa_type=JSON)
    imported_at: datetime
