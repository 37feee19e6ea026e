"""Casting votes that stay sealed until the last needed one is in."""

from datetime import datetime

from sqlmodel import Session, func, select

from trialsim.accounts.models import Person
from trialsim.committee.actions.reading import lock
from trialsim.committee.models import EarlierVote, Packet, StepAside, Vote
from trialsim.committee.queries import packets
from trialsim.committee.rules.voting import Ballot, ballot_faults, opens, reading
from trialsim.db import take_version
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid, NotAllowed
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text


def cast_vote(  # noqa: PLR0913 (who votes what on which, when, and where the mail leads)
    session: Session,
    packet: Packet,
    ballot: Ballot,
    *,
    by: Person,
    now: datetime,
    version: int = 0,
    base_url: str = "",
) -> Vote:
    """Keep a vote, or change one's own while all are sealed; the last needed one opens them all.

    `version` is that of the own earlier vote, 0 for a first one. Who votes on one packet takes
    turns on its row, so that of several last votes one opens them, and none comes after.

    Raises:
        NotAllowed: for whoever led or scored this trial.
        Conflict: when votes are open, too little was read, or the own vote is another by now.
        Invalid: for a ballot without reason, evidence or confidence.
    """
    typed = {"reason": ballot.reason}
    packet = lock(session, packet)
    if packet.replaced_at is not None:
        raise Conflict("A newer packet has taken this one’s place. Please vote there.", typed)
    if packet.revealed_at is not None:
        raise Conflict("All needed votes are in and open, so none is added or changed.", typed)
    if packets.bars(session, packet, by):
        raise NotAllowed("You led or scored this trial, so you may be heard but not vote.")
    held = packets.summary(packet)
    opened = packets.opened_tickets(session, packet, by)
    read = reading(opened, held.drawn(), held.names(), held.conversations_to_open)
    if not read.is_enough:
        raise Conflict(f"A vote counts once you have read enough. {read.words}", typed)
    if faults := ballot_faults(ballot, held.citable()):
        raise Invalid(fields=faults)
    vote = _keep(session, packet, ballot, by, now, version)
    record(
        session,
        "vote_cast",
        packet.public_id,
        by=by.id,
        at=now,
        detail={"version": vote.version},  # which way stays out: the journal is read by others
    )
    _open_all(session, packet, now, base_url)
    return vote


def step_aside(session: Session, packet: Packet, *, by: Person, now: datetime) -> None:
    """Leave a packet to others, because one knows who it is; a vote cast before is taken back.

    Raises:
        Conflict: once the votes are open.
    """
    packet = lock(session, packet)
    if packet.revealed_at is not None:
        raise Conflict("All votes are open. Please tell the programme manager instead.")
    vote = _own(session, packet, by)
    if vote is not None:
        for earlier in session.exec(select(EarlierVote).where(EarlierVote.vote_id == vote.id)):
            session.delete(earlier)
        session.flush()
        session.delete(vote)
    session.add(StepAside(packet_id=packet.id or 0, person_id=by.id or 0, at=now))
    session.flush()
    record(session, "stepped_aside", packet.public_id, by=by.id, at=now)


def _own(session: Session, packet: Packet, person: Person) -> Vote | None:
    query = select(Vote).where(Vote.packet_id == packet.id, Vote.person_id == person.id)
    return session.exec(query.execution_options(populate_existing=True)).first()


def _keep(
    session: Session, packet: Packet, ballot: Ballot, by: Person, now: datetime, version: int
) -> Vote:
    vote = _own(session, packet, by)
    if vote is None:
        vote = Vote(
            packet_id=packet.id or 0,
            person_id=by.id or 0,
            choice=ballot.choice,
            reason=ballot.reason,
            evidence=list(ballot.evidence),
            confidence=ballot.confidence,
            cast_at=now,
        )
    else:
        _take_over(session, vote, ballot, now, version)
    session.add(vote)
    session.flush()
    return vote


def _take_over(session: Session, vote: Vote, ballot: Ballot, now: datetime, version: int) -> None:
    """Put a ballot in the place of an earlier vote, which is kept beside it."""
    if vote.version != version:
        raise Conflict(
            "Your vote has changed since you opened this page.", {"reason": ballot.reason}
        )
    session.add(
        EarlierVote(
            vote_id=vote.id or 0,
            version=vote.version,
            choice=vote.choice,
            reason=vote.reason,
            evidence=list(vote.evidence),
            confidence=vote.confidence,
            cast_at=vote.cast_at,
        )
    )
    session.flush()
    take_version(session, vote, version)
    vote.choice, vote.reason, vote.confidence = ballot.choice, ballot.reason, ballot.confidence
    vote.evidence, vote.cast_at = list(ballot.evidence), now


def _open_all(session: Session, packet: Packet, now: datetime, base_url: str) -> None:
    count = session.exec(
        select(func.count()).select_from(Vote).where(Vote.packet_id == packet.id)
    ).one()
    if not opens(count, packet.votes_needed):
        return
    packet.revealed_at = now
    session.add(packet)
    record(session, "votes_opened", packet.public_id, by=None, at=now, detail={"votes": count})
    address = f"{base_url}/packets/{packet.public_id}"
    for _, person in packets.votes(session, packet):
        queue(
            session,
            recipient=person.email,
            subject="All votes are in",
            body=mail_text("email/committee/votes_open.txt", person=person, address=address),
            dedupe_key=f"votes-open-{packet.public_id}-{person.public_id}",
            now=now,
        )
