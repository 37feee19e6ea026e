"""Ghost mentors at the end of a day: each fills the scorecards that wait, as severe as planted."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.models import Case, Message, MessageKind
from trialsim.kit import streams
from trialsim.kit.text import excerpt
from trialsim.reviews.actions.scorecard import submit
from trialsim.reviews.models import Review, ReviewState
from trialsim.reviews.rules.scoring import Card, Rated, applying, causes_for
from trialsim.simulation import ghosts
from trialsim.simulation.ghost_reviewers import GhostReviewer, Work, levels
from trialsim.simulation.types import Category, Rubric
from trialsim.workflows.demo.working import Worker

_LOWEST = 1
_LOW = 2
_WORST_KEPT = 1.0  # harm of a trap that a mentor would call harmful
_COMMENTS = {
    4: (
        "Keep: the real worry is named first, then the facts. Try: the same on harder cases.",
        "Keep: checked before promising, and it shows. Try: share the steps with the team.",
        "Keep: right, warm and short. Nothing to change here.",
    ),
    3: (
        "Keep: the answer is right. Try: say when the customer will hear from you next.",
        "Keep: a calm tone throughout. Try: lead with what you did, then why.",
        "Keep: good question before acting. Try: shorter sentences in the last part.",
    ),
    2: (
        "Keep: quick and polite. Try: ask for the one fact that settles the cause.",
        "Keep: the first step is right. Try: look into the record before you answer.",
        "Keep: you stayed with it. Try: read the policy page on this once more.",
    ),
    1: (
        "Keep: you answered soon. Try: check what is true on the desk before you promise.",
        "Keep: a friendly greeting. Try: solve what was asked; the cause is still there.",
        "Keep: clear sentences. Try: open the help article first, then write.",
    ),
}


def review_waiting(
    session: Session,
    mentor: Person,
    ghost: GhostReviewer,
    workers: Mapping[int, Worker],
    rubrics: Mapping[int, Rubric],
    now: datetime,
) -> int:
    """Submit every scorecard that waits for a mentor and return how many there were."""
    rows = session.exec(
        select(Review, Case)
        .join(Case, col(Case.ticket_id) == Review.ticket_id)
        .where(
            Review.reviewer_id == mentor.id,
            Review.state == ReviewState.WAITING,
            col(Review.trial_id).in_(workers.keys()),
        )
        .order_by(col(Review.id))
    ).all()
    for review, case in rows:
        card = _card(session, review, case, ghost, workers[review.trial_id], rubrics)
        submit(session, review, card, by=mentor, now=now, version=review.version)
    return len(rows)


def _card(
    session: Session,
    review: Review,
    case: Case,
    ghost: GhostReviewer,
    worker: Worker,
    rubrics: Mapping[int, Rubric],
) -> Card:
    rubric = rubrics[review.rubric_id]
    categories = applying(rubric, case.form["channel"])
    names = (worker.seed, case.form["key"])
    given = levels(ghost, _work(case, worker, names), categories, *names)
    quote = _quote(session, review.ticket_id)
    ratings = {one.id: _rated(rubric, one, given[one.id], quote, *names) for one in categories}
    middle = sorted(given.values())[len(given) // 2]
    comment = streams.pick(_COMMENTS[middle], *names, ghost.name, "comment")
    return Card(ratings, comment)


def _work(case: Case, worker: Worker, names: tuple[streams.Name, ...]) -> Work:
    """Return what the work truly was: the outcome so far, and the habits that were planted."""
    ghost = worker.candidate.ghost
    return Work(
        outcome=case.outcome or 0.0,
        harm=case.trace.get("harm", 0.0) >= _WORST_KEPT,
        kind=ghosts.is_kind(ghost, *names),
        kindness=ghost.kindness,
        care=ghost.care,
        communication=ghost.communication,
    )


def _rated(
    rubric: Rubric, category: Category, level: int, quote: str, *names: streams.Name
) -> Rated:
    causes = causes_for(rubric, category)
    cause = ""
    if level <= _LOW and causes:
        cause = streams.pick(causes, *names, category.id, "cause").id
    if category.critical and level == _LOWEST:
        reason = "The customer still cannot do what they came to do."
        return Rated(level, reason, quote, cause)
    return Rated(level, root_cause=cause)


def _quote(session: Session, ticket_id: int) -> str:
    """Return the first sentence of the candidate's last reply, word for word."""
    body = session.exec(
        select(Message.body)
        .where(Message.ticket_id == ticket_id, Message.kind == MessageKind.REPLY)
        .order_by(col(Message.id).desc())
        .limit(1)
    ).first()
    return excerpt((body or "").split("\n")[0], 140).removesuffix("…")
