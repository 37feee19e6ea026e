"""Making an installation ready: its folder, a database of the newest shape, the packs."""

import logging
from pathlib import Path

from sqlalchemy import Engine, func
from sqlmodel import Session, col, select

from trialsim import schema
from trialsim.accounts.models import Person
from trialsim.config import Settings, SettingsInvalid
from trialsim.db import make_engine, write_session
from trialsim.installation.clock import clock_for
from trialsim.installation.queries import demo
from trialsim.paths import data_folder
from trialsim.scenarios.actions import import_pack, read_files
from trialsim.simulation.reading import readers
from trialsim.simulation.types import PackInvalid
from trialsim.trials.models import Trial
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState

log = logging.getLogger(__name__)

_RUNNING = (TrialState.INVITED, TrialState.TRAINING, TrialState.LIVE)


def open_database(settings: Settings) -> Engine:
    """Return an engine; makes the home folder, changes nothing in the database.

    Raises:
        SettingsInvalid: when the folder cannot be made or the address cannot be read.
    """
    try:
        settings.home.mkdir(parents=True, exist_ok=True)
        return make_engine(settings.database_url)
    except OSError as error:
        raise SettingsInvalid(
            f"Cannot write to {settings.home} ({error.strerror}): "
            "please set TRIALSIM_HOME to a folder you may write to."
        ) from error


def prepare(settings: Settings) -> Engine:
    """Bring the database up to date, import the packs that come along, and return its engine.

    Raises:
        SchemaTooNew: for a database from a newer version; nothing is changed then.
    """
    engine = open_database(settings)
    schema.check_known(engine)
    if not schema.is_current(engine):
        schema.upgrade(engine)
    import_packs(engine, data_folder("seed_data") / "packs")
    return engine


def import_packs(engine: Engine, folder: Path) -> None:
    """Import every pack of a folder; one that is broken is named in the log and left out."""
    now = clock_for(engine).now()
    for place in sorted(path.parent for path in folder.glob("*/pack.toml")):
        try:
            with write_session(engine) as session:
                import_pack(session, read_files(place), now)
        except PackInvalid as error:
            log.warning("The pack %s is left out: %s", place.name, error)


def check_readers(settings: Settings, engine: Engine) -> None:
    """Refuse to serve where replies would be read by another reader than was promised.

    Raises:
        ReaderMissing: with what to install.
    """
    with Session(engine) as session:
        running = session.exec(select(Trial).where(col(Trial.state).in_(_RUNNING))).all()
        named = {rules_of(trial).reading.reader for trial in running}
    for name in sorted({settings.reader, *named}):
        readers.check(name)


def is_demo(engine: Engine) -> bool:
    """Whether this installation is a demo."""
    with Session(engine) as session:
        return demo(session) is not None


def people_count(engine: Engine) -> int:
    """Return how many people have an account."""
    with Session(engine) as session:
        return session.exec(select(func.count()).select_from(Person)).one()
