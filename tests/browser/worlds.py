"""Databases to copy: a desk at work, and a packet before its committee."""

from datetime import timedelta

from sqlmodel import Session

from tests import cast as people
from tests.cast import START
from tests.factories.cohort import a_live_cohort
from tests.factories.committee import a_deciding_cohort
from tests.factories.inbox import at_work
from tests.factories.reviews import a_review, solve

AT_WORK = START + timedelta(minutes=30)


def a_desk(session: Session) -> None:
    """Cem at work; one ticket is solved, and Mina is to review it."""
    cast = people.load(session)
    started = a_live_cohort(session, cast, candidates=("cem",))
    trial, _, tickets = at_work(session, started, START)
    solve(session, trial, tickets[-1], at=START + timedelta(minutes=25))
    a_review(session, trial, tickets[-1], cast.mina)


def a_sealed_packet(session: Session) -> None:
    """One candidate's month, long over."""
    a_deciding_cohort(session, people.load(session), candidates=("cem",))
