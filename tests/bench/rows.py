"""Fifty thousand tickets of a hundred candidates, written as a desk would have them."""

from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, col, select

from tests.cast import START
from tests.factories.cohort import Started
from tests.factories.inbox import at_work
from trialsim.accounts.models import Person
from trialsim.inbox.actions.indexing import read_changes
from trialsim.inbox.models import Case, Customer, Message, MessageKind, Status, Ticket
from trialsim.kit.ids import public_id
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Role
from trialsim.trials.models import Trial

TRIALS = 100
TICKETS = 50_000
MESSAGES_A_TICKET = 4
_STATUSES = (Status.OPEN, Status.PENDING, Status.SOLVED, Status.SOLVED, Status.SOLVED)
_BODY = (
    "Thank you for writing. I looked at the records of your site and found the cause: one line "
    "still points to the old host. Please open the page and tell me what you see there, then I "
    "can put it right without touching your mail."
)


def fill(session: Session, started: Started) -> Ticket:
    """Write the rows and return one of the first candidate's tickets that waits. Commits."""
    first, _, opened = at_work(session, started, START)
    cases = session.exec(select(Case).where(Case.ticket_id == opened[0].id)).one()
    customer = session.get_one(Customer, opened[0].customer_id)
    trials = [first.id or 0, *_more_trials(session, started, first)]
    customers = _copies(session, customer, trials)
    for trial, own in zip(trials, customers, strict=True):
        add_tickets(session, trial, own, opened[0], cases)
        read_changes(session, trial)
    session.commit()
    return opened[0]


def _more_trials(session: Session, started: Started, first: Trial) -> list[int]:
    ids = []
    for number in range(1, TRIALS):
        person = Person(
            email=f"c{number}@example.org", name=f"Candidate {number}", created_at=START
        )
        session.add(person)
        session.flush()
        session.add(
            Membership(
                cohort_id=started.cohort.id or 0,
                person_id=person.id or 0,
                role=Role.CANDIDATE,
                invited_at=START,
            )
        )
        copied = first.model_dump(exclude={"id", "public_id", "person_id", "code"})
        trial = Trial(**copied, person_id=person.id or 0, code=f"B{number}")
        session.add(trial)
        session.flush()
        ids.append(trial.id or 0)
    return ids


def _copies(session: Session, row: Customer, trials: list[int]) -> list[int]:
    copied = row.model_dump(exclude={"id", "public_id", "trial_id", "key"})
    values = [
        {**copied, "public_id": public_id("cu"), "trial_id": trial, "key": "bench"}
        for trial in trials
    ]
    added = session.scalars(insert(Customer).returning(col(Customer.id)), values)
    return [one for one in added if one is not None]


def add_tickets(
    session: Session,
    trial: int,
    customer: int,
    ticket: Ticket,
    case: Case,
    count: int = TICKETS // TRIALS,
) -> None:
    """Write tickets like one that is there, with their messages."""
    copied = ticket.model_dump(
        exclude={"id", "public_id", "trial_id", "customer_id", "number", "status", "opened_at"}
    )
    values: list[dict[str, Any]] = []
    for number in range(count):
        status = _STATUSES[number % len(_STATUSES)]
        opened_at = START - timedelta(hours=number)
        values.append(
            {
                **copied,
                "public_id": public_id("t"),
                "trial_id": trial,
                "customer_id": customer,
                "number": 5000 + number,
                "status": status,
                "opened_at": opened_at,
                "waiting_since": opened_at if status is Status.OPEN else None,
                "solved_at": opened_at if status is Status.SOLVED else None,
            }
        )
    ids = list(session.scalars(insert(Ticket).returning(col(Ticket.id)), values))
    facts = case.model_dump(exclude={"ticket_id", "trial_id"})
    facts |= {"outcome": 80.0, "finished_at": START, "first_minute": 60.0, "last_minute": 70.0}
    session.execute(insert(Case), [{**facts, "ticket_id": one, "trial_id": trial} for one in ids])
    kinds = (MessageKind.CUSTOMER, MessageKind.REPLY) * (MESSAGES_A_TICKET // 2)
    session.execute(
        insert(Message),
        [
            {
                "public_id": public_id("m"),
                "ticket_id": one,
                "kind": kind,
                "author_id": None,
                "body": _BODY,
                "why": {},
                "at": START + timedelta(minutes=place),
            }
            for one in ids
            for place, kind in enumerate(kinds)
        ],
    )
