"""Who takes part in the month, and where they meet."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from playwright.sync_api import Browser
from sqlmodel import col, select

from tests.browser.care import Care
from tests.browser.house import House
from tests.browser.person import Someone, at_browser
from trialsim.inbox.models import Ticket

PEOPLE = ("olu", "cem", "mina", "mika", "hana", "ravi", "lena")
MENTORS = ("mina", "mika")
COMMITTEE = ("hana", "ravi", "lena")


@dataclass(slots=True)
class Month:
    """The house, everybody at a browser of their own, and the addresses found on the way."""

    house: House
    care: Care
    people: dict[str, Someone]
    cohort: str = ""
    trial: str = ""
    packet: str = ""
    tickets: list[str] = field(default_factory=list)

    @property
    def manager(self) -> Someone:
        """Olu."""
        return self.people["olu"]

    @property
    def candidate(self) -> Someone:
        """Cem."""
        return self.people["cem"]

    @property
    def mentors(self) -> list[Someone]:
        """Mina, who leads, and Mika."""
        return [self.people[name] for name in MENTORS]

    @property
    def committee(self) -> list[Someone]:
        """Hana, Ravi and Lena."""
        return [self.people[name] for name in COMMITTEE]

    def waiting(self) -> list[str]:
        """Return the scored tickets that nobody has answered yet, the oldest first."""
        with self.house.looked_into() as session:
            query = select(Ticket).order_by(col(Ticket.number))
            return [
                one.public_id
                for one in session.exec(query)
                if one.answered_at is None and not one.practice
            ]

    def look_again(self) -> None:
        """Open every kind of page once more for each role, narrow and dark."""
        for alike in (("olu",), ("cem",), MENTORS, COMMITTEE):
            known: set[str] = set()
            for name in alike:
                fresh = {kind: at for kind, at in self.care.seen[name].items() if kind not in known}
                known |= fresh.keys()
                someone = self.people[name]
                someone.opens("/account")
                self.care.look_again(someone.page, name, fresh.values())


@contextmanager
def a_month(browser: Browser, house: House, care: Care) -> Iterator[Month]:
    """Give everybody a browser."""
    with ExitStack() as open_browsers:
        people = {
            name: open_browsers.enter_context(
                at_browser(browser, house, f"{name}@example.org", care)
            )
            for name in PEOPLE
        }
        yield Month(house, care, people)
