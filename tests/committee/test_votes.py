"""Votes stay sealed until the last needed one; concurrent last votes open them once."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import Cast
from tests.factories.committee import (
    a_ballot,
    a_vote,
    all_votes,
    hours_later,
    read_enough,
    review,
)
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.actions.votes import cast_vote
from trialsim.committee.models import EarlierVote, Packet, StepAside, Vote
from trialsim.committee.rules.words import Choice
from trialsim.db import write_session
from trialsim.inbox.models import Ticket
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict, NotAllowed
from trialsim.outbox.models import Mail
from trialsim.programmes.actions import add_member
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
REASON = "The two hardest ones were solved at the first try."
BALLOT = {"choice": "strong_yes", "reason": REASON, "evidence": "measure-ramp", "confidence": "4"}


def _path(packet: Packet, part: str = "") -> str:
    return f"/packets/{packet.public_id}{part}"


@pytest.fixture
def ready(session: Session, cast: Cast, packet: Packet) -> Packet:
    """A packet that Hana has read enough of, and on which nobody has voted."""
    read_enough(session, packet, cast.hana)
    session.commit()
    return packet


def test_a_vote_is_kept_with_its_reason_and_evidence(
    as_person: SignsIn, cast: Cast, session: Session, ready: Packet
) -> None:
    answer = as_person(cast.hana).post(_path(ready, "/votes"), BALLOT)

    vote = session.exec(select(Vote)).one()
    assert answer.location == _path(ready)
    assert (vote.person_id, vote.choice, vote.confidence) == (
        cast.hana.id,
        Choice.STRONG_YES,
        4,
    )
    assert (vote.reason, vote.evidence) == (REASON, ["measure-ramp"])


def test_a_vote_before_enough_was_read_is_refused_and_given_back(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    answer = as_person(cast.hana).post(_path(packet, "/votes"), BALLOT)

    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "Please open 4 more conversations" in page
    assert REASON in page
    assert session.exec(select(Vote)).all() == []


@pytest.mark.parametrize("field", ["choice", "reason", "evidence", "confidence"])
def test_nothing_of_a_ballot_may_be_left_out(
    as_person: SignsIn, cast: Cast, session: Session, ready: Packet, field: str
) -> None:
    ballot = {name: value for name, value in BALLOT.items() if name != field}

    answer = as_person(cast.hana).post(_path(ready, "/votes"), ballot)

    assert answer.status_code == 422
    assert session.exec(select(Vote)).all() == []


def test_nothing_is_chosen_in_advance(as_person: SignsIn, cast: Cast, ready: Packet) -> None:
    page = as_person(cast.hana).get(_path(ready)).get_data(as_text=True)

    assert page.count('type="radio"') == 10
    assert "checked" not in page


def test_evidence_from_elsewhere_is_no_evidence(
    as_person: SignsIn, cast: Cast, ready: Packet
) -> None:
    answer = as_person(cast.hana).post(_path(ready, "/votes"), {**BALLOT, "evidence": "C99"})

    assert answer.status_code == 422


def test_one_ballot_sent_twice_is_one_vote(
    as_person: SignsIn, cast: Cast, session: Session, ready: Packet
) -> None:
    hana, ballot = as_person(cast.hana), {**BALLOT, "idempotency_key": "pressed"}

    first, again = (hana.post(_path(ready, "/votes"), ballot) for _ in range(2))

    assert (first.status_code, again.status_code) == (303, 303)
    assert session.exec(select(Vote)).one().version == 1


def test_who_mentors_or_scored_the_trial_never_votes(
    session: Session, cast: Cast, packet: Packet
) -> None:
    trial = session.get_one(Trial, packet.trial_id)
    ticket = session.exec(select(Ticket).where(Ticket.trial_id == trial.id)).all()[-1]
    review(session, trial, ticket, cast.hana)

    for person in (cast.hana, session.get_one(Person, trial.mentor_id)):
        with pytest.raises(NotAllowed, match="heard but not vote"):
            cast_vote(session, packet, a_ballot(), by=person, now=hours_later(4))


def test_no_page_shows_a_vote_before_the_last_one_is_in(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    a_vote(session, packet, cast.hana, a_ballot(Choice.STRONG_NO, "Hana’s canary reason."))
    a_vote(session, packet, cast.ravi, a_ballot(Choice.STRONG_NO, "Ravi’s canary reason."))
    session.commit()

    for person in (cast.olu, cast.lena):
        visitor = as_person(person)
        for path in ("/packets", _path(packet), f"/cohorts/{_cohort(session, packet)}/closing"):
            page = visitor.get(path).get_data(as_text=True)
            assert "canary reason" not in page
            assert "Strong no</span>" not in page
    assert "2 of 3 have voted" in as_person(cast.olu).get(_path(packet)).get_data(as_text=True)


def _cohort(session: Session, packet: Packet) -> str:
    found = session.get_one(Cohort, packet.cohort_id).public_id
    session.commit()
    return found


def test_the_own_sealed_vote_stays_readable_to_its_author(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    a_vote(session, packet, cast.hana, a_ballot(reason="Mine alone."))
    a_vote(session, packet, cast.ravi, a_ballot(reason="His alone."))
    session.commit()

    page = as_person(cast.hana).get(_path(packet)).get_data(as_text=True)

    assert "Mine alone." in page
    assert "His alone." not in page


def test_the_journal_keeps_that_somebody_voted_and_never_how(
    session: Session, cast: Cast, packet: Packet
) -> None:
    a_vote(session, packet, cast.hana, a_ballot(Choice.STRONG_NO, "Too slow."))

    facts = session.exec(select(Fact).where(Fact.kind == "vote_cast")).all()

    assert [fact.detail for fact in facts] == [{"version": 1}]


def test_the_last_needed_vote_opens_all_of_them_at_once(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi))
    assert packet.revealed_at is None

    a_vote(session, packet, cast.lena, a_ballot(Choice.NO, "I looked at C1 alone."))
    session.commit()

    assert packet.revealed_at == hours_later(4)
    for person in (cast.hana, cast.lena, cast.olu):
        page = as_person(person).get(_path(packet)).get_data(as_text=True)
        assert "2 yes, 1 no" in page
        assert "I looked at C1 alone." in page


def test_everybody_who_voted_is_told_without_a_word_on_how(
    session: Session, cast: Cast, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi, cast.lena))

    mails = session.exec(select(Mail).where(Mail.subject == "All votes are in")).all()

    assert {mail.recipient for mail in mails} == {
        person.email for person in (cast.hana, cast.ravi, cast.lena)
    }
    assert "yes" not in "".join(mail.body for mail in mails)


def test_a_vote_changes_while_sealed_and_the_earlier_one_is_kept(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    a_vote(session, packet, cast.hana, a_ballot(Choice.NO, "At first."))
    session.commit()

    answer = as_person(cast.hana).post(_path(packet, "/votes"), {**BALLOT, "version": "1"})

    vote, earlier = session.exec(select(Vote)).one(), session.exec(select(EarlierVote)).one()
    session.refresh(vote)
    assert answer.status_code == 303
    assert (vote.version, vote.choice) == (2, Choice.STRONG_YES)
    assert (earlier.version, earlier.choice, earlier.reason) == (1, Choice.NO, "At first.")


def test_an_old_page_changes_no_vote(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    a_vote(session, packet, cast.hana)
    cast_vote(session, packet, a_ballot(Choice.NO), by=cast.hana, now=hours_later(5), version=1)
    session.commit()

    answer = as_person(cast.hana).post(_path(packet, "/votes"), {**BALLOT, "version": "1"})

    assert answer.status_code == 409
    assert REASON in answer.get_data(as_text=True)
    assert session.exec(select(Vote.choice)).one() is Choice.NO


def test_after_the_opening_no_vote_changes(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi, cast.lena))

    answer = as_person(cast.hana).post(_path(packet, "/votes"), {**BALLOT, "version": "1"})

    assert answer.status_code == 409
    assert "All needed votes are in" in answer.get_data(as_text=True)


def test_several_last_votes_at_once_open_the_votes_once(
    engine: Engine, session: Session, cast: Cast, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi))
    late = [cast.lena, *_more_members(session, cast, packet, 3)]
    read_enough(session, packet, *late)
    session.commit()

    with ThreadPoolExecutor(len(late)) as pool:
        answers = list(pool.map(partial(_votes, engine, packet), late))

    opened = session.exec(select(Fact).where(Fact.kind == "votes_opened")).all()
    assert sorted(answers) == ["cast", "late", "late", "late"]
    assert len(opened) == 1
    assert len(session.exec(select(Vote)).all()) == 3


def _more_members(session: Session, cast: Cast, packet: Packet, count: int) -> list[Person]:
    cohort = session.get_one(Cohort, packet.cohort_id)
    people = [
        Person(name=f"Kai {place}", email=f"kai{place}@example.org", created_at=hours_later(0))
        for place in range(count)
    ]
    session.add_all(people)
    session.flush()
    for person in people:
        add_member(session, cohort, person, Role.COMMITTEE, by=cast.olu, now=hours_later(0))
    return people


def _votes(engine: Engine, packet: Packet, person: Person) -> str:
    try:
        with write_session(engine) as own:
            held = own.get_one(Packet, packet.id)
            cast_vote(own, held, a_ballot(), by=own.get_one(Person, person.id), now=hours_later(5))
    except Conflict:
        return "late"
    return "cast"


def test_who_did_not_vote_sees_no_results(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    (kai,) = _more_members(session, cast, packet, 1)
    kai.password_hash = cast.hana.password_hash
    all_votes(session, packet, (cast.hana, cast.ravi, cast.lena))

    page = as_person(kai).get(_path(packet)).get_data(as_text=True)

    assert "How the committee voted" not in page
    assert as_person(kai).post(_path(packet, "/decision"), {}).status_code == 403


def test_who_knows_the_person_steps_aside_and_their_vote_is_taken_back(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi))
    hana = as_person(cast.hana)

    answer = hana.post(_path(packet, "/stepping-aside"), {})

    assert answer.location == "/packets"
    assert [one.person_id for one in session.exec(select(StepAside))] == [cast.hana.id]
    assert [one.person_id for one in session.exec(select(Vote))] == [cast.ravi.id]
    assert hana.get(_path(packet)).status_code == 404
    assert "Stepped aside" in hana.get("/packets").get_data(as_text=True)


def test_nobody_steps_aside_from_open_votes(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi, cast.lena))

    assert as_person(cast.hana).post(_path(packet, "/stepping-aside"), {}).status_code == 409


def test_a_replaced_packet_takes_no_vote(
    as_person: SignsIn, cast: Cast, session: Session, ready: Packet
) -> None:
    ready.replaced_at = hours_later(5)
    session.add(ready)
    session.commit()

    assert as_person(cast.hana).post(_path(ready, "/votes"), BALLOT).status_code == 409


def test_votes_are_listed_by_person_and_not_by_time(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.lena, cast.ravi, cast.hana))

    page = as_person(cast.hana).get(_path(packet)).get_data(as_text=True)

    places = [page.index(f"<h3>{name}</h3>") for name in ("Hana", "Ravi", "Lena")]
    assert places == sorted(places)
    first = session.exec(select(Vote.person_id).order_by(col(Vote.id))).first()
    assert first == cast.lena.id
