"""Two people decide, with reasons; the letter goes out with them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.cast import Cast
from tests.factories.committee import all_votes, hours_later
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.actions.decisions import propose, second
from trialsim.committee.actions.letters import send_letter
from trialsim.committee.actions.sealing import seal
from trialsim.committee.models import Decision, DecisionLetter, Outcome, Packet
from trialsim.committee.queries.packets import summary
from trialsim.committee.rules.deciding import LetterText, Proposal
from trialsim.db import write_session
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict
from trialsim.outbox.models import Mail
from trialsim.programmes.models import Cohort, CohortState
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[[Person], Visitor]
REASONS = "Finds causes, and the pace came by itself."
PROPOSED = {"outcome": "hire", "reasons": REASONS, "evidence": "measure-ramp", "version": "0"}
HIRE = Proposal(Outcome.HIRE, REASONS, ("measure-ramp",))


@pytest.fixture
def opened(session: Session, cast: Cast, packet: Packet) -> Packet:
    """A packet whose votes are open: three times yes."""
    all_votes(session, packet, (cast.hana, cast.ravi, cast.lena))
    return packet


@pytest.fixture
def decided(session: Session, cast: Cast, opened: Packet) -> Packet:
    """A packet on which the committee decided to hire."""
    propose(session, opened, HIRE, by=cast.hana, now=hours_later(6))
    second(session, opened, by=cast.ravi, now=hours_later(7), version=1)
    session.commit()
    return opened


def _path(packet: Packet, part: str) -> str:
    return f"/packets/{packet.public_id}/{part}"


def _text(packet: Packet, **changes: object) -> dict[str, object]:
    tickets = [one.ticket for one in summary(packet).evidence[:3]]
    return {
        "strengths": "You name the worry first.",
        "gaps": "A date was missing.",
        "evidence": tickets,
        "try_again": "",
        **changes,
    }


def test_one_proposes_and_another_seconds(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet
) -> None:
    as_person(cast.hana).post(_path(opened, "decision"), PROPOSED)
    as_person(cast.ravi).post(_path(opened, "seconding"), {"version": "1"})

    row = session.exec(select(Decision)).one()
    assert (row.outcome, row.reasons, row.evidence) == (Outcome.HIRE, REASONS, ["measure-ramp"])
    assert (row.decided_by, row.seconded_by) == (cast.hana.id, cast.ravi.id)
    assert row.seconded_at is not None


def test_nobody_seconds_their_own_proposal(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet
) -> None:
    hana = as_person(cast.hana)
    hana.post(_path(opened, "decision"), PROPOSED)

    answer = hana.post(_path(opened, "seconding"), {"version": "1"})

    assert answer.status_code == 403
    assert session.exec(select(Decision.seconded_at)).one() is None


def test_no_decision_before_the_last_vote(
    as_person: SignsIn, cast: Cast, session: Session, packet: Packet
) -> None:
    all_votes(session, packet, (cast.hana, cast.ravi))

    assert as_person(cast.hana).post(_path(packet, "decision"), PROPOSED).status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"reasons": " "},
        {"evidence": ""},
        {"outcome": ""},
        {"outcome": "no_hire"},
        {"outcome": "more_evidence", "dissent": "We all said yes."},
    ],
)
def test_a_decision_without_reasons_evidence_question_or_dissent_is_refused(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet, changes: dict[str, str]
) -> None:
    answer = as_person(cast.hana).post(_path(opened, "decision"), PROPOSED | changes)

    assert answer.status_code == 422
    assert session.exec(select(Decision)).all() == []


def test_another_proposal_replaces_one_that_nobody_seconded(
    session: Session, cast: Cast, opened: Packet
) -> None:
    propose(session, opened, HIRE, by=cast.hana, now=hours_later(6))
    other = Proposal(Outcome.NO_HIRE, "Too slow.", ("C1",), dissent="Three said yes.")
    row = propose(session, opened, other, by=cast.ravi, now=hours_later(7), version=1)

    assert (row.version, row.outcome, row.decided_by) == (2, Outcome.NO_HIRE, cast.ravi.id)
    with pytest.raises(Conflict, match="changed since"):
        second(session, opened, by=cast.lena, now=hours_later(8), version=1)


def test_an_old_page_proposes_nothing_and_gives_the_text_back(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet
) -> None:
    propose(session, opened, HIRE, by=cast.hana, now=hours_later(6))
    session.commit()

    answer = as_person(cast.ravi).post(
        _path(opened, "decision"), {**PROPOSED, "reasons": "Mine, written at length."}
    )

    assert answer.status_code == 409
    assert "Mine, written at length." in answer.get_data(as_text=True)


def test_of_two_who_second_at_once_one_wins(
    engine: Engine, session: Session, cast: Cast, opened: Packet
) -> None:
    propose(session, opened, HIRE, by=cast.hana, now=hours_later(6))
    session.commit()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(partial(_seconds, engine, opened), (cast.ravi, cast.lena)))

    assert sorted(answers) == ["late", "seconded"]
    assert len(session.exec(select(Fact).where(Fact.kind == "decision_made")).all()) == 1


def _seconds(engine: Engine, packet: Packet, person: Person) -> str:
    try:
        with write_session(engine) as own:
            held, by = own.get_one(Packet, packet.id), own.get_one(Person, person.id)
            second(own, held, by=by, now=hours_later(7), version=1)
    except Conflict:
        return "late"
    return "seconded"


def test_a_final_decision_is_not_proposed_anew(
    as_person: SignsIn, cast: Cast, decided: Packet
) -> None:
    page = as_person(cast.lena).get(f"/packets/{decided.public_id}").get_data(as_text=True)
    answer = as_person(cast.lena).post(_path(decided, "decision"), {**PROPOSED, "version": "2"})

    assert answer.status_code == 409
    assert "Propose" not in page.replace("Proposed", "")


def test_a_manager_decides_nothing_and_votes_nothing(
    as_person: SignsIn, cast: Cast, opened: Packet
) -> None:
    olu = as_person(cast.olu)

    assert olu.post(_path(opened, "decision"), PROPOSED).status_code == 403
    assert olu.post(_path(opened, "seconding"), {"version": "1"}).status_code == 403
    assert olu.post(_path(opened, "votes"), {}).status_code == 404


def test_the_letter_says_why_and_the_mail_only_that_it_is_there(
    as_person: SignsIn, cast: Cast, session: Session, decided: Packet
) -> None:
    answer = as_person(cast.olu).post(_path(decided, "letter"), _text(decided))

    letter = session.exec(select(DecisionLetter)).one()
    mail = session.exec(select(Mail).where(Mail.recipient == cast.cem.email)).one()
    assert answer.status_code == 303
    assert mail.body.endswith(f"/letters/{letter.public_id}\n")
    told = ("hire", "offer", "worry", "date", "decid", REASONS)
    assert [word for word in told if word in (mail.subject + mail.body).lower()] == []


@pytest.mark.parametrize("field", ["strengths", "gaps", "evidence"])
def test_an_empty_letter_is_not_sent(
    as_person: SignsIn, cast: Cast, session: Session, decided: Packet, field: str
) -> None:
    answer = as_person(cast.olu).post(_path(decided, "letter"), _text(decided, **{field: ""}))

    assert answer.status_code == 422
    assert session.exec(select(DecisionLetter)).all() == []
    assert session.exec(select(Mail).where(Mail.recipient == cast.cem.email)).all() == []


def test_a_no_says_when_to_try_again(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet
) -> None:
    no = Proposal(Outcome.NO_HIRE, "Too slow.", ("C1",), dissent="Three said yes.")
    propose(session, opened, no, by=cast.hana, now=hours_later(6))
    second(session, opened, by=cast.ravi, now=hours_later(7), version=1)
    session.commit()
    olu = as_person(cast.olu)

    without = olu.post(_path(opened, "letter"), _text(opened))
    with_it = olu.post(_path(opened, "letter"), _text(opened, try_again="From January."))

    assert (without.status_code, with_it.status_code) == (422, 303)


def test_no_letter_before_the_decision_and_none_twice(
    as_person: SignsIn, cast: Cast, session: Session, opened: Packet
) -> None:
    olu = as_person(cast.olu)
    early = olu.post(_path(opened, "letter"), _text(opened))
    propose(session, opened, HIRE, by=cast.hana, now=hours_later(6))
    second(session, opened, by=cast.ravi, now=hours_later(7), version=1)
    session.commit()

    answers = [olu.post(_path(opened, "letter"), _text(opened)).status_code for _ in range(2)]

    assert (early.status_code, answers) == (409, [303, 409])
    assert len(session.exec(select(DecisionLetter)).all()) == 1


def test_the_committee_sends_no_letter(as_person: SignsIn, cast: Cast, decided: Packet) -> None:
    assert as_person(cast.hana).post(_path(decided, "letter"), _text(decided)).status_code == 403


def test_a_letter_ends_the_trial_and_the_last_one_the_cohort(
    session: Session, cast: Cast, decided: Packet
) -> None:
    _send(session, cast, decided)
    trial, cohort = (
        session.get_one(Trial, decided.trial_id),
        session.get_one(Cohort, decided.cohort_id),
    )
    assert (trial.state, cohort.state) == (TrialState.DECIDED, CohortState.DECIDING)

    other = session.exec(select(Packet).where(Packet.trial_id != trial.id)).one()
    all_votes(session, other, (cast.hana, cast.ravi, cast.lena))
    propose(session, other, HIRE, by=cast.hana, now=hours_later(6))
    second(session, other, by=cast.ravi, now=hours_later(7), version=1)
    _send(session, cast, other)

    assert cohort.state is CohortState.FINISHED


def _send(session: Session, cast: Cast, packet: Packet) -> DecisionLetter:
    tickets = tuple(one.ticket for one in summary(packet).evidence[:3])
    text = LetterText("You name the worry first.", "A date was missing.", tickets)
    letter = send_letter(session, packet, text, by=cast.olu, now=hours_later(8))
    session.commit()
    return letter


def test_the_candidate_reads_the_letter_and_that_is_kept(
    as_person: SignsIn, cast: Cast, session: Session, decided: Packet
) -> None:
    letter = _send(session, cast, decided)
    cem = as_person(cast.cem)

    lists = cem.get("/letters").get_data(as_text=True)
    page = cem.get(f"/letters/{letter.public_id}").get_data(as_text=True)

    session.refresh(letter)
    assert letter.public_id in lists
    assert letter.read_at == hours_later(12)
    assert "We would like you to join us." in page
    assert REASONS in page
    assert all(f"/tickets/{ticket}" in page for ticket in letter.evidence)
    assert "Mentor A" in page
    assert cast.mina.name not in page
    assert cast.hana.name not in page


def test_a_manager_reads_the_letter_without_marking_it(
    as_person: SignsIn, cast: Cast, session: Session, decided: Packet
) -> None:
    letter = _send(session, cast, decided)

    answer = as_person(cast.olu).get(f"/letters/{letter.public_id}")

    session.refresh(letter)
    assert answer.status_code == 200
    assert letter.read_at is None


@pytest.mark.parametrize("name", ["noor", "mina", "hana", "zed"])
def test_nobody_else_reads_a_letter(
    as_person: SignsIn, cast: Cast, session: Session, decided: Packet, name: str
) -> None:
    letter = _send(session, cast, decided)

    assert as_person(getattr(cast, name)).get(f"/letters/{letter.public_id}").status_code == 404


def test_more_evidence_names_its_question_and_a_new_packet_may_follow(
    session: Session, cast: Cast, opened: Packet
) -> None:
    more = Proposal(
        Outcome.MORE_EVIDENCE,
        "Two calls are few.",
        ("C1",),
        "Do calls go as well?",
        "All said yes.",
    )
    propose(session, opened, more, by=cast.hana, now=hours_later(6))
    second(session, opened, by=cast.ravi, now=hours_later(7), version=1)
    _send(session, cast, opened)
    trial = session.get_one(Trial, opened.trial_id)

    newer = seal(session, trial, by=cast.olu, now=hours_later(9))

    assert trial.state is TrialState.CLOSED
    assert (opened.replaced_at, newer.replaced_at) == (hours_later(9), None)
