"""What helps to keep the desk in order, as its pages show it: tabs, clocks, snoozing, choices."""

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from trialsim.inbox.models import Kind, Priority, Ticket
from trialsim.inbox.queries.queues import Desk
from trialsim.inbox.queries.views import SORTS, find_own_view, label_of, sort_of
from trialsim.inbox.searching import Search, marked
from trialsim.inbox.snoozing import PRESETS, wakes_at
from trialsim.inbox.targets import Left, clocks
from trialsim.trials.models import Trial
from trialsim.trials.queries import hours_of

AFTER = {
    "stay": "Stay here",
    "next": "Open the next",
    "list": "Back to the list",
}
MOST_TABS = 8
_HIT = Markup("<mark>{}</mark>")


@dataclass(frozen=True, slots=True)
class Tab:
    """One ticket kept open, and whether its customer waits."""

    id: str
    number: int
    subject: str
    is_waiting: bool


@dataclass(frozen=True, slots=True)
class Tools:
    """The tools of one page: of the trial whose desk it is, in the view that was asked for."""

    trial: Trial
    desk: Desk
    view: str
    search: Search | None
    is_working: bool
    now: datetime

    @property
    def label(self) -> str:
        """Return the name of the view."""
        return label_of(self.trial, self.view)

    @property
    def sort_words(self) -> str:
        """Return the order of the list in words."""
        return SORTS["new"] if self.search else SORTS[sort_of(self.trial, self.view)]

    @property
    def is_own_view(self) -> bool:
        """Whether the view is one the candidate saved."""
        return find_own_view(self.trial, self.view) is not None

    @property
    def query(self) -> dict[str, str]:
        """Return what an address carries on, so that the place in the list stays."""
        carried = {"view": self.view} if self.view != "reply" or self.is_working else {}
        return carried | ({"work": "1"} if self.is_working else {})

    @property
    def tabs(self) -> tuple[Tab, ...]:
        """Return the tickets kept open."""
        return tuple(
            Tab(one["id"], one["number"], one["subject"], one["id"] in self.desk.tabs)
            for one in self.trial.desk.get("tabs", ())
        )

    def is_tab(self, ticket: Ticket) -> bool:
        """Whether a ticket is kept open."""
        return any(one.id == ticket.public_id for one in self.tabs)

    @property
    def after(self) -> str:
        """Return what follows once a reply is sent."""
        return str(self.trial.desk.get("after", "stay"))

    @property
    def after_choices(self) -> list[tuple[str, str]]:
        """Return what may follow."""
        return list(AFTER.items())

    @property
    def presets(self) -> list[tuple[str, str, datetime]]:
        """Return the presets of snoozing, the last one used first: key, words, when it ends."""
        last = self.trial.desk.get("snooze", "")
        keys = sorted(PRESETS, key=lambda key: key != last)
        hours = hours_of(self.trial)
        return [(key, PRESETS[key], wakes_at(key, hours, self.now)) for key in keys]

    @property
    def known_tags(self) -> list[str]:
        """Return the tags used so far, the latest first."""
        return list(self.trial.desk.get("tags", ()))

    @property
    def priorities(self) -> list[tuple[str, str]]:
        """Return the priorities with their words."""
        return [(one.value, one.value.capitalize()) for one in Priority]

    @property
    def kinds(self) -> list[tuple[str, str]]:
        """Return the types with their words."""
        return [(one.value, one.value.capitalize()) for one in Kind]

    def clocks(self, ticket: Ticket) -> tuple[Left, ...]:
        """Return the time targets that run for a ticket."""
        return clocks(ticket, hours_of(self.trial), self.now)

    def is_asleep(self, ticket: Ticket) -> bool:
        """Whether a ticket is snoozed at this moment."""
        return ticket.snoozed_until is not None and ticket.snoozed_until > self.now

    def marked(self, text: str) -> str:
        """Return a text for a page, with what was looked for marked in it."""
        if not self.search or not self.search.marks:
            return text
        parts = marked(text, self.search.marks)
        return Markup().join(_HIT.format(part) if hit else part for part, hit in parts)
