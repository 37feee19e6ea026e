from collections import Counter
from datetime import timedelta

import pytest
from sqlmodel import Session, func, select

from tests.cast import FIRST_DAY, START, Cast
from tests.factories.cohort import a_cohort, a_started_cohort
from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer
from trialsim.journal.models import Fact
from trialsim.kit.errors import Conflict, Invalid
from trialsim.programmes.models import CohortState
from trialsim.programmes.planning import plan_request
from trialsim.programmes.queries import memberships
from trialsim.programmes.rules import ProgrammeRules
from trialsim.simulation.codec import from_json
from trialsim.simulation.personas import Profile
from trialsim.simulation.planned import PlannedTicket
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.workflows.enrol import readiness, start_cohort


def _planned(session: Session, trial: Trial) -> list[PlannedTicket]:
    rows = session.exec(
        select(ScheduledTicket)
        .where(ScheduledTicket.trial_id == trial.id)
        .order_by(ScheduledTicket.number)  # type: ignore[arg-type]  # a column
    )
    return [from_json(PlannedTicket, row.planned) for row in rows]


def test_every_candidate_of_a_cohort_gets_equal_work(session: Session, cast: Cast) -> None:
    started = a_started_cohort(session, cast, candidates=("cem", "noor", "zed"))

    loads = [
        Counter(
            (ticket.week, ticket.cell, ticket.flags, ticket.channel)
            for ticket in _planned(session, trial)
            if not ticket.practice
        )
        for trial in started.trials
    ]

    assert len(loads) == 3
    assert loads[0] == loads[1] == loads[2]
    assert (
        loads[0].total() == plan_request(ProgrammeRules(contacts_per_hour=1.2), 1, 3).scored_tickets
    )


def test_anchor_tickets_come_at_the_same_worked_minute_for_all(
    session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast)

    anchors = [
        [(one.due_minute, one.scenario) for one in _planned(session, trial) if one.anchor]
        for trial in started.trials
    ]

    assert anchors[0]
    assert anchors[0] == anchors[1]


def test_the_same_seed_plans_the_same_rows(session: Session, cast: Cast) -> None:
    first = a_started_cohort(session, cast, candidates=("cem",))
    again = a_cohort(session, cast, candidates=("cem",))
    again.seed = first.cohort.seed

    other = start_cohort(session, again, by=cast.olu, now=START)[0]

    assert _planned(session, first.trial) == _planned(session, other)
    assert _people(session, first.trial) == _people(session, other)


def _people(session: Session, trial: Trial) -> list[tuple[str, object, object]]:
    rows = session.exec(select(Customer).where(Customer.trial_id == trial.id))
    return sorted((row.key, row.profile, row.records) for row in rows)


def test_every_planned_ticket_has_its_customer(session: Session, cast: Cast) -> None:
    trial = a_started_cohort(session, cast).trial

    stored = {key: profile for key, profile, _ in _people(session, trial)}
    wanted = {f"c{ticket.customer + 1:03d}" for ticket in _planned(session, trial)}

    assert wanted <= set(stored)
    assert from_json(Profile, stored["c001"]).customer.email.endswith(".example")


def test_enrolling_twice_changes_nothing(session: Session, cast: Cast) -> None:
    started = a_started_cohort(session, cast)
    before = _counts(session)

    with pytest.raises(Conflict, match="started already"):
        start_cohort(session, started.cohort, by=cast.olu, now=START)

    session.rollback()
    assert _counts(session) == before


def _counts(session: Session) -> list[int]:
    tables = (Trial, ScheduledTicket, Customer, Fact)
    return [session.exec(select(func.count()).select_from(table)).one() for table in tables]


def test_somebody_who_read_the_cohort_before_it_started_cannot_start_it_again(
    session: Session, cast: Cast
) -> None:
    cohort = a_started_cohort(session, cast).cohort
    cohort.state, cohort.version = CohortState.DRAFT, 1
    session.expunge(cohort)

    with pytest.raises(Conflict):
        start_cohort(session, cohort, by=cast.olu, now=START)


def test_a_trial_carries_frozen_rules_dates_a_mentor_and_a_blind_code(
    session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast, candidates=("cem", "noor", "zed"))

    trial = started.trial

    assert trial.rules["rate_cents"] == 2400
    assert (trial.starts_on, trial.ends_on) == (FIRST_DAY, FIRST_DAY + timedelta(days=27))
    assert [one.mentor_id for one in started.trials] == [cast.mina.id, cast.mika.id, cast.mina.id]
    assert sorted(one.code for one in started.trials) == ["K1", "K2", "K3"]
    assert len({one.seed for one in started.trials}) == 3


def test_a_cohort_without_candidates_or_mentors_does_not_start(
    session: Session, cast: Cast
) -> None:
    cohort = a_cohort(session, cast, candidates=(), mentors=())

    with pytest.raises(Invalid, match=r"candidate.*mentor"):
        start_cohort(session, cohort, by=cast.olu, now=START)

    assert session.exec(select(Trial)).all() == []


def test_a_committee_has_as_many_members_as_votes_are_needed(session: Session, cast: Cast) -> None:
    cohort = a_cohort(session, cast, committee=("hana", "ravi"))

    with pytest.raises(Invalid, match="3 members; now it has 2"):
        start_cohort(session, cohort, by=cast.olu, now=START)


def test_one_mentor_is_enough_but_is_warned_about() -> None:
    rules = ProgrammeRules(has_committee=False)

    alone = readiness(rules, candidates=1, mentors=1, committee=0)

    assert not alone.missing
    assert "second one" in alone.warnings[0]
    assert not readiness(rules, candidates=1, mentors=2, committee=0).warnings


def test_every_channel_of_the_rules_is_planned() -> None:
    request = plan_request(ProgrammeRules(), seed=1, candidates=1)

    assert dict(request.channel_mix) == pytest.approx(ProgrammeRules().channels)


def test_somebody_whose_role_has_ended_gets_no_trial(session: Session, cast: Cast) -> None:
    cohort = a_cohort(session, cast)
    held = next(
        one for one, person in memberships(session, cohort.id or 0) if person.name == "Noor"
    )
    held.ended_at = START
    session.flush()

    trials = start_cohort(session, cohort, by=cast.olu, now=START)

    assert [session.get_one(Person, one.person_id).name for one in trials] == ["Cem"]


def test_a_month_holds_tickets_with_two_matters_and_twins_in_one_language(
    session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast)

    tickets = [one for one in _planned(session, started.trial) if not one.practice]

    assert any(one.joined for one in tickets)
    assert any(one.twin_of is not None for one in tickets)
    assert {one.language for one in tickets} == {"en"}
