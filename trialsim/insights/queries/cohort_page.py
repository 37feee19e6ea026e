"""The cohort page: live facts about people, frozen figures about their work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from trialsim.insights import drawings, words
from trialsim.insights.frozen import Json, curve_of
from trialsim.insights.models import Snapshot
from trialsim.insights.queries.people import people_of
from trialsim.insights.queries.snapshots import trial_measures
from trialsim.insights.rules.attention import Entry, OnTrial, Owed, entries
from trialsim.insights.words import Cell
from trialsim.kit.text import initials
from trialsim.measurement.planning import RELIABLE
from trialsim.programmes.models import Cohort
from trialsim.reviews.queries import feedback_debt
from trialsim.web.charts import Drawing
from trialsim.web.filters import avatar_tone

PEOPLE_A_PAGE = 24
MOST_ENTRIES = 12

_HOURS_TOLD = 4  # how many places of a curve the table of numbers names


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person on the page: their ramp, and their row of the table."""

    name: str
    public_id: str
    local_time: str
    note: str
    ramp: Drawing
    spark: Drawing | None
    quality: str
    strip: Drawing
    communication: str
    answer: str
    is_answered: bool
    is_answer_late: bool
    time_to_close: Cell
    rating: Cell


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the figures can be trusted."""

    reliability: str
    agreement: Sequence[tuple[str, str, Cell]]
    severity: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table behind a chart."""

    columns: Sequence[object]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class CohortPage:
    """Everything the page shows."""

    cohort: Cohort
    day: str
    headline: str
    taken_at: datetime
    entries: Sequence[Entry]
    more_entries: int
    somebody: Sequence[Somebody]
    ramp_numbers: Numbers
    week_numbers: Numbers
    trust: Trust
    ready: str
    warn_ranking: str
    number: int
    position: str
    previous: int
    next: int
    now: datetime

    @property
    def initials(self) -> Mapping[str, str]:
        """Return the initials of each name among the entries."""
        return {entry.name: initials(entry.name) for entry in self.entries if entry.name}

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
    """Return page `number` (from 1) of a cohort; four queries at any size.

    People stand in the order of invitation, on every page and in every list: there is no rank.
    """
    body = snapshot.body
    people = people_of(session, cohort.id or 0, now)
    owed = _owed(session, cohort, now)
    last = max(1, -(-len(people) // PEOPLE_A_PAGE))
    number = min(max(number, 1), last)
    first = (number - 1) * PEOPLE_A_PAGE
    on_page = people[first : first + PEOPLE_A_PAGE]
    parts = trial_measures(session, snapshot, [one.trial_id for one in on_page])
    shown = [one for one in on_page if one.trial_id in parts]  # a newer one waits for the next
    todo = entries(people, owed, _fallen(people, body), now)
    axes = drawings.shared(body, parts.values())
    day = words.day_words(body["day"], body["terms"]["length_days"])
    return CohortPage(
        cohort=cohort,
        day=day,
        headline=" ".join([f"{day}.", *body["headline"]]) if body["trials"] else "",
        taken_at=snapshot.taken_at,
        entries=todo[:MOST_ENTRIES],
        more_entries=max(0, len(todo) - MOST_ENTRIES),
        somebody=[
            _somebody(one, parts[one.trial_id], body, axes, now, is_first=not at)
            for at, one in enumerate(shown)
        ],
        ramp_numbers=_ramp_numbers(shown, parts, axes),
        week_numbers=_week_numbers(shown, parts, axes),
        trust=_trust(body, reader_id),
        ready=f"{axes.ready:.0f}%",
        warn_ranking=_warn_ranking(body),
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


def _owed(session: Session, cohort: Cohort, now: datetime) -> Owed | None:
    """Return what is owed to the whole cohort: by person it would tell who is behind a code."""
    debts = feedback_debt(session, cohort.id or 0, now).values()
    if not debts:
        return None
    return Owed(sum(debt.count for debt in debts), min(debt.oldest_due_at for debt in debts))


def _fallen(people: Sequence[OnTrial], body: Json) -> list[tuple[OnTrial, Sequence[float]]]:
    fallen = body["fallen"]
    found = [(one, fallen.get(str(one.trial_id))) for one in people]
    return [(one, figures) for one, figures in found if figures]


def _somebody(
    one: OnTrial, part: Json, body: Json, axes: drawings.Shared, now: datetime, *, is_first: bool
) -> Somebody:
    below = drawings.is_below_ready(part, body["terms"])
    note = words.sentence(part["ramp"]["words"])
    answer = words.cell(part["communication"]["answer"])
    minutes = part["communication"]["answer"]["value"] or 0
    rated = words.cell(part["rating"], counted="rated", drawing=drawings.share_dot(part["rating"]))
    return Somebody(
        name=one.name,
        public_id=one.public_id,
        local_time=words.local_time(one.hours, now),
        note=f"{note}, with half of the hours worked" if below else note,
        ramp=drawings.small_ramp(part, axes, attention=below, is_first=is_first),
        spark=drawings.weekly_spark(part, axes, attention=bool(part["quality"]["fell"])),
        quality=_quality_words(part),
        strip=drawings.communication_strip(part, min(body["day"], axes.length_days)),
        communication=_communication_words(part),
        answer=answer.value,
        is_answered=bool(answer.likely),
        is_answer_late=minutes > drawings.GUIDE_HOURS * 60,
        time_to_close=words.cell(
            part["time_to_close"], drawing=drawings.time_to_close_dot(part, axes)
        ),
        rating=rated,
    )


def _quality_words(part: Json) -> str:
    weeks = [(week, one) for week, one in part["quality"]["weeks"].items() if one["value"]]
    if not weeks:
        return "Appears after three reviews in a week"
    (first, start), (last, end) = weeks[0], weeks[-1]
    now = f"{end['value']:.0f} of 100 in week {last}"
    return now if first == last else f"{now}, {start['value']:.0f} in week {first}"


def _communication_words(part: Json) -> str:
    updates = part["communication"]["updates"]
    if updates["value"] is None:
        return "No work day yet."
    kept = round(updates["value"] * updates["n"])
    return f"An update on {kept} of {updates['n']} work days."


def _ramp_numbers(
    people: Sequence[OnTrial], parts: Mapping[int, Json], axes: drawings.Shared
) -> Numbers:
    places = [tick for tick in axes.hours.ticks if tick > 0][:_HOURS_TOLD]
    columns: list[object] = ["Candidate"]
    columns += [(f"Hour {place:g}", "num") for place in places]
    columns += [("Now", "num"), ("Likely range", "num"), ("Tickets", "num"), "Ready line"]
    rows = []
    for one in people:
        ramp = parts[one.trial_id]["ramp"]
        level = words.cell(ramp["level"])
        told = [_at_hour(ramp, place) for place in places]
        reached = words.sentence(ramp["words"])
        rows.append([one.name, *told, level.value, level.likely, str(ramp["tickets"]), reached])
    return Numbers(columns, rows)


def _at_hour(ramp: Json, hour: float) -> str:
    points = curve_of(ramp["curve"])
    if not points or not points[0].hour <= hour <= points[-1].hour:
        return ""
    nearest = min(points, key=lambda point: abs(point.hour - hour))
    return f"{nearest.value:.0%}"


def _week_numbers(
    people: Sequence[OnTrial], parts: Mapping[int, Json], axes: drawings.Shared
) -> Numbers:
    weeks = [str(int(tick)) for tick in axes.weeks.ticks]
    columns: list[object] = ["Candidate", ("Level", "num"), ("Likely range", "num")]
    columns += [(f"Week {week}", "num") for week in weeks]
    columns += [("Solved well", "num"), ("Reopened", "num"), ("Paid hours", "num")]
    rows = []
    for one in people:
        part = parts[one.trial_id]
        level, scores = words.cell(part["quality"]["level"]), part["quality"]["weeks"]
        told = [_score(scores.get(week)) for week in weeks]
        good, reopened = words.cell(part["outcome"]["good"]), words.cell(part["reopened"])
        hours = words.paid_words(part["hours"] * 60)
        rows.append(
            [one.name, level.value, level.likely, *told, _ranged(good), _ranged(reopened), hours]
        )
    return Numbers(columns, rows)


def _score(stored: Json | None) -> str:
    if stored is None or stored["value"] is None:
        return ""
    return f"{stored['value']:.0f} ({stored['low']:.0f} to {stored['high']:.0f})"


def _ranged(one: Cell) -> str:
    return f"{one.value} ({one.likely})" if one.likely else one.value


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
