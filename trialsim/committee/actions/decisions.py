"""Deciding on a packet: one member proposes, another seconds."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.committee.actions.reading import lock
from trialsim.committee.models import Decision, Packet
from trialsim.committee.queries import packets
from trialsim.committee.rules.deciding import Proposal, proposal_faults
from trialsim.db import take_version
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid, NotAllowed


def propose(
    session: Session,
    packet: Packet,
    proposal: Proposal,
    *,
    by: Person,
    now: datetime,
    version: int = 0,
) -> Decision:
    """Propose a decision, or another in place of one that nobody has seconded.

    `version` is that of the proposal the person read, 0 when there was none.

    Raises:
        Conflict: while votes are sealed, once a decision is final, or when another came first.
        Invalid: without reasons, evidence, the open question, or the dissent where there is one.
    """
    typed = {
        "reasons": proposal.reasons,
        "dissent": proposal.dissent,
        "question": proposal.question,
    }
    packet = _decidable(session, packet, typed)
    votes = [vote.choice for vote, _ in packets.votes(session, packet)]
    if faults := proposal_faults(proposal, packets.summary(packet).citable(), votes):
        raise Invalid(fields=faults)
    row = _held(session, packet)
    if (row.version if row else 0) != version:
        raise Conflict("Somebody has proposed something else since you opened this page.", typed)
    if row is None:
        row = _blank(packet, proposal, by, now)
    elif row.seconded_at is not None:
        raise Conflict("This has been decided.", typed)
    else:
        take_version(session, row, version)
    _write(row, proposal, by, now)
    session.add(row)
    session.flush()
    record(
        session,
        "decision_proposed",
        packet.public_id,
        by=by.id,
        at=now,
        detail={"outcome": str(row.outcome), "version": row.version},
    )
    return row


def _blank(packet: Packet, proposal: Proposal, by: Person, now: datetime) -> Decision:
    return Decision(
        packet_id=packet.id or 0,
        outcome=proposal.outcome,
        reasons=proposal.reasons,
        decided_by=by.id or 0,
        decided_at=now,
    )


def _write(row: Decision, proposal: Proposal, by: Person, now: datetime) -> None:
    row.outcome, row.reasons = proposal.outcome, proposal.reasons
    row.evidence = list(proposal.evidence)
    row.question, row.dissent = proposal.question, proposal.dissent
    row.decided_by, row.decided_at = by.id or 0, now


def second(
    session: Session, packet: Packet, *, by: Person, now: datetime, version: int
) -> Decision:
    """Make a proposal the committee's decision; the second person says so, never the first.

    Raises:
        Conflict: without a proposal, once decided, or when it is another one by now.
        NotAllowed: for the person who proposed it.
    """
    packet = _decidable(session, packet, {})
    row = _held(session, packet)
    if row is None:
        raise Conflict("Nobody has proposed a decision yet.")
    if row.seconded_at is not None:
        raise Conflict("This has been decided.")
    if row.version != version:
        raise Conflict("The proposal has changed since you opened this page. Please read it again.")
    if row.decided_by == by.id:
        raise NotAllowed("You proposed this. Somebody else of the committee seconds it.")
    take_version(session, row, version)
    row.seconded_by, row.seconded_at = by.id, now
    session.add(row)
    session.flush()
    record(
        session,
        "decision_made",
        packet.public_id,
        by=by.id,
        at=now,
        detail={"outcome": str(row.outcome)},
    )
    return row


def _decidable(session: Session, packet: Packet, typed: dict[str, str]) -> Packet:
    packet = lock(session, packet)
    if packet.revealed_at is None:
        raise Conflict("A decision comes after the last vote.", typed)
    return packet


def _held(session: Session, packet: Packet) -> Decision | None:
    query = select(Decision).where(Decision.packet_id == packet.id)
    return session.exec(query.execution_options(populate_existing=True)).first()
