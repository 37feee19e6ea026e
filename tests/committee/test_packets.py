"""What a sealed packet holds, and what never stands in it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import Cast
from tests.factories.committee import (
    a_vote,
    a_worked_cohort,
    all_votes,
    hours_later,
    read_enough,
    review,
    state,
)
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.actions.sealing import seal
from trialsim.committee.models import Packet, Recommendation
from trialsim.committee.queries.identities import mentor_letters
from trialsim.committee.queries.packets import broken_seals, current, summary
from trialsim.committee.rules.choosing import Kind
from trialsim.committee.rules.sealing import content_hash
from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.insights.queries import latest
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict
from trialsim.outbox.models import Mail
from trialsim.reviews.models import DrawKind
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState
from trialsim.workflows.close import close_month, seal_packets

SignsIn = Callable[[Person], Visitor]
NAME, EMAIL = "Xanthippe Zzyzx", "xanthippe.zzyzx@canary.example"
CANARIES = (
    *("Xanthippe", "Zzyzx", "canary.example", ">XZ<", "Xantho"),
    *("Chatham", "New Zealand", "Pacific/", "Bartholomew", "mika@", "Mika"),
    *("CHF 9", "98765", "987.65", "23:17"),
)


@pytest.fixture
def marked(session: Session, cast: Cast) -> Packet:
    """A packet of somebody whose name, address, place and pay would be seen at once."""
    zed = cast.zed
    zed.name, zed.email, zed.zone = NAME, EMAIL, "Pacific/Chatham"
    session.add(zed)
    session.flush()
    started = a_worked_cohort(session, cast, candidates=("zed",), currency="CHF", rate_cents=98765)
    trial = started.trial
    trial.zone = "Pacific/Chatham"
    for ticket in session.exec(select(Ticket).where(Ticket.trial_id == trial.id)):
        _mark(session, ticket)
    close_month(session, started.cohort, by=cast.olu, now=hours_later(0))
    state(session, trial, cast.mina)
    state(session, trial, cast.mika)
    (packet,) = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(1)).packets
    session.commit()
    return packet


def _mark(session: Session, ticket: Ticket) -> None:
    ticket.subject = f"{ticket.subject} for Xanthippe"
    for message in session.exec(select(Message).where(Message.ticket_id == ticket.id)):
        message.body = (
            f"Hello Xanthippe, {message.body}"
            if message.kind is MessageKind.CUSTOMER
            else f"Xanthippe here, from Chatham. {message.body}\n\nBest regards,\nXantho, NZ"
        )
        message.at = message.at.replace(hour=23, minute=17)
        session.add(message)
    session.add(ticket)


def test_no_page_tells_name_place_zone_pay_or_hour(
    as_person: SignsIn, cast: Cast, marked: Packet
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{marked.public_id}"
    tickets = [one.ticket for one in summary(marked).reviewed]
    paths = ["/packets", path, f"{path}/conversations"]
    paths += [f"{path}/conversations/{ticket}" for ticket in tickets]

    for one in paths:
        answer = hana.get(one)
        seen = answer.get_data(as_text=True) + str(answer.headers)
        assert answer.status_code == 200
        assert [canary for canary in CANARIES if canary in seen] == [], one


def test_what_is_stored_and_what_is_mailed_tells_nothing_either(
    session: Session, cast: Cast, marked: Packet
) -> None:
    all_votes(session, marked, (cast.hana, cast.ravi, cast.lena))
    committee = [cast.hana.email, cast.ravi.email, cast.lena.email]
    mails = session.exec(select(Mail).where(col(Mail.recipient).in_(committee))).all()
    said = [str(marked.body), *(mail.subject + mail.body for mail in mails)]
    facts = session.exec(select(Fact).where(Fact.subject == marked.public_id))
    said += [str(fact.detail) for fact in facts]

    assert len(mails) == 9  # packets of two cohorts, and the votes that opened
    assert [canary for canary in CANARIES if canary in "".join(said)] == []


def test_the_codes_conversation_still_reads(as_person: SignsIn, cast: Cast, marked: Packet) -> None:
    ticket = summary(marked).reviewed[0].ticket

    page = as_person(cast.hana).get(f"/packets/{marked.public_id}/conversations/{ticket}")

    text = page.get_data(as_text=True)
    assert f"Hello {marked.code}," in text
    assert f"{marked.code} here, from [place hidden]." in text
    assert f"Best regards,<br>\n{marked.code}</p>" in text


def test_a_packet_holds_two_best_two_worst_and_two_by_chance(packet: Packet) -> None:
    held = summary(packet)

    assert sorted(one.kind for one in held.evidence) == sorted([*Kind] * 2)
    assert len(held.reviewed) == 8
    assert all(one.quote and one.said for one in held.evidence)


def test_statements_stand_under_letters_and_not_under_names(packet: Packet, cast: Cast) -> None:
    held = summary(packet)

    assert [one.mentor for one in held.statements] == ["A", "B"]
    assert {one.recommendation for one in held.statements} == {
        Recommendation.YES,
        Recommendation.CONDITION,
    }
    assert cast.mina.name not in str(packet.body)


def test_measures_are_those_of_the_snapshot(session: Session, packet: Packet, trial: Trial) -> None:
    held, snapshot = summary(packet), latest(session, trial.cohort_id)

    assert snapshot is not None
    assert held.sources.snapshot_hash == snapshot.input_hash
    assert [one.key for one in held.measures][0::5] == ["ramp", "customer_rating"]
    assert held.ramp is not None
    assert held.ramp.curve[0].hour < held.ramp.curve[-1].hour


def test_what_was_not_drawn_stands_in_no_figure(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast, candidates=("zed",), reviews=6)
    unseen = session.exec(
        select(Ticket).where(Ticket.trial_id == started.trial.id).order_by(col(Ticket.id).desc())
    ).first()
    assert unseen is not None
    review(session, started.trial, unseen, cast.mina, level=1, kind=DrawKind.PICKED)
    close_month(session, started.cohort, by=cast.olu, now=hours_later(0))
    state(session, started.trial, cast.mina)

    held = summary(seal(session, started.trial, by=cast.olu, now=hours_later(1)))

    assert (len(held.reviewed), held.sample.reviews, held.sample.kept_out) == (6, 6, 1)
    assert unseen.public_id not in held.names()
    assert held.waiting_for == ("1 mentor’s statement",)


def test_the_seal_breaks_when_anything_changes(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    assert broken_seals(session) == []
    packet.body = {**packet.body, "verdict": "Mentors recommend no offer"}
    session.add(packet)
    session.commit()

    page = as_person(cast.hana).get(f"/packets/{packet.public_id}").get_data(as_text=True)

    assert broken_seals(session) == [packet.public_id]
    assert "This packet is not what was sealed" in page


def test_the_same_material_seals_alike(session: Session, cast: Cast, trial: Trial) -> None:
    first = current(session, trial.id or 0)
    assert first is not None
    again = seal(session, trial, by=cast.olu, now=first.sealed_at)

    assert again.content_hash == first.content_hash == content_hash(first.body)
    assert first.replaced_at == first.sealed_at


def test_a_packet_with_votes_is_not_replaced(session: Session, cast: Cast, packet: Packet) -> None:
    a_vote(session, packet, cast.hana)

    with pytest.raises(Conflict, match="has votes"):
        seal(session, session.get_one(Trial, packet.trial_id), by=cast.olu, now=hours_later(5))


def test_a_running_trial_and_one_without_a_statement_are_not_sealed(
    session: Session, cast: Cast, unsealed: Trial
) -> None:
    with pytest.raises(Conflict, match="No mentor has written"):
        seal(session, unsealed, by=cast.olu, now=hours_later(1))
    unsealed.state = TrialState.LIVE
    with pytest.raises(Conflict, match="not over"):
        seal(session, unsealed, by=cast.olu, now=hours_later(1))


def test_who_opened_a_packet_is_kept_once(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    hana = as_person(cast.hana)
    hana.get(f"/packets/{packet.public_id}")
    hana.get(f"/packets/{packet.public_id}")

    kept = session.exec(select(Fact).where(Fact.kind == "packet_opened")).all()

    assert [(fact.subject, fact.person_id) for fact in kept] == [(packet.public_id, cast.hana.id)]


def test_the_aside_says_what_is_still_to_read(
    as_person: SignsIn, cast: Cast, packet: Packet
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{packet.public_id}"
    first = hana.get(path).get_data(as_text=True)
    for one in summary(packet).evidence:
        hana.get(f"{path}/conversations/{one.ticket}")

    then = hana.get(path).get_data(as_text=True)

    assert "You have opened 0 of 4 conversations." in first
    assert "Cast my vote" not in first
    assert "Cast my vote" in then


def test_a_packet_asks_the_database_the_same_number_of_times_at_any_size(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet, engine: Engine
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{packet.public_id}"
    hana.get(path)
    with count_queries(engine) as before:
        hana.get(path)
    a_vote(session, packet, cast.ravi)
    read_enough(session, packet, cast.lena)
    session.commit()

    with count_queries(engine) as after:
        hana.get(path)

    assert len(before) == len(after) <= 12


def test_a_late_review_changes_no_letter(session: Session, cast: Cast, trial: Trial) -> None:
    sealed_at = hours_later(2)
    before, _ = mentor_letters(session, trial, sealed_at)
    ticket = session.exec(select(Ticket).where(Ticket.trial_id == trial.id)).all()[-1]
    review(session, trial, ticket, cast.zed, submitted_at=sealed_at + timedelta(hours=1))

    after, _ = mentor_letters(session, trial, sealed_at)

    assert sorted(before.values()) == ["A", "B"]
    assert after == before
