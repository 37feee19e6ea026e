from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.room import a_post
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.db import write_session
from trialsim.kit.clock import MovableClock
from trialsim.outbox.models import Mail
from trialsim.room.choices import choose
from trialsim.room.digests import due_digests, send_digest
from trialsim.room.models import Digest
from trialsim.room.rules import PostKind

SignsIn = Callable[[Person], Visitor]
PRIVATE = "zq-between-us"


def test_a_cohort_writes_under_chosen_names_and_private_threads_stay_private(
    as_person: SignsIn, cast: Cast, session: Session, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    channel = f"/cohorts/{started.cohort.public_id}/channel"
    a_post(session, started.trial, cast.cem, START, kind=PostKind.MESSAGE, body=PRIVATE)
    cem, noor, mina = (as_person(one) for one in (cast.cem, cast.noor, cast.mina))

    unnamed = cem.post(f"{channel}/posts", {"body": "Hello @Mina, who knows refunds?"})
    taken = cem.post(f"{channel}/posts", {"body": "Hello?", "shown_as": "Mina"})
    cem.post(f"{channel}/posts", {"body": "@Mina: who knows refunds?", "shown_as": "Fern"})
    clock.move(timedelta(minutes=1))

    assert (unnamed.status_code, taken.status_code) == (422, 422)
    asked = mina.get("/asked").text
    assert "who knows refunds?" in asked
    assert "Mention" in asked
    assert "Mentions you" in mina.get(channel).text
    assert "who knows refunds?" not in mina.get("/asked").text  # opening the channel read it
    seen = noor.get(channel).text
    assert "New since you were here" in seen
    assert "New since you were here" not in noor.get(channel).text
    assert "Fern" in seen
    assert "Cem" not in seen
    assert PRIVATE not in seen
    assert "Mina" in seen  # the clocks of mentors, and of nobody else
    assert "In their hours" in seen or "back today" in seen
    assert noor.get(f"/trials/{started.trial.public_id}/room").status_code == 404
    assert as_person(cast.hana).get(channel).status_code == 404


def test_mail_goes_to_who_chose_it_once_and_holds_no_text(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    started = a_live_cohort(session, cast)
    choose(session, cast.mina, digest=Digest.DAILY, mails_mentions=True)
    session.commit()
    engine = session.get_bind().engine
    as_person(cast.cem).post(
        f"/trials/{started.trial.public_id}/room/posts",
        {"kind": "question", "body": f"Is {PRIVATE} right?", "mention": ["Mina", "Mika", "Zed"]},
    )

    for hours in (0, 1, 25):
        now = START + timedelta(hours=hours)
        for person in due_digests(engine, now):
            send_digest(engine, person, "http://localhost", now)

    with write_session(engine) as fresh:
        mails = fresh.exec(select(Mail).order_by(col(Mail.id))).all()
    sent = [one for one in mails if one.recipient == cast.mina.email]
    assert [one.subject for one in sent if "new" in one.subject or "mentioned" in one.subject] == [
        "You were mentioned",
        "What is new in your cohort",
        "What is new in your cohort",
    ]
    assert "room of Cem: 1 new post" in sent[-1].body
    assert not any(PRIVATE in one.body for one in mails)
    assert not [one for one in mails if one.recipient == cast.mika.email and "What" in one.subject]
