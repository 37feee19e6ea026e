"""Ending a month: trials close, open tickets are scored, measures freeze, packets are sealed."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.actions.sealing import seal
from trialsim.committee.models import Packet
from trialsim.committee.queries.statements import expected
from trialsim.db import take_version
from trialsim.inbox.actions.outcomes import score_open
from trialsim.inbox.actions.sending import deliver_all
from trialsim.insights.actions import take_snapshot
from trialsim.insights.models import Snapshot
from trialsim.kit.errors import Conflict
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.actions import set_state
from trialsim.programmes.models import Cohort, CohortState
from trialsim.programmes.queries import programme_of, rules_of
from trialsim.programmes.rules import Role
from trialsim.trials import actions as trials
from trialsim.trials.models import Trial
from trialsim.trials.queries import cohort_trials, members
from trialsim.trials.rules import TrialState


@dataclass(frozen=True, slots=True)
class Sealed:
    """What sealing did: the new packets, and why others could not be sealed yet, by code."""

    packets: tuple[Packet, ...]
    left: tuple[tuple[str, str], ...]


def close_month(
    session: Session, cohort: Cohort, *, by: Person | None, now: datetime, base_url: str = ""
) -> Snapshot:
    """End a cohort's month and return its measures.

    Every trial closes, what is still open is scored as it stands, the measures freeze, and
    mentors are asked for their statements. A programme without a committee is finished here.

    Raises:
        Conflict: for a cohort that has not started or whose month is over.
    """
    if cohort.state is not CohortState.STARTED:
        raise Conflict("This month is not running, so it cannot be ended.")
    take_version(session, cohort, cohort.version)
    for trial, _ in cohort_trials(session, cohort.id or 0):
        deliver_all(session, trial, now)
        trials.close(session, trial, by=by, now=now)
        if trial.left_at is None:
            score_open(session, trial, now)
    session.flush()
    snapshot = take_snapshot(session, cohort, now)
    if rules_of(programme_of(session, cohort)).has_committee:
        set_state(session, cohort, CohortState.DECIDING, by=by, now=now)
        _ask_for_statements(session, cohort, now, base_url)
    else:
        set_state(session, cohort, CohortState.FINISHED, by=by, now=now)
    session.flush()
    return snapshot


def seal_packets(
    session: Session, cohort: Cohort, *, by: Person | None, now: datetime, base_url: str = ""
) -> Sealed:
    """Seal a packet for every trial that can be judged and has none, from measures taken now.

    Reviews that came after the month's end are in. A trial without a statement waits; its reason
    is returned. Everybody on the committee is told once.

    Raises:
        Conflict: before the month is over, or after the last letter.
    """
    if cohort.state is not CohortState.DECIDING:
        raise Conflict("Packets are sealed when the month is over and before the last letter.")
    session.exec(select(Cohort.id).where(Cohort.id == cohort.id).with_for_update()).one()
    take_snapshot(session, cohort, now)
    packets: list[Packet] = []
    left: list[tuple[str, str]] = []
    for trial in trials_to_seal(session, cohort):
        try:
            with session.begin_nested():
                packets.append(seal(session, trial, by=by, now=now))
        except Conflict as reason:
            left.append((trial.code, str(reason)))
    if packets:
        _tell_committee(session, cohort, now, base_url)
    return Sealed(tuple(packets), tuple(left))


def trials_to_seal(session: Session, cohort: Cohort) -> list[Trial]:
    """Return the closed trials of people who took part to the end and have no packet."""
    present = {person.id for person in members(session, cohort.id or 0, Role.CANDIDATE)}
    sealed = set(
        session.exec(
            select(Packet.trial_id).where(
                Packet.cohort_id == cohort.id, col(Packet.replaced_at).is_(None)
            )
        ).all()
    )
    return [
        trial
        for trial, person in cohort_trials(session, cohort.id or 0)
        if trial.state is TrialState.CLOSED
        and trial.live_at is not None
        and trial.left_at is None
        and person.id in present
        and trial.id not in sealed
    ]


def _ask_for_statements(session: Session, cohort: Cohort, now: datetime, base_url: str) -> None:
    judged = {
        trial.id or 0: trial
        for trial, _ in cohort_trials(session, cohort.id or 0)
        if trial.live_at is not None and trial.left_at is None
    }
    owed: dict[int, list[str]] = {}
    mentors: dict[int, Person] = {}
    for key, people in expected(session, judged).items():
        for person in people:
            mentors[person.id or 0] = person
            owed.setdefault(person.id or 0, []).append(
                f"{base_url}/trials/{judged[key].public_id}/statement"
            )
    for key, addresses in owed.items():
        person = mentors[key]
        queue(
            session,
            recipient=person.email,
            subject=f"{cohort.name}: please write your statements",
            body=mail_text(
                "email/committee/statements_asked.txt",
                person=person,
                cohort=cohort,
                addresses=addresses,
            ),
            dedupe_key=f"statements-{cohort.public_id}-{person.public_id}",
            now=now,
        )


def _tell_committee(session: Session, cohort: Cohort, now: datetime, base_url: str) -> None:
    for person in members(session, cohort.id or 0, Role.COMMITTEE):
        queue(
            session,
            recipient=person.email,
            subject=f"{cohort.name}: packets to read",
            body=mail_text(
                "email/committee/packets_ready.txt",
                person=person,
                cohort=cohort,
                decision_by=_day(cohort.decision_by),
                address=f"{base_url}/packets",
            ),
            dedupe_key=f"packets-{cohort.public_id}-{person.public_id}-{now:%Y%m%d%H%M}",
            now=now,
        )


def _day(value: date) -> str:
    return f"{value.day} {value:%B %Y}"
