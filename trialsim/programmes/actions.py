"""Everything that changes programmes, cohorts and who belongs to them."""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, func, select

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.kit import streams
from trialsim.kit.errors import Conflict, Invalid
from trialsim.programmes.models import Cohort, CohortState, Membership, Programme, Rubric
from trialsim.programmes.rules import ProgrammeRules, Role
from trialsim.simulation.types import Pack

_WORKING_DAYS_A_WEEK = 5


def read_templates(folder: Path) -> dict[str, dict[str, Any]]:
    """Return the programme templates of a folder: id → its table."""
    return {
        path.stem: tomllib.loads(path.read_text(encoding="utf-8"))
        for path in sorted(folder.glob("*.toml"))
    }


def create_programme(  # noqa: PLR0913 (a programme is made of these)
    session: Session,
    *,
    name: str,
    template: str,
    rules: ProgrammeRules,
    pack: Pack,
    pack_hash: str,
    by: Person,
    now: datetime,
) -> Programme:
    """Create a programme with the first version of its rubric, which comes from the pack."""
    programme = Programme(
        name=name,
        template=template,
        pack_hash=pack_hash,
        rules=rules.model_dump(mode="json"),
        created_by=by.id or 0,
        created_at=now,
    )
    session.add(programme)
    session.flush()
    add_rubric(session, programme, body=asdict(pack.rubric), now=now)
    record(session, "programme_created", programme.public_id, by=by.id, at=now)
    return programme


def add_rubric(
    session: Session, programme: Programme, *, body: Mapping[str, Any], now: datetime
) -> Rubric:
    """Add a version of the scorecard; reviews keep the one they were written with."""
    count = session.exec(
        select(func.count()).select_from(Rubric).where(Rubric.programme_id == programme.id)
    ).one()
    rubric = Rubric(
        programme_id=programme.id or 0, number=count + 1, body=dict(body), created_at=now
    )
    session.add(rubric)
    session.flush()
    return rubric


def add_cohort(
    session: Session, programme: Programme, *, name: str, starts_on: date, by: Person, now: datetime
) -> Cohort:
    """Add a group of people who start together; says by which day the decision is promised."""
    rules = ProgrammeRules.model_validate(programme.rules)
    last_day = starts_on + timedelta(days=rules.length_days - 1)
    cohort = Cohort(
        programme_id=programme.id or 0,
        name=name,
        starts_on=starts_on,
        decision_by=working_days_after(last_day, rules.decision_working_days),
        seed=streams.digest(programme.public_id, name, starts_on.isoformat()) % (1 << 31),
        created_at=now,
    )
    session.add(cohort)
    session.flush()
    record(session, "cohort_added", cohort.public_id, by=by.id, at=now)
    return cohort


def add_member(
    session: Session, cohort: Cohort, person: Person, role: Role, *, by: Person, now: datetime
) -> Membership:
    """Give somebody a role in a cohort; the same one again changes nothing.

    Raises:
        Invalid: when they hold another role there: nobody judges a trial they take part in.
        Conflict: when candidates or committee come after the cohort has started or finished.
    """
    held = session.exec(
        select(Membership).where(
            Membership.cohort_id == cohort.id, Membership.person_id == person.id
        )
    ).first()
    if held is not None:
        if held.role is role and held.ended_at is None:
            return held
        raise Invalid(
            fields={"email": f"{person.name} already is {held.role} in this cohort. One role each."}
        )
    if cohort.state is not CohortState.DRAFT and role is Role.CANDIDATE:
        raise Conflict("This cohort has started. New candidates join the next one.")
    membership = Membership(
        cohort_id=cohort.id or 0, person_id=person.id or 0, role=role, invited_at=now
    )
    session.add(membership)
    session.flush()
    record(
        session,
        "member_added",
        cohort.public_id,
        by=by.id,
        at=now,
        detail={"person": person.public_id, "role": str(role)},
    )
    return membership


def end_membership(session: Session, membership: Membership, *, by: Person, now: datetime) -> None:
    """End a role, effective at once."""
    membership.ended_at = now
    session.add(membership)
    record(
        session,
        "member_ended",
        f"membership:{membership.id}",
        by=by.id,
        at=now,
        detail={"role": str(membership.role)},
    )


def set_state(
    session: Session, cohort: Cohort, state: CohortState, *, by: Person | None, now: datetime
) -> None:
    """Move a cohort on."""
    cohort.state = state
    cohort.version += 1
    session.add(cohort)
    record(session, f"cohort_{state}", cohort.public_id, by=by.id if by else None, at=now)


def working_days_after(day: date, count: int) -> date:
    """Return the day that lies `count` working days (Monday to Friday) after another."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _WORKING_DAYS_A_WEEK
    return day
