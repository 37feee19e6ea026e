"""A month that is over, with both candidates' packets sealed, in every database of this folder."""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, col, select

from tests import cast as people
from tests.cast import Cast
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.factories.committee import a_deciding_cohort, hours_later
from trialsim.committee.models import Packet
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import Trial


def _month(session: Session) -> None:
    a_deciding_cohort(session, people.load(session))


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("deciding"), _month)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(postgres_server, _month)
    yield template
    template.close()


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(hours_later(12))


@pytest.fixture
def trial(session: Session, cast: Cast) -> Trial:
    """Cem's trial."""
    query = select(Trial).where(Trial.person_id == cast.cem.id).order_by(col(Trial.id))
    found = session.exec(query).first() or pytest.fail("the template holds Cem's trial")
    session.commit()  # pages may write from here on
    return found


@pytest.fixture
def packet(session: Session, trial: Trial) -> Packet:
    """Cem's packet, on which nobody has voted."""
    found = session.exec(select(Packet).where(Packet.trial_id == trial.id)).one()
    session.commit()
    return found
