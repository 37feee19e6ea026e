"""Which channel a planned ticket comes by, taking chats, and conversations that go on by email."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlmodel import Session, col, func, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.clocks import keep_time
from trialsim.inbox.ladder import Evidence, Rung, chats_at_once, may_open
from trialsim.inbox.models import Channel, ChannelRung, Message, MessageKind, Ticket
from trialsim.inbox.queries.calls import LIVE_TALKS
from trialsim.inbox.queries.ladder import LIVE_STATES, opened_rungs
from trialsim.inbox.rules import CHAT_PACE, CHAT_PATIENCE, DESK_WORK, is_live_talk
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.trials.models import ScheduledTicket, TimeEntry, Trial
from trialsim.trials.queries import Time, time_of

MOVED = "You moved this conversation to email."
LEFT_ALONE = "Your block ended, so this conversation goes on by email."


@dataclass(frozen=True, slots=True)
class Doors:
    """What may come in now: how many chats at once, whether they are taken, how many go on."""

    at_once: int
    takes_chats: bool
    going_on: int
    newest_at: datetime | None = None
    is_call_open: bool = False
    takes_calls: bool = False
    calls: int = 0

    @property
    def has_room(self) -> bool:
        """Whether one more chat may come; nobody chats during a call."""
        return self.takes_chats and self.going_on < self.at_once and not self.calls

    @property
    def has_line(self) -> bool:
        """Whether somebody may call: calls are taken, and nobody talks by now."""
        free = not self.calls and not self.going_on
        return self.is_call_open and self.takes_calls and free

    def is_calm(self, now: datetime) -> bool:
        """Whether the newest chat is not only just there."""
        return self.newest_at is None or now - self.newest_at >= CHAT_PACE

    def with_one_more(self, now: datetime, channel: str = Channel.CHAT) -> "Doors":
        """Return the same with one more chat or call; after a call is taken, no other comes."""
        if channel == Channel.CALL:
            return replace(self, calls=self.calls + 1, takes_calls=False)
        return replace(self, going_on=self.going_on + 1, newest_at=now)


def doors(session: Session, trial: Trial, time: Time) -> Doors:
    """Return what may come in now; two queries."""
    opened = opened_rungs(session, trial.id or 0)
    talks = session.exec(
        select(Ticket.channel, func.count(), func.max(Ticket.opened_at))
        .where(
            Ticket.trial_id == trial.id,
            col(Ticket.channel).in_(LIVE_TALKS),
            col(Ticket.status).in_(LIVE_STATES),
        )
        .group_by(col(Ticket.channel))
    )
    found = {channel: (count, newest) for channel, count, newest in talks}
    going_on, newest_at = found.get(Channel.CHAT, (0, None))
    running = time.running
    return Doors(
        at_once=chats_at_once(opened),
        takes_chats=running is not None and running.takes_chats,
        going_on=going_on,
        newest_at=newest_at,
        is_call_open=Rung.CALL in opened,
        takes_calls=running is not None and running.takes_calls,
        calls=found.get(Channel.CALL, (0, None))[0],
    )


def channel_now(scheduled: ScheduledTicket, held: Doors, time: Time, now: datetime) -> str | None:
    """Return the channel a due ticket comes by now; None while its customer waits for a chat.

    A channel that is not open comes by email. With chats open, a customer who planned to chat waits
    until chats are taken and there is room; an anchor, a ticket of the incident, and whoever has
    waited long come by email then.
    """
    planned = str(scheduled.channel or scheduled.planned["channel"])
    if planned == Channel.CALL:
        return _call_now(scheduled, held, time)
    if planned != Channel.CHAT or held.at_once == 0:
        return planned if planned != Channel.CHAT else Channel.EMAIL.value
    has_own_minute = scheduled.anchor or bool(scheduled.incident)
    if held.has_room and (has_own_minute or held.is_calm(now)):
        return Channel.CHAT.value
    is_tired = scheduled.due_minute <= time.worked - CHAT_PATIENCE
    return Channel.EMAIL.value if has_own_minute or is_tired else None


def _call_now(scheduled: ScheduledTicket, held: Doors, time: Time) -> str | None:
    if held.has_line:
        return Channel.CALL.value
    is_tired = scheduled.due_minute <= time.worked - CHAT_PATIENCE
    by_mail = not held.is_call_open or scheduled.anchor or bool(scheduled.incident) or is_tired
    return Channel.EMAIL.value if by_mail else None


def open_rung(  # noqa: PLR0913 (who opens what, on what evidence, and why)
    session: Session,
    trial: Trial,
    rung: Rung,
    evidence: Evidence,
    *,
    by: Person,
    reason: str,
    now: datetime,
) -> ChannelRung:
    """Open one rung of the ladder.

    Raises:
        Conflict: when it is open already or the evidence is not there.
    """
    if not may_open(rung, evidence):
        raise Conflict("This cannot be opened now. Please look at what is still missing.")
    take_version(session, trial, trial.version)
    row = ChannelRung(
        trial_id=trial.id or 0, rung=rung, opened_at=now, opened_by=by.id or 0, reason=reason
    )
    session.add(row)
    session.flush()
    detail = {"rung": str(rung), "reason": reason}
    record(session, "channel_opened", trial.public_id, by=by.id, at=now, detail=detail)
    return row


def take_chats(session: Session, trial: Trial, *, takes: bool, by: Person, now: datetime) -> None:
    """Say whether customers may come by chat in the running block; those who talk stay.

    Raises:
        Conflict: off the clock, in a block of other work, or before the first rung is open.
    """
    running = time_of(session, trial, now).running
    if running is None or running.kind not in DESK_WORK:
        raise Conflict("Please clock in for tickets first, so that this time is paid.")
    if takes and not opened_rungs(session, trial.id or 0):
        raise Conflict("Chat is not open for you yet.")
    if running.takes_chats == takes:
        return
    running.takes_chats = takes
    session.add(running)
    kind = "chats_taken" if takes else "chats_paused"
    record(session, kind, trial.public_id, by=by.id, at=now)


def move_to_email(session: Session, ticket: Ticket, *, by: Person, now: datetime) -> None:
    """Let a live conversation go on by email; it costs nothing.

    Raises:
        Conflict: when it is no live conversation any more.
    """
    if not is_live_talk(ticket.channel) or ticket.status not in LIVE_STATES:
        raise Conflict("This conversation does not go on live any more.")
    take_version(session, ticket, ticket.version)
    by_email(session, ticket, MOVED, now)
    record(session, "moved_to_email", ticket.public_id, by=by.id, at=now)


def leave_live_talk(
    session: Session, trial: Trial, running: TimeEntry | None, now: datetime
) -> int:
    """Let chats and calls go on by email once nobody is at the desk any more; return how many."""
    if running is not None and running.kind in DESK_WORK:
        return 0
    left = session.exec(
        select(Ticket).where(
            Ticket.trial_id == trial.id,
            col(Ticket.channel).in_(LIVE_TALKS),
            col(Ticket.status).in_(LIVE_STATES),
        )
    ).all()
    for ticket in left:
        ticket.version += 1
        by_email(session, ticket, LEFT_ALONE, now)
    return len(left)


def came_back_later(ticket: Ticket, at: datetime) -> bool:
    """Whether a customer writes again so long after the end of a chat that it is a chat no more."""
    ended = ticket.solved_at
    return is_live_talk(ticket.channel) and ended is not None and at - ended > timedelta(minutes=10)


def by_email(session: Session, ticket: Ticket, words: str, now: datetime) -> None:
    """Let a conversation go on by email and say so in it."""
    ticket.channel = Channel.EMAIL
    keep_time(session, session.get_one(Trial, ticket.trial_id), ticket, now)
    session.add(Message(ticket_id=ticket.id or 0, kind=MessageKind.EVENT, body=words, at=now))
    session.flush()
