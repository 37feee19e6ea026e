"""What is owed to a cohort's candidates, and how they rate their trial: for its manager."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.insights.queries.promises import Debtor, debtors
from trialsim.letters.queries import given_ratings
from trialsim.letters.rules import FEWEST_TOLD, WHOLE, Told, told, told_words
from trialsim.programmes.models import Cohort, CohortState
from trialsim.trials.rules import TrialState


@dataclass(frozen=True, slots=True)
class DebtsPage:
    """Open promises by candidate; ratings by week and words without names, none below five."""

    debtors: tuple[Debtor, ...]
    ratings: tuple[Told, ...]
    words: tuple[str, ...]
    fewest: int
    now: datetime

    @property
    def late(self) -> int:
        """Return how many promises are broken."""
        return sum(one.is_late(self.now) for debtor in self.debtors for one in debtor.promises)


def debts_page(session: Session, cohort: Cohort, now: datetime) -> DebtsPage | None:
    """Return what is owed, or None before anybody is on trial; two queries at any size."""
    if cohort.state is CohortState.DRAFT:
        return None
    people = debtors(session, cohort, now)
    given = given_ratings(session, cohort.id or 0)
    begun = sum(one.trial.accepted_at is not None for one in people)
    weeks = sorted({one.week for one in given}, key=lambda week: (week == WHOLE, week))
    return DebtsPage(
        debtors=tuple(one for one in people if one.trial.state is not TrialState.DECIDED),
        ratings=told(given, weeks, begun),
        words=told_words(given),
        fewest=FEWEST_TOLD,
        now=now,
    )
