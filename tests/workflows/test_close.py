"""Ending a month: trials close, work is scored, measures freeze, packets are sealed."""

from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import Cast
from tests.factories.committee import a_closed_cohort, a_worked_cohort, hours_later, review, state
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.committee.models import Packet
from trialsim.inbox.models import Case, Ticket
from trialsim.insights.models import Snapshot
from trialsim.journal.models import Fact
from trialsim.kit.clock import MovableClock
from trialsim.kit.errors import Conflict
from trialsim.outbox.models import Mail
from trialsim.programmes.models import CohortState
from trialsim.reviews.models import ReviewState
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import TrialState, WorkKind
from trialsim.workflows.close import close_month, seal_packets

SignsIn = Callable[[Person], Visitor]


def test_the_end_closes_every_trial_and_freezes_the_measures(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast)
    running = TimeEntry(
        trial_id=started.trial.id or 0, kind=WorkKind.TICKETS, started_at=hours_later(-1)
    )
    session.add(running)

    snapshot = close_month(session, started.cohort, by=cast.olu, now=hours_later(0))

    assert {trial.state for trial in started.trials} == {TrialState.CLOSED}
    assert started.cohort.state is CohortState.DECIDING
    assert running.ended_at == hours_later(0)
    assert snapshot.id == session.exec(select(Snapshot.id)).one()


def test_what_is_still_open_is_scored_as_it_stands(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast)
    close_month(session, started.cohort, by=cast.olu, now=hours_later(0))

    unscored = session.exec(select(Case.ticket_id).where(col(Case.finished_at).is_(None))).all()

    assert unscored == []


def test_a_month_ends_once(session: Session, cast: Cast) -> None:
    started = a_closed_cohort(session, cast, candidates=("zed",))

    with pytest.raises(Conflict):
        close_month(session, started.cohort, by=cast.olu, now=hours_later(1))


def test_mentors_are_asked_for_their_statements(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast)
    close_month(session, started.cohort, by=cast.olu, now=hours_later(0), base_url="https://x")

    mails = session.exec(select(Mail).where(col(Mail.subject).contains("statements"))).all()

    assert {mail.recipient for mail in mails} == {cast.mina.email, cast.mika.email}
    assert all(
        f"https://x/trials/{trial.public_id}/statement" in mails[0].body for trial in started.trials
    )


def test_a_programme_without_a_committee_is_finished_at_once(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(
        session, cast, candidates=("zed",), committee=(), has_committee=False, paid=False
    )

    close_month(session, started.cohort, by=cast.olu, now=hours_later(0))

    assert started.cohort.state is CohortState.FINISHED
    with pytest.raises(Conflict):
        seal_packets(session, started.cohort, by=cast.olu, now=hours_later(1))


def test_packets_are_sealed_where_a_mentor_has_written(session: Session, cast: Cast) -> None:
    started = a_closed_cohort(session, cast)
    state(session, started.trial, cast.mina)

    sealed = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(2))

    assert [one.trial_id for one in sealed.packets] == [started.trial.id]
    assert sealed.left == (
        (
            started.trials[1].code,
            f"No mentor has written a statement on {started.trials[1].code} yet.",
        ),
    )


def test_sealing_again_seals_what_was_left(session: Session, cast: Cast) -> None:
    started = a_closed_cohort(session, cast)
    state(session, started.trial, cast.mina)
    seal_packets(session, started.cohort, by=cast.olu, now=hours_later(2))
    state(session, started.trials[1], cast.mina)

    again = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(3))

    assert [one.trial_id for one in again.packets] == [started.trials[1].id]
    assert len(session.exec(select(Packet)).all()) == 2


def test_a_review_that_came_after_the_end_stands_in_the_packet(
    session: Session, cast: Cast
) -> None:
    started = a_closed_cohort(session, cast, candidates=("zed",), reviews=6)
    late = session.exec(select(Ticket).where(Ticket.trial_id == started.trial.id)).all()[-1]
    review(session, started.trial, late, cast.mina, submitted_at=hours_later(1))
    state(session, started.trial, cast.mina)

    (packet,) = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(2)).packets

    quality = next(one for one in packet.body["measures"] if one["key"] == "reply_quality")
    assert len(packet.body["reviewed"]) == quality["estimate"]["n"] == 7


def test_who_never_came_to_work_gets_no_packet(session: Session, cast: Cast) -> None:
    started = a_worked_cohort(session, cast)
    started.trials[1].live_at = None
    close_month(session, started.cohort, by=cast.olu, now=hours_later(0))
    state(session, started.trial, cast.mina)

    sealed = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(2))

    assert (len(sealed.packets), sealed.left) == (1, ())


def test_the_closing_page_says_what_is_missing_and_ends_the_month(
    as_person: SignsIn,
    cast: Cast,
    session: Session,
    clock: MovableClock,
) -> None:
    started = a_worked_cohort(session, cast)
    review(
        session,
        started.trial,
        session.exec(select(Ticket).where(Ticket.trial_id == started.trial.id)).all()[-1],
        cast.mina,
        state=ReviewState.WAITING,
        score=None,
        submitted_at=None,
        released_at=None,
    )
    session.commit()
    clock.move(hours_later(-30) - clock.now())
    olu, path = as_person(cast.olu), f"/cohorts/{started.cohort.public_id}/closing"

    page = olu.get(path).get_data(as_text=True)
    answer = olu.post(path, {})
    after = olu.get(path).get_data(as_text=True)

    assert "End the month early" in page
    assert "missing: Mina, Mika" in page
    assert "1 open" in page
    assert answer.location == path
    assert "Seal the packets" in after
    session.expire_all()
    assert session.get_one(Trial, started.trial.id).state is TrialState.CLOSED


def test_sealing_from_the_page_says_why_some_wait(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    started = a_closed_cohort(session, cast)
    state(session, started.trial, cast.mina)
    session.commit()
    olu, path = as_person(cast.olu), f"/cohorts/{started.cohort.public_id}"

    answer = olu.post(f"{path}/packets", {})
    page = olu.get(answer.location or "").get_data(as_text=True)

    assert "1 packet sealed." in page
    assert "No mentor has written a statement" in page
    assert len(session.exec(select(Fact).where(Fact.kind == "packet_sealed")).all()) == 1


def test_the_closing_page_asks_the_same_number_of_times_at_any_size(
    as_person: SignsIn, cast: Cast, session: Session, engine: Engine
) -> None:
    counts = []
    olu = as_person(cast.olu)
    for candidates in (("cem",), ("noor", "zed")):
        started = a_closed_cohort(session, cast, candidates=candidates)
        with count_queries(engine) as seen:
            olu.get(f"/cohorts/{started.cohort.public_id}/closing")
        counts.append(len(seen))

    assert counts[0] == counts[1] <= 14
