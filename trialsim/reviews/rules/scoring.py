"""What a scorecard is worth, and what it still lacks."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from trialsim.simulation.types import Category, RootCause, Rubric

LEVEL_WORDS = ("Not yet", "Nearly", "Good", "Excellent")
LEVELS = (1, 2, 3, 4)
LOWER_LEVELS = (1, 2)
_STEPS = len(LEVELS) - 1
_MARKS = re.compile(r"[*_`“”\"'‘’]+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Rated:
    """One category as rated: `level` 1-4, or None for not applicable.

    With `is_rated` False nothing was chosen yet; a draft may hold such a category's comment.
    """

    level: int | None
    comment: str = ""
    quote: str = ""
    root_cause: str = ""
    is_rated: bool = True

    @property
    def is_low(self) -> bool:
        """Whether it is on the two lower levels."""
        return self.level in LOWER_LEVELS


@dataclass(frozen=True, slots=True)
class Card:
    """A scorecard as filled in: category id to rating, one comment on the whole.

    `failure` names a critical failure beside the categories, with its quote and reason.
    """

    ratings: Mapping[str, Rated] = field(default_factory=dict)
    comment: str = ""
    failure: str = ""
    failure_quote: str = ""
    failure_reason: str = ""

    def rated(self, category: str) -> Rated | None:
        """Return a category's rating once something was chosen."""
        found = self.ratings.get(category)
        return found if found is not None and found.is_rated else None


@dataclass(frozen=True, slots=True)
class Score:
    """Points 0-100 over the rated weight, None when nothing is rated.

    `weight_share` (0-1) is the part of the scorecard's weight that the points rest on.
    """

    points: float | None
    weight_share: float
    failed_critical: bool


def applying(rubric: Rubric, channel: str) -> tuple[Category, ...]:
    """Return the categories that apply to a channel, in the rubric's order."""
    return tuple(one for one in rubric.categories if channel in one.channels)


def causes_for(rubric: Rubric, category: Category) -> tuple[RootCause, ...]:
    """Return the root causes to choose from: the category's own, then those of any."""
    own = [one for one in rubric.root_causes if one.category == category.id]
    general = [one for one in rubric.root_causes if one.category is None]
    return (*own, *general)


def level_points(level: int) -> float:
    """Return what a level counts: 0, 33 1/3, 66 2/3 or 100 for 1 to 4."""
    return 100 * (level - 1) / _STEPS


def score(card: Card, categories: Sequence[Category]) -> Score:
    """Return the weighted mean of the rated categories.

    Not-applicable ones leave both sides of the fraction. Level 1 in a critical category, or a
    named failure, fails the reply; the points stay what they are, because a measure needs the
    level and the failure apart. Source: the product's own scorecard.
    """
    rated = [
        (one, found.level)
        for one in categories
        if (found := card.rated(one.id)) is not None and found.level is not None
    ]
    whole = sum(one.weight for one in categories)
    weight = sum(one.weight for one, _ in rated)
    points = sum(one.weight * level_points(level) for one, level in rated)
    failed = bool(card.failure) or any(one.critical and level == LEVELS[0] for one, level in rated)
    return Score(points / weight if weight else None, weight / whole if whole else 0.0, failed)


def faults(card: Card, rubric: Rubric, channel: str, texts: Iterable[str]) -> dict[str, str]:
    """Return what a scorecard lacks before it can be submitted: field name to message.

    `texts` is the conversation: a quote must stand in it, word for word.
    """
    said = [plain(text) for text in texts]
    categories = applying(rubric, channel)
    found: dict[str, str] = {}
    for one in categories:
        found |= _category_faults(card, rubric, one, said)
    if not found and score(card, categories).points is None:
        found["form"] = "Please rate at least one category."
    if card.failure:
        found |= _failure_faults(card, said)
    if not card.comment:
        found["comment"] = "Please write one thing to keep and one thing to try."
    return found


def plain(text: str) -> str:
    """Return text without marks, letter case and line breaks, to compare a quote with it."""
    return _SPACE.sub(" ", _MARKS.sub("", text)).strip().casefold()


def _category_faults(
    card: Card, rubric: Rubric, category: Category, said: Sequence[str]
) -> dict[str, str]:
    rated = card.rated(category.id)
    if rated is None:
        return {category.id: f"{category.name}: please choose a level, or N/A."}
    found: dict[str, str] = {}
    causes = {one.id for one in causes_for(rubric, category)}
    if rated.is_low and causes and rated.root_cause not in causes:
        found[f"{category.id}.cause"] = f"{category.name}: please choose what lay behind it."
    if category.critical and rated.level == LEVELS[0]:
        if not rated.quote:
            found[f"{category.id}.quote"] = f"{category.name}: this level needs a quote."
        if not rated.comment:
            found[f"{category.id}.comment"] = f"{category.name}: this level needs a reason."
    if rated.quote and not _is_said(rated.quote, said):
        found[f"{category.id}.quote"] = f"{category.name}: the quote is not in the conversation."
    return found


def _failure_faults(card: Card, said: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    if not card.failure_quote:
        found["failure_quote"] = "A critical failure needs a quote."
    elif not _is_said(card.failure_quote, said):
        found["failure_quote"] = "The quote is not in the conversation."
    if not card.failure_reason:
        found["failure_reason"] = "A critical failure needs a reason."
    return found


def _is_said(quote: str, said: Sequence[str]) -> bool:
    wanted = plain(quote)
    return bool(wanted) and any(wanted in text for text in said)
