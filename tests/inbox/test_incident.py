"""The day of the incident at the desk: nothing of it comes early, and the status page is wrong."""

from collections.abc import Callable
from datetime import timedelta

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from tests.factories.inbox import at_work, tickets
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.kit.clock import MovableClock
from trialsim.trials.models import ScheduledTicket, Trial

SignsIn = Callable[[Person], Visitor]
BEGINS = 40
TRUTH = "Mail from sites is late"


def with_incident(session: Session, started: Started) -> list[int]:
    """Let the next four tickets be those of an incident that begins after forty minutes."""
    rows = session.exec(
        select(ScheduledTicket)
        .where(
            ScheduledTicket.trial_id == started.trial.id,
            col(ScheduledTicket.practice).is_(False),
        )
        .order_by(col(ScheduledTicket.number))
        .limit(4)
    ).all()
    for place, row in enumerate(rows):
        row.anchor, row.incident, row.due_minute = False, True, BEGINS + place
        session.add(row)
    session.commit()
    return [row.number for row in rows]


def released(session: Session, trial: Trial, numbers: list[int]) -> int:
    query = select(ScheduledTicket).where(
        ScheduledTicket.trial_id == trial.id, col(ScheduledTicket.released_at).is_not(None)
    )
    return sum(row.number in numbers for row in session.exec(query))


def test_no_ticket_of_the_incident_comes_early(session: Session, cast: Cast) -> None:
    started = a_live_cohort(session, cast)
    numbers = with_incident(session, started)
    trial, _, opened = at_work(session, started, START, minutes=BEGINS - 5)
    before = released(session, trial, numbers)

    happen(session, trial, START + timedelta(minutes=BEGINS + 5))

    assert len(opened) >= 3
    assert before == 0
    assert released(session, trial, numbers) == 4
    assert len(tickets(session, trial)) >= 7


def test_the_status_page_is_corrected_two_worked_hours_later(
    session: Session, cast: Cast, as_person: SignsIn, clock: MovableClock
) -> None:
    started = a_live_cohort(session, cast)
    with_incident(session, started)
    _, person, (ticket, *_) = at_work(session, started, START)
    pages = []
    for minutes in (BEGINS - 1, BEGINS + 100, BEGINS + 121):
        clock.move(START + timedelta(minutes=minutes) - clock.now())
        desk = as_person(person)
        pages += [desk.get("/desk").text, desk.get(f"/tickets/{ticket.public_id}").text]

    assert all("All systems normal." in page for page in pages[:4])
    assert not any(TRUTH in page for page in pages[:4])
    assert all(TRUTH in page for page in pages[4:])


def test_a_desk_without_an_incident_this_month_is_always_normal(
    session: Session, cast: Cast, as_person: SignsIn
) -> None:
    started = a_live_cohort(session, cast)
    _, person, _ = at_work(session, started, START)

    assert "All systems normal." in as_person(person).get("/desk").text
