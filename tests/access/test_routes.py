"""Every route, asked by every role about its own things, about strangers' and about nothing."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from tests.access.table import PEOPLE, ROLES, ROWS, Row
from tests.cast import Cast
from tests.factories.world import MISSING, Side, World
from tests.visitor import Visitor
from trialsim.accounts.models import Person

SignsIn = Callable[[Person], Visitor]


@dataclass
class Crowd:
    """Everybody signed in, and somebody who is not."""

    by_role: Mapping[str, Visitor]
    stranger: Visitor


@pytest.fixture
def crowd(app: Flask, as_person: SignsIn, cast: Cast) -> Crowd:
    signed_in = {role: as_person(getattr(cast, PEOPLE[role])) for role in ROLES}
    return Crowd(signed_in, Visitor(app))


def ask(visitor: Visitor, row: Row, side: Side) -> TestResponse:
    """Open a page, or send a row's form with the token of a page seen before."""
    if row.method == "GET":
        return visitor.get(row.address(side))
    if row.path == "/sign-out":
        visitor.reopens_page()  # the session before has ended, and its tokens with it
    named = {"ticket": side.ticket}
    form = {name: value.format(**named) for name, value in row.form.items()}
    return visitor.post(row.address(side), form)


def test_every_route_has_a_row_and_a_guard(app: Flask) -> None:
    known = {(row.method, row.rule) for row in ROWS}
    routes = {
        (method, rule.rule)
        for rule in app.url_map.iter_rules()
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    unguarded = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if not getattr(app.view_functions[rule.endpoint], "is_guarded", False)
    }

    assert routes == known
    assert unguarded == {"asset_css", "asset_file"}


def test_every_role_is_told_what_the_table_says(crowd: Crowd, world: World) -> None:
    found = [line for row in ROWS for line in _wrong(crowd, world, row)]

    assert not found, "\n".join(found)


def _wrong(crowd: Crowd, world: World, row: Row) -> Iterator[str]:
    """Ask for nothing, then for strangers' things, then for one's own.

    Whoever may not even open their own is not asked about nothing: both are 404. The manager
    manages both circles, so nothing is strange to them.
    """
    if row.has_object:
        enter = {role: 404 for role in ROLES if row.own[role] != 404}
        yield from _differences(crowd, row, "missing", MISSING, enter)
        strangers = {role: 404 for role in ROLES if role != "manager"}
        yield from _differences(crowd, row, "foreign", world.foreign, strangers)
    yield from _differences(crowd, row, "own", world.own, row.own)


def _differences(
    crowd: Crowd, row: Row, whose: str, side: Side, wanted: Mapping[str, int]
) -> Iterator[str]:
    answer = ask(crowd.stranger, row, side)
    if answer.status_code != row.signed_out:
        yield f"{row.method} {row.rule} {whose} signed out: {answer.status_code}"
    if row.signed_out == 303 and row.method == "GET" and "/sign-in" not in (answer.location or ""):
        yield f"{row.method} {row.rule} {whose} signed out leads to {answer.location}"
    for role, status in wanted.items():
        answer = ask(crowd.by_role[role], row, side)
        if answer.status_code != status:
            yield f"{row.method} {row.rule} {whose} {role}: {answer.status_code}, not {status}"
