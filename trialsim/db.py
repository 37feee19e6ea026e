"""Storage: engine, sessions and the base of every table. Knows no Flask and no feature."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Any

from sqlalchemy import Engine, Enum, event, update
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.pool import ConnectionPoolEntry
from sqlmodel import Session, SQLModel, create_engine

from trialsim.kit.errors import Conflict

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
SQLModel.metadata.naming_convention = NAMING

_BUSY_MILLISECONDS = 20_000
_WRITES = "trialsim_writes"


def make_engine(url: str, **options: Any) -> Engine:  # noqa: ANN401 (passed to SQLAlchemy)
    """Create the engine; on SQLite, make savepoints, foreign keys and fair writing work.

    Accepts ``postgresql://`` addresses as well and speaks to them through psycopg.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql" and parsed.drivername == "postgresql":
        parsed = parsed.set(drivername="postgresql+psycopg")
    usual = {"pool_pre_ping": True, "pool_size": 20, "hide_parameters": True}  # logs hold no texts
    engine = create_engine(parsed, **(usual | options))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin)
    return engine


def writing(engine: Engine) -> Engine:
    """Return the engine for writers: on SQLite its transactions take the write lock at once.

    A transaction that reads first and writes later fails at once when somebody else wrote in
    between, whatever the busy timeout; one that begins as a writer waits its turn.
    """
    return engine.execution_options(**{_WRITES: True})


@contextmanager
def write_session(engine: Engine) -> Iterator[Session]:
    """Open a session that commits when the block ends, or rolls back when it raises."""
    with Session(writing(engine), expire_on_commit=False) as session, session.begin():
        yield session


def _prepare_sqlite(connection: Any, _entry: ConnectionPoolEntry) -> None:  # noqa: ANN401 (driver's own)
    connection.isolation_level = None  # the driver's own BEGIN breaks savepoints
    for pragma in (
        "foreign_keys = ON",
        f"busy_timeout = {_BUSY_MILLISECONDS}",
        "journal_mode = WAL",
        "synchronous = FULL",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def take_version(session: Session, row: SQLModel, expected: int) -> None:
    """Move a row's version on by one, if it still is the one the person saw.

    Raises:
        Conflict: when somebody else was quicker; one statement, so two at once cannot both win.
    """
    table = type(row).__table__  # type: ignore[attr-defined]  # every table class has one
    change = update(table).where(table.c.id == row.id, table.c.version == expected)  # type: ignore[attr-defined]
    result = session.connection().execute(change.values(version=expected + 1))
    if result.rowcount != 1:
        raise Conflict
    set_committed_value(row, "version", expected + 1)


def choice(kind: type[StrEnum]) -> Any:  # noqa: ANN401 (SQLModel wants a type here, SQLAlchemy an instance)
    """Return the column type of a closed set: its values as text, alike on every database."""
    return Enum(kind, native_enum=False, length=20, values_callable=_values)


def _values(kind: type[StrEnum]) -> list[str]:
    return [member.value for member in kind]
