"""The daily mail of what is new, for those who chose it: counts and places, never a text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Engine
from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.db import write_session
from trialsim.kit.worktime import local_day
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.rules import Role
from trialsim.room.marks import new_in_channels, new_in_rooms, open_mentions
from trialsim.room.models import Digest, RoomChoice
from trialsim.trials.models import Trial
from trialsim.trials.queries import Standing, standings

HOUR = 7  # of the reader's own day


@dataclass(frozen=True, slots=True)
class News:
    """What is new for somebody, counted."""

    mentions: int
    rooms: tuple[tuple[str, int], ...]
    channels: tuple[tuple[str, int], ...]

    @property
    def lines(self) -> list[str]:
        """Return one line a place; none when nothing is new."""
        named = [f"you were mentioned {_times(self.mentions)}"] if self.mentions else []
        return [
            *named,
            *(f"{words}: {_posts(count)}" for words, count in (*self.rooms, *self.channels)),
        ]


def due_digests(engine: Engine, now: datetime) -> list[int]:
    """Return who chose a daily mail and has not had today's; it is morning for them."""
    with Session(engine) as session:
        rows = session.exec(
            select(RoomChoice, Person.zone)
            .join(Person, col(Person.id) == RoomChoice.person_id)
            .where(RoomChoice.digest == Digest.DAILY, col(Person.deactivated_at).is_(None))
            .order_by(col(RoomChoice.person_id))
        )
        return [chosen.person_id for chosen, zone in rows if _is_due(chosen, zone, now)]


def send_digest(engine: Engine, person_id: int, base_url: str, now: datetime) -> int:
    """Write one person's mail of the day into the outbox; 1 when there was something to tell."""
    with write_session(engine) as session:
        chosen = session.exec(
            select(RoomChoice).where(RoomChoice.person_id == person_id).with_for_update()
        ).one()
        person = session.get_one(Person, person_id)
        if not _is_due(chosen, person.zone, now):
            return 0
        today = local_day(now, person.zone)
        chosen.digest_on = today
        session.add(chosen)
        lines = news(session, person).lines
        if not lines:
            return 0
        queue(
            session,
            recipient=person.email,
            subject="What is new in your cohort",
            body=mail_text("email/room/digest.txt", reader=person.name, lines=lines, link=base_url),
            dedupe_key=f"digest:{person_id}:{today.isoformat()}",
            now=now,
        )
        return 1


def news(session: Session, person: Person) -> News:
    """Return what is new in the places that somebody may read now; six queries."""
    held = [one for one in standings(session, person) if one.membership.role is not Role.COMMITTEE]
    rooms = _rooms(session, held)
    cohorts = {one.cohort.id or 0: one.cohort for one in held}
    places = {public_id for _, public_id, _ in rooms} | {one.public_id for one in cohorts.values()}
    posts = new_in_rooms(session, person, [trial for trial, _, _ in rooms])
    said = new_in_channels(session, person, list(cohorts))
    return News(
        mentions=sum(one.place in places for one in open_mentions(session, person)),
        rooms=tuple((words, posts[trial]) for trial, _, words in rooms if posts.get(trial)),
        channels=tuple(
            (f"{one.name}, channel", said[key]) for key, one in cohorts.items() if said.get(key)
        ),
    )


def _rooms(session: Session, held: Sequence[Standing]) -> list[tuple[int, str, str]]:
    """Return the rooms somebody reads: (trial, its public id, words for the reader)."""
    own = [
        (one.trial.id or 0, one.trial.public_id, "your room")
        for one in held
        if one.membership.role is Role.CANDIDATE and one.trial is not None
    ]
    led = [one.cohort.id for one in held if one.membership.role is Role.MENTOR]
    rows = session.exec(
        select(Trial.id, Trial.public_id, Person.name)
        .join(Person, col(Person.id) == Trial.person_id)
        .where(col(Trial.cohort_id).in_(led))
        .order_by(col(Trial.id))
    )
    return [*own, *((key or 0, public_id, f"room of {name}") for key, public_id, name in rows)]


def _is_due(chosen: RoomChoice, zone: str, now: datetime) -> bool:
    is_morning = now.astimezone(ZoneInfo(zone)).hour >= HOUR
    return chosen.digest is Digest.DAILY and is_morning and chosen.digest_on != local_day(now, zone)


def _posts(count: int) -> str:
    return "1 new post" if count == 1 else f"{count} new posts"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"
