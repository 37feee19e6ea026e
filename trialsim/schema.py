"""The database's shape: bringing it up to date, and refusing one from the future."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from trialsim.db import writing
from trialsim.kit.errors import DomainError

_FOLDER = Path(__file__).resolve().parent / "migrations"


class SchemaTooNew(DomainError):  # noqa: N818 (reads as what happened)
    """The database was written by a newer version of the product."""

    message = (
        "This database comes from a newer version of TrialSim. "
        "Please update TrialSim, or point TRIALSIM_HOME to another folder."
    )


class BrokenReferences(DomainError):  # noqa: N818 (reads as what happened)
    """A row points to one that is not there."""

    message = "The database holds rows that point nowhere. Please restore its last backup."


def upgrade(engine: Engine) -> None:
    """Bring the schema to the newest revision, in one transaction.

    Raises:
        SchemaTooNew: when the database's revision is unknown here.
    """
    check_known(engine)
    with (
        writing(engine).connect() as connection,
        _tables_may_move(connection),
        connection.begin(),
    ):
        command.upgrade(_config(connection), "head")


@contextmanager
def _tables_may_move(connection: Connection) -> Iterator[None]:
    """Let SQLite put a new table in an old one's place without following references meanwhile.

    The switch does nothing inside a transaction, so it is thrown before one begins.
    """
    driver = connection.connection.driver_connection
    if connection.dialect.name != "sqlite" or driver is None:
        yield
        return
    driver.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
        if driver.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise BrokenReferences
    finally:
        driver.execute("PRAGMA foreign_keys=ON")


def is_current(engine: Engine) -> bool:
    """Whether the schema is the newest one."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    return current == _script().get_current_head()


def check_known(engine: Engine) -> None:
    """Refuse a database whose revision this version does not know."""
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = {revision.revision for revision in _script().walk_revisions()}
    if current is not None and current not in known:
        raise SchemaTooNew


def make_revision(engine: Engine, message: str) -> None:
    """Write the migration that leads from the database's schema to the models."""
    with engine.begin() as connection:
        command.revision(_config(connection), message, autogenerate=True)


def differences(engine: Engine) -> None:
    """Raise `alembic.util.CommandError` when models and migrated schema differ."""
    with engine.begin() as connection:
        command.check(_config(connection))


def _config(connection: object) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _script() -> ScriptDirectory:
    config = Config()
    config.set_main_option("script_location", str(_FOLDER))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)
