"""Starting a cohort: a trial for every candidate, with a planned month of equal work."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session, SQLModel

from trialsim.accounts.models import Person
from trialsim.db import take_version
from trialsim.inbox.models import Customer
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.kit.ids import public_id
from trialsim.programmes.actions import set_state
from trialsim.programmes.models import Cohort, CohortState, Programme
from trialsim.programmes.planning import plan_request
from trialsim.programmes.queries import latest_rubric, programme_of
from trialsim.programmes.rules import ProgrammeRules, ReadingRules, Role
from trialsim.scenarios.queries import pack as pack_of
from trialsim.simulation.balance import equality
from trialsim.simulation.codec import to_json
from trialsim.simulation.incidents import INCIDENT
from trialsim.simulation.month import PackTooSmall
from trialsim.simulation.personas import Profile, draw_customers
from trialsim.simulation.plan import CandidatePlan, CohortPlan, PlanRequest, plan_cohort
from trialsim.simulation.planned import trial_seed
from trialsim.simulation.reading.readers import USUAL_READER, rules_for
from trialsim.simulation.types import Pack
from trialsim.trials.models import ScheduledTicket, Trial
from trialsim.trials.queries import members
from trialsim.trials.rules import codes

WORK_PLANNED = "work_planned"  # the fact that says how equal the planned work is
GOOD_MENTORS = 2  # reviews by somebody other than the own mentor need a second one


@dataclass(frozen=True, slots=True)
class Readiness:
    """What keeps a cohort from starting, and what would be better; sentences for a manager."""

    missing: tuple[str, ...]
    warnings: tuple[str, ...]


def start_cohort(
    session: Session,
    cohort: Cohort,
    *,
    by: Person | None,
    now: datetime,
    reader: str = USUAL_READER,
) -> list[Trial]:
    """Give every candidate a trial with a planned month, and return the trials.

    They keep the reader, which tells customers what a reply says, to their end.

    Raises:
        Conflict: when the cohort has started already.
        ReaderMissing: when the reader is not installed.
        Invalid: when somebody is still missing, or the pack cannot fill a month.
    """
    if cohort.state is not CohortState.DRAFT:
        raise Conflict("This cohort has started already. Nothing was changed.")
    programme = programme_of(session, cohort)
    rules = _frozen(ProgrammeRules.model_validate(programme.rules), reader)
    candidates = members(session, cohort.id or 0, Role.CANDIDATE)
    mentors = members(session, cohort.id or 0, Role.MENTOR)
    committee = members(session, cohort.id or 0, Role.COMMITTEE)
    ready = readiness(rules, len(candidates), len(mentors), len(committee))
    if ready.missing:
        raise Invalid(" ".join(ready.missing))
    pack = pack_of(session, programme.pack_hash)
    plan = _plan(pack, plan_request(rules, cohort.seed, len(candidates)))
    take_version(session, cohort, cohort.version)
    trials = _add_trials(session, cohort, programme, rules, candidates, mentors)
    for trial, part in zip(trials, plan.candidates, strict=True):
        _add_month(session, trial, pack, part)
    set_state(session, cohort, CohortState.STARTED, by=by, now=now)
    report = equality(pack, plan)
    record(
        session,
        WORK_PLANNED,
        cohort.public_id,
        by=by.id if by else None,
        at=now,
        detail={"equal": report.equal, "lines": list(report.lines)},
    )
    session.flush()
    return trials


def readiness(rules: ProgrammeRules, candidates: int, mentors: int, committee: int) -> Readiness:
    """Return what a cohort of so many people lacks."""
    missing = []
    if not candidates:
        missing.append("Please invite at least one candidate.")
    if not mentors:
        missing.append("Please invite at least one mentor.")
    if rules.has_committee and committee != rules.votes_needed:
        missing.append(
            f"The programme asks for {rules.votes_needed} votes, so the committee has "
            f"{rules.votes_needed} members; now it has {committee}."
        )
    warnings = []
    if 0 < mentors < GOOD_MENTORS:
        warnings.append(
            "With one mentor nobody else can score the same conversations: "
            "fair comparison needs a second one."
        )
    return Readiness(tuple(missing), tuple(warnings))


def _frozen(rules: ProgrammeRules, reader: str) -> ProgrammeRules:
    """Return a programme's rules with how replies are read, as it is fitted today."""
    fitted = rules_for(reader)
    reading = ReadingRules(
        reader=fitted.reader,
        phrase_threshold=fitted.phrase_threshold,
        trap_threshold=fitted.trap_threshold,
        phrase_margin=fitted.phrase_margin,
    )
    return rules.model_copy(update={"reading": reading})


def _plan(pack: Pack, request: PlanRequest) -> CohortPlan:
    try:
        return plan_cohort(pack, request)
    except PackTooSmall as error:
        raise Invalid(f"{error} Please choose another pack for this programme.") from error


def _add_trials(
    session: Session,
    cohort: Cohort,
    programme: Programme,
    rules: ProgrammeRules,
    candidates: list[Person],
    mentors: list[Person],
) -> list[Trial]:
    rubric = latest_rubric(session, programme.id or 0)
    trials = [
        Trial(
            cohort_id=cohort.id or 0,
            person_id=candidate.id or 0,
            mentor_id=mentors[place % len(mentors)].id,
            code=code,
            seed=trial_seed(cohort.seed, place),
            starts_on=cohort.starts_on,
            ends_on=cohort.starts_on + timedelta(days=rules.length_days - 1),
            zone=candidate.zone,
            rules=rules.model_dump(mode="json"),
            pack_hash=programme.pack_hash,
            rubric_id=rubric.id or 0,
        )
        for place, (candidate, code) in enumerate(
            zip(candidates, codes(len(candidates), cohort.seed), strict=True)
        )
    ]
    session.add_all(trials)
    session.flush()
    return trials


def _add_month(session: Session, trial: Trial, pack: Pack, plan: CandidatePlan) -> None:
    """Store a candidate's customers and tickets; both tables are read by the release alone."""
    profiles = draw_customers(pack, trial.seed, plan.customers, on=trial.starts_on.isoformat())
    _add_rows(session, Customer, (_customer(trial, profile) for profile in profiles))
    _add_rows(session, ScheduledTicket, _tickets(trial, plan))


def _customer(trial: Trial, profile: Profile) -> dict[str, Any]:
    customer = profile.customer
    return {
        "public_id": public_id("cu"),
        "trial_id": trial.id,
        "key": customer.id,
        "name": profile.name,
        "email": customer.email,
        "about": f"{profile.trade}. {profile.company}, {profile.town}",
        "zone": customer.persona.zone,
        "language": customer.language,
        "plan": customer.plan,
        "since": profile.since_on,
        "profile": to_json(replace(profile, customer=replace(customer, records=()))),
        "records": to_json(customer.records),
    }


def _tickets(trial: Trial, plan: CandidatePlan) -> Iterator[dict[str, Any]]:
    for ticket in plan.tickets:
        yield {
            "trial_id": trial.id,
            "number": ticket.number,
            "due_minute": ticket.due_minute,
            "anchor": ticket.anchor,
            "incident": INCIDENT in ticket.flags,
            "practice": ticket.practice,
            "channel": ticket.channel,
            "planned": to_json(ticket),
            "released_at": None,
        }


def _add_rows(session: Session, table: type[SQLModel], rows: Iterator[dict[str, Any]]) -> None:
    """Insert many rows in one statement; objects one by one cost eight times as much."""
    values = list(rows)
    if values:
        session.connection().execute(insert(table), values)
