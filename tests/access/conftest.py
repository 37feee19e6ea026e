"""One world for all of these tests: built once for each kind of database, copied for every test."""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from tests import cast as people
from tests.access.crawl import crawl
from tests.databases import PostgresTemplate, SqliteTemplate
from tests.factories.world import NOW, World, a_world
from tests.visitor import Visitor
from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock

Worlds = tuple[SqliteTemplate | PostgresTemplate, World]
Gallery = Callable[[str], dict[str, str]]


@pytest.fixture(scope="session")
def sqlite_world(tmp_path_factory: pytest.TempPathFactory) -> Worlds:
    made: list[World] = []
    folder = tmp_path_factory.mktemp("worlds")
    template = SqliteTemplate(folder, also=lambda session: made.append(a_world(session)))
    return template, made[0]


@pytest.fixture(scope="session")
def postgres_world(postgres_server: str) -> Iterator[Worlds]:
    made: list[World] = []

    def fill(session: Session) -> None:
        made.append(a_world(session))

    template = PostgresTemplate(postgres_server, also=fill)
    yield template, made[0]
    template.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def built(request: pytest.FixtureRequest) -> Worlds:
    """The template of a kind of database, and what is in it."""
    found: Worlds = request.getfixturevalue(f"{request.param}_world")
    return found


@pytest.fixture
def engine(built: Worlds) -> Iterator[Engine]:
    with built[0].copy() as fresh:
        yield fresh


@pytest.fixture
def world(built: Worlds) -> World:
    return built[1]


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(NOW)


@pytest.fixture(scope="session")
def gallery(sqlite_world: Worlds, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """Every page that somebody of the cast can reach, by name; the world is as it was built."""
    template, world = sqlite_world
    with template.copy() as engine, Session(engine) as session:
        cast = people.load(session)
        session.commit()
        home = tmp_path_factory.mktemp("home")
        app = create_app(settings_for(home), engine=engine, clock=MovableClock(NOW))

        @cache
        def pages(name: str) -> dict[str, str]:
            session.refresh(person := getattr(cast, name))
            session.commit()
            return crawl(Visitor(app).signs_in(person), world.own)

        yield pages


def settings_for(home: Path) -> Settings:
    """Return settings that hash passwords quickly."""
    return Settings(
        home=home,
        database_url="",
        secret_key="only-for-tests-" * 4,
        base_url="http://localhost",
        argon2_time=1,
        argon2_memory_kib=8,
    )
