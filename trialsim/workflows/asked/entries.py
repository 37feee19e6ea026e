"""What can be asked of a mentor: each kind is a function that reads its entries.

A new kind of question joins the page by its own function in `KINDS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Look, Ticket
from trialsim.kit.text import excerpt
from trialsim.room.marks import open_mentions
from trialsim.room.queries import open_questions
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing, rules_of
from trialsim.trials.rules import trial_day
from trialsim.web.filters import duration
from trialsim.workflows.readiness.waiting import waiting_for

_LONG = 140


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that waits for a mentor: from whom, since when, and where it is answered."""

    kind: str
    name: str
    words: str
    note: str
    since: datetime
    href: str
    action: str
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is asked, in which cohorts, and what lies there: (trial, candidate) by cohort."""

    mentor: Person
    held: tuple[Standing, ...]
    trials: tuple[tuple[Trial, str], ...]
    now: datetime

    @property
    def trial_ids(self) -> list[int]:
        """Return the trials of the mentor's cohorts."""
        return [trial.id or 0 for trial, _ in self.trials]


def questions(session: Session, asking: Asking) -> Sequence[Asked]:
    """Return open questions; the promise is one of the candidate's own working days; one query."""
    return [
        Asked(
            kind="Question",
            name=one.candidate,
            words=excerpt(one.post.body, _LONG),
            note=f"Waiting {duration(one.wait.minutes)} of their working time"
            + (", over a working day" if one.wait.is_overdue else ""),
            since=one.post.at,
            href=url_for("room.show", pid=one.trial.public_id, _anchor=one.post.public_id),
            action="Answer",
            is_late=one.wait.is_overdue,
        )
        for one in open_questions(session, asking.mentor, asking.now)
    ]


def drafts(session: Session, asking: Asking) -> Sequence[Asked]:
    """Return the drafts that somebody should look at before they go out; one query."""
    names = {trial.id: name for trial, name in asking.trials}
    rows = session.exec(
        select(Look, Ticket)
        .join(Ticket, col(Ticket.id) == Look.ticket_id)
        .where(col(Look.trial_id).in_(asking.trial_ids), col(Look.verdict).is_(None))
        .order_by(col(Look.asked_at), col(Look.id))
    )
    return [
        Asked(
            kind="Draft to look at",
            name=names[look.trial_id],
            words=look.question or f"Before it goes out: {excerpt(look.body, _LONG)}",
            note=ticket.subject,
            since=look.asked_at,
            href=url_for("writing.show_look", look_id=look.public_id),
            action="Look at it",
        )
        for look, ticket in rows
    ]


def readiness(session: Session, asking: Asking) -> Sequence[Asked]:
    """Return whose readiness check is done, or whose training days are over; four queries."""
    found = []
    for one in waiting_for(session, asking.trials, asking.now):
        trial = one.trial
        day = trial_day(trial.starts_on, trial.zone, asking.now)
        found.append(
            Asked(
                kind="Readiness",
                name=one.candidate,
                words="Is ready for the live queue?",
                note=one.note,
                since=one.since or trial.accepted_at or asking.now,
                href=url_for("readiness.show", pid=trial.public_id),
                action="Decide",
                is_late=day > rules_of(trial).training_days + 1,
            )
        )
    return found


def mentions(session: Session, asking: Asking) -> Sequence[Asked]:
    """Return where the mentor was named and has not read it yet; two queries."""
    rooms = {trial.public_id: name for trial, name in asking.trials}
    cohorts = {one.cohort.public_id: one.cohort.name for one in asking.held}
    return [
        Asked(
            kind="Mention",
            name=one.author,
            words=excerpt(one.body, _LONG),
            note=f"{cohorts[one.place]}: channel"
            if one.in_channel
            else f"Room of {rooms[one.place]}",
            since=one.at,
            href=url_for("channel.show", pid=one.place, _anchor=one.post)
            if one.in_channel
            else url_for("room.show", pid=one.place, _anchor=one.post),
            action="Read",
        )
        for one in open_mentions(session, asking.mentor)
        if one.place in (cohorts if one.in_channel else rooms)
    ]


Kind = Callable[[Session, Asking], Sequence[Asked]]
KINDS: tuple[Kind, ...] = (questions, drafts, readiness, mentions)
