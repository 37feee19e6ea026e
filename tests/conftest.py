"""What every test may ask for: a database of its own, the cast, the app, a clock, visitors."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import FileSystemBytecodeCache
from sqlalchemy import Engine
from sqlmodel import Session

from tests import cast as people
from tests.cast import START, Cast
from tests.databases import PostgresTemplate, SqliteTemplate, start_postgres
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.app import create_app
from trialsim.config import Settings
from trialsim.kit.clock import MovableClock

_LONG = ("test_whole_month.py", "test_ghost_truth.py", "test_hostile.py")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no process waits for another at the end."""
    items.sort(key=lambda item: item.path.name not in _LONG)


@pytest.fixture(scope="session", autouse=True)
def compiled_templates(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compile each template once a process, not once an application."""
    cache = FileSystemBytecodeCache(str(tmp_path_factory.mktemp("templates")))
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(Flask.jinja_options, "bytecode_cache", cache)
        yield


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplate:
    return SqliteTemplate(tmp_path_factory.mktemp("databases"))


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    yield from start_postgres()


@pytest.fixture(scope="session")
def postgres_template(postgres_server: str) -> Iterator[PostgresTemplate]:
    template = PostgresTemplate(postgres_server)
    yield template
    template.close()


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A database with the cast in it; every test that asks runs on both kinds."""
    template = request.getfixturevalue(f"{request.param}_template")
    with template.copy() as fresh:
        yield fresh


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A session of the test's own; commit before a page should see what it wrote.

    It begins without the write lock, so that pages may write while the test only looks. To see
    what a page wrote, end the transaction first (`session.rollback()`), or ask a new session.
    """
    with Session(engine, expire_on_commit=False) as opened:
        yield opened


@pytest.fixture
def cast(session: Session) -> Cast:
    loaded = people.load(session)
    session.commit()
    return loaded


@pytest.fixture
def clock() -> MovableClock:
    return MovableClock(START)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        home=tmp_path,
        database_url="",
        secret_key="only-for-tests-" * 4,
        base_url="http://localhost",
        argon2_time=1,
        argon2_memory_kib=8,
        undo_seconds=0,  # replies go out at once, but where taking back is the matter
    )


@pytest.fixture
def app(settings: Settings, engine: Engine, clock: MovableClock) -> Flask:
    return create_app(settings, engine=engine, clock=clock)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    """Somebody who is not signed in."""
    return Visitor(app)


@pytest.fixture
def as_person(app: Flask) -> Callable[[Person], Visitor]:
    """Return a function that signs somebody in."""
    return lambda person: Visitor(app).signs_in(person)
