"""Two months that are over, in every database of this folder.

Cem's and Noor's packets are sealed; on Zed's trial nobody has written a statement yet.
"""

from collections.abc import Iterator

import pytest
from sqlmodel import Session, select

from tests import cast as people
from tests.cast import Cast
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.factories.committee import a_closed_cohort, a_deciding_cohort, hours_later
from trialsim.committee.models import Packet
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import Trial


def _month(session: Session) -> None:
    cast = people.load(session)
    a_deciding_cohort(session, cast)
    a_closed_cohort(session, cast, candidates=("zed",), committee=("lena",), votes_needed=1)


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
    found = session.exec(select(Trial).where(Trial.person_id == cast.cem.id)).one()
    session.commit()  # pages may write from here on
    return found


@pytest.fixture
def unsealed(session: Session, cast: Cast) -> Trial:
    """Zed's trial: its month is over, and nobody has written about it."""
    found = session.exec(select(Trial).where(Trial.person_id == cast.zed.id)).one()
    session.commit()
    return found


@pytest.fixture
def packet(session: Session, trial: Trial) -> Packet:
    """Cem's packet, on which nobody has voted."""
    found = session.exec(select(Packet).where(Packet.trial_id == trial.id)).one()
    session.commit()
    return found
