"""The page of live chats, put together for the signed-in candidate."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from trialsim.accounts.models import Person
from trialsim.accounts.signing_in import current_person
from trialsim.inbox.actions.channels import Doors, doors
from trialsim.inbox.actions.release import catch_up
from trialsim.inbox.composing import FilledMacro, filled_macros
from trialsim.inbox.pages import company
from trialsim.inbox.queries.chats import Chat, chats, pulse
from trialsim.inbox.rules import DESK_WORK, RUNNING
from trialsim.inbox.states import Status
from trialsim.simulation.holding import SUGGESTED
from trialsim.simulation.types import Pack
from trialsim.trials.current import own_trial
from trialsim.trials.models import Trial
from trialsim.trials.queries import Time, time_of
from trialsim.web.context import now
from trialsim.web.session import engine, session

_SOON, _LATER = 4, 10  # seconds between two looks: while an answer is expected, and else


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody typed into one chat and what keeps it from being sent."""

    ticket: str
    values: Mapping[str, str]
    errors: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChatsPage:
    """One to three chats side by side, and whether new ones are taken."""

    trial: Trial
    time: Time
    held: Doors
    chats: tuple[Chat, ...]
    pack: Pack
    person: Person
    token: str
    typed: Typed | None

    @property
    def may_work(self) -> bool:
        """Whether somebody is at the desk, so that it is paid."""
        running = self.time.running
        at_desk = running is not None and running.kind in DESK_WORK
        return self.trial.state in RUNNING and at_desk

    @property
    def is_open(self) -> bool:
        """Whether a mentor has opened chat."""
        return self.held.at_once > 0

    @property
    def at_once_words(self) -> str:
        """Return how many chats may go on at the same time."""
        return ("none", "one at a time", "two at a time", "three at a time")[self.held.at_once]

    @property
    def poll_seconds(self) -> int:
        """Return how often the page looks for news."""
        expects = any(one.ticket.status is Status.PENDING for one in self.chats)
        return _SOON if expects else _LATER

    def foreign(self, chat: Chat) -> str:
        """Return a customer's language where it is not the company's first."""
        return chat.language if chat.language != self.pack.languages[0] else ""

    def macros(self, chat: Chat) -> list[FilledMacro]:
        """Return the macros filled for one customer."""
        return filled_macros(self.pack.macros.values(), chat.customer, self.person)

    @staticmethod
    def holding(chat: Chat) -> str:
        """Return words that ask the customer to wait a moment, in their language."""
        return SUGGESTED.get(chat.language, SUGGESTED["en"])

    def text(self, chat: Chat, name: str) -> str:
        """Return what a box of a chat holds: what was typed and not taken, else the draft."""
        if self.typed is not None and self.typed.ticket == chat.ticket.public_id:
            return self.typed.values.get(name, "")
        return chat.reply if name == "reply" else chat.note

    def error(self, chat: Chat) -> str:
        """Return why the last text of a chat was not taken."""
        if self.typed is None or self.typed.ticket != chat.ticket.public_id:
            return ""
        return " ".join(self.typed.errors.values())


def chats_page(typed: Typed | None = None) -> ChatsPage:
    """Return the page after letting happen what is due; a fixed number of queries."""
    trial, moment, person = own_trial(), now(), current_person()
    time = time_of(session, trial, moment)
    held = doors(session, trial, time)
    found = pulse(session, person.id or 0, moment)
    is_left = time.running is None and held.going_on > 0
    if found.is_due or found.is_ignored or is_left or (held.has_room and held.is_calm(moment)):
        session.commit()  # nothing was changed: it only lets go of what it read
        catch_up(engine(), trial.id or 0, moment)
        time = time_of(session, trial, moment)
        held = doors(session, trial, time)
        found = pulse(session, person.id or 0, moment)
    return ChatsPage(
        trial=trial,
        time=time,
        held=held,
        chats=chats(session, trial, moment),
        pack=company(trial),
        person=person,
        token=found.token,
        typed=typed,
    )
