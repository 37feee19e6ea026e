"""No page of mentors, committee or other candidates moves with what a candidate needs."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlmodel import Session, select

from tests.access.conftest import Worlds
from tests.access.crawl import holding, look
from tests.access.table import READING
from tests.cast import Cast
from tests.factories.world import NOW, World
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.trials.care.actions import ask_for, decide, take_pause
from trialsim.trials.care.rules import Allowances, Pause
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
OK = 200
WORDS, ANSWER = "zq-what-i-need", "zq-what-you-get"
READERS = {"mentor": "mina", "committee": "hana"}


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """What stands on a page does not depend on the kind of database."""
    return sqlite_world


def test_needs_and_pauses_move_no_page_of_others(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    readers = {role: as_person(getattr(cast, name)) for role, name in READERS.items()}
    paths = {
        role: [row.address(world.own) for row in READING if "{" in row.path and row.own[role] == OK]
        for role in READERS
    }
    for role, reader in readers.items():
        look(reader, paths[role])  # what a first visit notes is over
    before = {role: look(reader, paths[role]) for role, reader in readers.items()}
    trial = session.exec(select(Trial).where(Trial.public_id == world.own.trial)).one()
    row = ask_for(session, trial, WORDS, by=cast.cem, now=NOW)
    granted = Allowances(200, no_chat=True, no_call=True, more_days=7)
    decide(session, row, granted, answer=ANSWER, by=cast.olu, now=NOW, version=1)
    tomorrow = NOW.date() + timedelta(days=1)
    pause = Pause(tomorrow, tomorrow + timedelta(days=3))
    take_pause(session, trial, pause, by=cast.cem, now=NOW, version=trial.version)
    session.commit()

    after = {role: look(reader, paths[role]) for role, reader in readers.items()}

    changed = [
        f"{role} {path}"
        for role in READERS
        for path in paths[role]
        if before[role][path] != after[role][path]
    ]
    assert all(len(found) > 2 for found in paths.values())
    assert changed == []
    own = look(as_person(cast.cem), [f"/trials/{world.own.trial}/care"])
    assert len(holding(own, [WORDS, ANSWER])) == 2
