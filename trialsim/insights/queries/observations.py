"""The one place where rows become observations. Decides nothing about a figure.

Ten queries for a cohort of any size: trials, their scorecards, paid time, what is left out,
tickets, messages, posts, nights, and two for reviews; one more where somebody dropped a day. Days
are those of a trial's own, pauses left out, and minutes are divided by what an accommodation
allows for.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar

from sqlmodel import Session, col, select

from trialsim.inbox.queries.dropped import dropped
from trialsim.inbox.queries.flags import left_out
from trialsim.insights.observed import Observations, ObservedTrial, Scored, Terms
from trialsim.insights.queries.tickets import TicketFacts, ticket_facts, tickets_of
from trialsim.insights.rules.talking import Night, asked_of, work_days
from trialsim.insights.rules.worked import PaidTime
from trialsim.kit.worktime import local_day
from trialsim.measurement.types import ReviewRow
from trialsim.programmes.models import Cohort, Rubric
from trialsim.programmes.rules import ProgrammeRules
from trialsim.reviews.queries import ObservationRow, observation_rows
from trialsim.reviews.rules.scoring import level_points
from trialsim.room.models import Night as NightRow
from trialsim.room.models import Post
from trialsim.room.queries import message_waits
from trialsim.trials.models import TimeEntry, Trial
from trialsim.trials.queries import allowances_of, day_of, days_since_start
from trialsim.trials.rules import Block

_MINUTES = 60

Row = TypeVar("Row")
Key = TypeVar("Key", bound=Hashable)


def observations(session: Session, cohort: Cohort, now: datetime) -> Observations:
    """Return what was observed of a cohort until now, the same order every time.

    A closed trial is observed until it was closed. A cohort that has not started has no trials.
    """
    session.flush()  # below, columns are read past the session
    cohort_id = cohort.id or 0
    trials = list(
        session.exec(select(Trial).where(Trial.cohort_id == cohort_id).order_by(col(Trial.id)))
    )
    unfair = left_out(session, cohort_id)
    unseen = unfair | dropped(session, trials)
    rows = _Rows(
        _blocks(session, cohort_id),
        ticket_facts(session, cohort_id, unseen),
        _posts(session, cohort_id),
        _nights(session, cohort_id),
    )
    reviews = [one for one in observation_rows(session, cohort_id) if one.ticket_id not in unseen]
    return Observations(
        cohort_id=cohort_id,
        day=max((_day(trial, now) for trial in trials), default=0),
        terms=_terms(trials, _categories(session, trials)),
        trials=tuple(_observed(trial, rows, _until(trial, now)) for trial in trials),
        reviews=tuple(_review(row) for row in reviews),
        scored=tuple(_scored(row) for row in reviews),
        left_out=len(unfair),
    )


@dataclass(frozen=True, slots=True)
class _Rows:
    """What was read, by trial."""

    blocks: Mapping[int, Sequence[Block]]
    tickets: Mapping[int, Sequence[TicketFacts]]
    posts: Mapping[int, Sequence[Post]]
    nights: Mapping[int, Sequence[NightRow]]


def _observed(trial: Trial, rows: _Rows, now: datetime) -> ObservedTrial:
    trial_id = trial.id or 0
    blocks, posts = rows.blocks.get(trial_id, ()), rows.posts.get(trial_id, ())
    own = [post for post in posts if post.author_id == trial.person_id]
    paid, factor = PaidTime(blocks, now), allowances_of(trial).wait_factor
    kept = [block for block in blocks if not _is_dropped(trial, block)]
    facts = tickets_of(
        rows.tickets.get(trial_id, ()),
        trial.code,
        PaidTime(kept, now),
        partial(days_since_start, trial),
        now,
    )
    return ObservedTrial(
        trial_id=trial_id,
        code=trial.code,
        hours_so_far=round(paid.minutes / _MINUTES, 4),
        timesheet=_timesheet(blocks, paid, trial, now),
        tickets=tuple(replace(one, minutes=one.minutes / factor) for one in facts.tickets),
        outcomes=facts.outcomes,
        spans=tuple(replace(one, minutes=round(one.minutes / factor, 1)) for one in facts.spans),
        rated=facts.rated,
        reopened=facts.reopened,
        asked=asked_of(message_waits(trial, posts, now), partial(day_of, trial), factor),
        work_days=work_days(kept, own, partial(day_of, trial), now),
        nights=tuple(_handed(trial, rows.nights.get(trial_id, ()))),
    )


def _timesheet(
    blocks: Sequence[Block], paid: PaidTime, trial: Trial, now: datetime
) -> tuple[tuple[float, float], ...]:
    """Return (paid hour, trial day) at both ends of each block, in rising order of both."""
    ends = sorted(
        instant for block in blocks for instant in (block.started_at, block.ended_at or now)
    )
    return tuple(
        (round(paid.until(end) / _MINUTES, 4), round(days_since_start(trial, end), 4))
        for end in ends
    )


def _review(row: ObservationRow) -> ReviewRow:
    return ReviewRow(
        row.code,
        f"{row.scenario}@{row.scenario_version}",
        str(row.reviewer_id),
        round(row.day, 4),
        row.score,
        {
            category: level_points(level)
            for category, level in row.levels.items()
            if level is not None
        },
    )


def _scored(row: ObservationRow) -> Scored:
    """Return a review beside its conversation: the trial and the instant of the work name it."""
    return Scored(
        f"{row.trial_id}/{row.scenario}@{row.scenario_version}/{row.day!r}",
        str(row.reviewer_id),
        row.score,
        tuple((name, level) for name, level in row.levels.items() if level is not None),
    )


def _terms(trials: Sequence[Trial], categories: tuple[tuple[str, str], ...]) -> Terms:
    """Return the cohort's terms; where trials differ in paid hours, the most generous."""
    rules = [ProgrammeRules.model_validate(trial.rules) for trial in trials] or [ProgrammeRules()]
    return Terms(
        length_days=rules[0].length_days,
        paid_hours=max(one.paid_hours for one in rules),
        first_review_day=rules[0].training_days + 1,
        reviews_a_week=rules[0].reviews_a_week,
        ready_line=rules[0].ready_line,
        pass_line=rules[0].pass_line,
        categories=categories,
    )


def _categories(session: Session, trials: Iterable[Trial]) -> tuple[tuple[str, str], ...]:
    """Return (id, name) of each category of the newest scorecard that a trial is scored by."""
    newest = max((trial.rubric_id for trial in trials), default=0)
    rubric = session.exec(select(Rubric).where(Rubric.id == newest)).first()
    parts = rubric.body["categories"] if rubric else ()
    return tuple((str(part["id"]), str(part["name"])) for part in parts)


def _blocks(session: Session, cohort_id: int) -> dict[int, list[Block]]:
    rows = session.exec(
        select(TimeEntry.trial_id, TimeEntry.started_at, TimeEntry.ended_at)
        .join(Trial, col(Trial.id) == TimeEntry.trial_id)
        .where(Trial.cohort_id == cohort_id)
        .order_by(col(TimeEntry.started_at), col(TimeEntry.id))
    )
    return _grouped((trial_id, Block(start, end)) for trial_id, start, end in rows)


def _posts(session: Session, cohort_id: int) -> dict[int, list[Post]]:
    rows = session.exec(
        select(Post)
        .join(Trial, col(Trial.id) == Post.trial_id)
        .where(Trial.cohort_id == cohort_id)
        .order_by(col(Post.at), col(Post.id))
    )
    return _grouped((post.trial_id, post) for post in rows)


def _nights(session: Session, cohort_id: int) -> dict[int, list[NightRow]]:
    rows = session.exec(
        select(NightRow)
        .join(Trial, col(Trial.id) == NightRow.trial_id)
        .where(Trial.cohort_id == cohort_id)
        .order_by(col(NightRow.at), col(NightRow.id))
    )
    return _grouped((night.trial_id, night) for night in rows)


def _handed(trial: Trial, nights: Iterable[NightRow]) -> Iterator[Night]:
    """Yield what became of hand-overs since the live queue opened; before it nothing counts."""
    for night in nights:
        is_scored = trial.live_at is not None and night.left_at >= trial.live_at
        if is_scored and local_day(night.left_at, trial.zone) != trial.dropped_on:
            yield Night(day_of(trial, night.left_at), night.waiting, night.covered)


def _grouped(pairs: Iterable[tuple[Key, Row]]) -> dict[Key, list[Row]]:
    found: dict[Key, list[Row]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return found


def _until(trial: Trial, now: datetime) -> datetime:
    return min(now, trial.closed_at) if trial.closed_at else now


def _day(trial: Trial, now: datetime) -> int:
    return day_of(trial, _until(trial, now))


def _is_dropped(trial: Trial, block: Block) -> bool:
    return trial.dropped_on is not None and trial.dropped_on == local_day(
        block.started_at, trial.zone
    )
