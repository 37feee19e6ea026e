"""What was read is kept: who opened a packet, and which conversations in full."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.committee.models import EvidenceReading, Packet
from trialsim.inbox.models import Ticket
from trialsim.journal.actions import record
from trialsim.journal.models import Fact

OPENED = "packet_opened"


def has_opened(session: Session, packet: Packet, person: Person) -> bool:
    """Whether it is known that somebody has opened a packet."""
    query = select(Fact.id).where(
        Fact.subject == packet.public_id, Fact.kind == OPENED, Fact.person_id == person.id
    )
    return session.exec(query).first() is not None


def open_packet(session: Session, packet: Packet, *, by: Person, now: datetime) -> None:
    """Keep that somebody opened a packet; once a person."""
    lock(session, packet)
    if not has_opened(session, packet, by):
        record(session, OPENED, packet.public_id, by=by.id, at=now)


def open_evidence(
    session: Session, packet: Packet, ticket: Ticket, *, by: Person, now: datetime
) -> None:
    """Keep that a committee member opened a conversation in full; again changes nothing."""
    lock(session, packet)
    known = select(EvidenceReading.id).where(
        EvidenceReading.packet_id == packet.id,
        EvidenceReading.person_id == by.id,
        EvidenceReading.ticket_id == ticket.id,
    )
    if session.exec(known).first() is not None:
        return
    session.add(
        EvidenceReading(
            packet_id=packet.id or 0, person_id=by.id or 0, ticket_id=ticket.id or 0, at=now
        )
    )
    session.flush()
    record(
        session,
        "evidence_opened",
        packet.public_id,
        by=by.id,
        at=now,
        detail={"ticket": ticket.public_id},
    )


def lock(session: Session, packet: Packet) -> Packet:
    """Return a packet as it is now, held until the transaction ends: one writer at a time."""
    query = (
        select(Packet)
        .where(Packet.id == packet.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return session.exec(query).one()
