"""Who lives in the demo: invented names, zones, announced hours, and what each is meant to show."""

from dataclasses import dataclass
from datetime import time

from trialsim.simulation.ghosts import GHOSTS, Ghost


@dataclass(frozen=True, slots=True)
class Candidate:
    """A scripted candidate: a name, a place to live, and the planted skill."""

    name: str
    zone: str
    starts: time
    ghost: Ghost

    @property
    def ends(self) -> time:
        """Return the end of the four announced hours."""
        return time(self.starts.hour + 4, self.starts.minute)


_SKILLS = {ghost.name: ghost for ghost in GHOSTS}

CANDIDATES = (
    Candidate("Noor Haddad", "Europe/Lisbon", time(9), _SKILLS["excellent"]),
    Candidate("Mateo Rossi", "America/Argentina/Cordoba", time(8), _SKILLS["average"]),
    Candidate("Elodie Martin", "America/Montreal", time(9), _SKILLS["fast but wrong"]),
    Candidate("Sofia Lindqvist", "Europe/Stockholm", time(8), _SKILLS["slow but careful"]),
    Candidate("Kwame Boateng", "Africa/Accra", time(9), _SKILLS["late bloomer"]),
    Candidate("Priya Raman", "Asia/Kolkata", time(10), _SKILLS["drifting"]),
    Candidate("Daniel Okafor", "Africa/Lagos", time(9), _SKILLS["kind but inaccurate"]),
    Candidate("Ji-woo Han", "Asia/Seoul", time(10), _SKILLS["silent"]),
)
FORMER_CANDIDATES = (
    Candidate("Iris Novak", "Europe/Prague", time(9), _SKILLS["excellent"]),
    Candidate("Tariq Aziz", "Asia/Karachi", time(10), _SKILLS["fast but wrong"]),
    Candidate("Lucia Ferrer", "Europe/Madrid", time(9), _SKILLS["average"]),
)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is no candidate."""

    name: str
    zone: str


MANAGER = Colleague("Lena Fischer", "Europe/Berlin")
MENTORS = (
    Colleague("Tomasz Wilk", "Europe/Warsaw"),
    Colleague("Amara Obi", "Africa/Lagos"),
    Colleague("Jun-seo Park", "Asia/Seoul"),
)
COMMITTEE = (
    Colleague("Rahel Stein", "Europe/Zurich"),
    Colleague("Benedikt Aal", "Europe/Oslo"),
    Colleague("Thandi Mokoena", "Africa/Johannesburg"),
)


def email(name: str) -> str:
    """Return an address on a reserved domain, which nobody can own."""
    return name.lower().replace(" ", ".").replace("-", "") + "@demo.example"
