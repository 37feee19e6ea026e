"""A month whose work, reviews and statements are there, ready to close, seal and decide."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests.cast import START, Cast
from tests.factories.cohort import Started, a_live_cohort
from trialsim.accounts.models import Person
from trialsim.committee.actions.reading import open_evidence
from trialsim.committee.actions.statements import write_statement
from trialsim.committee.actions.votes import cast_vote
from trialsim.committee.models import Packet, Recommendation, Vote
from trialsim.committee.queries.packets import summary
from trialsim.committee.rules.voting import Ballot
from trialsim.committee.rules.words import Choice
from trialsim.inbox.models import Case, Channel, Customer, Message, MessageKind, Status, Ticket
from trialsim.kit.streams import stream
from trialsim.reviews.models import DrawKind, Rating, Review, ReviewState
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.rules import WorkKind
from trialsim.workflows.close import close_month, seal_packets

SUBJECTS = (
    "My shop cannot take payments",
    "Charged twice for the renewal",
    "The import stopped half-way",
    "Font too small since yesterday",
    "Where do I find my invoice?",
    "Locked out of my account",
)
REPLIES = (
    (
        "Hello, two payments instead of one is alarming, and more so when it is rent money. I "
        "found both, and the second goes back to your card today. Banks take three to five working "
        "days."
    ),
    (
        "The cookie banner you added on Monday stops the pay button. Turn it off for the checkout "
        "only, and reload the page. If the button still does nothing at noon, please write to me."
    ),
    (
        "I looked at the import: it stopped at row 212, where a date is written as 31.02. Please "
        "change that one row and start again; nothing that was read before is lost."
    ),
)
COMMENTS = (
    "Keep naming the worry first. Try to say by when the money is back.",
    "Keep the short steps. Try to say what happens if they do not help.",
    "Keep looking before asking. Try one sentence on what it means for them.",
)
CLOSE_OF_MONTH = START + timedelta(days=27, hours=12)
CATEGORIES = ("solves", "accurate", "kind", "next_step", "easy", "team")


@dataclass(frozen=True, slots=True)
class Deciding:
    """A cohort whose month is over and whose packets are sealed."""

    started: Started
    packets: tuple[Packet, ...]

    @property
    def packet(self) -> Packet:
        """The packet of the first candidate: Cem's, unless other candidates were named."""
        return next(one for one in self.packets if one.trial_id == self.started.trial.id)


def a_worked_cohort(
    session: Session,
    cast: Cast,
    *,
    conversations: int = 18,
    reviews: int = 8,
    **options: Any,  # noqa: ANN401 (those of a_cohort)
) -> Started:
    """A live cohort with answered tickets, paid time and submitted, drawn reviews. Commits."""
    started = a_live_cohort(session, cast, **options)
    mentors = [cast.mina, cast.mika]
    for place, trial in enumerate(started.trials):
        tickets = work(session, trial, conversations, skill=0.75 + 0.06 * (place % 4))
        for number, ticket in enumerate(tickets[:: max(1, len(tickets) // reviews)][:reviews]):
            mentor = mentors[number % len(mentors)]
            review(session, trial, ticket, mentor, level=2 + (number + place) % 3)
    session.commit()
    return started


def a_closed_cohort(session: Session, cast: Cast, **options: Any) -> Started:  # noqa: ANN401 (those of a_worked_cohort)
    """A cohort whose month is over; nobody has written a statement. Commits."""
    started = a_worked_cohort(session, cast, **options)
    close_month(session, started.cohort, by=cast.olu, now=CLOSE_OF_MONTH)
    session.commit()
    return started


def a_deciding_cohort(session: Session, cast: Cast, **options: Any) -> Deciding:  # noqa: ANN401 (those of a_worked_cohort)
    """A closed cohort with both mentors' statements and sealed packets. Commits."""
    started = a_closed_cohort(session, cast, **options)
    for trial in started.trials:
        state(session, trial, cast.mina, Recommendation.YES)
        state(session, trial, cast.mika, Recommendation.CONDITION)
    sealed = seal_packets(session, started.cohort, by=cast.olu, now=hours_later(2))
    session.commit()
    return Deciding(started, sealed.packets)


def state(
    session: Session,
    trial: Trial,
    mentor: Person,
    recommendation: Recommendation = Recommendation.YES,
    body: str = "Makes worried people calmer and colleagues faster. I would share a shift.",
) -> None:
    """Let a mentor write a statement an hour after the month's end."""
    write_statement(session, trial, recommendation, body, by=mentor, now=hours_later(1))


def read_enough(session: Session, packet: Packet, *people: Person) -> None:
    """Let people open the packet's quoted conversations."""
    quoted = [one.ticket for one in summary(packet).evidence]
    rows = session.exec(select(Ticket).where(col(Ticket.public_id).in_(quoted))).all()
    for person in people:
        for ticket in rows:
            open_evidence(session, packet, ticket, by=person, now=hours_later(3))


def a_ballot(
    choice: Choice = Choice.YES,
    reason: str = "Finds the cause before answering.",
    evidence: Sequence[str] = ("measure-ramp",),
    confidence: int = 4,
) -> Ballot:
    """A ballot that counts."""
    return Ballot(choice, reason, tuple(evidence), confidence)


def a_vote(session: Session, packet: Packet, person: Person, ballot: Ballot | None = None) -> Vote:
    """Let somebody read enough and vote."""
    read_enough(session, packet, person)
    return cast_vote(session, packet, ballot or a_ballot(), by=person, now=hours_later(4))


def all_votes(session: Session, packet: Packet, people: Iterable[Person]) -> None:
    """Let several people vote yes. Commits."""
    for person in people:
        a_vote(session, packet, person)
    session.commit()


def work(session: Session, trial: Trial, count: int, *, skill: float) -> list[Ticket]:
    """Give a trial answered tickets in blocks of paid work, better from week to week."""
    customers = session.exec(
        select(Customer).where(Customer.trial_id == trial.id).order_by(col(Customer.id))
    ).all()
    chance = stream(trial.seed, "factory")
    days = [day for day in range(3, 26) if (START + timedelta(days=day)).weekday() < 5]
    made: list[Ticket] = []
    for place, day in enumerate(days):
        share = count * (place + 1) // len(days) - count * place // len(days)
        begins = START + timedelta(days=day, hours=1)
        block = TimeEntry(
            trial_id=trial.id or 0,
            kind=WorkKind.TICKETS,
            started_at=begins,
            ended_at=begins + timedelta(hours=4),
        )
        session.add(block)
        session.flush()
        for turn in range(share):
            number = len(made) + 1
            customer = customers[number % len(customers)]
            growth = min(1.0, 0.6 + 0.4 * place / 8)
            outcome = 100.0 if chance.random() < skill * growth + 0.15 else 40.0
            minutes = 18 / (skill * growth) * chance.uniform(0.8, 1.2)
            made.append(
                _ticket(session, trial, customer, number, begins + timedelta(minutes=35 * turn))
            )
            _case(session, trial, made[-1], block, place, outcome, minutes)
    session.flush()
    return made


def review(
    session: Session,
    trial: Trial,
    ticket: Ticket,
    mentor: Person,
    *,
    level: int = 3,
    comment: str = "",
    **changes: Any,  # noqa: ANN401 (fields of a review)
) -> Review:
    """A submitted, drawn review of a ticket."""
    at = (ticket.solved_at or START) + timedelta(hours=6)
    row = Review(
        trial_id=trial.id or 0,
        ticket_id=ticket.id or 0,
        reviewer_id=mentor.id or 0,
        rubric_id=trial.rubric_id,
        **{
            "kind": DrawKind.DRAWN,
            "week": ((ticket.solved_at or START) - START).days // 7 + 1,
            "state": ReviewState.SUBMITTED,
            "drawn_at": at - timedelta(hours=5),
            "due_at": at + timedelta(hours=19),
            "submitted_at": at,
            "released_at": at,
            "score": 100 * (level - 1) / 3,
            "comment": comment or COMMENTS[ticket.number % len(COMMENTS)],
            **changes,
        },
    )
    session.add(row)
    session.flush()
    for place, category in enumerate(CATEGORIES):
        own = max(1, min(4, level + (place + ticket.number) % 3 - 1))
        session.add(Rating(review_id=row.id or 0, category=category, level=own))
    session.flush()
    return row


def hours_later(hours: float) -> datetime:
    """So many hours after the month's end."""
    return CLOSE_OF_MONTH + timedelta(hours=hours)


def _ticket(
    session: Session, trial: Trial, customer: Customer, number: int, at: datetime
) -> Ticket:
    solved_at = at + timedelta(minutes=30)
    ticket = Ticket(
        trial_id=trial.id or 0,
        customer_id=customer.id or 0,
        number=1000 + number,
        subject=SUBJECTS[number % len(SUBJECTS)],
        channel=Channel.EMAIL if number % 3 else Channel.FORUM,
        status=Status.SOLVED,
        opened_at=at,
        answered_at=solved_at,
        solved_at=solved_at,
        rating=5 if number % 4 else 2,
        active_seconds=1200,
    )
    session.add(ticket)
    session.flush()
    lines = (
        (MessageKind.CUSTOMER, None, f"Hi, {ticket.subject.lower()}. Can you help?", at),
        (MessageKind.REPLY, trial.person_id, REPLIES[number % len(REPLIES)], solved_at),
    )
    for kind, author, body, sent_at in lines:
        session.add(
            Message(ticket_id=ticket.id or 0, kind=kind, author_id=author, body=body, at=sent_at)
        )
    return ticket


def _case(  # noqa: PLR0913, PLR0917 (what a case is made of)
    session: Session,
    trial: Trial,
    ticket: Ticket,
    block: TimeEntry,
    place: int,
    outcome: float,
    minutes: float,
) -> None:
    ticket.active_seconds = int(minutes * 60)
    session.add(ticket)
    worked = 240.0 * place + 35 * (ticket.number % 6)
    session.add(
        Case(
            ticket_id=ticket.id or 0,
            trial_id=trial.id or 0,
            scenario=f"case-{ticket.number % 7}",
            scenario_version=1,
            week=place // 5 + 1,
            par_minutes=18,
            outcome=outcome,
            trace={
                "parts": [{"name": "goal", "text": "The problem is solved.", "amount": outcome}]
            },
            first_minute=worked,
            last_minute=worked + minutes,
            block=block.id,
            finished_at=ticket.solved_at,
        )
    )
