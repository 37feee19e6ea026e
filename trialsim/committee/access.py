"""The doors of the committee: a packet and what is decided on it, and the letter."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.committee.models import Decision, DecisionLetter, Packet, StepAside, Vote
from trialsim.kit.errors import NotAllowed, NotFound
from trialsim.programmes.access import enter, standing_of
from trialsim.programmes.models import Cohort, Membership
from trialsim.programmes.rules import Need, Relation, Role, Thing
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing


@dataclass(frozen=True, slots=True)
class Door:
    """A packet and where it belongs, how somebody stands to it, and their own vote if cast."""

    packet: Packet
    trial: Trial
    cohort: Cohort
    standing: Relation
    vote: Vote | None


def packets(person: Person, held: Iterable[Standing]) -> None:
    """Pass for committee members and managers; for others there is no list of packets."""
    sits = any(one.membership.role is Role.COMMITTEE for one in held)
    if not sits and not person.is_manager:
        raise NotFound


def packet(session: Session, person: Person, public_id: str, thing: Thing, need: Need) -> Door:
    """Return a packet to somebody who may do `need` with `thing` of it; one query.

    For whoever stepped aside it is as if there were none.
    """
    found = session.exec(
        select(Packet, Trial, Cohort, Membership, Vote, StepAside.id)  # type: ignore[call-overload]  # six
        .join(Trial, col(Trial.id) == Packet.trial_id)
        .join(Cohort, col(Cohort.id) == Packet.cohort_id)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Trial.cohort_id)
            & (col(Membership.person_id) == person.id),
        )
        .outerjoin(Vote, (col(Vote.packet_id) == Packet.id) & (col(Vote.person_id) == person.id))
        .outerjoin(
            StepAside,
            (col(StepAside.packet_id) == Packet.id) & (col(StepAside.person_id) == person.id),
        )
        .where(Packet.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    row, trial, cohort, membership, vote, aside = found
    standing = standing_of(person, membership, is_own=trial.person_id == person.id)
    enter(standing, thing, need)
    if aside is not None and standing is Relation.COMMITTEE:
        raise NotFound
    return Door(row, trial, cohort, standing, vote)


def voter(door: Door) -> None:
    """Pass for whoever has voted: nobody decides on votes they took no part in."""
    if door.vote is None:
        raise NotAllowed("Those who have voted decide. You have not voted on this packet.")


def results(door: Door) -> bool:
    """Whether somebody sees the votes: all are in, and a member has cast their own."""
    if door.packet.revealed_at is None:
        return False
    return door.standing is Relation.MANAGER or door.vote is not None


def letter(
    session: Session, person: Person, public_id: str
) -> tuple[DecisionLetter, Decision, Trial, Relation]:
    """Return a letter for its candidate or a manager."""
    found = session.exec(
        select(DecisionLetter, Decision, Trial, Membership)
        .join(Decision, col(Decision.id) == DecisionLetter.decision_id)
        .join(Trial, col(Trial.id) == DecisionLetter.trial_id)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == Trial.cohort_id)
            & (col(Membership.person_id) == person.id),
        )
        .where(DecisionLetter.public_id == public_id)
    ).first()
    if found is None:
        raise NotFound
    row, decision, trial, membership = found
    standing = standing_of(person, membership, is_own=trial.person_id == person.id)
    enter(standing, Thing.LETTER, Need.READ)
    return row, decision, trial, standing
