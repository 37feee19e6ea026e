"""The public threads of a trial, and what reviewers may look at in one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from trialsim.inbox.models import Channel, Customer, Message, MessageKind, Ticket
from trialsim.simulation.forum import BOARDS, WRONG, Hint, Post, hints
from trialsim.trials.models import Trial

MOST_THREADS = 100
FIRST_BOARD = "questions"
_POSTS = (MessageKind.CUSTOMER, MessageKind.REPLY, MessageKind.MEMBER)


@dataclass(frozen=True, slots=True)
class PublicThread:
    """One thread as its list shows it."""

    ticket: Ticket
    begun_by: str
    posts: int
    last_at: datetime

    @property
    def board(self) -> str:
        """Return where it stands now."""
        return self.ticket.board or FIRST_BOARD


@dataclass(frozen=True, slots=True)
class ForumPage:
    """The threads of one board, or all."""

    board: str
    threads: tuple[PublicThread, ...]
    counts: dict[str, int]

    @property
    def boards(self) -> tuple[tuple[str, str, int], ...]:
        """Return each board with its words and how many threads it holds."""
        return tuple((key, words, self.counts.get(key, 0)) for key, words in BOARDS.items())


def forum_page(session: Session, trial: Trial, board: str) -> ForumPage:
    """Return a trial's threads, the one with the newest post first; one query."""
    written = func.max(Message.at)
    rows = session.exec(
        select(Ticket, Customer.name, func.count(col(Message.id)), written)
        .join(Customer, col(Customer.id) == Ticket.customer_id)
        .join(Message, (col(Message.ticket_id) == Ticket.id) & col(Message.kind).in_(_POSTS))
        .where(
            Ticket.trial_id == trial.id,
            Ticket.channel == Channel.FORUM,
            col(Ticket.merged_into).is_(None),
        )
        .group_by(col(Ticket.id), Customer.name)
        .order_by(written.desc(), col(Ticket.id).desc())
        .limit(MOST_THREADS)
    )
    threads = tuple(
        PublicThread(ticket, name.split()[0], posts, last) for ticket, name, posts, last in rows
    )
    counts: dict[str, int] = {}
    for one in threads:
        counts[one.board] = counts.get(one.board, 0) + 1
    shown = tuple(one for one in threads if board in ("", one.board))
    return ForumPage(board, shown, counts)


def public_hints(channel: str, messages: Iterable[Message], language: str) -> tuple[Hint, ...]:
    """Return what reviewers may look at; nothing for a conversation that nobody else reads."""
    if channel != Channel.FORUM:
        return ()
    posts = [
        Post(
            is_candidates=one.kind is MessageKind.REPLY,
            body=one.body,
            speaker=one.speaker,
            misleads=one.why.get("member") == WRONG,
        )
        for one in messages
        if one.kind in (MessageKind.REPLY, MessageKind.MEMBER)
    ]
    return hints(posts, language)
