"""The page Asked of me, put together for one mentor."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.programmes.rules import Role
from trialsim.room.marks import new_in_channels, new_in_rooms
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing
from trialsim.trials.rules import TrialState
from trialsim.workflows.asked.entries import KINDS, Asked, Asking


@dataclass(frozen=True, slots=True)
class Place:
    """A room or channel with how many posts in it are new to the mentor."""

    words: str
    href: str
    new: int


@dataclass(frozen=True, slots=True)
class AskedPage:
    """What waits for a mentor, the late first, and where something new was written."""

    entries: tuple[Asked, ...]
    places: tuple[Place, ...]


def asked_page(
    session: Session, mentor: Person, standings: Sequence[Standing], now: datetime
) -> AskedPage:
    """Return everything that waits for a mentor; eight queries."""
    held = tuple(one for one in standings if one.membership.role is Role.MENTOR)
    trials = _trials(session, [one.cohort.id or 0 for one in held])
    asking = Asking(mentor, held, trials, now)
    entries = [one for kind in KINDS for one in kind(session, asking)]
    return AskedPage(
        entries=tuple(sorted(entries, key=lambda one: (not one.is_late, one.since))),
        places=_places(session, asking),
    )


def _trials(session: Session, cohorts: list[int]) -> tuple[tuple[Trial, str], ...]:
    rows = session.exec(
        select(Trial, Person.name)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(col(Trial.cohort_id).in_(cohorts), Trial.state != TrialState.DECIDED)
        .order_by(col(Trial.id))
    )
    return tuple((trial, name) for trial, name in rows)


def _places(session: Session, asking: Asking) -> tuple[Place, ...]:
    cohorts = [one.cohort for one in asking.held]
    channels = new_in_channels(session, asking.mentor, [one.id or 0 for one in cohorts])
    rooms = new_in_rooms(session, asking.mentor, asking.trial_ids)
    return (
        *(
            Place(
                f"{one.name}: channel",
                url_for("channel.show", pid=one.public_id),
                channels.get(one.id or 0, 0),
            )
            for one in cohorts
        ),
        *(
            Place(name, url_for("room.show", pid=one.public_id), rooms.get(one.id or 0, 0))
            for one, name in asking.trials
        ),
    )
