"""Copies of a SQLite database, made and brought back while the product runs."""

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from trialsim.kit.errors import DomainError

_PAGES_AT_ONCE = 2000  # about 8 MB, so that writers get their turn in between
_BUSY_SECONDS = 20


class CannotCopy(DomainError):  # noqa: N818 (reads as what happened)
    """A backup that cannot be made or used, with why."""


def database_file(engine: Engine) -> Path:
    """Return the file of a SQLite database.

    Raises:
        CannotCopy: for PostgreSQL, which has better tools of its own.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise CannotCopy(
            "This database is kept by PostgreSQL: please use pg_dump and pg_restore for copies."
        )
    return Path(engine.url.database)


def backup(engine: Engine, target: Path) -> int:
    """Copy the database to a new file as it stands at one moment, and return its bytes.

    Every write that was answered before this call is in it. The file appears whole or not at all.
    """
    source = database_file(engine)
    if target.exists():
        raise CannotCopy(f"{target} exists already. Please name a new file.")
    if not source.exists():
        raise CannotCopy(f"There is no database at {source} yet.")
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        _copy(source, part)
        _as_one_file(part)
        os.replace(part, target)  # noqa: PTH105 (one step, also over a file made meanwhile)
    finally:
        part.unlink(missing_ok=True)
    return target.stat().st_size


def restore(engine: Engine, source: Path, now: datetime) -> Path | None:
    """Put a backup in the database's place; return where the present one was kept, if any.

    The copy goes in as one transaction: whoever reads meanwhile sees the one or the other. The
    backup is checked before, and may come from an older version: upgrade afterwards.
    """
    target = database_file(engine)
    if not source.exists():
        raise CannotCopy(f"There is no file {source}.")
    fault = file_fault(source)
    if fault is not None:
        raise CannotCopy(f"{source} cannot be used: {fault}")
    kept = None
    if target.exists():
        kept = target.with_name(f"{target.stem}-before-restore-{now:%Y%m%d-%H%M%S}.db")
        backup(engine, kept)
    engine.dispose()
    _copy(source, target)
    return kept


def file_fault(file: Path) -> str | None:
    """Return what is wrong with a SQLite file: damage or a broken reference; None when whole."""
    try:
        with closing(_opened(file, read_only=True)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
            tables = connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchall()
    except sqlite3.Error as error:
        return str(error)
    if found != "ok":
        return str(found)
    if not tables:
        return "there is nothing in it"
    if broken is not None:
        return f"a row of {broken[0]} refers to one of {broken[2]} that is missing"
    return None


def _copy(source: Path, target: Path) -> None:
    with (
        closing(_opened(source, read_only=True)) as reading,
        closing(_opened(target, read_only=False)) as writing,
    ):
        reading.backup(writing, pages=_PAGES_AT_ONCE)


def _opened(file: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    address = f"{file.resolve().as_uri()}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=_BUSY_SECONDS)


def _as_one_file(file: Path) -> None:
    """Leave no log beside a copy, and see it on the disk."""
    with closing(_opened(file, read_only=False)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with file.open("rb") as handle:
        os.fsync(handle.fileno())
