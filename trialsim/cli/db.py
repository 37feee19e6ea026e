"""`trialsim db`: the database's shape, health and copies."""

import sys
from pathlib import Path

import click
from sqlalchemy import create_engine, text

from trialsim import config, schema
from trialsim.installation.clock import clock_for
from trialsim.startup import open_database, prepare
from trialsim.workflows import backups

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def db() -> None:
    """The database: its shape, its health, copies of it."""


@db.command(epilog="Example: trialsim db upgrade")
def upgrade() -> None:
    """Bring the database to the newest shape and import the packs that come along.

    Done in one transaction: it is upgraded or it is as before. `trialsim serve` does it by itself.
    """
    prepare(config.load())
    click.echo("The database is up to date.")


@db.command(epilog="Example: trialsim db check")
def check() -> None:
    """Check that the database is whole and of the newest shape."""
    engine = open_database(config.load())
    faults = []
    if engine.dialect.name == "sqlite":
        file = backups.database_file(engine)
        if not file.exists():
            raise backups.CannotCopy(f"There is no database at {file} yet.")
        if fault := backups.file_fault(file):
            faults.append(fault)
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    schema.check_known(engine)
    if not schema.is_current(engine):
        faults.append("its shape is an older one: please run `trialsim db upgrade`")
    for fault in faults:
        click.echo(f"The database needs care: {fault}.", err=True)
    if faults:
        sys.exit(1)
    click.echo("The database is whole and up to date.")


@db.command(epilog="Example: trialsim db backup trialsim-monday.db")
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Copy the database to a new FILE; the server may go on running.

    PostgreSQL has better tools of its own: pg_dump.
    """
    size = backups.backup(open_database(config.load()), file)
    click.echo(f"Written: {file}, {size / 1_000_000:.1f} MB.")


@db.command(epilog="Example: trialsim db restore trialsim-monday.db")
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put the backup FILE in the database's place; the present one is kept beside it."""
    settings = config.load()
    engine = open_database(settings)
    _refuse_from_the_future(file)
    kept = backups.restore(engine, file, clock_for(engine).now())
    prepare(settings)
    click.echo(f"Restored from {file}.")
    if kept is not None:
        click.echo(f"What was there before is kept in {kept}.")


def _refuse_from_the_future(file: Path) -> None:
    """Read a backup's revision without touching it."""
    if file.exists() and backups.file_fault(file) is None:
        engine = create_engine(f"sqlite:///file:{file.resolve()}?mode=ro&uri=true")
        schema.check_known(engine)
        engine.dispose()
