"""A candidate flags a ticket; it stays out of the measures until, or for good when, it is ruled."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, select

from tests.access.crawl import holding
from tests.cast import START, Cast
from tests.factories.court import NOON, PLANNED, Court, a_court
from tests.factories.inbox import next_up, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.flagging import LEFT_OUT
from trialsim.inbox.actions.opening import open_ticket
from trialsim.inbox.actions.release import happen
from trialsim.inbox.models import Case, Message, TicketFlag
from trialsim.insights.queries.observations import observations
from trialsim.trials.actions import clock_in
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.rules import WorkKind

SignsIn = Callable[[Person], Visitor]
WHY = "zq-flag: no shop has such an add-on."
FLAG = {"flag_kind": "unrealistic", "flag_reason": WHY}
RULED = "zq-ruling: the add-on does exist, we checked."


@pytest.fixture
def court(session: Session, cast: Cast) -> Court:
    return a_court(session, cast)


@pytest.fixture
def path(court: Court) -> str:
    return f"/tickets/{court.ticket.public_id}/flag"


def counted(session: Session, court: Court, place: int = 0) -> int:
    session.rollback()
    return len(observations(session, court.started.cohort, NOON).trials[place].outcomes)


def rule(visitor: Visitor, path: str, ruling: str, **more: str) -> int:
    form = {"ruling": ruling, "reason": RULED, **more}
    return visitor.post(f"{path}/ruling", form).status_code


def meets_it_too(session: Session, court: Court) -> int:
    """Let the other candidate meet the same scenario; return the ticket."""
    trial = session.get_one(Trial, court.started.trials[1].id)
    next_up(session, trial, PLANNED)
    person = session.get_one(Person, trial.person_id)
    clock_in(session, trial, WorkKind.TICKETS, by=person, now=START)
    happen(session, trial, START)
    session.commit()
    return tickets(session, trial)[0].id or 0


def test_a_flagged_ticket_counts_nowhere_until_it_is_ruled_to_stay(
    session: Session, cast: Cast, court: Court, path: str, as_person: SignsIn
) -> None:
    before = counted(session, court)
    cem = as_person(cast.cem)

    cem.post(path, FLAG)
    flagged = counted(session, court)
    status = rule(as_person(cast.olu), path, "stays")

    assert (before, flagged, counted(session, court)) == (1, 0, 1)
    assert status == 303
    assert RULED in cem.get(f"/tickets/{court.ticket.public_id}").text
    assert RULED in as_person(cast.mina).get(f"/tickets/{court.ticket.public_id}").text


def test_left_out_is_for_good_and_takes_its_reviews_along(
    session: Session, cast: Cast, court: Court, path: str, as_person: SignsIn
) -> None:
    court.scored(cast.mina)
    as_person(cast.cem).post(path, FLAG)

    rule(as_person(cast.olu), path, "left_out")

    seen = observations(session, court.started.cohort, NOON)
    assert (court.case.left_out, seen.left_out) == (True, 1)
    assert (seen.trials[0].tickets, seen.reviews, seen.scored) == ((), (), ())


def test_a_scenario_left_out_for_everyone_is_so_for_tickets_there_and_to_come(
    session: Session, cast: Cast, court: Court, path: str, as_person: SignsIn
) -> None:
    met = meets_it_too(session, court)
    as_person(cast.cem).post(path, FLAG)

    rule(as_person(cast.olu), path, "left_out", for_everyone="1")

    session.rollback()
    trial = session.get_one(Trial, court.started.trials[1].id)
    (number,) = next_up(session, trial, {**PLANNED, "customer": 1})
    of_trial = select(ScheduledTicket).where(ScheduledTicket.trial_id == trial.id)
    open_ticket(
        session, trial, session.exec(of_trial.where(ScheduledTicket.number == number)).one(), NOON
    )
    rows = session.exec(
        select(Case).where(Case.trial_id == trial.id, Case.scenario == PLANNED["scenario"])
    ).all()
    told = session.exec(select(Message.ticket_id).where(Message.body == LEFT_OUT)).all()
    assert len(rows) == 2
    assert met in told
    assert {case.ticket_id for case in rows} == set(told)
    assert all(case.left_out for case in rows)


def test_one_ticket_is_flagged_and_ruled_once_with_reasons(
    session: Session, cast: Cast, path: str, as_person: SignsIn
) -> None:
    cem, olu = as_person(cast.cem), as_person(cast.olu)

    short = cem.post(path, {**FLAG, "flag_reason": "unfair"})
    told = [cem.post(path, FLAG).status_code for _ in range(2)]
    bare = olu.post(f"{path}/ruling", {"ruling": "left_out", "reason": ""})
    ruled = [rule(olu, path, "stays"), rule(olu, path, "left_out")]

    assert (short.status_code, bare.status_code) == (422, 422)
    assert "at least 10 characters" in short.text
    assert WHY in bare.text
    assert (told, ruled) == ([303, 409], [303, 409])
    assert len(session.exec(select(TicketFlag)).all()) == 1


def test_a_flag_is_read_by_its_candidate_the_mentors_and_the_manager_alone(
    session: Session, cast: Cast, court: Court, path: str, as_person: SignsIn
) -> None:
    met = meets_it_too(session, court)
    as_person(cast.cem).post(path, FLAG)
    rule(as_person(cast.olu), path, "left_out", for_everyone="1")
    theirs = next(one for one in tickets(session, court.started.trials[1]) if one.id == met)

    noor = as_person(cast.noor)
    paths = ("/trial", "/desk", "/feedback", f"/tickets/{theirs.public_id}")
    pages = {one: noor.get(one).text for one in paths}

    assert LEFT_OUT in pages[paths[-1]]
    assert holding(pages, ("zq-flag", "zq-ruling", "Cem")) == []
    assert noor.get("/flags").status_code == 404
    assert WHY in as_person(cast.olu).get("/flags").text


def test_practice_is_not_flagged(
    session: Session, cast: Cast, court: Court, path: str, as_person: SignsIn
) -> None:
    court.ticket.practice = True
    session.add(court.ticket)
    session.commit()
    cem = as_person(cast.cem)

    answer = cem.post(path, FLAG)

    assert answer.status_code == 409
    assert "Flag this conversation" not in cem.get(f"/tickets/{court.ticket.public_id}").text
