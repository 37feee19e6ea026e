"""The terms page: what a candidate accepts, word for word and figure for figure."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from trialsim.programmes.models import Cohort, Programme, Rubric
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.simulation.codec import from_json
from trialsim.simulation.types import Rubric as Scorecard
from trialsim.trials.models import Trial
from trialsim.trials.queries import members, rules_of
from trialsim.trials.rules import TrialState

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LEVELS = ("Not yet", "Nearly", "Good", "Excellent")


@dataclass(frozen=True, slots=True)
class TermsPage:
    """Everything the terms say; `may_accept` until they are accepted."""

    trial: Trial
    cohort: Cohort
    programme: Programme
    rules: ProgrammeRules
    scorecard: Scorecard
    mentors: tuple[str, ...]

    @property
    def may_accept(self) -> bool:
        """Whether the candidate has still to decide."""
        return self.trial.state is TrialState.INVITED

    @property
    def ends_at_latest_on(self) -> date:
        """Return the last day a trial with pauses may reach."""
        return self.trial.starts_on + timedelta(days=self.rules.window_days - 1)

    @property
    def weekday_choices(self) -> list[tuple[str, str]]:
        """Return the days of the week as choices."""
        return [(str(number), name) for number, name in enumerate(WEEKDAYS)]

    @property
    def chosen_days(self) -> str:
        """Return the announced days in words."""
        return ", ".join(WEEKDAYS[number] for number in self.trial.weekdays)

    @property
    def level_words(self) -> tuple[str, ...]:
        """Return the names of the four levels, the lowest first."""
        return LEVELS


def terms_page(session: Session, trial: Trial) -> TermsPage:
    """Return what somebody is asked to accept, or has accepted."""
    cohort = session.get_one(Cohort, trial.cohort_id)
    return TermsPage(
        trial=trial,
        cohort=cohort,
        programme=session.get_one(Programme, cohort.programme_id),
        rules=rules_of(trial),
        scorecard=from_json(Scorecard, session.get_one(Rubric, trial.rubric_id).body),
        mentors=tuple(person.name for person in members(session, cohort.id or 0, Role.MENTOR)),
    )
