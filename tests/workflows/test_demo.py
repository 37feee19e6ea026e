from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, col, func, select

from trialsim import schema
from trialsim.accounts.models import Person
from trialsim.db import make_engine
from trialsim.inbox.models import Case, Message, MessageKind
from trialsim.installation.clock import clock_for, is_demo, keep_demo_time
from trialsim.journal.queries import chain_fault
from trialsim.kit.errors import Conflict
from trialsim.paths import data_folder
from trialsim.reviews.models import Review
from trialsim.room.models import Post
from trialsim.workflows.demo.installing import install
from trialsim.workflows.demo.story import Wanted

SMALL = Wanted(candidates=2, day=5, seed=3, former=False)


def test_same_seed_and_day_give_the_same_database(tmp_path: Path) -> None:
    first, second = a_demo(tmp_path / "a.db"), a_demo(tmp_path / "b.db")

    assert content(first) == content(second)


def test_demo_is_lived_through_the_same_actions_as_any_month(tmp_path: Path) -> None:
    with Session(a_demo(tmp_path / "demo.db")) as session:
        replies = session.exec(
            select(func.count()).select_from(Message).where(Message.kind == MessageKind.REPLY)
        ).one()
        finished = session.exec(
            select(func.count()).select_from(Case).where(col(Case.outcome).is_not(None))
        ).one()

        assert replies > 20
        assert finished > 10
        assert session.exec(select(func.count()).select_from(Review)).one() > 2
        assert session.exec(select(func.count()).select_from(Post)).one() > 5
        assert chain_fault(session) is None


def test_demo_keeps_its_own_time_which_never_goes_back(tmp_path: Path) -> None:
    engine = a_demo(tmp_path / "demo.db")
    present = clock_for(engine).now()

    keep_demo_time(engine, present.replace(hour=20))
    keep_demo_time(engine, present)

    assert is_demo(engine)
    assert present.date() == datetime(2026, 11, 6, tzinfo=UTC).date()
    assert clock_for(engine).now().hour == 20


def test_demo_never_goes_into_a_database_with_people(tmp_path: Path) -> None:
    engine = an_empty_database(tmp_path / "real.db")
    with Session(engine) as session:
        session.add(Person(email="a@example.org", name="A", created_at=datetime.now(UTC)))
        session.commit()

    with pytest.raises(Conflict, match="already holds people"):
        install(engine, data_folder("seed_data"), SMALL, quietly)

    assert not is_demo(engine)


def test_demo_that_is_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    engine = an_empty_database(tmp_path / "demo.db")

    def stop(_words: str, _share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        install(engine, data_folder("seed_data"), SMALL, stop)

    assert not is_demo(engine)
    assert [path.name for path in tmp_path.iterdir() if "demo.db.demo" in path.name] == []


def quietly(_words: str, _share: float) -> None:
    """Progress nobody looks at."""


def an_empty_database(file: Path) -> Engine:
    engine = make_engine(f"sqlite:///{file}")
    schema.upgrade(engine)
    return engine


def a_demo(file: Path) -> Engine:
    engine = an_empty_database(file)
    install(engine, data_folder("seed_data"), SMALL, quietly)
    return engine


def content(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table; nobody in a demo has a password."""
    with engine.connect() as connection:
        return {
            name: [tuple(row) for row in connection.execute(table.select())]
            for name, table in SQLModel.metadata.tables.items()
        }
