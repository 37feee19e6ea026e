"""Which tables the archive of everything held about a person gives, and what it asks for them."""

from datetime import timedelta

from sqlalchemy import Engine
from sqlmodel import Session, SQLModel

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.queries import count_queries
from trialsim.accounts.models import Person
from trialsim.workflows.export.archive import make_archive
from trialsim.workflows.export.holdings import HELD, LEFT_OUT, TOLD


def test_every_table_is_given_or_left_out_for_a_reason() -> None:
    tables = SQLModel.metadata.tables
    unheard = set(tables) - set(HELD) - TOLD - set(LEFT_OUT)
    lost = [
        (name, column)
        for name, held in HELD.items()
        if name in tables
        for column in (*held.columns, held.owner)
        if column not in tables[name].columns
    ]

    assert unheard == set()
    assert lost == []


def test_the_archive_asks_the_same_number_of_queries_at_any_size(
    session: Session, cast: Cast, engine: Engine
) -> None:
    started = a_live_cohort(session, cast)
    counts = []
    for person in (cast.zed, cast.cem):
        with count_queries(engine) as asked, Session(engine) as own:
            make_archive(own, own.get_one(Person, person.id), START + timedelta(days=1)).close()
        counts.append(len(asked))

    assert started.trials
    assert max(counts) <= 50
