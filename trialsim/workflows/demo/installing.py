"""Making a demo installation: filled beside, then put in place whole, or not at all."""

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine, event, func
from sqlalchemy.engine import make_url
from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.db import make_engine
from trialsim.kit.errors import Conflict
from trialsim.workflows.demo.story import Progress, Wanted, fill

NOT_EMPTY = (
    "This database already holds people, so no demo goes into it. "
    "Please set TRIALSIM_HOME to a new folder for a demo."
)


def is_empty(engine: Engine) -> bool:
    """Whether nobody has an account yet."""
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Person)).one() == 0


def install(engine: Engine, seed_data: Path, wanted: Wanted, progress: Progress) -> None:
    """Fill an empty, migrated database with the demo.

    On SQLite the story is told in a copy beside the database, without waiting for the disk, and
    moved into place at the end: a demo that was broken off leaves nothing behind.

    Raises:
        Conflict: when somebody has an account already.
    """
    if not is_empty(engine):
        raise Conflict(NOT_EMPTY)
    if engine.dialect.name != "sqlite":
        fill(engine, seed_data, wanted, progress)
        return
    target = Path(make_url(str(engine.url)).database or "")
    beside = target.with_name(f"{target.name}.demo")
    _copy(target, beside)
    copy = make_engine(f"sqlite:///{beside}")
    event.listen(copy, "connect", _hurry)
    try:
        fill(copy, seed_data, wanted, progress)
        copy.dispose()
        engine.dispose()
        _put_in_place(beside, target)
    finally:
        copy.dispose()
        _remove(beside)


def _copy(source: Path, file: Path) -> None:
    _remove(file)
    with closing(sqlite3.connect(source)) as connection:
        connection.execute("VACUUM INTO ?", (str(file),))


def _hurry(connection: object, _entry: object) -> None:
    connection.execute("PRAGMA synchronous = OFF")  # type: ignore[attr-defined]  # the driver's own


def _put_in_place(beside: Path, target: Path) -> None:
    for leftover in ("-wal", "-shm"):
        target.with_name(target.name + leftover).unlink(missing_ok=True)
    beside.replace(target)


def _remove(file: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        file.with_name(file.name + ending).unlink(missing_ok=True)
