"""Plain rows and pages: one kind of database is enough."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.databases import SqliteTemplate


@pytest.fixture
def engine(sqlite_template: SqliteTemplate) -> Iterator[Engine]:
    with sqlite_template.copy() as fresh:
        yield fresh
