"""Reading rooms: one trial's thread, open questions, and who waited how long for an answer."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer, Status, Ticket
from trialsim.kit.worktime import local_day
from trialsim.programmes.models import Membership
from trialsim.programmes.rules import Role
from trialsim.room.models import Post
from trialsim.room.rules import PostKind, Wait, is_late, minutes_waited
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import hours_of

_NEWEST = 300
_OVER = (Status.SOLVED, Status.CLOSED)


@dataclass(frozen=True, slots=True)
class Line:
    """One post in a thread; `wait` for a question, `question` for an answer."""

    post: Post
    author: str
    is_candidate: bool
    ticket: Ticket | None
    question: Post | None
    wait: Wait | None


@dataclass(frozen=True, slots=True)
class Waits:
    """Both sides of one room: the candidate's answers to colleagues, and mentors' to questions."""

    answers: tuple[Wait, ...]
    questions: tuple[Wait, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question nobody has answered yet."""

    post: Post
    trial: Trial
    candidate: str
    wait: Wait


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that a hand-over note should speak of."""

    public_id: str
    number: int
    subject: str
    customer: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What a work day still asks for: a daily update, a hand-over note after the last block."""

    update: bool
    hand_over: bool


def thread(session: Session, trial: Trial, now: datetime) -> list[Line]:
    """Return a room's posts, oldest first, at most the newest 300; one query."""
    rows = session.exec(
        select(Post, Person.name, Ticket)
        .join(Person, col(Person.id) == Post.author_id)
        .outerjoin(Ticket, col(Ticket.id) == Post.ticket_id)
        .where(Post.trial_id == trial.id)
        .order_by(col(Post.at).desc(), col(Post.id).desc())
        .limit(_NEWEST)
    ).all()
    posts = [post for post, _, _ in reversed(rows)]
    by_id = {post.id: post for post in posts}
    waits = {wait.post_id: wait for wait in question_waits(trial, posts, now)}
    return [
        Line(
            post=post,
            author=name,
            is_candidate=post.author_id == trial.person_id,
            ticket=ticket,
            question=by_id.get(post.question_id),
            wait=waits.get(post.id or 0),
        )
        for post, name, ticket in reversed(rows)
    ]


def answer_minutes(session: Session, trial: Trial) -> list[Wait]:
    """Return how long the candidate took to answer each message of a mentor.

    Counted in the candidate's own working hours; messages still without an answer are left out
    (see `waits`).
    """
    posts = _posts(session, [trial])[trial.id or 0]
    if not posts:
        return []
    return [wait for wait in message_waits(trial, posts, posts[-1].at) if not wait.is_open]


def waits(session: Session, trials: Sequence[Trial], now: datetime) -> dict[int, Waits]:
    """Return both sides of several rooms, trial id → waits, open ones too; one query."""
    posts = _posts(session, trials)
    return {
        trial.id or 0: Waits(
            answers=tuple(message_waits(trial, posts[trial.id or 0], now)),
            questions=tuple(question_waits(trial, posts[trial.id or 0], now)),
        )
        for trial in trials
    }


def open_questions(session: Session, mentor: Person, now: datetime) -> list[OpenQuestion]:
    """Return the open questions of a mentor's cohorts, whoever waits longest first; one query."""
    reply = aliased(Post)
    rows = session.exec(
        select(Post, Trial, Person.name)
        .join(Trial, col(Trial.id) == Post.trial_id)
        .join(Person, col(Person.id) == Trial.person_id)
        .join(Membership, col(Membership.cohort_id) == Trial.cohort_id)
        .outerjoin(reply, col(reply.question_id) == Post.id)
        .where(
            Membership.person_id == mentor.id,
            Membership.role == Role.MENTOR,
            col(Membership.ended_at).is_(None),
            Post.kind == PostKind.QUESTION,
            col(reply.id).is_(None),
        )
    )
    found = [
        OpenQuestion(post, trial, name, question_waits(trial, [post], now)[0])
        for post, trial, name in rows
    ]
    return sorted(found, key=lambda one: (-one.wait.minutes, one.post.at, one.post.id))


def open_tickets(session: Session, trial: Trial) -> tuple[OpenTicket, ...]:
    """Return the tickets that are open, those whose customer waits first; one query."""
    rows = session.exec(
        select(Ticket, Customer.name)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .where(Ticket.trial_id == trial.id, col(Ticket.status).not_in(_OVER))
        .order_by(col(Ticket.number))
    )
    found = [
        OpenTicket(one.public_id, one.number, one.subject, name, one.is_waiting)
        for one, name in rows
    ]
    return tuple(sorted(found, key=lambda one: not one.is_waiting))


def due(trial: Trial, lines: Sequence[Line], entries: Sequence[TimeEntry], now: datetime) -> Due:
    """Return what today's work still asks for; nothing on a day without work."""
    today = local_day(now, trial.zone)
    worked = [entry for entry in entries if local_day(entry.started_at, trial.zone) == today]
    if not worked:
        return Due(update=False, hand_over=False)
    posts = [line.post for line in lines]
    updated = any(
        post.kind is PostKind.UPDATE and local_day(post.at, trial.zone) == today for post in posts
    )
    handed = any(
        post.kind is PostKind.HAND_OVER and post.at >= worked[-1].started_at for post in posts
    )
    return Due(update=not updated, hand_over=worked[-1].ended_at is not None and not handed)


def message_waits(trial: Trial, posts: Sequence[Post], now: datetime) -> list[Wait]:
    """Return the wait for the candidate's next post after each message of a mentor."""
    own = [post for post in posts if post.author_id == trial.person_id]
    return [
        _wait(trial, post, (one for one in own if _place(one) > _place(post)), now)
        for post in posts
        if post.kind is PostKind.MESSAGE and post.author_id != trial.person_id
    ]


def question_waits(trial: Trial, posts: Sequence[Post], now: datetime) -> list[Wait]:
    """Return the wait for the first answer to each question."""
    return [
        _wait(trial, post, (one for one in posts if one.question_id == post.id), now)
        for post in posts
        if post.kind is PostKind.QUESTION
    ]


def _wait(trial: Trial, asked: Post, answers: Iterable[Post], now: datetime) -> Wait:
    first = next(iter(answers), None)
    hours = hours_of(trial)
    minutes = minutes_waited(
        hours, asked.at, first.at if first else None, min(now, trial.closed_at or now)
    )
    return Wait(
        post_id=asked.id or 0,
        asked_at=asked.at,
        answered_at=first.at if first else None,
        answered_by=first.author_id if first else None,
        minutes=minutes,
        is_overdue=is_late(hours, minutes),
    )


def _posts(session: Session, trials: Sequence[Trial]) -> dict[int, list[Post]]:
    rows = session.exec(
        select(Post)
        .where(col(Post.trial_id).in_([trial.id for trial in trials]))
        .order_by(col(Post.at), col(Post.id))
    )
    by_trial: dict[int, list[Post]] = defaultdict(list)
    for post in rows:
        by_trial[post.trial_id].append(post)
    return by_trial


def _place(post: Post) -> tuple[datetime, int]:
    return post.at, post.id or 0
