"""Who gets through which door: everybody at every page of the committee."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.cast import Cast
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.models import Packet
from trialsim.committee.queries.packets import summary
from trialsim.inbox.models import Ticket
from trialsim.programmes.actions import end_membership
from trialsim.programmes.models import Cohort, Membership

SignsIn = Callable[[Person], Visitor]
READERS = {"hana": 200, "ravi": 200, "olu": 200}
OUTSIDE = {"mina": 404, "mika": 404, "cem": 404, "noor": 404, "zed": 404}


@pytest.mark.parametrize(("name", "status"), [*(READERS | OUTSIDE).items()])
def test_packets_are_for_the_committee_and_the_manager(
    as_person: SignsIn, cast: Cast, packet: Packet, name: str, status: int
) -> None:
    visitor, path = as_person(getattr(cast, name)), f"/packets/{packet.public_id}"
    ticket = summary(packet).reviewed[0].ticket

    for one in ("/packets", path, f"{path}/conversations", f"{path}/conversations/{ticket}"):
        assert visitor.get(one).status_code == status, one


@pytest.mark.parametrize("name", [*OUTSIDE])
def test_outside_the_committee_nothing_can_be_done(
    as_person: SignsIn, cast: Cast, packet: Packet, name: str
) -> None:
    visitor = as_person(getattr(cast, name))

    for part in ("votes", "stepping-aside", "decision", "seconding", "letter"):
        assert visitor.post(f"/packets/{packet.public_id}/{part}", {}).status_code == 404, part


def test_what_is_missing_looks_like_what_is_foreign(
    as_person: SignsIn, cast: Cast, packet: Packet
) -> None:
    hana, none = as_person(cast.hana), "pk_222222222222"
    foreign = as_person(cast.cem).get(f"/packets/{packet.public_id}")

    for path in (f"/packets/{none}", f"/packets/{none}/conversations", "/letters/le_222222222222"):
        missing = hana.get(path)
        assert missing.status_code == foreign.status_code == 404
        assert "We could not find that page." in missing.get_data(as_text=True)
    assert "We could not find that page." in foreign.get_data(as_text=True)


def test_signed_out_people_are_asked_to_sign_in(visitor: Visitor, packet: Packet) -> None:
    assert visitor.get(f"/packets/{packet.public_id}").status_code == 303


def test_only_reviewed_conversations_of_the_packet_open(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{packet.public_id}/conversations"
    known = summary(packet).names()
    tickets = session.exec(select(Ticket)).all()
    session.commit()
    unreviewed = next(
        one for one in tickets if one.trial_id == packet.trial_id and one.public_id not in known
    )
    foreign = next(one for one in tickets if one.trial_id != packet.trial_id)

    for ticket in (unreviewed.public_id, foreign.public_id, "t_222222222222"):
        assert hana.get(f"{path}/{ticket}").status_code == 404


def test_a_role_that_ended_opens_nothing_from_then_on(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{packet.public_id}"
    assert hana.get(path).status_code == 200
    held = session.exec(select(Membership).where(Membership.person_id == cast.hana.id)).one()
    end_membership(session, held, by=cast.olu, now=packet.sealed_at)
    session.commit()

    assert hana.get(path).status_code == 404
    assert hana.get("/packets").status_code == 404
    assert hana.post(f"{path}/votes", {}).status_code == 404


def test_a_month_is_ended_by_managers_alone(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    path = f"/cohorts/{session.get_one(Cohort, packet.cohort_id).public_id}"
    session.commit()

    assert as_person(cast.olu).get(f"{path}/closing").status_code == 200
    for person in (cast.hana, cast.mina, cast.cem, cast.zed):
        visitor = as_person(person)
        assert visitor.get(f"{path}/closing").status_code == 404
        assert visitor.post(f"{path}/closing", {}).status_code == 404
        assert visitor.post(f"{path}/packets", {}).status_code == 404


def test_letters_are_listed_to_candidates_alone(as_person: SignsIn, cast: Cast) -> None:
    found = {
        name: as_person(getattr(cast, name)).get("/letters").status_code
        for name in ("cem", "noor", "mina", "hana", "olu")
    }

    assert found == {"cem": 200, "noor": 200, "mina": 404, "hana": 404, "olu": 404}
