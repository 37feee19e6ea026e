"""What is owed to the candidates of a cohort, from all that was promised; one query."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import literal, union_all
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col

from trialsim.letters.models import CheckIn, HalfWayLetter
from trialsim.programmes.models import Cohort
from trialsim.reviews.models import DrawKind, Review, ReviewState
from trialsim.room.models import Post
from trialsim.room.rules import PostKind
from trialsim.trials.models import Trial
from trialsim.trials.promises import Owing, Promise, PromiseKind, promises
from trialsim.trials.queries import hours_of, rules_of
from trialsim.trials.rules import TrialState

_RUNNING = (TrialState.TRAINING, TrialState.LIVE)
_FEEDBACK, _QUESTION, _CHECK_IN, _LETTER = "feedback", "question", "check_in", "letter"


def promises_of(
    session: Session, trials: Sequence[Trial], cohort: Cohort, now: datetime
) -> dict[int, tuple[Promise, ...]]:
    """Return what is promised to each of a cohort's trials and open, by trial id; one query."""
    found = owing_of(session, trials, cohort.decision_by)
    return {key: promises(one, now) for key, one in found.items()}


def owing_of(session: Session, trials: Sequence[Trial], decision_by: date) -> dict[int, Owing]:
    """Return what is known of each trial's promises, by trial id; one query."""
    facts = _facts(session, [one.id or 0 for one in trials])
    return {one.id or 0: _owing(one, facts[one.id or 0], decision_by) for one in trials}


def to_everybody(found: dict[int, tuple[Promise, ...]], now: datetime) -> Promise | None:
    """Return the feedback owed to a whole cohort: by person it would tell who is behind a code."""
    owed = [one for many in found.values() for one in many if one.kind is PromiseKind.FEEDBACK]
    broken = [one for one in owed if one.is_late(now)] or owed
    if not broken:
        return None
    oldest = min(one.due_at for one in broken)
    return Promise(PromiseKind.FEEDBACK, oldest, sum(one.count for one in broken))


Facts = dict[str, list[tuple[datetime, int]]]


def _facts(session: Session, ids: list[int]) -> dict[int, Facts]:
    rows = session.connection().execute(union_all(*_parts(ids)))
    found: dict[int, Facts] = defaultdict(lambda: defaultdict(list))
    for kind, trial_id, at, number in rows:
        found[trial_id][kind].append((at, number))
    return found


def _parts(ids: list[int]) -> tuple[Any, ...]:
    """Return one SELECT a kind of fact: kind, trial, instant, number."""
    reply = aliased(Post)
    nothing = literal(0)
    return (
        select_columns(literal(_FEEDBACK), col(Review.trial_id), col(Review.due_at), nothing).where(
            col(Review.trial_id).in_(ids),
            col(Review.kind) == DrawKind.DRAWN,
            col(Review.state) != ReviewState.SKIPPED,
            col(Review.released_at).is_(None),
        ),
        select_columns(literal(_QUESTION), col(Post.trial_id), col(Post.at), nothing)
        .outerjoin(reply, col(reply.question_id) == col(Post.id))
        .where(
            col(Post.trial_id).in_(ids),
            col(Post.kind) == PostKind.QUESTION,
            col(reply.id).is_(None),
        ),
        select_columns(
            literal(_CHECK_IN), col(CheckIn.trial_id), col(CheckIn.held_at), col(CheckIn.week)
        ).where(col(CheckIn.trial_id).in_(ids)),
        select_columns(
            literal(_LETTER), col(HalfWayLetter.trial_id), col(HalfWayLetter.sent_at), nothing
        ).where(col(HalfWayLetter.trial_id).in_(ids), col(HalfWayLetter.sent_at).is_not(None)),
    )


def _owing(trial: Trial, facts: Facts, decision_by: date) -> Owing:
    rules = rules_of(trial)
    is_running = trial.state in _RUNNING
    return Owing(
        hours=hours_of(trial),
        starts_on=trial.starts_on,
        ends_on=trial.ends_on,
        length_days=rules.length_days,
        is_running=is_running,
        decision_by=decision_by if rules.has_committee else None,
        is_decided=trial.state is TrialState.DECIDED,
        feedback_due=tuple(at for at, _ in facts[_FEEDBACK]),
        asked_at=tuple(at for at, _ in facts[_QUESTION]) if is_running else (),
        check_ins=frozenset(week for _, week in facts[_CHECK_IN]),
        half_way_sent_at=next((at for at, _ in facts[_LETTER]), None),
    )
