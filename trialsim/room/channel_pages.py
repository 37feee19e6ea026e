"""The channel's page, put together for one reader."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.accounts.models import Person
from trialsim.programmes.models import Cohort
from trialsim.programmes.rules import Relation, Role
from trialsim.room.channel import WRITABLE, Spoken, candidates_here, colleagues, handles, spoken
from trialsim.room.choices import choice_of
from trialsim.room.marks import new_in_rooms, read_until
from trialsim.room.mentions import Handle, mentioned
from trialsim.room.presence import Presence, here_first
from trialsim.trials.models import Trial

ROLE_WORDS = {Role.CANDIDATE: "candidate", Role.MENTOR: "mentor"}


@dataclass(frozen=True, slots=True)
class ChannelPage:
    """A cohort's channel; `trial` is the reader's own, when they are a candidate of it."""

    cohort: Cohort
    trial: Trial | None
    standing: Relation
    reader: Person
    shown_as: str
    posts: list[Spoken]
    handles: tuple[Handle, ...]
    here: tuple[Presence, ...]
    read_until: datetime
    new_in_room: int

    @property
    def may_write(self) -> bool:
        """Whether the channel takes posts now."""
        return self.cohort.state in WRITABLE

    @property
    def asks_name(self) -> bool:
        """Whether the reader must say under which name to write."""
        return self.standing is Relation.PEER and not self.shown_as

    def is_new(self, one: Spoken) -> bool:
        """Whether somebody else wrote a post since the reader was here."""
        return one.post.author_id != self.reader.id and one.post.at > self.read_until

    @property
    def first_new(self) -> str:
        """Return the first post that is new to the reader, or nothing."""
        return next((one.post.public_id for one in self.posts if self.is_new(one)), "")

    @property
    def new_count(self) -> int:
        """Return how many posts are new to the reader."""
        return sum(self.is_new(one) for one in self.posts)

    def names_reader(self, one: Spoken) -> bool:
        """Whether a post mentions the reader."""
        own = Handle(self.reader.id or 0, self.shown_as)
        others = [handle for handle in self.handles if handle.person_id != own.person_id]
        found = mentioned(one.post.body, [own, *others]) if own.name else ()
        return one.post.author_id != own.person_id and own in found

    @staticmethod
    def role_words(one: Spoken) -> str:
        """Return what an author is, beside their name."""
        return ROLE_WORDS.get(one.role, "") if one.role else "programme manager"


def channel_page(
    session: Session,
    cohort: Cohort,
    trial: Trial | None,
    standing: Relation,
    reader: Person,
    now: datetime,
) -> ChannelPage:
    """Return a channel for somebody who may read it; at most six queries.

    Candidates are told the hours of mentors alone.
    """
    mentors, posts = colleagues(session, cohort.id or 0), spoken(session, cohort)
    here = [one.presence(now) for one in mentors if one.person.id != reader.id]
    if standing is not Relation.PEER:
        here += candidates_here(session, cohort.id or 0, now)
    new = new_in_rooms(session, reader, [trial.id or 0]) if trial else {}
    return ChannelPage(
        cohort=cohort,
        trial=trial,
        standing=standing,
        reader=reader,
        shown_as=shown_name(session, standing, reader),
        posts=posts,
        handles=tuple(one for one in handles(mentors, posts) if one.person_id != reader.id),
        here=here_first(here),
        read_until=read_until(session, reader, cohort.public_id),
        new_in_room=sum(new.values()),
    )


def shown_name(session: Session, standing: Relation, person: Person) -> str:
    """Return the name somebody shows in channels: candidates choose it, others bear their own."""
    return choice_of(session, person).shown_as if standing is Relation.PEER else person.name
