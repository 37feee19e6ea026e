"""The public forum: other members write, an answer is marked, a thread goes where it belongs."""

from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.actions.work import count_work
from trialsim.inbox.models import (
    Channel,
    ComingTurn,
    DeskAct,
    Message,
    MessageKind,
    Status,
    Ticket,
    TurnKind,
)
from trialsim.inbox.rules import may_write
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.simulation.forum import BOARDS, member_posts
from trialsim.simulation.types import Form
from trialsim.trials.models import Trial

_ANSWERS = (MessageKind.REPLY, MessageKind.MEMBER)
_OVER = (Status.SOLVED, Status.CLOSED)


def expect_members(
    session: Session, trial: Trial, ticket: Ticket, form: Form, now: datetime
) -> None:
    """Keep what other members will write in a new thread until its time."""
    deal = trial.seed.rpartition("/")[0]
    for post in member_posts(form, deal):
        session.add(
            ComingTurn(
                ticket_id=ticket.id or 0,
                trial_id=trial.id or 0,
                kind=TurnKind.MEMBER,
                due_at=now + timedelta(minutes=post.minutes),
                turn={"body": post.body, "speaker": post.speaker, "member": post.kind},
            )
        )


def member_writes(session: Session, ticket: Ticket, coming: ComingTurn) -> None:
    """Let another member write, while the thread is still open; it waits for nobody."""
    if ticket.channel is not Channel.FORUM or ticket.status in _OVER:
        return
    session.add(
        Message(
            ticket_id=ticket.id or 0,
            kind=MessageKind.MEMBER,
            speaker=coming.turn["speaker"],
            body=coming.turn["body"],
            why={"member": coming.turn["member"]},
            at=coming.due_at,
        )
    )


def accept_last_reply(session: Session, ticket: Ticket) -> None:
    """Mark the last reply as the answer: the customer's word closed the thread."""
    if ticket.channel is not Channel.FORUM or ticket.accepted:
        return
    query = select(Message.public_id).where(
        Message.ticket_id == ticket.id, Message.kind == MessageKind.REPLY
    )
    last = session.exec(query.order_by(col(Message.at).desc(), col(Message.id).desc())).first()
    ticket.accepted = last or ""


def mark_answer(
    session: Session, trial: Trial, ticket: Ticket, *, post: str, by: Person, now: datetime
) -> None:
    """Mark a post as the answer, or take the mark back; it closes nothing.

    Raises:
        Conflict: when it is no public thread, or the post is none that could answer.
    """
    query = select(Message).where(Message.ticket_id == ticket.id, Message.public_id == post)
    message = session.exec(query).first()
    if ticket.channel is not Channel.FORUM or message is None or message.kind not in _ANSWERS:
        raise Conflict("This post cannot be marked as the answer.")
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    ticket.accepted = "" if ticket.accepted == post else post
    session.add(ticket)
    session.flush()
    detail = {"post": post, "marked": bool(ticket.accepted)}
    record(session, "answer_marked", ticket.public_id, by=by.id, at=now, detail=detail)


def move_board(
    session: Session, trial: Trial, ticket: Ticket, *, board: str, by: Person, now: datetime
) -> str:
    """Move a thread to another board and return what the candidate reads.

    Raises:
        Conflict: when it is no public thread, or closed.
        Invalid: for a board that is not there.
    """
    if ticket.channel is not Channel.FORUM or not may_write(ticket.status):
        raise Conflict("Only an open thread of the forum can be moved.")
    if board not in BOARDS:
        raise Invalid(fields={"board": "Please choose a board."})
    count_work(session, trial, ticket, now)
    take_version(session, ticket, ticket.version)
    ticket.board = board
    tells = f"You moved this thread to “{BOARDS[board]}”."
    session.add(ticket)
    session.add(
        DeskAct(
            ticket_id=ticket.id or 0,
            person_id=by.id or 0,
            action="move_board",
            record="thread",
            params={"board": board},
            tells=tells,
            at=now,
        )
    )
    event = MessageKind.EVENT
    session.add(Message(ticket_id=ticket.id or 0, kind=event, body=tells, at=now))
    session.flush()
    detail = {"action": "move_board", "board": board}
    record(session, "desk_action", ticket.public_id, by=by.id, at=now, detail=detail)
    return tells
