"""What is new for somebody: read marks of rooms and channels, and mentions."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import update
from sqlmodel import Session, col, func, or_, select

from trialsim.accounts.models import Person
from trialsim.outbox.actions import queue
from trialsim.outbox.texts import mail_text
from trialsim.programmes.models import Cohort
from trialsim.room.mentions import Handle, mentioned
from trialsim.room.models import ChannelPost, Mention, Post, ReadMark, RoomChoice
from trialsim.trials.models import Trial

NEVER = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Named:
    """A mention that has not been read: the post, and the trial or cohort whose place it is in."""

    body: str
    author: str
    at: datetime
    post: str
    place: str
    in_channel: bool = False


def read_until(session: Session, person: Person, place: str) -> datetime:
    """Return up to when somebody has read a place; long ago for one never opened."""
    found = session.exec(
        select(ReadMark.read_at).where(ReadMark.person_id == person.id, ReadMark.place == place)
    ).first()
    return found or NEVER


def mark_read(session: Session, person_id: int, place: str, now: datetime) -> None:
    """Keep that somebody has read a place up to now, with the mentions of them in it."""
    row = session.exec(
        select(ReadMark)
        .where(ReadMark.person_id == person_id, ReadMark.place == place)
        .with_for_update()
    ).first() or ReadMark(person_id=person_id, place=place, read_at=now)
    row.read_at = max(row.read_at, now)
    session.add(row)
    rooms = select(Post.id).join(Trial, col(Trial.id) == Post.trial_id)
    channels = select(ChannelPost.id).join(Cohort, col(Cohort.id) == ChannelPost.cohort_id)
    session.execute(
        update(Mention)
        .where(
            col(Mention.person_id) == person_id,
            col(Mention.read_at).is_(None),
            or_(
                col(Mention.post_id).in_(rooms.where(Trial.public_id == place)),
                col(Mention.channel_post_id).in_(channels.where(Cohort.public_id == place)),
            ),
        )
        .values(read_at=now)
        .execution_options(synchronize_session=False)
    )


def new_in_rooms(session: Session, person: Person, trials: Collection[int]) -> Mapping[int, int]:
    """Return how many posts of others somebody has not read, by trial; one query."""
    rows = session.exec(
        select(Post.trial_id, func.count(col(Post.id)))
        .join(Trial, col(Trial.id) == Post.trial_id)
        .outerjoin(
            ReadMark,
            (col(ReadMark.place) == Trial.public_id) & (col(ReadMark.person_id) == person.id),
        )
        .where(
            col(Post.trial_id).in_(trials),
            Post.author_id != person.id,
            Post.at > func.coalesce(ReadMark.read_at, NEVER),
        )
        .group_by(col(Post.trial_id))
    )
    return dict(rows.all())


def new_in_channels(
    session: Session, person: Person, cohorts: Collection[int]
) -> Mapping[int, int]:
    """Return how many channel posts of others somebody has not read, by cohort; one query."""
    rows = session.exec(
        select(ChannelPost.cohort_id, func.count(col(ChannelPost.id)))
        .join(Cohort, col(Cohort.id) == ChannelPost.cohort_id)
        .outerjoin(
            ReadMark,
            (col(ReadMark.place) == Cohort.public_id) & (col(ReadMark.person_id) == person.id),
        )
        .where(
            col(ChannelPost.cohort_id).in_(cohorts),
            ChannelPost.author_id != person.id,
            ChannelPost.at > func.coalesce(ReadMark.read_at, NEVER),
        )
        .group_by(col(ChannelPost.cohort_id))
    )
    return dict(rows.all())


def open_mentions(session: Session, person: Person) -> list[Named]:
    """Return the mentions of somebody that they have not read, oldest first; two queries.

    Whoever shows them leaves out places that the person may not read any more.
    """
    mine = (Mention.person_id == person.id, col(Mention.read_at).is_(None))
    rooms = session.exec(
        select(Post, Person.name, Trial.public_id)
        .join(Mention, col(Mention.post_id) == Post.id)
        .join(Person, col(Person.id) == Post.author_id)
        .join(Trial, col(Trial.id) == Post.trial_id)
        .where(*mine)
    )
    channels = session.exec(
        select(ChannelPost, Cohort.public_id)
        .join(Mention, col(Mention.channel_post_id) == ChannelPost.id)
        .join(Cohort, col(Cohort.id) == ChannelPost.cohort_id)
        .where(*mine)
    )
    found = [
        *(Named(post.body, name, post.at, post.public_id, place) for post, name, place in rooms),
        *(
            Named(said.body, said.shown_as, said.at, said.public_id, place, in_channel=True)
            for said, place in channels
        ),
    ]
    return sorted(found, key=lambda one: (one.at, one.post))


def mention(
    session: Session,
    written: Post | ChannelPost,
    handles: Iterable[Handle],
    *,
    author: str,
    link: str,
) -> tuple[Handle, ...]:
    """Mark whom a post mentions, and mail those who chose that; returns who they are."""
    others = [one for one in handles if one.person_id != written.author_id]
    named = mentioned(written.body, others)
    if not named:
        return ()
    is_post = isinstance(written, Post)
    for one in named:
        session.add(
            Mention(
                person_id=one.person_id,
                post_id=written.id if is_post else None,
                channel_post_id=None if is_post else written.id,
                at=written.at,
            )
        )
    rows = session.exec(
        select(Person)
        .join(RoomChoice, col(RoomChoice.person_id) == Person.id)
        .where(
            col(Person.id).in_([one.person_id for one in named]),
            col(RoomChoice.mails_mentions).is_(True),
            col(Person.deactivated_at).is_(None),
        )
    )
    for person in rows:
        queue(
            session,
            recipient=person.email,
            subject="You were mentioned",
            body=mail_text("email/room/mention.txt", reader=person.name, author=author, link=link),
            dedupe_key=f"mention:{written.public_id}:{person.id}",
            now=written.at,
        )
    session.flush()
    return named
