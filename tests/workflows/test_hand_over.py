"""The colleague of the night acts on what a note says, and on nothing else."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.work import waited_hours
from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.insights.queries.observations import observations
from trialsim.room.actions import hand_over
from trialsim.room.models import Night
from trialsim.trials.actions import clock_out
from trialsim.trials.models import Trial
from trialsim.workflows.hand_over.acting import act_on, due_nights

SignsIn = Callable[[Person], Visitor]


def test_covered_customers_are_kept_safe_and_the_page_says_who_was_left_out(
    as_person: SignsIn, cast: Cast, session: Session
) -> None:
    started = a_live_cohort(session, cast)
    begins = START + timedelta(hours=1)  # 09:00, as announced
    trial, cem, (kept, left, *_) = at_work(session, started, begins)
    leaves = begins + timedelta(hours=1)
    clock_out(session, trial, by=cem, now=leaves)
    body = f"#{kept.number}: nobody has looked yet, please greet them and ask when it began."
    hand_over(session, trial, by=cem, body=body, now=leaves)
    session.commit()
    engine = session.get_bind().engine
    late = leaves + timedelta(days=2)

    assert due_nights(engine, leaves + timedelta(hours=5)) == []
    for _ in range(2):  # told late, and twice
        for one in due_nights(engine, late):
            act_on(engine, one, late)

    session.expire_all()
    (night,) = session.exec(select(Night)).all()
    assert night.at == leaves + timedelta(hours=6)
    assert night.covered == 1
    assert night.waiting > 1
    notes = session.exec(
        select(Message.ticket_id, Message.at).where(
            Message.kind == MessageKind.NOTE, col(Message.speaker) == night.colleague
        )
    ).all()
    assert notes == [(kept.id, night.at)]
    morning = leaves + timedelta(hours=23, minutes=30)  # half an hour into the next day
    assert _waited(session, trial, kept, morning) < 1 < _waited(session, trial, left, morning)

    page = as_person(cast.cem).get(f"/trials/{trial.public_id}/overnight").text
    safe, waited = page.index("Kept safe"), page.index("Waited on")
    assert waited < page.index(f"#{left.number} ") < safe < page.index(f"#{kept.number} ")
    assert "Your note did not speak of it." in page
    seen = observations(session, started.cohort, late).trials[0].nights
    assert [(one.waiting, one.covered) for one in seen] == [(night.waiting, 1)]


def _waited(session: Session, trial: Trial, ticket: Ticket, now: datetime) -> float:
    row = session.get_one(Ticket, ticket.id, populate_existing=True)
    return waited_hours(trial, row, now)
