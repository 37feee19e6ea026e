"""What is pressed twice, or by eight at the same moment, happens once."""

import re
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from flask import Flask
from sqlmodel import Session, func, select

from tests.access.conftest import Gallery
from tests.access.table import BALLOT, MESSAGE
from tests.cast import Cast
from tests.factories.cohort import a_cohort
from tests.factories.committee import read_enough
from tests.factories.reviews import a_form
from tests.factories.world import World
from tests.visitor import Visitor
from trialsim.accounts.actions import add_person, make_link
from trialsim.accounts.models import LinkKind, Person, SignIn
from trialsim.committee.models import Packet, Vote
from trialsim.inbox.models import Message, Ticket
from trialsim.journal.models import Fact
from trialsim.kit.clock import MovableClock
from trialsim.programmes.models import Cohort
from trialsim.trials.models import Trial

SignsIn = Callable[[Person], Visitor]
MANY = 8
KEPT = "A text that took an hour."
POST = {"kind": "message", "body": "Once is enough."}
MEMBER = {"email": "new@example.org", "role": "mentor", "name": "Nel"}
COHORT = {"cohort_name": "May", "starts_on": "2026-05-04"}
ANSWER = {"body": "Five days."}
NOTE = {"body": "Two wait for the bank."}
# Who presses what twice: person, address, form, and the fact that is recorded once.
PRESSES: tuple[tuple[str, str, Mapping[str, str], str], ...] = (
    ("cem", "/tickets/{ticket}/messages", MESSAGE, "reply_sent"),
    ("cem", "/tickets/{newer}/merge/{ticket}", {}, "merged"),
    ("cem", "/trials/{trial}/room/posts", POST, "room_message"),
    ("mina", "/trials/{trial}/room/posts", POST, "room_message"),
    ("cem", "/trials/{trial}/room/hand-overs", NOTE, "room_hand_over"),
    ("mina", "/trials/{trial}/room/questions/{question}/answers", ANSWER, "room_answer"),
    ("cem", "/trials/{trial}/clock/out", {}, "clock_out"),
    ("mina", "/reviews/{review}", a_form(version=2), "review_submitted"),
    ("hana", "/packets/{packet}/votes", BALLOT, "vote_cast"),
    ("hana", "/packets/{packet}/stepping-aside", {}, "stepped_aside"),
    ("olu", "/cohorts/{cohort}/members", MEMBER, "member_added"),
    ("olu", "/programmes/{programme}/cohorts", COHORT, "cohort_added"),
)
CREATING = re.compile(
    r"/(messages|posts|answers|updates|hand-overs|reflections|actions|escalation|members|cohorts|statement"
    r"|votes|decision|letter|stepping-aside|skip|clock|out|merge/\w+|live|terms|closing|packets)$"
)
_FORM = re.compile(r"<form\b[^>]*>.*?</form>", re.DOTALL)
_ACTION = re.compile(r'action="([^"?#]*)')


def at_once(count: int, press: Callable[[], int]) -> list[int]:
    """Press from several threads at the same moment and return what each was told."""
    gate = Barrier(count)

    def wait_and_press(_: int) -> int:
        gate.wait()
        return press()

    with ThreadPoolExecutor(count) as pool:
        return sorted(pool.map(wait_and_press, range(count)))


def same_browser(app: Flask, visitor: Visitor) -> Callable[[str, Mapping[str, str]], int]:
    """Return a way to send forms with somebody's cookie, from any thread."""
    token = visitor.token()
    cookie = visitor.client.get_cookie("trialsim")
    assert cookie is not None

    def send(path: str, form: Mapping[str, str]) -> int:
        client = app.test_client()
        client.set_cookie("trialsim", cookie.value)
        return client.post(path, data={"csrf_token": token, **form}).status_code

    return send


def facts(session: Session, kind: str) -> int:
    session.rollback()
    return session.exec(select(func.count()).select_from(Fact).where(Fact.kind == kind)).one()


@pytest.mark.parametrize(("name", "path", "form", "kind"), PRESSES)
def test_a_double_click_makes_one_entry(  # noqa: PLR0913, PLR0917 (who presses what)
    session: Session,
    world: World,
    cast: Cast,
    as_person: SignsIn,
    name: str,
    path: str,
    form: Mapping[str, str],
    kind: str,
) -> None:
    visitor = as_person(getattr(cast, name))
    address = path.format_map({one: getattr(world.own, one) for one in world.own.__slots__})
    before = facts(session, kind)

    answers = [visitor.post(address, {**form, "idempotency_key": "k"}) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert facts(session, kind) == before + 1


def test_eight_presses_at_once_send_one_reply(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    send = same_browser(app, as_person(cast.cem))
    before = facts(session, "reply_sent")
    form = {**MESSAGE, "idempotency_key": "k"}

    told = at_once(MANY, lambda: send(f"/tickets/{world.second_ticket}/messages", form))

    assert set(told) <= {303, 409}
    assert 303 in told
    assert facts(session, "reply_sent") == before + 1


def test_of_eight_tabs_with_the_same_version_one_wins(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    send = same_browser(app, as_person(cast.cem))
    ticket = session.exec(select(Ticket).where(Ticket.public_id == world.second_ticket)).one()
    session.commit()
    form = {**MESSAGE, "version": str(ticket.version)}

    told = at_once(MANY, lambda: send(f"/tickets/{world.second_ticket}/messages", form))

    replies = session.exec(
        select(func.count())
        .select_from(Message)
        .where(Message.ticket_id == ticket.id, Message.author_id == cast.cem.id)
    ).one()
    assert told == [303] + [409] * (MANY - 1)
    assert replies == 1


def test_eight_presses_at_once_cast_one_vote(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    send = same_browser(app, as_person(cast.hana))

    told = at_once(MANY, lambda: send(f"/packets/{world.own.packet}/votes", BALLOT))

    packet = session.exec(select(Packet).where(Packet.public_id == world.own.packet)).one()
    votes = session.exec(select(Vote).where(Vote.packet_id == packet.id)).all()
    assert told == [303] + [409] * (MANY - 1)
    assert [vote.version for vote in votes if vote.person_id == cast.hana.id] == [1]


def test_eight_presses_at_once_accept_one_invitation(
    app: Flask, session: Session, clock: MovableClock
) -> None:
    person = add_person(session, email="nel@example.org", name="Nel", now=clock.now())
    token = make_link(session, person, LinkKind.INVITATION, clock.now())
    session.commit()
    send = same_browser(app, Visitor(app))
    form = {"password": "a quiet morning by the river", "name": "Nel"}

    told = at_once(MANY, lambda: send(f"/invitations/{token}", form))

    opened = session.exec(select(SignIn).where(SignIn.person_id == person.id)).all()
    assert told == [303] + [404] * (MANY - 1)
    assert len(opened) == 1


def test_last_votes_at_the_same_moment_open_all_votes_once(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    packet = session.exec(select(Packet).where(Packet.public_id == world.own.packet)).one()
    read_enough(session, packet, cast.lena)
    session.commit()
    voters = [same_browser(app, as_person(one)) for one in (cast.hana, cast.lena)] * 4
    before = facts(session, "votes_opened")

    told = at_once(MANY, lambda: voters.pop()(f"/packets/{world.own.packet}/votes", BALLOT))

    opened = facts(session, "votes_opened")
    votes = session.exec(select(Vote).where(Vote.packet_id == packet.id)).all()
    assert told == [303] * 2 + [409] * (MANY - 2)
    assert opened == before + 1
    assert len(votes) == 3


def test_presses_at_once_start_a_cohort_once(
    app: Flask, session: Session, cast: Cast, as_person: SignsIn
) -> None:
    cohort = a_cohort(session, cast, starts_on=date(2026, 5, 4), contacts_per_hour=0.6)
    session.commit()
    send = same_browser(app, as_person(cast.olu))

    told = at_once(3, lambda: send(f"/cohorts/{cohort.public_id}/start", {}))

    trials = session.exec(select(Trial).where(Trial.cohort_id == cohort.id)).all()
    assert told == [303, 409, 409]
    assert len(trials) == 2


def test_a_long_way_back_breaks_no_double_click(
    world: World, cast: Cast, as_person: SignsIn
) -> None:
    cem = as_person(cast.cem)
    form = {**POST, "next": "/" + "a" * 900, "idempotency_key": "k"}

    told = [cem.post(f"/trials/{world.own.trial}/room/posts", form).status_code for _ in range(2)]

    assert told == [303, 409]


@pytest.mark.parametrize(
    ("name", "path", "form"),
    [
        ("cem", "/tickets/{ticket}/messages", {**MESSAGE, "reply": KEPT, "version": "1"}),
        ("mina", "/reviews/{review}", {**a_form(version=1), "comment": KEPT}),
        ("mina", "/reviews/{review}", {**a_form(version=1), "comment": KEPT, "do": "save"}),
        ("ravi", "/packets/{packet}/votes", {**BALLOT, "reason": KEPT, "version": "0"}),
        ("cem", "/trials/{trial}/room/updates", {"done": KEPT, "coming": "More"}),
        ("olu", "/packets/{packet}/letter", {"strengths": KEPT, "gaps": "Slow."}),
        ("mina", "/trials/{trial}/live", {"reason": KEPT}),
    ],
)
def test_who_comes_too_late_is_told_and_keeps_the_text(
    world: World,
    cast: Cast,
    as_person: SignsIn,
    name: str,
    path: str,
    form: Mapping[str, str],
) -> None:
    address = path.format_map({one: getattr(world.own, one) for one in world.own.__slots__})

    page = as_person(getattr(cast, name)).post(address, form)

    assert page.status_code == 409
    assert KEPT in page.text


def test_eight_presses_at_once_end_a_month_once(
    app: Flask, session: Session, world: World, cast: Cast, as_person: SignsIn
) -> None:
    send = same_browser(app, as_person(cast.olu))
    before = facts(session, "cohort_deciding")

    told = at_once(MANY, lambda: send(f"/cohorts/{world.own.cohort}/closing", {}))

    cohort = session.exec(select(Cohort).where(Cohort.public_id == world.own.cohort)).one()
    assert told == [303] + [409] * (MANY - 1)
    assert facts(session, "cohort_deciding") == before + 1
    assert cohort.state == "deciding"


def test_every_creating_form_carries_a_key(gallery: Gallery) -> None:
    readers = ("cem", "noor", "mina", "hana", "lena", "olu")
    forms = {
        (action[1], form)
        for name in readers
        for text in gallery(name).values()
        for form in _FORM.findall(text)
        if (action := _ACTION.search(form)) and CREATING.search(action[1])
    }

    lacking = {action for action, form in forms if 'name="idempotency_key"' not in form}

    assert len({action for action, _ in forms}) > 15
    assert lacking == set()
