"""One row about the installation itself."""

from datetime import datetime

from sqlmodel import Field, SQLModel


class Demo(SQLModel, table=True):
    """Present only in a demo database: the seed it was made from and its own present moment."""

    __tablename__ = "demo"

    id: int = Field(default=1, primary_key=True)
    seed: int
    clock_at: datetime
