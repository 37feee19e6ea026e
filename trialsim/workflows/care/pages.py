"""What the pages of care show."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.kit.errors import NotFound
from trialsim.kit.worktime import local_day
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import ProgrammeRules
from trialsim.trials.care.actions import room_days
from trialsim.trials.care.rules import Allowances, Pause, may_drop, pauses_of
from trialsim.trials.models import Accommodation, Trial
from trialsim.trials.pages import WEEKDAYS
from trialsim.trials.queries import allowances_of, rules_of, time_entries
from trialsim.trials.rules import TrialState
from trialsim.web.filters import day as day_words
from trialsim.web.filters import plural
from trialsim.workflows.care.forms import WAITS


@dataclass(frozen=True, slots=True)
class CarePage:
    """A candidate's own page: hours, pauses, the day to drop, what they asked for.

    `typed` and `errors` are those of the one form that was sent and cannot be kept.
    """

    trial: Trial
    rules: ProgrammeRules
    today: date
    worked_on: tuple[date, ...]
    requests: tuple[Accommodation, ...]
    typed: Mapping[str, str] = field(default_factory=dict)
    days: tuple[str, ...] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_running(self) -> bool:
        """Whether something can still be changed."""
        return self.trial.state in (TrialState.TRAINING, TrialState.LIVE)

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Return the pauses, the first first."""
        return pauses_of(self.trial.pauses)

    @property
    def days_left(self) -> int:
        """Return how many more days of pause move the last day."""
        return max(0, room_days(self.trial) - sum(one.days for one in self.pauses))

    @property
    def latest(self) -> date:
        """Return the last day that pauses may move the end to."""
        return self.trial.ends_on + timedelta(days=self.days_left)

    @property
    def weekday_choices(self) -> list[tuple[str, str]]:
        """Return the days of the week as choices."""
        return [(str(number), name) for number, name in enumerate(WEEKDAYS)]

    @property
    def drop_choices(self) -> list[tuple[str, str]]:
        """Return the days that may be dropped, the latest first."""
        near = [day for day in self.worked_on if may_drop(day, self.today, self.trial.starts_on)]
        return [(day.isoformat(), f"{day:%A} {day_words(day)}") for day in reversed(near)]

    @property
    def granted(self) -> tuple[str, ...]:
        """Return what is different for this trial, in words."""
        return granted_words(allowances_of(self.trial))


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a manager reads it."""

    row: Accommodation
    name: str
    granted: Allowances

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.row.decided_at is None

    @property
    def words(self) -> tuple[str, ...]:
        """Return what was granted."""
        return granted_words(self.granted) or ("Nothing is different.",)


@dataclass(frozen=True, slots=True)
class RequestsPage:
    """A cohort's requests, those that wait first; `sent` names the one whose form was sent."""

    cohort: Cohort
    requests: tuple[Request, ...]
    sent: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits(self) -> list[tuple[str, str]]:
        """Return by how much clocks of waiting may run longer."""
        return [(str(percent), words) for percent, words in WAITS]


def granted_words(allowed: Allowances) -> tuple[str, ...]:
    """Return what an accommodation changes, a sentence each."""
    waits = dict(WAITS).get(allowed.wait_percent, f"{allowed.wait_percent} % of the usual")
    found = (
        (allowed.wait_percent > 100, f"Time to answer: {waits.lower()}."),  # noqa: PLR2004 (as usual)
        (allowed.no_chat, "Customers never come by chat."),
        (allowed.no_call, "Customers never call."),
        (allowed.more_days > 0, f"The last day is {plural(allowed.more_days, 'day')} later."),
    )
    return tuple(words for holds, words in found if holds)


def care_page(session: Session, trial: Trial, now: datetime) -> CarePage:
    """Return a candidate's page; two queries."""
    days = {local_day(one.started_at, trial.zone) for one in time_entries(session, trial)}
    requests = session.exec(
        select(Accommodation)
        .where(Accommodation.trial_id == trial.id)
        .order_by(col(Accommodation.id).desc())
    )
    return CarePage(
        trial=trial,
        rules=rules_of(trial),
        today=local_day(now, trial.zone),
        worked_on=tuple(sorted(days)),
        requests=tuple(requests),
        days=tuple(str(number) for number in trial.weekdays),
    )


def requests_page(session: Session, cohort: Cohort) -> RequestsPage:
    """Return a cohort's requests; one query."""
    rows = session.exec(
        select(Accommodation, Person.name, Trial)
        .join(Trial, col(Trial.id) == Accommodation.trial_id)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(Trial.cohort_id == cohort.id)
        .order_by(col(Accommodation.id).desc())
    )
    found = [Request(row, name, allowances_of(trial)) for row, name, trial in rows]
    return RequestsPage(cohort, tuple(sorted(found, key=lambda one: not one.is_open)))


def request_of(session: Session, public_id: str) -> tuple[Accommodation, str]:
    """Return a request with its trial's public id; raises NotFound when there is none."""
    found = session.exec(
        select(Accommodation, Trial.public_id)
        .join(Trial, col(Trial.id) == Accommodation.trial_id)
        .where(Accommodation.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    return found
