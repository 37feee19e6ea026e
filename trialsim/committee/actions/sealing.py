"""Sealing a packet: everything is read once, written down, and hashed."""

from datetime import datetime

from sqlmodel import Session, select

from trialsim.accounts.models import Person
from trialsim.committee.figures import figures_of
from trialsim.committee.models import Outcome, Packet, Statement, Vote
from trialsim.committee.queries import identities, material, packets
from trialsim.committee.queries import statements as written
from trialsim.committee.rules.assembly import assemble
from trialsim.committee.rules.material import Figures, Material
from trialsim.committee.rules.packets import Sources
from trialsim.committee.rules.sealing import content_hash
from trialsim.insights.models import Snapshot
from trialsim.insights.queries import latest, trial_measures
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict
from trialsim.kit.worktime import local_day
from trialsim.programmes.models import Cohort
from trialsim.programmes.queries import programme_of
from trialsim.simulation.codec import to_json
from trialsim.trials.models import Trial
from trialsim.trials.queries import cohort_trials, rules_of
from trialsim.trials.rules import TrialState


def seal(session: Session, trial: Trial, *, by: Person | None, now: datetime) -> Packet:
    """Seal a trial's packet from the cohort's latest snapshot.

    A packet is never edited. A new one takes its place while nobody has voted, or when the
    committee decided to wait for more evidence.

    Raises:
        Conflict: while the trial runs, without a snapshot or a statement, or once votes are in.
    """
    if trial.state is not TrialState.CLOSED:
        raise Conflict(f"The trial of {trial.code} is not over, so nothing can be sealed yet.")
    snapshot = latest(session, trial.cohort_id)
    if snapshot is None:
        raise Conflict("There are no measures yet. Please end the month first.")
    if session.exec(select(Statement.id).where(Statement.trial_id == trial.id)).first() is None:
        raise Conflict(f"No mentor has written a statement on {trial.code} yet.")
    _replace_earlier(session, trial, now)
    body = to_json(assemble(_material(session, trial, snapshot, now)))
    packet = Packet(
        trial_id=trial.id or 0,
        cohort_id=trial.cohort_id,
        code=trial.code,
        body=body,
        content_hash=content_hash(body),
        votes_needed=rules_of(trial).votes_needed,
        sealed_at=now,
    )
    session.add(packet)
    session.flush()
    record(
        session,
        "packet_sealed",
        packet.public_id,
        by=by.id if by else None,
        at=now,
        detail={"trial": trial.public_id, "hash": packet.content_hash},
    )
    return packet


def _replace_earlier(session: Session, trial: Trial, now: datetime) -> None:
    earlier = packets.current(session, trial.id or 0)
    if earlier is None:
        return
    session.exec(select(Packet.id).where(Packet.id == earlier.id).with_for_update()).one()
    decided = packets.decision_of(session, earlier)
    waits = (
        decided is not None
        and decided[0].outcome is Outcome.MORE_EVIDENCE
        and decided[0].seconded_at is not None
    )
    has_votes = session.exec(select(Vote.id).where(Vote.packet_id == earlier.id)).first()
    if has_votes is not None and not waits:
        raise Conflict(f"The packet of {trial.code} has votes, so it stays as it was sealed.")
    earlier.replaced_at = now
    session.add(earlier)


def _material(session: Session, trial: Trial, snapshot: Snapshot, now: datetime) -> Material:
    cohort = session.get_one(Cohort, trial.cohort_id)
    candidate = session.get_one(Person, trial.person_id)
    letters, people = identities.mentor_letters(session, trial, now)
    blind = material.blind(candidate, trial, letters, people)
    rows = material.reviewed_tickets(session, trial, now)
    lines = material.reviewed_lines(rows, blind)
    key = trial.id or 0
    return Material(
        code=trial.code,
        programme=programme_of(session, cohort).name,
        cohort=cohort.name,
        prepared_on=local_day(now, "UTC").isoformat(),
        sample=material.sample(session, trial, rows, now),
        figures=_figures(session, trial, snapshot),
        evidence=material.evidence(session, trial, rows, lines, blind),
        reviewed=lines,
        statements=material.statements(session, trial, letters, rows),
        waiting_for=material.waiting_for(
            session, trial, written.missing(session, {key: trial})[key]
        ),
        conversations_to_open=rules_of(trial).conversations_to_open,
        sources=Sources(
            snapshot_at=snapshot.taken_at.isoformat(),
            snapshot_hash=snapshot.input_hash,
            formulas=str(snapshot.versions.get("measurement", "")),
            pack=trial.pack_hash,
        ),
    )


def _figures(session: Session, trial: Trial, snapshot: Snapshot) -> Figures:
    everybody = [one.id or 0 for one, _ in cohort_trials(session, trial.cohort_id)]
    measured = trial_measures(session, snapshot, everybody)
    if trial.id not in measured:
        raise Conflict(f"The latest measures do not hold {trial.code}. Please take them again.")
    return figures_of(snapshot.body, measured, trial.id or 0)
