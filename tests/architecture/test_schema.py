from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, text
from sqlmodel import Session

from tests.cast import START, fill, load
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from trialsim import schema
from trialsim.db import make_engine


def test_migrations_lead_to_the_models(engine: Engine) -> None:
    schema.differences(engine)


def test_database_from_a_newer_version_is_refused(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(schema.SchemaTooNew, match="newer version"):
        schema.upgrade(engine)


def test_upgrading_twice_changes_nothing(engine: Engine) -> None:
    schema.upgrade(engine)

    assert schema.is_current(engine)


def test_a_database_of_the_first_shape_keeps_its_rows_and_references(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'old.db'}")
    schema.upgrade(engine)
    with Session(engine) as session:
        fill(session)
        session.commit()
        started = a_live_cohort(session, load(session))
        at_work(session, started, START)
    with engine.connect() as connection:
        before = connection.execute(text("SELECT count(*) FROM message")).scalar_one()
    _bring_to(engine, "0001")

    schema.upgrade(engine)

    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM message")).scalar_one() == before > 0
        assert connection.execute(text("PRAGMA foreign_key_check")).first() is None
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
    assert schema.is_current(engine)


def _bring_to(engine: Engine, revision: str) -> None:
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        with connection.begin():
            command.downgrade(schema._config(connection), revision)  # noqa: SLF001 (only tests go back)
        driver.execute("PRAGMA foreign_keys=ON")
