"""What speaks for the next channel: the engine's outcomes, and reviews that were released."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.ladder import (
    LADDER,
    Condition,
    Evidence,
    Rung,
    conditions,
    may_open,
    rungs_of,
)
from trialsim.inbox.models import Ticket
from trialsim.inbox.queries.ladder import Opened, Scored, last_scored, opened
from trialsim.reviews.models import Review
from trialsim.trials.models import Trial
from trialsim.trials.queries import rules_of
from trialsim.trials.rules import TrialState, trial_day, week_of


@dataclass(frozen=True, slots=True)
class RungView:
    """One rung: open since when, or what it still asks for."""

    rung: Rung
    label: str
    opened: Opened | None
    conditions: tuple[Condition, ...]
    may_open: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what is still missing, in words; a mentor who agrees where nothing else is."""
        if self.opened is not None:
            return ()
        unmet = tuple(one.words for one in self.conditions if not one.is_met)
        return unmet or ("A mentor who agrees",)


@dataclass(frozen=True, slots=True)
class LadderPage:
    """All rungs of one trial, with the tickets that speak for the next."""

    trial: Trial
    candidate: str
    rungs: tuple[RungView, ...]
    scored: tuple[Scored, ...]
    evidence: Evidence

    @property
    def average(self) -> str:
        """Return the mean outcome of the last scored tickets, or a word."""
        mean = self.evidence.average
        return "not known yet" if mean is None else f"{mean:.0f} of 100"

    @property
    def next(self) -> RungView | None:
        """Return the rung that can be opened now, the lowest first."""
        return next((one for one in self.rungs if one.may_open), None)


def ladder_page(session: Session, trial: Trial, now: datetime) -> LadderPage:
    """Return the page of a trial; four queries."""
    scored = tuple(_with_reviews(session, last_scored(session, trial.id or 0), now))
    rows = opened(session, trial.id or 0)
    held = evidence_of(trial, scored, frozenset(one.row.rung for one in rows), now)
    by_rung = {one.row.rung: one for one in rows}
    views = tuple(
        RungView(
            rung=rung,
            label=LADDER[rung].label,
            opened=by_rung.get(rung),
            conditions=conditions(rung, held),
            may_open=may_open(rung, held),
        )
        for rung in rungs_of(rules_of(trial).channels)
    )
    candidate = session.get_one(Person, trial.person_id).name
    return LadderPage(trial, candidate, views, scored, held)


def evidence_of(
    trial: Trial, scored: tuple[Scored, ...], rungs: frozenset[Rung], now: datetime
) -> Evidence:
    """Return what is known of a trial as the ladder asks for it."""
    return Evidence(
        is_live=trial.state is TrialState.LIVE,
        week=week_of(trial_day(trial.starts_on, trial.zone, now)),
        outcomes=tuple(one.outcome for one in scored),
        failures=sum(one.failed for one in scored),
        opened=rungs,
    )


def _with_reviews(session: Session, scored: list[Scored], now: datetime) -> list[Scored]:
    """Count a critical failure that a review names, once its candidate may read it."""
    failed = set(
        session.exec(
            select(Review.ticket_id)
            .join(Ticket, col(Ticket.id) == Review.ticket_id)
            .where(
                col(Review.ticket_id).in_([one.ticket.id for one in scored]),
                col(Review.failed_critical).is_(True),
                col(Review.released_at) <= now,
            )
        )
    )
    return [
        Scored(one.ticket, one.outcome, one.failed or one.ticket.id in failed) for one in scored
    ]
