import pytest
from sqlalchemy import Engine, text

from trialsim import schema


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
