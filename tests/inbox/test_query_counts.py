from collections.abc import Callable

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from tests.bench.rows import add_tickets
from tests.cast import START, Cast
from tests.factories.cohort import a_live_cohort
from tests.factories.inbox import at_work
from tests.queries import count_queries
from tests.visitor import Visitor
from trialsim.accounts.models import Person
from trialsim.inbox.models import Case

SignsIn = Callable[[Person], Visitor]


@pytest.mark.parametrize("rows", [10, 2_000])
def test_inbox_and_ticket_take_six_queries_at_any_size(
    session: Session, engine: Engine, cast: Cast, as_person: SignsIn, rows: int
) -> None:
    started = a_live_cohort(session, cast)
    trial, person, (ticket, *_) = at_work(session, started, START)
    case = session.exec(select(Case).where(Case.ticket_id == ticket.id)).one()
    add_tickets(session, trial.id or 0, ticket.customer_id, ticket, case, rows)
    session.commit()
    desk = as_person(person)
    desk.get("/desk")

    with count_queries(engine) as inbox:
        listed = desk.get("/desk")
    with count_queries(engine) as page:
        shown = desk.get(f"/tickets/{ticket.public_id}")

    assert (listed.status_code, shown.status_code) == (200, 200)
    assert len(inbox) <= 6
    assert len(page) <= 6
