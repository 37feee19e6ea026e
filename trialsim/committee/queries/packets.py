"""Packets with their votes: one as a whole, or many in a list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.committee.models import (
    Decision,
    DecisionLetter,
    EvidenceReading,
    Packet,
    StepAside,
    Vote,
)
from trialsim.committee.rules.packets import Summary
from trialsim.committee.rules.sealing import is_intact
from trialsim.committee.rules.voting import is_barred
from trialsim.inbox.models import Ticket
from trialsim.programmes.models import Cohort, Membership
from trialsim.programmes.rules import Role
from trialsim.reviews.models import Review, ReviewState
from trialsim.simulation.codec import from_json
from trialsim.trials.models import Trial


@dataclass(frozen=True, slots=True)
class PacketLine:
    """One packet of the list: how many votes are in, never which way."""

    public_id: str
    code: str
    cohort: str
    decision_by: date
    sealed_at: datetime
    votes: int
    votes_needed: int
    revealed_at: datetime | None
    is_member: bool
    own_vote_in: bool
    stepped_aside: bool
    decided: bool


def summary(packet: Packet) -> Summary:
    """Return what a packet holds."""
    return from_json(Summary, packet.body)


def current(session: Session, trial_id: int) -> Packet | None:
    """Return a trial's packet that has not been replaced."""
    query = select(Packet).where(Packet.trial_id == trial_id, col(Packet.replaced_at).is_(None))
    return session.exec(query).first()


def packet_lines(session: Session, person: Person) -> tuple[PacketLine, ...]:
    """Return the packets somebody may read, by cohort and code; one query.

    A committee member's are those of their cohorts, a manager's all of them.
    """
    mine = select(Membership.cohort_id).where(
        Membership.person_id == person.id,
        Membership.role == Role.COMMITTEE,
        col(Membership.ended_at).is_(None),
    )
    elsewhere = select(Membership.cohort_id).where(Membership.person_id == person.id)
    sits = col(Packet.cohort_id).in_(mine)
    manages = col(Packet.cohort_id).not_in(elsewhere)
    open_to = sits | manages if person.is_manager else sits
    count = (
        select(func.count()).where(Vote.packet_id == Packet.id).correlate(Packet).scalar_subquery()
    )
    wanted: Any = (Packet.public_id, Packet.code, Cohort.name, Cohort.decision_by)
    wanted += (Packet.sealed_at, count, Packet.votes_needed, Packet.revealed_at, sits)
    wanted += (Vote.id, StepAside.id, Decision.seconded_at)
    rows = session.connection().execute(
        select(*wanted)
        .select_from(Packet)
        .join(Cohort, col(Cohort.id) == Packet.cohort_id)
        .outerjoin(Vote, (col(Vote.packet_id) == Packet.id) & (col(Vote.person_id) == person.id))
        .outerjoin(
            StepAside,
            (col(StepAside.packet_id) == Packet.id) & (col(StepAside.person_id) == person.id),
        )
        .outerjoin(Decision, col(Decision.packet_id) == Packet.id)
        .where(col(Packet.replaced_at).is_(None), open_to)
        .order_by(col(Cohort.id).desc(), col(Packet.code))
    )
    return tuple(PacketLine(*row[:9], *(one is not None for one in row[9:])) for row in rows)


def votes(session: Session, packet: Packet) -> list[tuple[Vote, Person]]:
    """Return the votes with their authors, in the order of their roles and not of their votes."""
    rows = session.exec(
        select(Vote, Person)
        .join(Person, col(Person.id) == Vote.person_id)
        .where(Vote.packet_id == packet.id)
        .order_by(col(Person.id))
    )
    return [(vote, person) for vote, person in rows]


def committee(session: Session, packet: Packet) -> list[tuple[Person, bool]]:
    """Return the members who judge a packet, and who of them stepped aside."""
    rows = session.exec(
        select(Person, StepAside.id)
        .join(Membership, col(Membership.person_id) == Person.id)
        .outerjoin(
            StepAside,
            (col(StepAside.person_id) == Person.id) & (col(StepAside.packet_id) == packet.id),
        )
        .where(
            Membership.cohort_id == packet.cohort_id,
            Membership.role == Role.COMMITTEE,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    )
    return [(person, aside is not None) for person, aside in rows]


def opened_tickets(session: Session, packet: Packet, person: Person) -> set[str]:
    """Return the public ids of the conversations somebody has opened in full."""
    rows = session.exec(
        select(Ticket.public_id)
        .join(EvidenceReading, col(EvidenceReading.ticket_id) == Ticket.id)
        .where(EvidenceReading.packet_id == packet.id, EvidenceReading.person_id == person.id)
    )
    return set(rows)


def bars(session: Session, packet: Packet, person: Person) -> bool:
    """Whether somebody led or scored the trial behind a packet."""
    trial = session.get_one(Trial, packet.trial_id)
    scorers = session.exec(
        select(Review.reviewer_id).where(
            Review.trial_id == packet.trial_id,
            Review.reviewer_id == person.id,
            Review.state == ReviewState.SUBMITTED,
        )
    ).all()
    return is_barred(person.id or 0, mentor=trial.mentor_id, scorers=scorers)


def decision_of(session: Session, packet: Packet) -> tuple[Decision, DecisionLetter | None] | None:
    """Return what was proposed or decided on a packet, with its letter once that is sent."""
    found = session.exec(
        select(Decision, DecisionLetter)
        .outerjoin(DecisionLetter, col(DecisionLetter.decision_id) == Decision.id)
        .where(Decision.packet_id == packet.id)
    ).first()
    return None if found is None else (found[0], found[1])


def broken_seals(session: Session) -> list[str]:
    """Return the public ids of packets that no longer are what was sealed."""
    rows = session.exec(select(Packet).order_by(col(Packet.id)))
    return [one.public_id for one in rows if not is_intact(one.body, one.content_hash)]
