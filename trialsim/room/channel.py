"""The channel of a cohort: what everybody in it wrote, and writing there."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.journal.actions import record
from trialsim.kit.errors import Conflict, Invalid
from trialsim.programmes.models import Cohort, CohortState, Membership
from trialsim.programmes.rules import Role
from trialsim.room.mentions import Handle
from trialsim.room.models import ChannelPost, RoomChoice
from trialsim.room.presence import Presence, announced, presence, usual_hours
from trialsim.trials.models import Trial
from trialsim.trials.rules import TrialState

NEWEST = 200
WRITABLE = (CohortState.STARTED, CohortState.DECIDING)
_AT_WORK = (TrialState.TRAINING, TrialState.LIVE)


@dataclass(frozen=True, slots=True)
class Spoken:
    """One post, and what its author is in the cohort: a candidate, mentor, or nothing."""

    post: ChannelPost
    role: Role | None


@dataclass(frozen=True, slots=True)
class Colleague:
    """A mentor with what they announced."""

    person: Person
    chosen: RoomChoice | None

    def presence(self, now: datetime) -> Presence:
        """Return where they stand in their own hours."""
        one = self.chosen
        hours = usual_hours(
            self.person.zone,
            one.weekdays if one else None,
            one.day_starts if one else None,
            one.day_ends if one else None,
        )
        return presence(self.person.name, hours, now)


def spoken(session: Session, cohort: Cohort) -> list[Spoken]:
    """Return a channel's posts, oldest first, at most the newest 200; one query."""
    rows = session.exec(
        select(ChannelPost, Membership.role)
        .outerjoin(
            Membership,
            (col(Membership.cohort_id) == ChannelPost.cohort_id)
            & (col(Membership.person_id) == ChannelPost.author_id),
        )
        .where(ChannelPost.cohort_id == cohort.id)
        .order_by(col(ChannelPost.at).desc(), col(ChannelPost.id).desc())
        .limit(NEWEST)
    ).all()
    return [Spoken(post, Role(role) if role else None) for post, role in reversed(rows)]


def colleagues(session: Session, cohort_id: int) -> list[Colleague]:
    """Return a cohort's mentors with the hours they announced; one query."""
    rows = session.exec(
        select(Person, RoomChoice)
        .join(Membership, col(Membership.person_id) == Person.id)
        .outerjoin(RoomChoice, col(RoomChoice.person_id) == Person.id)
        .where(
            Membership.cohort_id == cohort_id,
            Membership.role == Role.MENTOR,
            col(Membership.ended_at).is_(None),
        )
        .order_by(col(Membership.id))
    )
    return [Colleague(person, chosen) for person, chosen in rows]


def candidates_here(session: Session, cohort_id: int, now: datetime) -> list[Presence]:
    """Return the candidates at work with their own clocks, for mentors alone; one query."""
    rows = session.exec(
        select(Trial, Person.name)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(Trial.cohort_id == cohort_id, col(Trial.state).in_(_AT_WORK))
        .order_by(col(Trial.id))
    )
    return [candidate_presence(trial, name, now) for trial, name in rows]


def candidate_presence(trial: Trial, name: str, now: datetime) -> Presence:
    """Return where a candidate stands in their announced hours."""
    hours = announced(trial.weekdays, trial.day_starts, trial.day_ends, trial.zone)
    return presence(name, hours, now)


def handles(mentors: list[Colleague], posts: list[Spoken]) -> list[Handle]:
    """Return who can be mentioned: the mentors, and who has shown a name by writing.

    A candidate who has not written yet is named to nobody.
    """
    known = {one.person.id or 0: one.person.name for one in mentors}
    shown = {one.post.author_id: one.post.shown_as for one in posts}
    return [Handle(person_id, name) for person_id, name in {**shown, **known}.items()]


def write(
    session: Session, cohort: Cohort, *, by: Person, shown_as: str, body: str, now: datetime
) -> ChannelPost:
    """Write in the channel of a cohort, under the name one shows there.

    Raises:
        Conflict: before the cohort starts and after it has finished.
        Invalid: without a name, or under one that somebody else shows.
    """
    if cohort.state not in WRITABLE:
        raise Conflict("This channel is open while the cohort is at work. Your text is kept below.")
    if not shown_as:
        raise Invalid(fields={"shown_as": "Please choose a name for the channel."})
    if _is_taken(session, cohort, by, shown_as):
        raise Invalid(fields={"shown_as": "Somebody here has this name. Please choose another."})
    post = ChannelPost(
        cohort_id=cohort.id or 0, author_id=by.id or 0, shown_as=shown_as, body=body, at=now
    )
    session.add(post)
    session.flush()
    record(
        session,
        "channel_post",
        cohort.public_id,
        by=by.id,
        at=now,
        detail={"post": post.public_id},
    )
    return post


def _is_taken(session: Session, cohort: Cohort, by: Person, name: str) -> bool:
    """Whether a name is a mentor's or one that another author has shown."""
    shown = session.exec(
        select(ChannelPost.shown_as)
        .where(ChannelPost.cohort_id == cohort.id, ChannelPost.author_id != by.id)
        .distinct()
    ).all()
    mentors = [
        one.person.name for one in colleagues(session, cohort.id or 0) if one.person.id != by.id
    ]
    return name.casefold() in {one.casefold() for one in (*shown, *mentors)}
