"""Scorecards as stored, and as a page shows them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.programmes.models import Rubric as RubricRow
from trialsim.reviews.models import Failure, Rating, Review, ReviewState
from trialsim.reviews.rules.scoring import (
    LEVEL_WORDS,
    Card,
    Rated,
    applying,
    causes_for,
    score,
)
from trialsim.simulation.codec import from_json
from trialsim.simulation.types import Category, Rubric

FAILURE_WORDS: Mapping[Failure, str] = {
    Failure.PRIVACY: "Privacy or security",
    Failure.PROMISE: "A false promise",
    Failure.HARM: "An act that did harm",
}


@dataclass(frozen=True, slots=True)
class LevelText:
    """One level of a category: what it counts as, in words, and what a reader can see."""

    value: int
    word: str
    anchor: str
    example: str


@dataclass(frozen=True, slots=True)
class Field:
    """One category of a scorecard with what was chosen; `value` is 1-4, na, or empty."""

    id: str
    name: str
    question: str
    weight: str
    critical: bool
    levels: tuple[LevelText, ...]
    causes: tuple[tuple[str, str], ...]
    value: str
    comment: str
    quote: str
    cause: str

    @property
    def chosen(self) -> LevelText | None:
        """Return the level chosen, None without one or when not applicable."""
        return next((one for one in self.levels if str(one.value) == self.value), None)

    @property
    def shown(self) -> str:
        """Return the choice as a table shows it."""
        return {"na": "N/A", "": "–"}.get(self.value, self.value)

    @property
    def cause_name(self) -> str:
        """Return the root cause's name, empty without one."""
        return dict(self.causes).get(self.cause, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole scorecard for a page; `points` are 0-100 over `weight_share` of the weight."""

    fields: tuple[Field, ...]
    points: float | None
    weight_share: float
    failed_critical: bool
    comment: str
    failure: str
    failure_quote: str
    failure_reason: str

    @property
    def rated(self) -> int:
        """Return how many categories were chosen."""
        return sum(bool(one.value) for one in self.fields)

    @property
    def failure_word(self) -> str:
        """Return the critical failure in words, empty without one."""
        return FAILURE_WORDS[Failure(self.failure)] if self.failure else ""


@dataclass(frozen=True, slots=True)
class OtherSheet:
    """What somebody else submitted on the same conversation."""

    reviewer: str
    sheet: Sheet


def rubric_of(row: RubricRow) -> Rubric:
    """Return a stored rubric as its value."""
    return from_json(Rubric, row.body)


def card_of(review: Review, ratings: list[Rating]) -> Card:
    """Return a stored scorecard as its value."""
    return Card(
        ratings={
            row.category: Rated(row.level, row.comment, row.quote, row.root_cause, row.is_rated)
            for row in ratings
        },
        comment=review.comment,
        failure=str(review.failure or ""),
        failure_quote=review.failure_quote,
        failure_reason=review.failure_reason,
    )


def ratings_of(session: Session, review_ids: list[int]) -> dict[int, list[Rating]]:
    """Return the ratings of several reviews in one query."""
    found: dict[int, list[Rating]] = defaultdict(list)
    rows = session.exec(
        select(Rating).where(col(Rating.review_id).in_(review_ids)).order_by(col(Rating.id))
    )
    for row in rows:
        found[row.review_id].append(row)
    return found


def others(
    session: Session, review: Review, rubrics: Mapping[int, Rubric], channel: str
) -> tuple[OtherSheet, ...]:
    """Return the submitted scorecards of others on the same conversation; two queries."""
    rows = session.exec(
        select(Review, Person, RubricRow)
        .join(Person, col(Person.id) == Review.reviewer_id)
        .join(RubricRow, col(RubricRow.id) == Review.rubric_id)
        .where(
            Review.ticket_id == review.ticket_id,
            Review.id != review.id,
            Review.state == ReviewState.SUBMITTED,
        )
        .order_by(col(Review.submitted_at), col(Review.id))
    ).all()
    ratings = ratings_of(session, [one.id or 0 for one, _, _ in rows]) if rows else {}
    return tuple(
        OtherSheet(
            person.name,
            sheet(
                card_of(one, ratings.get(one.id or 0, [])),
                rubrics.get(row.id or 0) or rubric_of(row),
                channel,
            ),
        )
        for one, person, row in rows
    )


def sheet(card: Card, rubric: Rubric, channel: str) -> Sheet:
    """Return a scorecard laid out for a page."""
    categories = applying(rubric, channel)
    worth = score(card, categories)
    whole = sum(one.weight for one in categories) or 1.0
    return Sheet(
        fields=tuple(_field(one, card, rubric, one.weight / whole) for one in categories),
        points=worth.points,
        weight_share=worth.weight_share,
        failed_critical=worth.failed_critical,
        comment=card.comment,
        failure=card.failure,
        failure_quote=card.failure_quote,
        failure_reason=card.failure_reason,
    )


def _field(category: Category, card: Card, rubric: Rubric, share: float) -> Field:
    rated = card.ratings.get(category.id, Rated(None, is_rated=False))
    level = "na" if rated.level is None else str(rated.level)
    return Field(
        id=category.id,
        name=category.name,
        question=category.question,
        weight=f"{share:.0%}",
        critical=category.critical,
        levels=tuple(
            LevelText(place + 1, word, one.anchor, one.example)
            for place, (word, one) in enumerate(zip(LEVEL_WORDS, category.levels, strict=True))
        ),
        causes=tuple((one.id, one.name) for one in causes_for(rubric, category)),
        value=level if rated.is_rated else "",
        comment=rated.comment,
        quote=rated.quote,
        cause=rated.root_cause,
    )
