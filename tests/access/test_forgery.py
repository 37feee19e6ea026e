"""Forms that no page of ours made are refused, and a foreign id in a form is as good as none."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from flask import Flask
from sqlmodel import Session, func, select
from werkzeug.test import TestResponse

from tests.access.conftest import Worlds
from tests.access.table import MESSAGE, PEOPLE, WRITING, Row
from tests.cast import Cast
from tests.factories.reviews import a_form
from tests.factories.world import World
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer, DeskAct, Ticket
from trialsim.journal.models import Fact
from trialsim.programmes.models import Membership
from trialsim.reviews.models import Review
from trialsim.room.models import Post
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
HTML = "application/x-www-form-urlencoded"


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """Forgeries are refused before any database is asked."""
    return sqlite_world


def facts(session: Session) -> int:
    session.rollback()
    return session.exec(select(func.count()).select_from(Fact)).one()


def test_no_form_is_taken_without_the_token_of_its_own_session(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    everybody = {role: as_person(getattr(cast, name)) for role, name in PEOPLE.items()}
    stranger = Visitor(app)
    other = as_person(cast.zed).token()
    before = facts(session)

    wrong = [
        f"{row.rule} with {name}: {status}"
        for row in WRITING
        for name, status in _forged(everybody[_best(row)], row, world, other)
        if status != 400
    ]
    signed_out = {
        row.rule: stranger.client.post(row.address(world.own), data=row.form).status_code
        for row in WRITING
    }

    assert wrong == []
    assert set(signed_out.values()) == {401}, signed_out
    assert facts(session) == before


def _best(row: Row) -> str:
    return min(row.own, key=lambda role: row.own[role])


def _forged(visitor: Visitor, row: Row, world: World, other: str) -> Iterator[tuple[str, int]]:
    path, form, own = row.address(world.own), dict(row.form), visitor.token()
    client = visitor.client
    yield "no token", client.post(path, data=form).status_code
    yield "a made-up token", client.post(path, data={**form, "csrf_token": "x"}).status_code
    yield "another's token", client.post(path, data={**form, "csrf_token": other}).status_code
    yield "JSON", client.post(path, json={**form, "csrf_token": own}).status_code
    plain = client.post(path, data=f"csrf_token={own}", content_type="text/plain")
    yield "plain text", plain.status_code
    in_path = client.post(f"{path}?csrf_token={own}", data=form)
    yield "a token in the address", in_path.status_code
    for origin in ("https://evil.example", "null", "http://localhost.evil.example"):
        answer = client.post(path, data={**form, "csrf_token": own}, headers={"Origin": origin})
        yield f"from {origin}", answer.status_code


def test_a_form_from_our_own_site_is_taken(cast: Cast, as_person: SignsIn) -> None:
    zed = as_person(cast.zed)

    answer = zed.client.post(
        "/account/preferences",
        data={"csrf_token": zed.token(), "zone": "Asia/Seoul"},
        headers={"Origin": "http://localhost"},
    )

    assert answer.status_code == 303


def test_a_record_of_somebody_else_cannot_be_changed_from_ones_own_ticket(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    noor = session.exec(select(Trial).where(Trial.public_id == world.noor_trial)).one()
    customers = session.exec(select(Customer).where(Customer.trial_id == noor.id)).all()
    own = session.exec(select(Ticket).where(Ticket.public_id == world.own.ticket)).one()
    held = session.get_one(Customer, own.customer_id)
    foreign = [
        record for customer in customers if customer.key != held.key for record in customer.records
    ]
    session.commit()
    cem = as_person(cast.cem)

    for record in foreign[:6]:
        for action in ("refund_payment", "restart_import", "send_reset_link"):
            form = {"action": action, "record": str(record["id"])}
            cem.post(f"/tickets/{world.own.ticket}/actions", form)

    session.rollback()
    session.expire_all()
    assert foreign
    assert session.exec(select(DeskAct)).all() == []
    after = session.exec(select(Customer).where(Customer.trial_id == noor.id)).all()
    assert [one.records for one in after] == [one.records for one in customers]


def test_a_question_about_anothers_ticket_is_not_asked(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    form = {"kind": "question", "body": "What is this?", "ticket": world.noor_ticket}

    answer = as_person(cast.cem).post(f"/trials/{world.own.trial}/room/posts", form)

    assert answer.status_code == 404
    assert session.exec(select(Post).where(Post.body == "What is this?")).all() == []


def test_a_question_of_another_room_is_not_answered_from_ones_own(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    mina = as_person(cast.mina)
    rooms = (
        (world.own.trial, world.foreign.question),
        (world.noor_trial, world.own.question),
        (world.foreign.trial, world.foreign.question),
    )

    told = [
        mina.post(f"/trials/{trial}/room/questions/{question}/answers", {"body": "zq"}).status_code
        for trial, question in rooms
    ]

    assert told == [404, 404, 404]
    assert session.exec(select(Post).where(Post.body == "zq")).all() == []


def test_conversations_of_another_packet_are_not_read_through_ones_own(
    world: World, cast: Cast, as_person: SignsIn
) -> None:
    hana = as_person(cast.hana)
    tickets = (world.foreign.conversation, world.own.ticket, world.noor_ticket)

    told = [
        hana.get(f"/packets/{world.own.packet}/conversations/{ticket}").status_code
        for ticket in tickets
    ]

    assert told == [404, 404, 404]


def test_members_of_another_cohort_are_not_ended_through_ones_own(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    answer = as_person(cast.olu).post(
        f"/cohorts/{world.own.cohort}/members/{world.foreign.member}/end"
    )

    ended = session.exec(select(Membership).where(Membership.ended_at != None)).all()  # noqa: E711 (SQL)
    assert answer.status_code == 404
    assert ended == []


SLIPPED: Mapping[str, str] = {
    "role": "mentor",
    "is_manager": "1",
    "person_id": "1",
    "author_id": "1",
    "trial_id": "1",
    "cohort_id": "1",
    "ticket_id": "1",
    "review_id": "1",
    "score": "100",
    "released_at": "2020-01-01",
    "at": "2020-01-01",
    "state": "submitted",
    "reviewer_id": "1",
    "practice": "1",
}


def test_fields_that_no_page_sends_change_nothing(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    as_person(cast.cem).post("/account/preferences", {"zone": "UTC", **SLIPPED})
    sent = as_person(cast.cem).post(
        f"/tickets/{world.second_ticket}/messages", {**MESSAGE, **SLIPPED}
    )
    kept = as_person(cast.mina).post(
        f"/reviews/{world.own.review}", {**a_form(version=2), "do": "save", **SLIPPED}
    )

    session.rollback()
    session.expire_all()
    review = session.exec(select(Review).where(Review.public_id == world.own.review)).one()
    person = session.get_one(Person, cast.cem.id)
    assert (_status(sent), _status(kept)) == (303, 303)
    assert (review.state, review.score, review.released_at) == ("waiting", None, None)
    assert review.reviewer_id == cast.mina.id
    assert not person.is_manager
    assert person.email == "cem@example.org"


def _status(answer: TestResponse) -> int:
    return answer.status_code
