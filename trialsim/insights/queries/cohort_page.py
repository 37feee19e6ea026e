"""The cohort page: live facts about people, and how far their figures can be trusted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.insights import drawings, words
from trialsim.insights.frozen import Json
from trialsim.insights.models import Snapshot
from trialsim.insights.queries.people import people_of
from trialsim.insights.queries.promises import Promised, promised
from trialsim.insights.rules.attention import Entry, OnTrial, Owed, entries
from trialsim.insights.words import Cell
from trialsim.kit.text import initials
from trialsim.measurement.planning import RELIABLE
from trialsim.programmes.models import Cohort
from trialsim.web.filters import avatar_tone

PEOPLE_A_PAGE = 24
MOST_ENTRIES = 12


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the figures can be trusted."""

    reliability: str
    agreement: Sequence[tuple[str, str, Cell]]
    severity: str


@dataclass(frozen=True, slots=True)
class CohortPage:
    """Everything the page shows beside the figures of the people on it (`cohort_figures`)."""

    cohort: Cohort
    day: str
    headline: str
    taken_at: datetime
    entries: Sequence[Entry]
    owing: Promised
    more_entries: int
    shown: Sequence[OnTrial]
    trust: Trust
    ready: str
    warn_ranking: str
    left_out: int
    number: int
    position: str
    previous: int
    next: int
    now: datetime

    @property
    def initials(self) -> Mapping[str, str]:
        """Return the initials of each name among the entries."""
        return {entry.name: initials(entry.name) for entry in self.entries if entry.name}

    def local_time(self, one: OnTrial) -> str:
        """Return the time of day where somebody is."""
        return words.local_time(one.hours, self.now)

    @staticmethod
    def tone(name: str) -> int:
        """Return the tint of a person's mark."""
        return avatar_tone(name)


def cohort_page(
    session: Session,
    cohort: Cohort,
    snapshot: Snapshot,
    *,
    reader_id: int,
    number: int,
    now: datetime,
) -> CohortPage:
    """Return page `number` (from 1) of a cohort; three queries at any size.

    People stand in the order of invitation, on every page and in every list: there is no rank.
    """
    body = snapshot.body
    people = people_of(session, cohort.id or 0, now)
    owing = promised(session, cohort, now)
    owed = _owed(owing)
    last = max(1, -(-len(people) // PEOPLE_A_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * PEOPLE_A_PAGE
    shown = people[first : first + PEOPLE_A_PAGE]
    todo = entries(people, owed, _fallen(people, body), now)
    day = words.day_words(body["day"], body["terms"]["length_days"])
    return CohortPage(
        cohort=cohort,
        day=day,
        headline=" ".join([f"{day}.", *body["headline"]]) if body["trials"] else "",
        taken_at=snapshot.taken_at,
        entries=todo[:MOST_ENTRIES],
        owing=owing,
        more_entries=max(0, len(todo) - MOST_ENTRIES),
        shown=shown,
        trust=_trust(body, reader_id),
        ready=f"{body['terms']['ready_line']:.0%}",
        warn_ranking=_warn_ranking(body),
        left_out=body.get("left_out", 0),
        number=number,
        position=f"{first + 1} to {first + len(shown)} of {len(people)}",
        previous=number - 1,
        next=number + 1 if number < last else 0,
        now=now,
    )


def _warn_ranking(body: Json) -> str:
    if body["overlap"] is None:
        return "It is too early to tell people apart."
    return f"In ramp-up, the likely ranges of {body['overlap']:.0%} of all pairs still overlap."


def _owed(owing: Promised) -> Owed | None:
    """Return what is owed to the whole cohort: by person it would tell who is behind a code."""
    feedback = owing.feedback
    if feedback is None or not feedback.is_late(owing.now):
        return None
    return Owed(feedback.count, feedback.due_at)


def _fallen(people: Sequence[OnTrial], body: Json) -> list[tuple[OnTrial, Sequence[float]]]:
    fallen = body["fallen"]
    found = [(one, fallen.get(str(one.trial_id))) for one in people]
    return [(one, figures) for one, figures in found if figures]


def _trust(body: Json, reader_id: int) -> Trust:
    found = body["reliability"]
    reliability = found["words"]
    if found["now"] is None and found["expected_day"]:
        day = found["expected_day"]
        reliability += f" With the planned reviews {RELIABLE:.2f} may be expected about day {day}."
    own = body["severity"].get(str(reader_id))
    return Trust(
        reliability=reliability,
        agreement=agreement_rows(body),
        severity=words.severity_words(own) if own else "",
    )


def agreement_rows(body: Json) -> list[tuple[str, str, Cell]]:
    """Return (name, what may be said, figure) for scores as a whole and for each category."""
    names = dict(body["terms"]["categories"])
    agreed = body["agreement"]
    rows = [("Overall", agreed["overall"])]
    rows += [
        (names[category], agreed["categories"][category])
        for category in names
        if category in agreed["categories"]
    ]
    return [(name, stored["words"], _agreed(stored)) for name, stored in rows]


def _agreed(stored: Json) -> Cell:
    is_open = stored["words"] == "not for decisions"
    return words.cell(stored, drawing=drawings.share_dot(stored, width=108, attention=is_open))
