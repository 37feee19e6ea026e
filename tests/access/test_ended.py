"""Whoever leaves is out at once: with the page still open, and the cookie still in the browser."""

from collections.abc import Callable

import pytest
from sqlmodel import Session, col, select

from tests.access.conftest import Worlds
from tests.access.table import BALLOT
from tests.cast import Cast
from tests.factories.reviews import a_form
from tests.factories.world import NOW, World
from tests.visitor import Visitor
from trialsim.accounts.actions import deactivate
from trialsim.accounts.models import Person
from trialsim.committee.models import Vote
from trialsim.programmes.models import Cohort, Membership
from trialsim.reviews.models import Review
from trialsim.workflows.inviting import end_role

SignsIn = Callable[[Person], Visitor]


@pytest.fixture
def built(sqlite_world: Worlds) -> Worlds:
    """Doors do not depend on the kind of database."""
    return sqlite_world


def leaves(session: Session, cast: Cast, person: Person, cohort_id: str) -> None:
    """End somebody's role in a cohort."""
    cohort, membership = session.exec(
        select(Cohort, Membership)
        .join(Membership, col(Membership.cohort_id) == Cohort.id)
        .where(Cohort.public_id == cohort_id, Membership.person_id == person.id)
    ).one()
    end_role(session, cohort, membership, by=cast.olu, now=NOW)
    session.commit()


def test_a_mentor_who_left_reads_and_scores_nothing_more(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    own, mina = world.own, as_person(cast.mina)
    paths = [
        f"/cohorts/{own.cohort}",
        f"/tickets/{own.ticket}",
        f"/reviews/{own.review}",
        f"/trials/{own.trial}/room",
        f"/trials/{own.trial}/progress",
        f"/trials/{own.trial}/hours",
        f"/trials/{own.trial}/live",
    ]
    before = [mina.get(path).status_code for path in paths]
    leaves(session, cast, cast.mina, own.cohort)

    after = [mina.get(path).status_code for path in paths]
    scored = mina.post(f"/reviews/{own.review}", a_form(version=2))

    session.expire_all()
    review = session.exec(select(Review).where(Review.public_id == own.review)).one()
    assert before == [200] * len(paths)
    assert after == [404] * len(paths)
    assert scored.status_code == 404
    assert review.score is None


def test_a_committee_member_who_left_reads_and_votes_nothing_more(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    hana, path = as_person(cast.hana), f"/packets/{world.own.packet}"
    before = hana.get(path).status_code
    leaves(session, cast, cast.hana, world.own.closed_cohort)

    told = [hana.get(path).status_code, hana.post(f"{path}/votes", BALLOT).status_code]

    votes = session.exec(select(Vote).where(Vote.person_id == cast.hana.id)).all()
    assert before == 200
    assert told == [404, 404]
    assert len(votes) == 1  # on Cem's packet, before


def test_who_stepped_aside_finds_no_packet(world: World, cast: Cast, as_person: SignsIn) -> None:
    hana, path = as_person(cast.hana), f"/packets/{world.own.packet}"
    hana.post(f"{path}/stepping-aside")

    told = [hana.get(path).status_code, hana.post(f"{path}/votes", BALLOT).status_code]

    assert told == [404, 404]
    assert path not in hana.get("/packets").text


def test_a_closed_account_is_out_at_once(
    session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    mina = as_person(cast.mina)
    mina.token()
    deactivate(session, session.get_one(Person, cast.mina.id), by=cast.olu, now=NOW)
    session.commit()

    page = mina.get(f"/tickets/{world.own.ticket}")
    sent = mina.post(f"/trials/{world.own.trial}/room/posts", {"kind": "message", "body": "x"})

    assert "/sign-in" in page.location
    assert sent.status_code == 401


def test_feedback_is_nothing_to_its_candidate_before_it_is_released(
    world: World, cast: Cast, as_person: SignsIn
) -> None:
    cem = as_person(cast.cem)

    told = [
        cem.get(f"/feedback/{world.own.review}").status_code,
        cem.post(f"/feedback/{world.own.review}/reading").status_code,
        cem.get(f"/reviews/{world.own.review}").status_code,
    ]

    assert told == [404, 404, 404]
    assert world.own.review not in cem.get("/feedback").text
