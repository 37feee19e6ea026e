"""The archive of everything held about a person: whole, and nothing of anybody else."""

import json
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import pytest
from sqlmodel import Session, col, select

from tests.access.conftest import Worlds
from tests.access.crawl import holding
from tests.cast import Cast
from tests.factories.world import NOOR_CANARY, NOW, SURNAMES, VOTE_CANARY, World
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, ComingTurn, Message, Ticket
from trialsim.journal.models import Fact
from trialsim.letters.models import HalfWayLetter
from trialsim.reviews.models import Review
from trialsim.trials.models import ScheduledTicket, Trial

SignsIn = Callable[[Person], Visitor]


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """What stands in the archive does not depend on the kind of database."""
    return sqlite_world


def opened(body: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(body)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_the_archive_is_whole_and_holds_nothing_of_others_and_nothing_to_come(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    trial = session.exec(select(Trial).where(Trial.public_id == world.own.trial)).one()
    hidden = _canaries(session, trial, cast)
    reviews = session.exec(select(Review).where(Review.trial_id == trial.id)).all()

    answer = as_person(cast.cem).post("/account/export")
    pages = opened(answer.data)
    everything = {name: json.loads(text) for name, text in pages.items() if "json" in name}

    assert answer.mimetype == "application/zip"
    assert everything["account.json"]["email"] == cast.cem.email
    tickets = {one["public_id"] for one in everything["everything/tickets.json"]}
    assert {world.own.ticket, world.own.newer} <= tickets
    assert everything["everything/messages.json"]
    given = {one["public_id"] for one in everything["everything/reviews.json"]}
    released = {one.public_id for one in reviews if one.released_at is not None}
    assert given & {one.public_id for one in reviews} == released
    assert any(name.startswith("letters/") and "Calm and exact" in pages[name] for name in pages)
    assert {"you", "Mina"} >= {one["author"] for one in everything["everything/room.json"]}
    assert holding(pages, hidden) == []
    session.rollback()
    made = session.exec(select(Fact).where(Fact.kind == "export_made")).one()
    assert made.person_id == cast.cem.id


def _canaries(session: Session, trial: Trial, cast: Cast) -> set[str]:
    """Put canaries where others' data and hidden things are; return what must not be told."""
    plans = session.exec(select(ScheduledTicket).where(ScheduledTicket.trial_id == trial.id)).all()
    session.add(
        HalfWayLetter(
            trial_id=trial.id or 0, mentor_id=cast.mina.id or 0, change="zq-draft", saved_at=NOW
        )
    )
    own = select(Ticket.id).where(Ticket.trial_id == trial.id)
    for message in session.exec(select(Message).where(col(Message.ticket_id).in_(own))):
        message.why = {"reading": "zq-why"}
        session.add(message)
    for case in session.exec(select(Case).where(Case.trial_id == trial.id)):
        case.trace = {"parts": "zq-trace"}
        session.add(case)
    coming = session.exec(select(ComingTurn).where(ComingTurn.trial_id == trial.id)).all()
    bodies = {one.turn["body"].split("\n")[0][:30] for one in coming if one.turn.get("body")}
    session.commit()
    others = {"noor@example.org", "mina@example.org", SURNAMES["Noor"], NOOR_CANARY, VOTE_CANARY}
    return (
        {plan.planned["scenario"] for plan in plans}
        | {trial.seed, "zq-why", "zq-trace", "zq-draft"}
        | bodies
        | others
    )
