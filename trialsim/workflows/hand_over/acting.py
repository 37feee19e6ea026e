"""The colleague comes some hours after a candidate has left, and does what the note allows.

Whoever waits and is covered by the note is told that somebody is on it, once a wait: their wait
counts anew from there. Whoever is left out waits on, and the candidate reads in the morning whom
and why. Who writes only after the candidate has left is told as well where the note foresaw it,
and counts for nothing where it did not. The same rows give the same night, however late.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, func
from sqlmodel import Session, col, or_, select

from trialsim.db import write_session
from trialsim.inbox.actions.release import happen
from trialsim.inbox.casework import Casework, casework
from trialsim.inbox.models import Customer, Message, MessageKind, Status, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.inbox.rules import RUNNING, is_live_talk
from trialsim.journal.actions import record
from trialsim.kit import streams
from trialsim.room.models import Night, Post
from trialsim.room.rules import PostKind
from trialsim.scenarios.queries import pack
from trialsim.simulation.hand_over import Left, Read, read_note
from trialsim.trials.models import TimeEntry, Trial

COMES_AFTER = timedelta(hours=6)  # so that a break within a day's work is no night
NAMES = ("Kiri", "Tomasz", "Leilani", "Anders", "Mele", "Ines", "Haruki", "Sade")
TOLD = "Read your hand-over, told them we are on it."
TOLD_BEFORE = "Read your hand-over. They were told before, so only an answer helps now."
_CLOSED = (Status.SOLVED, Status.CLOSED)
_SPOKEN = (MessageKind.CUSTOMER, MessageKind.REPLY, MessageKind.NOTE)


class Done:
    """What was done about one ticket, as a night keeps it."""

    TOLD = "told"
    TOLD_BEFORE = "told_before"
    LEFT_OUT = "left_out"
    LATER = "later"
    QUIET = "quiet"


def due_nights(engine: Engine, now: datetime) -> list[int]:
    """Return the trials whose colleague has come and not acted yet, without locking any."""
    ended = func.max(TimeEntry.ended_at)
    acted = select(func.max(Night.left_at)).where(Night.trial_id == TimeEntry.trial_id)
    query = (
        select(TimeEntry.trial_id)
        .join(Trial, col(Trial.id) == TimeEntry.trial_id)
        .where(col(Trial.state).in_(RUNNING))
        .group_by(col(TimeEntry.trial_id))
        .having(
            func.count() == func.count(col(TimeEntry.ended_at)),
            ended <= now - COMES_AFTER,
            or_(
                acted.scalar_subquery().is_(None),
                acted.scalar_subquery() < func.max(TimeEntry.started_at),
            ),
        )
        .order_by(col(TimeEntry.trial_id))
    )
    with Session(engine) as session:
        return list(session.exec(query))


def act_on(engine: Engine, trial_id: int, now: datetime) -> None:
    """Let the colleague act for one trial, in a short transaction of its own."""
    with write_session(engine) as session:
        trial = session.exec(select(Trial).where(Trial.id == trial_id).with_for_update()).one()
        act(session, trial, now)


def act(session: Session, trial: Trial, now: datetime) -> Night | None:
    """Let the colleague act on what was left, if they have come and not acted yet."""
    if trial.state not in RUNNING:
        return None
    left_at = _left_at(session, trial, now)
    if left_at is None:
        return None
    at = left_at + COMES_AFTER
    happen(session, trial, at)  # customers who wrote until then
    earlier = session.exec(select(func.max(Night.at)).where(Night.trial_id == trial.id)).one()
    note = _note(session, trial, earlier, at)
    night = Night(
        trial_id=trial.id or 0,
        left_at=left_at,
        at=at,
        colleague=streams.pick(NAMES, trial.seed, "overnight colleague"),
        note=note,
    )
    _settle(session, trial, night)
    session.add(night)
    session.flush()
    detail = {"night": night.public_id, "waiting": night.waiting, "covered": night.covered}
    record(session, "hand_over_read", trial.public_id, by=None, at=at, detail=detail)
    return night


def _left_at(session: Session, trial: Trial, now: datetime) -> datetime | None:
    """Return when the candidate left, if nobody has acted on it and the colleague has come."""
    last = session.exec(
        select(TimeEntry)
        .where(TimeEntry.trial_id == trial.id)
        .order_by(col(TimeEntry.started_at).desc(), col(TimeEntry.id).desc())
        .limit(1)
    ).first()
    if last is None or last.ended_at is None or last.ended_at + COMES_AFTER > now:
        return None
    acted = session.exec(
        select(Night.id).where(Night.trial_id == trial.id, Night.left_at >= last.started_at)
    ).first()
    return last.ended_at if acted is None else None


def _note(session: Session, trial: Trial, earlier: datetime | None, at: datetime) -> str:
    """Return what the candidate has written since the last night, in one text."""
    query = select(Post.body).where(
        Post.trial_id == trial.id,
        Post.kind == PostKind.HAND_OVER,
        Post.author_id == trial.person_id,
        Post.at <= at,
    )
    if earlier is not None:
        query = query.where(Post.at > earlier)
    return "\n".join(session.exec(query.order_by(col(Post.at), col(Post.id))))


def _settle(session: Session, trial: Trial, night: Night) -> None:
    rows = session.exec(
        select(Ticket, Customer)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(
            Ticket.trial_id == trial.id,
            col(Ticket.status).not_in(_CLOSED),
            Ticket.opened_at <= night.left_at,
        )
        .order_by(col(Ticket.number))
    ).all()
    works = [casework(session, trial, ticket) for ticket, _ in rows]
    said = _said(session, [work.ticket for work in works])
    left = [_left(work, said.get(work.ticket.id or 0, [])) for work in works]
    language = pack(session, trial.pack_hash).languages[0]
    reads = read_note(night.note, left, language) if left else ()
    told = [_act_on(session, work, read, night) for work, read in zip(works, reads, strict=True)]
    night.tickets = told
    waiting = [one for one in told if one["counts"]]
    night.waiting = len(waiting)
    night.covered = sum(one["done"] != Done.LEFT_OUT for one in waiting)


def _said(session: Session, tickets: Sequence[Ticket]) -> dict[int, list[Message]]:
    rows = session.exec(
        select(Message)
        .where(
            col(Message.ticket_id).in_([one.id for one in tickets]),
            col(Message.kind).in_(_SPOKEN),
        )
        .order_by(col(Message.id))
    )
    found: dict[int, list[Message]] = {}
    for message in rows:
        found.setdefault(message.ticket_id, []).append(message)
    return found


def _left(work: Casework, messages: Iterable[Message]) -> Left:
    said = [one for one in messages if one.author_id or one.kind is MessageKind.CUSTOMER]
    return Left(
        number=work.ticket.number,
        subject=work.ticket.subject,
        customer=work.customer.name,
        said="\n".join(one.body for one in said),
        language=work.customer.language,
        touched=any(one.kind is not MessageKind.CUSTOMER for one in said),
        forms=work.forms,
        facts=tuple(state.facts for state in work.states),
    )


def _act_on(session: Session, work: Casework, read: Read, night: Night) -> dict[str, Any]:
    """Do what the note allows about one ticket, and return what a night keeps of it."""
    ticket = work.ticket
    done = _done(ticket, read, night)
    if done in (Done.TOLD, Done.TOLD_BEFORE):
        words = TOLD if done == Done.TOLD else TOLD_BEFORE
        session.add(
            Message(
                ticket_id=ticket.id or 0,
                kind=MessageKind.NOTE,
                speaker=night.colleague,
                body=words,
                at=night.at,
            )
        )
    if done == Done.TOLD:
        ticket.heard_at = night.at
        session.add(ticket)
    return {
        "ticket": ticket.public_id,
        "number": ticket.number,
        "subject": ticket.subject,
        "customer": work.customer.name,
        "done": done,
        "counts": done != Done.QUIET and not _wrote_later(ticket, night),
        "lacks": [str(one) for one in read.lacks],
    }


def _done(ticket: Ticket, read: Read, night: Night) -> str:
    since = ticket.waiting_since
    if ticket.status not in WAITING or since is None or is_live_talk(ticket.channel):
        return Done.QUIET
    if since > night.at:
        return Done.QUIET
    if not read.is_covered:
        return Done.LATER if _wrote_later(ticket, night) else Done.LEFT_OUT
    has_heard = ticket.heard_at is not None and ticket.heard_at >= since
    return Done.TOLD_BEFORE if has_heard else Done.TOLD


def _wrote_later(ticket: Ticket, night: Night) -> bool:
    return ticket.waiting_since is not None and ticket.waiting_since > night.left_at
