import re
from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_cohort, a_started_cohort
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.outbox.models import Mail
from trialsim.programmes.actions import add_member
from trialsim.programmes.models import Cohort, CohortState, Membership
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

SignsIn = Callable[..., Visitor]


@pytest.fixture
def manager(as_person: SignsIn, cast: Cast) -> Visitor:
    return as_person(cast.olu)


@pytest.fixture
def cohort(session: Session, cast: Cast) -> Cohort:
    drafted = a_cohort(session, cast)
    session.commit()
    return drafted


def look_again(session: Session) -> None:
    """Let the test's own session see what a page has written."""
    session.rollback()
    session.expire_all()


def members(cohort: Cohort) -> str:
    return f"/cohorts/{cohort.public_id}/members"


def test_an_invitation_reaches_the_outbox_with_a_link_that_opens(
    manager: Visitor, visitor: Visitor, session: Session, cohort: Cohort
) -> None:
    fields = {"email": "New@Example.org", "name": "Nel New", "role": "candidate"}

    answer = manager.post(members(cohort), fields)

    mail = session.exec(select(Mail)).one()
    link = re.search(r"http://localhost(/invitations/\S+)", mail.body)
    assert answer.status_code == 303
    assert mail.recipient == "new@example.org"
    assert link is not None
    assert "Nel New" in visitor.get(link.group(1)).text


def test_somebody_with_a_password_is_told_without_a_link(
    manager: Visitor, session: Session, cast: Cast, cohort: Cohort
) -> None:
    manager.post(members(cohort), {"email": cast.zed.email, "role": "mentor"})

    mail = session.exec(select(Mail)).one()
    assert "invitations" not in mail.body
    assert "usual password" in mail.body


def test_inviting_again_sends_a_fresh_link_and_adds_nobody(
    manager: Visitor, session: Session, cohort: Cohort
) -> None:
    for _ in range(2):
        manager.post(members(cohort), {"email": "new@example.org", "role": "candidate"})

    assert len(session.exec(select(Mail)).all()) == 2
    assert len(session.exec(select(Person).where(Person.email == "new@example.org")).all()) == 1
    assert len(session.exec(select(Membership)).all()) == 8


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"email": "nowhere", "role": "mentor"}, "Please enter an email address"),
        ({"email": "", "role": "mentor"}, "Please fill this in."),
        ({"email": "new@example.org", "role": "king"}, "Please choose one of the options."),
        ({"email": "mina@example.org", "role": "committee"}, "Mina already is mentor"),
    ],
)
def test_an_invitation_that_cannot_be_is_refused_beside_its_field(
    manager: Visitor, session: Session, cohort: Cohort, fields: dict[str, str], message: str
) -> None:
    page = manager.post(members(cohort), fields)

    assert page.status_code == 422
    assert message in page.text
    assert session.exec(select(Mail)).first() is None
    assert len(session.exec(select(Person)).all()) == 9


def test_after_the_start_no_candidate_is_added(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    cohort = a_started_cohort(session, cast).cohort

    page = manager.post(members(cohort), {"email": cast.zed.email, "role": "candidate"})

    assert page.status_code == 422
    assert "join the next one" in page.text


def test_the_page_shows_everybody_by_role_with_how_far_they_are(
    manager: Visitor, cohort: Cohort
) -> None:
    manager.post(members(cohort), {"email": "new@example.org", "name": "Nel", "role": "mentor"})

    page = manager.get(f"/cohorts/{cohort.public_id}/people")

    for name in ("Cem", "Noor", "Mina", "Mika", "Hana", "Nel"):
        assert name in page.text
    assert "Send Nel a fresh link" in page.text
    assert "Start the cohort" in page.text


def test_starting_from_the_page_gives_every_candidate_a_trial(
    manager: Visitor, session: Session, cohort: Cohort
) -> None:
    answer = manager.post(f"/cohorts/{cohort.public_id}/start")

    look_again(session)
    assert answer.status_code == 303
    assert len(session.exec(select(Trial)).all()) == 2
    assert "the same number of each kind" in manager.get(answer.headers["Location"]).text
    assert session.get_one(Cohort, cohort.id).state is CohortState.STARTED


def test_starting_from_the_page_mails_every_candidate_their_terms(
    manager: Visitor, session: Session, cohort: Cohort, cast: Cast
) -> None:
    manager.post(f"/cohorts/{cohort.public_id}/start")

    look_again(session)
    mails = session.exec(select(Mail).where(col(Mail.subject).startswith("Your trial is ready")))
    assert {mail.recipient for mail in mails} == {cast.cem.email, cast.noor.email}


def test_a_second_start_is_answered_as_a_conflict(
    manager: Visitor, session: Session, cohort: Cohort
) -> None:
    manager.post(f"/cohorts/{cohort.public_id}/start")

    second = manager.post(f"/cohorts/{cohort.public_id}/start")

    assert second.status_code == 409
    assert len(session.exec(select(Trial)).all()) == 2


def test_a_start_with_somebody_missing_says_who(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    cohort = a_cohort(session, cast, mentors=())
    session.commit()

    page = manager.post(f"/cohorts/{cohort.public_id}/start")

    assert page.status_code == 422
    assert "Please invite at least one mentor." in page.text


def test_one_mentor_alone_is_warned_about(manager: Visitor, session: Session, cast: Cast) -> None:
    cohort = a_cohort(session, cast, mentors=("mina",))
    session.commit()

    assert "needs a second one" in manager.get(f"/cohorts/{cohort.public_id}/people").text


def test_a_candidate_whose_role_ends_has_their_trial_closed(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast)

    manager.post(f"{members(started.cohort)}/{cast.cem.public_id}/end")

    look_again(session)
    assert session.get_one(Trial, started.trial.id).state is TrialState.CLOSED


def test_a_mentor_who_leaves_passes_their_candidates_on(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast)

    manager.post(f"{members(started.cohort)}/{cast.mina.public_id}/end")

    look_again(session)
    assert {trial.mentor_id for trial in session.exec(select(Trial))} == {cast.mika.id}


def test_the_last_mentor_of_a_running_cohort_stays(
    manager: Visitor, session: Session, cast: Cast
) -> None:
    started = a_started_cohort(session, cast, mentors=("mina",))

    answer = manager.post(f"{members(started.cohort)}/{cast.mina.public_id}/end")

    look_again(session)
    held = session.exec(select(Membership).where(Membership.person_id == cast.mina.id)).one()
    assert answer.status_code == 409
    assert held.ended_at is None


def test_the_page_asks_the_database_the_same_few_times_at_any_size(
    manager: Visitor, session: Session, cast: Cast, cohort: Cohort, engine: Engine
) -> None:
    path = f"/cohorts/{cohort.public_id}/people"
    with count_queries(engine) as few:
        manager.get(path)
    for number in range(20):
        person = Person(email=f"p{number}@example.org", name=f"P {number}", created_at=START)
        session.add(person)
        session.flush()
        add_member(session, cohort, person, Role.MENTOR, by=cast.olu, now=START)
    session.commit()

    with count_queries(engine) as many:
        manager.get(path)

    assert len(many) == len(few) <= 7


@pytest.mark.parametrize("who", ["zed", "mina", "cem", "hana"])
def test_people_pages_do_not_exist_for_others(
    as_person: SignsIn, cast: Cast, cohort: Cohort, session: Session, who: str
) -> None:
    other = as_person(getattr(cast, who))

    assert other.get(f"/cohorts/{cohort.public_id}/people").status_code == 404
    for path in ("members", f"members/{cast.cem.public_id}/end", "start"):
        fields = {"email": "x@example.org", "role": "mentor"}
        assert other.post(f"/cohorts/{cohort.public_id}/{path}", fields).status_code == 404
    assert session.exec(select(Trial)).first() is None


def test_a_foreign_and_a_missing_cohort_look_alike(manager: Visitor, cast: Cast) -> None:
    missing = "/cohorts/co_222222222222"

    assert manager.get(f"{missing}/people").status_code == 404
    assert manager.post(f"{missing}/members/{cast.cem.public_id}/end").status_code == 404
