"""What the composer of a conversation shows: drafts, macros, the outbox, a mentor's look."""

from collections.abc import Iterable
from dataclasses import dataclass

from trialsim.accounts.models import Person
from trialsim.inbox.models import Customer, Draft, Look, MessageKind, Status
from trialsim.inbox.queries.macros import filled_macro, values_for
from trialsim.inbox.queries.thread import Thread
from trialsim.inbox.rules import ASKED, MEANWHILE
from trialsim.inbox.substitution import missing
from trialsim.simulation.types import Macro

SENDS = (
    ("pending", "Pending", "wait for an answer", "P"),
    ("solved", "Solved", "I think this is done", "S"),
    ("hold", "On hold", "wait for a colleague", "H"),
)
STATUS_OF = {"on hold": Status.HOLD, **{one.value: one for one in Status}}
REASONS = (
    "Only this team has the access it needs",
    "It is above what I may decide",
    "Security or privacy is touched",
    "A fault in the product",
    "The customer asks for it",
)


@dataclass(frozen=True, slots=True)
class FilledMacro:
    """A macro as the composer shows it; `effects` says in words what else it means."""

    id: str
    title: str
    body: str
    send_as: str = ""
    effects: str = ""
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Composing:
    """Everything around the text boxes of one conversation."""

    open: Thread
    person: Person

    def draft(self, kind: str) -> Draft | None:
        """Return the stored draft of a kind."""
        return next((draft for one, draft in self.open.drafts.items() if one == kind), None)

    def text(self, kind: str) -> str:
        """Return the stored text of a kind, or nothing."""
        draft = self.draft(kind)
        return draft.body if draft else ""

    @property
    def macros(self) -> list[FilledMacro]:
        """Return the company's macros with their variables filled for this customer."""
        return filled_macros(self.open.macros, self.open.customer, self.person)

    def macro(self, macro: str) -> FilledMacro | None:
        """Return one macro, or None for an unknown one."""
        return next((one for one in self.macros if one.id == macro), None)

    def sends(self, first: str = "") -> list[tuple[str, str, str, str]]:
        """Return the ways to send a reply: the asked one, the draft's, or the usual one first."""
        draft = self.draft("reply")
        wanted = first or (draft.send_as if draft else "") or SENDS[0][0]
        return sorted(SENDS, key=lambda one: one[0] != wanted)

    @property
    def look(self) -> Look | None:
        """Return the latest look at a draft that was asked for since the last reply, if any."""
        look = self.open.look
        sent = [one.at for one in self.open.messages if one.kind is MessageKind.REPLY]
        if self.open.held is not None:
            sent.append(self.open.held.sent_at)
        return look if look and all(at < look.asked_at for at in sent) else None

    @property
    def meanwhile(self) -> str:
        """Return what the customer wrote last when nothing was written after it, else nothing."""
        last = next((one for one in reversed(self.open.messages) if one.kind != "event"), None)
        return last.body if last is not None and last.kind is MessageKind.CUSTOMER else ""

    @staticmethod
    def is_meanwhile(words: str) -> bool:
        """Whether a reply was not sent because something was written first."""
        return words == MEANWHILE

    @property
    def reasons(self) -> tuple[str, ...]:
        """Return usual reasons for handing a conversation to a team."""
        return REASONS

    @property
    def has_asked(self) -> bool:
        """Whether a colleague was asked about this conversation."""
        return any(one.kind == "event" and one.body == ASKED for one in self.open.messages)


def filled_macros(macros: Iterable[Macro], customer: Customer, person: Person) -> list[FilledMacro]:
    """Return macros filled for one customer, with what they mean for the status and the tags."""
    values = values_for(customer, person)
    return [
        FilledMacro(
            one.id,
            one.title,
            filled_macro(one.text, customer, person),
            send_as=STATUS_OF[one.status].value if one.status in STATUS_OF else "",
            effects=effects_of(one.status or ""),
            asks=missing(one.text, values),
        )
        for one in macros
    ]


def effects_of(status: str) -> str:
    """Return in words what a saved reply changes beside the text."""
    found = STATUS_OF.get(status)
    word = next((word for value, word, _, _ in SENDS if found and value == found.value), "")
    return f"To be sent as {word}" if word else "Sent as you choose"
