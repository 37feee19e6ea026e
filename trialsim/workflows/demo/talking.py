"""Ghosts in the room: questions and answers, messages, daily updates, hand-over notes, reading.

How soon and how well a ghost answers follows its planted habit of communicating.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.actions.release import happen
from trialsim.inbox.models import Message, MessageKind, Status, Ticket
from trialsim.inbox.models.ticket import WAITING
from trialsim.kit import streams
from trialsim.kit.errors import Conflict
from trialsim.kit.text import excerpt
from trialsim.reviews.actions.reading import acknowledge
from trialsim.reviews.models import Review
from trialsim.room import actions as room
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.simulation import ghost_notes, ghosts
from trialsim.trials.models import Trial
from trialsim.workflows.demo.working import Worker

_OWN_DAY_MINUTES = 240
_MESSAGE_DAYS = frozenset({0, 2, 4})
_READS = 0.3
_PASSED_ON = 110
_A_DAY = timedelta(hours=20)
_ANSWERS = (
    "Good question. The record settles it: look there first, then ask the customer one thing.",
    "Yes, the policy covers it. Say what you can do before you say what you cannot.",
    "You may hand it on. Put the facts into the note and tell the customer who has it now.",
    "Ask for the exact words on the screen. It saves everybody a round.",
    "Kindly and at once: the reason in one sentence, then what is possible instead.",
)
_MESSAGES = (
    "How did yesterday feel? Anything in the queue that you would like to go through together?",
    "I read two of your replies this morning. Do you have a minute for a question about tone?",
    "Which article helped you most this week, and which one was missing?",
    "Are your hours still fine for you? Tell me if we should move the check-in.",
    "One customer wrote twice in a day. What would you do differently next time?",
)
_REPLIES = (
    "Thank you for asking. It is going well; I made myself a list for domain questions.",
    "Yes, gladly. I noticed I promise dates too early and try to stop that.",
    "The one on backups helped a lot. I missed one about moving a shop.",
    "Hours are fine. I would keep the check-in where it is.",
    "I would have asked for the record first. Noted for next time.",
)


def mentor_writes(
    session: Session, trial: Trial, mentor: Person, worker: Worker, at: datetime
) -> None:
    """Let the own mentor write a line on some mornings; the ghost answers in its own time."""
    if at.weekday() not in _MESSAGE_DAYS:
        return
    words = streams.pick(_MESSAGES, worker.seed, "message", at.date().isoformat())
    room.send_message(session, trial, by=mentor, body=words, now=at)
    slow = 1 - worker.candidate.ghost.communication
    drawn = streams.unit(worker.seed, "answers", at.date().isoformat())
    worker.answer_minutes = 12 + slow * (60 + 640 * drawn)


def ghost_answers(session: Session, trial: Trial, worker: Worker, starts: datetime) -> None:
    """Answer the mentor's message when its minutes of own working time are over."""
    if worker.answer_minutes is None:
        return
    if worker.answer_minutes > _OWN_DAY_MINUTES:
        worker.answer_minutes -= _OWN_DAY_MINUTES
        return
    at = starts + timedelta(minutes=worker.answer_minutes)
    words = streams.pick(_REPLIES, worker.seed, "reply", at.date().isoformat())
    room.send_message(session, trial, by=worker.person, body=words, now=at)
    worker.answer_minutes = None


def ghost_asks(
    session: Session, trial: Trial, worker: Worker, ticket: Ticket, at: datetime
) -> None:
    """Ask a mentor about a ticket that is about to be opened, if this ghost asks at all."""
    quality = worker.quality[ticket.id or 0]
    if not ghost_notes.asks_mentor(worker.candidate.ghost, quality, worker.seed, ticket.number):
        return
    words = ghost_notes.question(ticket.subject, worker.seed, ticket.number)
    room.ask(session, trial, by=worker.person, body=words, ticket=ticket.public_id, now=at)


def mentors_answer(
    session: Session, workers: Mapping[int, Worker], mentors: list[Person], at: datetime
) -> None:
    """Answer every open question of the cohort; the own mentor does."""
    answered = select(Post.question_id).where(col(Post.question_id).is_not(None))
    rows = session.exec(
        select(Post, Trial)
        .join(Trial, col(Trial.id) == Post.trial_id)
        .where(
            col(Post.trial_id).in_(workers.keys()),
            Post.kind == PostKind.QUESTION,
            col(Post.id).not_in(answered),
        )
        .order_by(col(Post.id))
    ).all()
    by_id = {mentor.id: mentor for mentor in mentors}
    for post, trial in rows:
        mentor = by_id.get(trial.mentor_id, mentors[0])
        words = streams.pick(_ANSWERS, workers[trial.id or 0].seed, "answer", post.public_id)
        room.answer(session, trial, question=post.public_id, by=mentor, body=words, now=at)


def day_ends(session: Session, trial: Trial, worker: Worker, day: int, at: datetime) -> None:
    """Post the daily update and the hand-over note, as far as this ghost does."""
    happen(session, trial, at)  # who wrote while other work was done
    tickets = session.exec(select(Ticket).where(Ticket.trial_id == trial.id)).all()
    waiting = [one for one in tickets if one.status in WAITING]
    still_open = [one.subject for one in waiting]
    solved = sum(
        one.status is Status.SOLVED and one.solved_at is not None and at - one.solved_at < _A_DAY
        for one in tickets
    )
    ghost = worker.candidate.ghost
    update = ghost_notes.daily_update(
        ghost, day=day, solved=solved, open_subjects=still_open, seed=worker.seed
    )
    if update:
        stuck = still_open[0] if still_open and ghosts.skill(ghost, day * 4) < 0.6 else ""  # noqa: PLR2004 (still learning)
        lines = (update, stuck, "Whoever wrote back first.")
        try:
            room.post_update(session, trial, by=worker.person, lines=lines, now=at)
        except Conflict:
            return  # there is one for this day already
    note = ghost_notes.hand_over(
        ghost,
        block=day,
        open_subjects=still_open,
        seed=worker.seed,
        said=_said(session, waiting),
    )
    if note:
        room.hand_over(session, trial, by=worker.person, body=note, now=at)


def _said(session: Session, tickets: Sequence[Ticket]) -> list[str]:
    """Return the last words of each ticket's customer, cut to a line."""
    rows = session.exec(
        select(Message.ticket_id, Message.body)
        .where(
            col(Message.ticket_id).in_([one.id for one in tickets]),
            Message.kind == MessageKind.CUSTOMER,
        )
        .order_by(col(Message.id))
    )
    last = dict(rows.all())
    return [excerpt(last.get(one.id or 0, one.subject), _PASSED_ON) for one in tickets]


def ghost_reads(session: Session, trial: Trial, worker: Worker, at: datetime) -> None:
    """Read the feedback that has arrived; one who communicates badly leaves it."""
    if worker.candidate.ghost.communication < _READS:
        return
    rows = session.exec(
        select(Review).where(
            Review.trial_id == trial.id,
            col(Review.released_at) <= at,
            col(Review.read_at).is_(None),
        )
    ).all()
    for review in rows:
        acknowledge(session, review, by=worker.person, now=at)
