"""A world with something in every drawer, and a second one of other people that is none of theirs.

Cem and Noor are at work in the spring cohort, guided by Mina and Mika. Their winter trials are
over: Cem has a letter, and Noor's packet lies before the committee with one sealed vote. Far
from them other people have a cohort of their own; Olu manages both.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlmodel import Session, col, select

from tests import cast as people
from tests.cast import NAMES, Cast
from tests.factories.cohort import Started, a_cohort
from tests.factories.committee import (
    Deciding,
    a_ballot,
    a_deciding_cohort,
    a_vote,
    hours_later,
    read_enough,
)
from tests.factories.reviews import a_card
from trialsim.accounts.models import Person
from trialsim.committee.actions.decisions import propose, second
from trialsim.committee.actions.letters import send_letter
from trialsim.committee.models import DecisionLetter, Outcome, Packet
from trialsim.committee.queries.packets import summary
from trialsim.committee.rules.deciding import LetterText, Proposal
from trialsim.committee.rules.words import Choice
from trialsim.inbox.actions.drafts import save_draft
from trialsim.inbox.actions.release import happen
from trialsim.inbox.actions.replies import add_note, send_reply
from trialsim.inbox.models import DraftKind, Status, Ticket
from trialsim.insights.actions import take_snapshot
from trialsim.programmes.models import Cohort, Programme
from trialsim.reviews.actions import pick, submit
from trialsim.reviews.actions import save_draft as save_scores
from trialsim.reviews.models import Review
from trialsim.room.actions import answer, ask, post_update, send_message
from trialsim.room.models import Post
from trialsim.trials.actions import accept, clock_in, clock_out, open_live
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.rules import WorkKind
from trialsim.workflows.enrol import start_cohort

SPRING = date(2026, 4, 6)
LIVE = datetime(2026, 4, 6, 8, 0, tzinfo=people.START.tzinfo)
NOW = LIVE + timedelta(hours=3)
ZONE = "Pacific/Chatham"
RATE_CENTS = 2437
SEED = 20_260_406
SURNAMES = {"Cem": "Quillfeather", "Noor": "Vandersloot"}
VOTE_CANARY = "zq-vote-reason"
DRAFT_CANARY = "zq-draft-score"
NOOR_CANARY = "zq-noor-wrote"
REPLY = (
    "Hello, thank you for writing. I looked at your account and see what happened. "
    "Please reload the page once; if it still happens tomorrow, write to me again."
)


@dataclass(frozen=True, slots=True)
class Side:
    """What one circle of people has, by public id."""

    programme: str
    cohort: str
    closed_cohort: str
    trial: str
    ticket: str
    newer: str
    review: str
    feedback: str
    question: str
    packet: str
    conversation: str
    letter: str
    member: str


@dataclass(frozen=True, slots=True)
class World:
    """The cast's own side, Noor's part of it, and the side of people they never met."""

    own: Side
    noor_trial: str
    noor_ticket: str
    second_ticket: str
    foreign: Side


MISSING = Side(
    programme="pr_222222222222",
    cohort="co_222222222222",
    closed_cohort="co_222222222222",
    trial="tr_222222222222",
    ticket="t_222222222222",
    newer="t_222222222223",
    review="r_222222222222",
    feedback="r_222222222222",
    question="po_222222222222",
    packet="pk_222222222222",
    conversation="t_222222222222",
    letter="le_222222222222",
    member="p_222222222222",
)


def a_world(session: Session) -> World:
    """Write the whole world. Commits."""
    cast = people.load(session)
    _give_names(session, cast)
    strangers = _strangers(session, cast)
    winter = _small_month(session, cast, ("cem", "noor"))
    far = _small_month(session, strangers, ("cem",))
    letter = _letter(session, cast, winter.packet)
    foreign = _far_side(session, strangers, far)
    open_packet = next(one for one in winter.packets if one.id != winter.packet.id)
    a_vote(session, open_packet, cast.ravi, a_ballot(Choice.STRONG_NO, VOTE_CANARY, confidence=2))
    read_enough(session, open_packet, cast.hana)
    spring = _spring(session, cast)
    for trial in spring.trials:
        _go_live(session, trial)
    world = World(
        own=_own_side(session, cast, spring, winter, open_packet, letter),
        noor_trial=spring.trials[1].public_id,
        noor_ticket=_noors_ticket(session, spring.trials[1], cast.noor).public_id,
        second_ticket=_tickets(session, spring.trial)[2].public_id,
        foreign=foreign,
    )
    session.commit()
    return world


def _give_names(session: Session, cast: Cast) -> None:
    """Give the candidates surnames and a zone that stand out on a page."""
    for person in (cast.cem, cast.noor):
        person.name = f"{person.name} {SURNAMES[person.name]}"
        person.zone = ZONE
        session.add(person)
    session.flush()


def _strangers(session: Session, cast: Cast) -> Cast:
    """Other people in the same roles, under the same manager."""
    rows: dict[str, Person] = {"olu": cast.olu}
    for name in NAMES:
        if name != "Olu":
            email, password = f"far-{name.lower()}@example.org", cast.zed.password_hash
            rows[name.lower()] = Person(
                email=email, name=f"Far {name}", password_hash=password, created_at=people.START
            )
    session.add_all(rows.values())
    session.flush()
    return Cast(**rows)


def _spring(session: Session, cast: Cast) -> Started:
    """A cohort that has started, with the same month in every world."""
    cohort = a_cohort(session, cast, starts_on=SPRING, rate_cents=RATE_CENTS, contacts_per_hour=1.3)
    cohort.seed = SEED
    trials = start_cohort(session, cohort, by=cast.olu, now=people.START)
    return Started(cohort, session.get_one(Programme, cohort.programme_id), tuple(trials))


def _small_month(session: Session, cast: Cast, candidates: Sequence[str]) -> Deciding:
    return a_deciding_cohort(
        session,
        cast,
        candidates=candidates,
        conversations=9,
        reviews=4,
        conversations_to_open=2,
        rate_cents=RATE_CENTS,
        contacts_per_hour=0.9,
    )


def _letter(session: Session, cast: Cast, packet: Packet) -> DecisionLetter:
    """Let three people vote, two decide, and the manager send the letter."""
    for person in (cast.hana, cast.ravi, cast.lena):
        a_vote(session, packet, person)
    proposal = Proposal(Outcome.HIRE, "Finds causes before answering.", ("measure-ramp",))
    row = propose(session, packet, proposal, by=cast.hana, now=hours_later(5))
    second(session, packet, by=cast.ravi, now=hours_later(6), version=row.version)
    text = LetterText("Calm and exact.", "Say by when.", tuple(summary(packet).names())[:3])
    return send_letter(session, packet, text, by=cast.olu, now=hours_later(7))


def _go_live(session: Session, trial: Trial) -> None:
    person = session.get_one(Person, trial.person_id)
    mentor = session.get_one(Person, trial.mentor_id)
    accept(
        session,
        trial,
        by=person,
        now=LIVE,
        zone=ZONE,
        weekdays=[0, 1, 2, 3, 4],
        day_starts=time(9),
        day_ends=time(13),
    )
    open_live(session, trial, by=mentor, now=LIVE, reason="All practice tickets solved.")
    _, second, third = session.exec(
        select(ScheduledTicket)
        .where(
            ScheduledTicket.trial_id == trial.id,
            col(ScheduledTicket.practice).is_(False),
            col(ScheduledTicket.anchor).is_(False),
        )
        .order_by(col(ScheduledTicket.number))
        .limit(3)
    ).all()
    third.planned = {**third.planned, "customer": second.planned["customer"]}  # writes twice
    session.add(third)


def _work(session: Session, trial: Trial, person: Person) -> list[Ticket]:
    """Clock in, and answer the first two of the tickets that come."""
    clock_in(session, trial, WorkKind.TICKETS, by=person, now=LIVE)
    happen(session, trial, LIVE + timedelta(minutes=5))
    tickets = _tickets(session, trial)
    for place, ticket in enumerate(tickets[:2]):
        at = LIVE + timedelta(minutes=20 + 10 * place)
        status = Status.PENDING if place else Status.SOLVED
        send_reply(session, trial, ticket, by=person, body=REPLY, status=status, now=at)
    return tickets


def _noors_ticket(session: Session, trial: Trial, noor: Person) -> Ticket:
    """Let Noor write everywhere that candidates write."""
    ticket, second, *_ = _work(session, trial, noor)
    later, said = LIVE + timedelta(hours=1), NOOR_CANARY
    add_note(session, trial, ticket, by=noor, body=said, now=later)
    save_draft(session, trial, second, kind=DraftKind.REPLY, body=said, now=later)
    send_message(session, trial, by=noor, body=said, now=later)
    post_update(session, trial, by=noor, lines=(said, said, said), now=later)
    return ticket


def _own_side(
    session: Session,
    cast: Cast,
    spring: Started,
    winter: Deciding,
    packet: Packet,
    letter: DecisionLetter,
) -> Side:
    trial = spring.trial
    tickets = _work(session, trial, cast.cem)
    later = LIVE + timedelta(hours=2)
    add_note(session, trial, tickets[1], by=cast.cem, body="Ask the team.", now=later)
    save_draft(session, trial, tickets[1], kind=DraftKind.REPLY, body="Half a text", now=later)
    clock_out(session, trial, by=cast.cem, now=later)
    clock_in(session, trial, WorkKind.TICKETS, by=cast.cem, now=later)
    feedback = pick(session, trial, tickets[0], reason="Calm", by=cast.mina, now=later)
    submit(session, feedback, a_card(), by=cast.mina, now=later, version=1)
    waiting = pick(session, trial, tickets[1], reason="A question", by=cast.mina, now=later)
    save_scores(session, waiting, a_card(DRAFT_CANARY), version=waiting.version)
    question = _room(session, cast, trial, tickets[1], later)
    take_snapshot(session, spring.cohort, later)
    return Side(
        programme=spring.programme.public_id,
        cohort=spring.cohort.public_id,
        closed_cohort=winter.started.cohort.public_id,
        trial=trial.public_id,
        ticket=tickets[1].public_id,
        newer=tickets[2].public_id,
        review=waiting.public_id,
        feedback=feedback.public_id,
        question=question.public_id,
        packet=packet.public_id,
        conversation=summary(packet).reviewed[0].ticket,
        letter=letter.public_id,
        member=cast.lena.public_id,
    )


def _room(session: Session, cast: Cast, trial: Trial, ticket: Ticket, at: datetime) -> Post:
    question = ask(
        session,
        trial,
        by=cast.cem,
        body="How long may a refund take?",
        now=at,
        ticket=ticket.public_id,
    )
    answer(session, trial, question=question.public_id, by=cast.mina, body="Five days.", now=at)
    send_message(session, trial, by=cast.cem, body="Thank you!", now=at)
    post_update(session, trial, by=cast.cem, lines=("Two answered", "", "Refunds"), now=at)
    return question


def _far_side(session: Session, cast: Cast, far: Deciding) -> Side:
    trial, packet = far.started.trial, far.packet
    question = ask(session, trial, by=cast.cem, body="Is anybody there?", now=hours_later(3))
    reviews = session.exec(
        select(Review).where(Review.trial_id == trial.id).order_by(col(Review.id))
    ).all()
    programme = session.get_one(Programme, far.started.programme.id)
    cohort = session.get_one(Cohort, far.started.cohort.id)
    letter = _letter(session, cast, packet)
    return Side(
        programme=programme.public_id,
        cohort=cohort.public_id,
        closed_cohort=cohort.public_id,
        trial=trial.public_id,
        ticket=_tickets(session, trial)[1].public_id,
        newer=_tickets(session, trial)[2].public_id,
        review=reviews[1].public_id,
        feedback=reviews[0].public_id,
        question=question.public_id,
        packet=packet.public_id,
        conversation=summary(packet).reviewed[0].ticket,
        letter=letter.public_id,
        member=cast.lena.public_id,
    )


def _tickets(session: Session, trial: Trial) -> list[Ticket]:
    query: Any = select(Ticket).where(Ticket.trial_id == trial.id).order_by(col(Ticket.number))
    return list(session.exec(query))
