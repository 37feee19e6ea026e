"""What is owed to the candidates of a cohort, from all that was promised; one query."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import literal, union_all
from sqlalchemy import select as select_columns
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
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
_MENTORS = (PromiseKind.ANSWER, PromiseKind.CHECK_IN, PromiseKind.HALF_WAY)
SOON = timedelta(days=2)
Facts = dict[str, list[tuple[datetime, int]]]
_FEEDBACK, _QUESTION, _CHECK_IN, _LETTER = "feedback", "question", "check_in", "letter"


def owing_of(session: Session, trials: Sequence[Trial], decision_by: date) -> dict[int, Owing]:
    """Return what is known of each trial's promises, by trial id; one query."""
    facts = _facts(session, [one.id for one in trials])
    return {one.id or 0: _owing(one, facts[one.id or 0], decision_by) for one in trials}


@dataclass(frozen=True, slots=True)
class Debtor:
    """One candidate, and what the organisation owes them, the most pressing first."""

    name: str
    trial: Trial
    promises: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """What is owed in a cohort: feedback for all together, everything else by candidate.

    Feedback by person would tell a mentor who is behind a code.
    """

    feedback: Promise | None
    soon: tuple[tuple[Debtor, Promise], ...]
    now: datetime

    @property
    def late(self) -> int:
        """Return how many promises are broken, owed feedback counted as one."""
        kept = [one for _, one in self.soon] + ([self.feedback] if self.feedback else [])
        return sum(one.is_late(self.now) for one in kept)


def debtors(session: Session, cohort: Cohort, now: datetime) -> tuple[Debtor, ...]:
    """Return what is owed to each of a cohort's candidates, by invitation; one query.

    A row is a trial with one fact, or with none: few are open at a time.
    """
    ids = select_columns(col(Trial.id)).where(col(Trial.cohort_id) == cohort.id)
    facts = union_all(*_parts(ids)).subquery("facts")
    query: Any = (
        select(Trial, Person.name, facts.c.kind, facts.c.at, facts.c.number)  # type: ignore[call-overload]  # five
        .join(Person, col(Person.id) == Trial.person_id)
        .outerjoin(facts, facts.c.trial_id == col(Trial.id))
        .where(Trial.cohort_id == cohort.id)
        .order_by(col(Trial.id))
    )
    people: dict[int, tuple[Trial, str]] = {}
    found: dict[int, Facts] = defaultdict(lambda: defaultdict(list))
    for trial, name, kind, at, number in session.exec(query):
        people[trial.id] = (trial, name)
        if kind is not None:
            found[trial.id][kind].append((at, number))
    return tuple(
        Debtor(name, trial, promises(_owing(trial, found[key], cohort.decision_by), now))
        for key, (trial, name) in people.items()
    )


def promised(session: Session, cohort: Cohort, now: datetime) -> Promised:
    """Return what mentors owe in a cohort: what is late, and what is due within two days."""
    found = debtors(session, cohort, now)
    soon = [
        (debtor, one)
        for debtor in found
        for one in debtor.promises
        if one.kind in _MENTORS and one.due_at < now + SOON
    ]
    soon.sort(key=lambda pair: pair[1].due_at)
    return Promised(_to_everybody(found, now), tuple(soon), now)


def _to_everybody(found: Sequence[Debtor], now: datetime) -> Promise | None:
    owed = [one for many in found for one in many.promises if one.kind is PromiseKind.FEEDBACK]
    pressing = [one for one in owed if one.is_late(now)] or owed
    if not pressing:
        return None
    oldest = min(one.due_at for one in pressing)
    return Promise(PromiseKind.FEEDBACK, oldest, sum(one.count for one in pressing))


def _facts(session: Session, ids: list[int | None]) -> dict[int, Facts]:
    rows = session.connection().execute(union_all(*_parts(ids)))
    found: dict[int, Facts] = defaultdict(lambda: defaultdict(list))
    for kind, trial_id, at, number in rows:
        found[trial_id][kind].append((at, number))
    return found


def _parts(ids: Any) -> tuple[Any, ...]:  # noqa: ANN401 (ids, or a query for them)
    """Return one SELECT a kind of fact: kind, trial, instant, number."""
    reply = aliased(Post)
    nothing = literal(0)
    return (
        select_columns(
            literal(_FEEDBACK).label("kind"),
            col(Review.trial_id).label("trial_id"),
            col(Review.due_at).label("at"),
            col(Review.ticket_id).label("number"),
        ).where(
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


def _first_due(found: Sequence[tuple[datetime, int]]) -> list[datetime]:
    """Return by when each conversation is owed; of two reviews of one, the earlier counts."""
    first: dict[int, datetime] = {}
    for at, ticket in found:
        first[ticket] = min(at, first.get(ticket, at))
    return sorted(first.values())


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
        feedback_due=tuple(_first_due(facts[_FEEDBACK])),
        asked_at=tuple(at for at, _ in facts[_QUESTION]) if is_running else (),
        check_ins=frozenset(week for _, week in facts[_CHECK_IN]),
        half_way_sent_at=next((at for at, _ in facts[_LETTER]), None),
    )
