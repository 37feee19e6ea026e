"""The steps of the first days: what ticks itself, what people tick, and how long each may take."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.inbox.models import Message, MessageKind, Ticket
from trialsim.room.rules import PostKind
from trialsim.scenarios.queries import pack
from trialsim.simulation.types import FirstStep, Macro, Pack
from trialsim.training.queries import ticked_steps
from trialsim.training.rules import Check
from trialsim.trials.models import Trial
from trialsim.workflows.readiness.queries import (
    PracticeTicket,
    Readiness,
    readiness_of,
    solved_count,
)

_TELLING = 25  # signs of a macro's own words that nobody writes by chance
_FILLED = re.compile(r"\{[^}]*\}|\[[^\]]*\]|\n|(?<=[.:?!])\s")
# Where a pack names no steps of its own.
USUAL: tuple[FirstStep, ...] = (
    FirstStep("terms", "Read the terms, choose your days and hours", 20, 1, "terms"),
    FirstStep("clock", "Clock in for the first time", 1, 1, "clock"),
    FirstStep("hello", "Say hello in your room", 10, 1, "hello"),
    FirstStep("article", "Read your first help article", 10, 1, "article"),
    FirstStep("reply", "Answer your first practice customer", 20, 1, "reply"),
    FirstStep("update", "Post your first daily update", 10, 1, "update"),
    FirstStep("macro", "Use a macro and make it your own", 10, 2, "macro"),
    FirstStep("practice", "Solve the practice tickets", 90, 2, "practice"),
    FirstStep("quiz", "Pass the readiness quiz", 25, 3, "quiz"),
    FirstStep("unaided", "Solve practice tickets without a hint", 60, 3, "unaided"),
    FirstStep("live", "A mentor opens your live queue", 0, 3, "live"),
)
# The page on which a step is done; the template knows the addresses.
_PLACES = {
    "hello": "room",
    "update": "update",
    "article": "articles",
    "reply": "inbox",
    "macro": "inbox",
    "practice": "inbox",
    "unaided": "inbox",
    "quiz": "quiz",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step as it is shown; `note` stands at its end, `place` is where it is done."""

    id: str
    words: str
    minutes: int
    is_done: bool
    by_hand: bool = False
    note: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class FirstDays:
    """The steps by day, what nobody needs yet, and the readiness check at the end."""

    days: tuple[tuple[int, tuple[Step, ...]], ...]
    later: tuple[str, ...]
    readiness: Readiness

    @property
    def steps(self) -> tuple[Step, ...]:
        """Return all steps."""
        return tuple(step for _, steps in self.days for step in steps)

    @property
    def days_given(self) -> int:
        """Return how many days mentors added to the training."""
        return len(self.readiness.given)

    @property
    def done(self) -> int:
        """Return how many steps are done."""
        return sum(step.is_done for step in self.steps)

    @property
    def minutes_left(self) -> int:
        """Return the time boxes of what is not done yet."""
        return sum(step.minutes for step in self.steps if not step.is_done)


@dataclass(frozen=True, slots=True)
class Seen:
    """What has happened so far."""

    has_worked: bool
    posts: Sequence[PostKind]
    practice: Sequence[PracticeTicket]
    ticked: frozenset[str]
    uses_macro: bool
    check: Check


def first_days(
    session: Session, trial: Trial, posts: Sequence[PostKind], now: datetime, *, has_worked: bool
) -> FirstDays:
    """Return the first days of a trial in training; six queries."""
    readiness = readiness_of(session, trial, now)
    company = pack(session, trial.pack_hash)
    seen = Seen(
        has_worked=has_worked,
        posts=posts,
        practice=readiness.practice,
        ticked=ticked_steps(session, trial),
        uses_macro=any(uses_macro(one, company.macros.values()) for one in _sent(session, trial)),
        check=readiness.check,
    )
    return FirstDays(laid_out(steps_of(company), seen), company.later, readiness)


def steps_of(company: Pack) -> tuple[FirstStep, ...]:
    """Return the steps of a pack, or the usual ones; without a quiz there is none to pass."""
    steps = company.first_days or USUAL
    return tuple(one for one in steps if one.done_by != "quiz" or company.quiz)


def laid_out(steps: Iterable[FirstStep], seen: Seen) -> tuple[tuple[int, tuple[Step, ...]], ...]:
    """Return steps by day, each done or not."""
    happened, notes = _happened(seen), _notes(seen)
    days: dict[int, list[Step]] = {}
    for one in steps:
        by_hand = not one.done_by
        days.setdefault(one.day, []).append(
            Step(
                id=one.id,
                words=one.text,
                minutes=one.minutes,
                is_done=one.id in seen.ticked if by_hand else happened[one.done_by],
                by_hand=by_hand,
                note=notes.get(one.done_by, ""),
                place=_PLACES.get(one.done_by, ""),
            )
        )
    return tuple((day, tuple(found)) for day, found in sorted(days.items()))


def uses_macro(text: str, macros: Iterable[Macro]) -> bool:
    """Whether a text holds words of a saved reply that nobody writes by chance."""
    return any(
        len(part) >= _TELLING and part in text
        for macro in macros
        for part in (piece.strip() for piece in _FILLED.split(macro.text))
    )


def _happened(seen: Seen) -> Mapping[str, bool]:
    practice, check = seen.practice, seen.check
    return {
        "terms": True,
        "clock": seen.has_worked,
        "hello": bool(seen.posts),
        "article": "article" in seen.ticked,
        "reply": any(one.ticket.answered_at is not None for one in practice),
        "macro": seen.uses_macro,
        "practice": bool(practice) and solved_count(practice) == len(practice),
        "update": PostKind.UPDATE in seen.posts,
        "quiz": check.has_passed,
        "unaided": check.unaided >= check.unaided_needed,
        "live": False,
    }


def _notes(seen: Seen) -> Mapping[str, str]:
    practice, check = seen.practice, seen.check
    return {
        "clock": "In the top bar",
        "practice": f"{solved_count(practice)} of {len(practice)} so far" if practice else "",
        "quiz": "" if check.share is None else f"{check.share:.0%} so far",
        "unaided": f"{check.unaided} of {check.unaided_needed}",
        "live": "When you are ready",
    }


def _sent(session: Session, trial: Trial) -> Iterable[str]:
    return session.exec(
        select(Message.body)
        .join(Ticket, col(Ticket.id) == Message.ticket_id)
        .where(Ticket.trial_id == trial.id, Message.kind == MessageKind.REPLY)
    ).all()
