"""Writing to each other: questions and answers, messages, updates, hand-overs, reflections."""

from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.inbox.rules import ANSWERED, ASKED
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, NotFound
from trialsim.kit.worktime import local_day
from trialsim.room.models import Post
from trialsim.room.rules import PostKind, reflection_body, update_body
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState, trial_day, week_of

WORKING = (TrialState.TRAINING, TrialState.LIVE)


def ask(
    session: Session, trial: Trial, *, by: Person, body: str, now: datetime, ticket: str = ""
) -> Post:
    """Ask the mentors something, perhaps about one of the candidate's own tickets."""
    post = _new(trial, PostKind.QUESTION, by, body, now)
    post.ticket_id = _own_ticket(session, trial, ticket) if ticket else None
    _tell_ticket(session, post.ticket_id, ASKED, now)
    return _add(session, trial, post)


def answer(
    session: Session, trial: Trial, *, question: str, by: Person, body: str, now: datetime
) -> Post:
    """Answer a candidate's question.

    Raises:
        NotFound: when this room holds no such question.
    """
    asked = session.exec(
        select(Post).where(
            Post.public_id == question, Post.trial_id == trial.id, Post.kind == PostKind.QUESTION
        )
    ).first()
    if asked is None:
        raise NotFound
    post = _new(trial, PostKind.ANSWER, by, body, now)
    post.question_id = asked.id
    _tell_ticket(session, asked.ticket_id, ANSWERED, now)
    return _add(session, trial, post)


def send_message(session: Session, trial: Trial, *, by: Person, body: str, now: datetime) -> Post:
    """Write a message; a mentor's waits for the candidate's next post."""
    return _add(session, trial, _new(trial, PostKind.MESSAGE, by, body, now))


def post_update(
    session: Session,
    trial: Trial,
    *,
    by: Person,
    lines: tuple[str, str, str],
    now: datetime,
) -> Post:
    """Post the daily update: what is done, where it is stuck, what comes next.

    Raises:
        Conflict: when the candidate's own day has one already.
    """
    _check_working(trial)
    latest = session.exec(
        select(Post.at)
        .where(Post.trial_id == trial.id, Post.kind == PostKind.UPDATE)
        .order_by(col(Post.at).desc())
        .limit(1)
    ).first()
    if latest is not None and local_day(latest, trial.zone) == local_day(now, trial.zone):
        raise Conflict("Today's update is there already. Please add what is new as a message.")
    return _add(session, trial, _new(trial, PostKind.UPDATE, by, update_body(*lines), now))


def hand_over(session: Session, trial: Trial, *, by: Person, body: str, now: datetime) -> Post:
    """Leave a hand-over note at the end of a block of work."""
    _check_working(trial)
    return _add(session, trial, _new(trial, PostKind.HAND_OVER, by, body, now))


def reflect(
    session: Session, trial: Trial, *, by: Person, lines: tuple[str, str, str], now: datetime
) -> Post:
    """Write the week's reflection: what went well, what was hard, what to try.

    Raises:
        Conflict: when this week of the trial has one already.
    """
    _check_working(trial)
    earlier = session.exec(
        select(Post.at).where(Post.trial_id == trial.id, Post.kind == PostKind.REFLECTION)
    ).all()
    if _week(trial, now) in {_week(trial, at) for at in earlier}:
        raise Conflict(
            "This week's reflection is there already. Please add what is new as a message."
        )
    return _add(session, trial, _new(trial, PostKind.REFLECTION, by, reflection_body(*lines), now))


def _week(trial: Trial, at: datetime) -> int:
    return week_of(trial_day(trial.starts_on, trial.zone, at))


def _new(trial: Trial, kind: PostKind, by: Person, body: str, now: datetime) -> Post:
    return Post(trial_id=trial.id or 0, author_id=by.id or 0, kind=kind, body=body, at=now)


def _add(session: Session, trial: Trial, post: Post) -> Post:
    if trial.state is TrialState.DECIDED:
        raise Conflict("This trial is over, and so its room is there to read only.")
    session.add(post)
    session.flush()
    record(
        session,
        f"room_{post.kind}",
        trial.public_id,
        by=post.author_id,
        at=post.at,
        detail={"post": post.public_id},
    )
    return post


def _check_working(trial: Trial) -> None:
    if trial.state not in WORKING:
        raise Conflict("Updates and hand-over notes belong to the days of the trial.")


def _tell_ticket(session: Session, ticket_id: int | None, words: str, now: datetime) -> None:
    """Note on a ticket that colleagues talk about it; what they say stays in the room."""
    if ticket_id is not None:
        event = Message(ticket_id=ticket_id, kind=MessageKind.EVENT, body=words, at=now)
        session.add(event)


def _own_ticket(session: Session, trial: Trial, public_id: str) -> int:
    found = session.exec(
        select(Ticket.id).where(Ticket.public_id == public_id, Ticket.trial_id == trial.id)
    ).first()
    if found is None:
        raise NotFound
    return found
