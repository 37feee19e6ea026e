"""Planning a week's sample: which planned tickets will be read, and by whom."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from trialsim.inbox.models import Case
from trialsim.journal.actions import record
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Role
from trialsim.reviews.models import Draw
from trialsim.reviews.rules.assigning import Assignment, Sampled, Wish, assign
from trialsim.reviews.rules.sampling import Drawable
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import members, rules_of
from trialsim.trials.rules import TrialState

_AT_WORK = (TrialState.TRAINING, TrialState.LIVE)


def plan_begun_weeks(session: Session, cohort: Cohort, now: datetime) -> None:
    """Plan the sample of every week that somebody has begun, for all who have none for it yet."""
    begun = _begun(session, cohort)
    if not begun:
        return
    planned = _planned(session, cohort)
    trials = list(session.exec(select(Trial).where(Trial.cohort_id == cohort.id)))
    for week in sorted({week for _, week in begun}):
        lacking = [
            trial
            for trial in trials
            if (trial.id, week) not in planned
            and (trial.state in _AT_WORK or (trial.id, week) in begun)
        ]
        if lacking:
            _plan(session, cohort, week, lacking, now)


def planned_tickets(
    session: Session, trial_ids: list[int], week: int
) -> dict[int, tuple[Drawable, ...]]:
    """Return the scored tickets that a week holds for each trial, twins left out.

    A twin is a second message about one problem: it is merged, so there is nothing to read.
    """
    planned: Any = ScheduledTicket.planned  # a JSON column: SQLModel's types know the value alone
    rows = session.exec(
        select(ScheduledTicket).where(
            col(ScheduledTicket.trial_id).in_(trial_ids),
            col(ScheduledTicket.practice).is_(False),
            planned["week"].as_integer() == week,
        )
    )
    found: dict[int, list[Drawable]] = defaultdict(list)
    for row in rows:
        if row.planned.get("twin_of") is None:
            third = int(row.planned["cell"]["third"])
            found[row.trial_id].append(Drawable(plan_key(row.number), third))
    return {trial_id: tuple(tickets) for trial_id, tickets in found.items()}


def plan_key(number: int) -> str:
    """Return the name that a planned ticket's case carries in its form."""
    return f"t{number:03d}"


def _begun(session: Session, cohort: Cohort) -> set[tuple[int, int]]:
    rows = session.exec(
        select(Case.trial_id, Case.week)
        .join(Trial, col(Trial.id) == Case.trial_id)
        .where(Trial.cohort_id == cohort.id, col(Case.practice).is_(False))
        .distinct()
    )
    return set(rows)


def _planned(session: Session, cohort: Cohort) -> set[tuple[int, int]]:
    rows = session.exec(
        select(Draw.trial_id, Draw.week)
        .join(Trial, col(Trial.id) == Draw.trial_id)
        .where(Trial.cohort_id == cohort.id)
        .distinct()
    )
    return set(rows)


def _plan(session: Session, cohort: Cohort, week: int, trials: list[Trial], now: datetime) -> None:
    tickets = planned_tickets(session, [trial.id or 0 for trial in trials], week)
    sampled = [
        Sampled(trial.id or 0, trial.code, trial.mentor_id, trial.seed, tickets[trial.id or 0])
        for trial in trials
        if trial.id in tickets
    ]
    wish = _wish(session, cohort, week, trials[0])
    if not sampled or not wish.mentors:
        return
    assignment = assign(sampled, wish)
    _store(session, assignment, week, now)
    record(
        session,
        "reviews_planned",
        cohort.public_id,
        by=None,
        at=now,
        detail={
            "week": week,
            "explanation": assignment.explanation,
            "shortfalls": list(assignment.shortfalls),
        },
    )


def _wish(session: Session, cohort: Cohort, week: int, trial: Trial) -> Wish:
    rules = rules_of(trial)
    mentors = members(session, cohort.id or 0, Role.MENTOR)
    met: Counter[tuple[int, int]] = Counter()
    busy: Counter[int] = Counter()
    rows = session.exec(
        select(Draw).join(Trial, col(Trial.id) == Draw.trial_id).where(Trial.cohort_id == cohort.id)
    )
    for row in rows:
        for person_id in (row.reviewer_id, row.second_id):
            if person_id is not None:
                met[(row.trial_id, person_id)] += 1
                busy[person_id] += row.week == week
    return Wish(
        week=week,
        seed=cohort.seed,
        mentors=tuple(one.id or 0 for one in mentors if one.deactivated_at is None),
        quota=rules.reviews_a_week,
        other_share=rules.other_mentor_share,
        second_share=rules.second_share,
        met=met,
        busy=busy,
    )


def _store(session: Session, assignment: Assignment, week: int, now: datetime) -> None:
    places: Counter[int] = Counter()
    for place in assignment.places:
        places[place.candidate] += 1
        session.add(
            Draw(
                trial_id=place.candidate,
                week=week,
                place=places[place.candidate],
                key=place.ticket.key,
                third=place.ticket.third,
                reviewer_id=place.reviewer,
                second_id=place.second,
                made_at=now,
            )
        )
    session.flush()
