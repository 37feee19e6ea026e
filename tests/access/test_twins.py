"""Addresses and methods that look like a route open nothing that the route itself refuses."""

from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from tests.access.conftest import Worlds
from tests.access.table import READING, ROWS, WRITING
from tests.cast import Cast
from tests.factories.world import World
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.journal.models import Fact

SignsIn = Callable[[Person], Visitor]
CLOSED = {303, 308, 404, 405}
REFUSED = {200, 303, 400, 401, 403, 404, 405}  # 200: a page that is there to read as well
TWINS: dict[str, Callable[[str], str]] = {
    "a slash at the end": lambda path: f"{path}/",
    "capitals": lambda path: path[:2] + path[2:].swapcase(),
    "two slashes": lambda path: path.replace("/", "//"),
    "a dot": lambda path: f"/%2e{path}",
    "two dots": lambda path: f"/account/%2e%2e{path}",
    "a format": lambda path: f"{path}.json",
    "a backslash": lambda path: path.replace("/", "/%5c", 1),
    "a NUL byte": lambda path: f"{path}%00",
    "a newline": lambda path: f"{path}%0a",
}


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """Addresses do not depend on the kind of database."""
    return sqlite_world


def test_twins_of_addresses_lead_nowhere(
    app: Flask, world: World, cast: Cast, as_person: SignsIn
) -> None:
    visitors = (as_person(cast.zed), Visitor(app))
    paths = [row.address(world.own) for row in READING if row.has_object]

    opened = [
        f"{path} with {name}"
        for path in paths
        for name, twin in TWINS.items()
        for one in visitors
        if one.get(twin(path)).status_code not in CLOSED
    ]

    assert opened == []


def test_other_methods_write_nothing(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    facts = _facts(session)
    visitors = (as_person(cast.cem), Visitor(app))
    session.rollback()
    signed_in = _facts(session) - facts
    paths = [row.address(world.own) for row in WRITING]

    wrong = [
        f"{method} {path}: {status}"
        for path in paths
        for one in visitors
        for method, status in _tried(one, path)
        if status not in REFUSED
    ]

    assert wrong == []
    assert _facts(session) == facts + signed_in


def _tried(visitor: Visitor, path: str) -> Iterator[tuple[str, int]]:
    for method in ("PUT", "PATCH", "DELETE"):
        yield method, visitor.client.open(path, method=method).status_code
    for header in ("X-HTTP-Method-Override", "X-Method-Override"):
        yield header, visitor.get(path, **{header: "POST"}).status_code


def test_asking_what_is_allowed_tells_nothing_more(app: Flask, world: World) -> None:
    nobody = Visitor(app)

    answers = [nobody.client.options(row.address(world.own)) for row in ROWS]

    assert all(one.get_data() == b"" for one in answers)
    assert {one.status_code for one in answers} == {200}


def test_asking_for_the_head_is_answered_like_asking_for_the_page(
    world: World, cast: Cast, as_person: SignsIn
) -> None:
    zed = as_person(cast.zed)
    paths = [row.address(world.own) for row in READING]

    differs = [
        path for path in paths if zed.client.head(path).status_code != zed.get(path).status_code
    ]

    assert differs == []


@pytest.mark.parametrize("header", ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix"])
def test_headers_of_proxies_move_nobody_elsewhere(
    world: World, cast: Cast, as_person: SignsIn, header: str
) -> None:
    page = as_person(cast.zed).get("/account", **{header: f"/tickets/{world.own.ticket}"})

    assert "Your account" in page.text


def _facts(session: Session) -> int:
    session.rollback()
    return session.exec(select(func.count()).select_from(Fact)).one()
