"""One candidate's progress: frozen figures, large, with evidence to read in full."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, select

from trialsim.accounts.models import Person
from trialsim.inbox.queries.queues import incident_met
from trialsim.insights import drawings, words
from trialsim.insights.frozen import Json, curve_of, estimate_of
from trialsim.insights.models import Snapshot
from trialsim.insights.queries.categories import (
    CategoryChart,
    category_charts,
    category_numbers,
)
from trialsim.insights.queries.cohort_figures import Numbers
from trialsim.insights.queries.cohort_page import agreement_rows
from trialsim.insights.queries.evidence import Evidence, evidence
from trialsim.insights.queries.snapshots import trial_measures
from trialsim.insights.words import Cell
from trialsim.kit.text import initials
from trialsim.measurement.types import CurvePoint, Unit
from trialsim.measurement.wording import count_word, decimals, figure
from trialsim.programmes.models import Cohort
from trialsim.scenarios.queries import pack
from trialsim.trials.models import Trial
from trialsim.trials.queries import day_of, hours_of
from trialsim.web.charts import Drawing
from trialsim.web.filters import avatar_tone

_NUMBERS = 8  # how many places of the curve the table names


@dataclass(frozen=True, slots=True)
class Neighbour:
    """Who comes before or after in the order of invitation."""

    name: str
    public_id: str


@dataclass(frozen=True, slots=True)
class ProgressPage:
    """Everything the page shows; `ramp` is drawn for wide and for narrow screens."""

    trial: Trial
    cohort: Cohort
    name: str
    mark: str
    tone: int
    about: str
    previous: Neighbour | None
    next: Neighbour | None
    title: str
    ramp: tuple[Drawing, Drawing]
    events: Sequence[tuple[int, str]]
    ramp_numbers: Numbers
    ready: str
    parts: Sequence[tuple[str, Cell]]
    level: Cell
    level_note: str
    categories: Sequence[CategoryChart]
    category_numbers: Numbers
    reviews: int
    pass_line: float
    evidence: Sequence[Evidence]
    evidence_of: int
    agreement: Sequence[tuple[str, str, Cell]]
    doubles: int
    strip: Drawing
    communication: str
    facts: Sequence[tuple[str, str]]
    taken_at: datetime
    now: datetime


def progress_page(
    session: Session,
    trial: Trial,
    cohort: Cohort,
    snapshot: Snapshot,
    *,
    reader_id: int,
    now: datetime,
) -> ProgressPage | None:
    """Return a candidate's progress, or None while the newest snapshot does not know them."""
    part = trial_measures(session, snapshot, [trial.id or 0]).get(trial.id or 0)
    if part is None:
        return None
    body, people = snapshot.body, _people(session, trial)
    place = next(at for at, one in enumerate(people) if one.public_id == trial.public_id)
    name = people[place].name
    axes = drawings.shared(body, [part])
    shown, of = evidence(session, trial, reader_id)
    events = sorted([*_events(trial, part, shown), *_incident(session, trial, part)])
    return ProgressPage(
        trial=trial,
        cohort=cohort,
        name=name,
        mark=initials(name),
        tone=avatar_tone(name),
        about=_about(trial, body, _mentor(session, trial), now),
        previous=people[place - 1] if place else None,
        next=next(iter(people[place + 1 :]), None),
        title=_title(name, part),
        ramp=large_ramp(part, axes, name, body, events),
        events=[(number, said) for number, (_, said) in enumerate(events, start=1)],
        ramp_numbers=_ramp_numbers(part),
        ready=f"{axes.ready:.0f}%",
        parts=_parts(part),
        level=words.cell(part["quality"]["level"]),
        level_note=_level_note(part),
        categories=category_charts(part, body, axes),
        category_numbers=category_numbers(part, body, axes),
        reviews=part["quality"]["reviews"],
        pass_line=axes.pass_line,
        evidence=shown,
        evidence_of=of,
        agreement=agreement_rows(body),
        doubles=body["agreement"]["overall"]["n"],
        strip=drawings.communication_strip(part, min(body["day"], axes.length_days), labelled=True),
        communication=_communication(name, part),
        facts=_facts(part),
        taken_at=snapshot.taken_at,
        now=now,
    )


def large_ramp(
    part: Json,
    axes: drawings.Shared,
    name: str,
    body: Json,
    events: Sequence[tuple[float, str]],
) -> tuple[Drawing, Drawing]:
    """Return the large curve with its numbered events, wide and narrow."""
    hours = [hour for hour, _ in events]
    return drawings.large_ramp(part, axes, name, others=body["curves"], events=hours)


def _about(trial: Trial, body: Json, mentor: str, now: datetime) -> str:
    day = words.day_words(body["day"], body["terms"]["length_days"])
    hours = hours_of(trial)
    about = f"{day}, {words.local_time(hours, now)}. Works {words.hours_words(hours)}."
    return f"{about} Mentor: {mentor}." if mentor else about


def _people(session: Session, trial: Trial) -> list[Neighbour]:
    rows = session.exec(
        select(Person.name, Trial.public_id)
        .join(Trial, col(Trial.person_id) == Person.id)
        .where(Trial.cohort_id == trial.cohort_id)
        .order_by(col(Trial.id))
    )
    return [Neighbour(name, public_id) for name, public_id in rows]


def _mentor(session: Session, trial: Trial) -> str:
    return session.exec(select(Person.name).where(Person.id == trial.mentor_id)).first() or ""


def _title(name: str, part: Json) -> str:
    """Return the finding of the large chart."""
    ramp = part["ramp"]
    if ramp["level"]["value"] is None:
        return f"It is too early to say how quickly {name} ramps up"
    if ramp["reached"] is None:
        return f"{name} is on the way; when the ready line is reached cannot be said yet"
    if ramp["words"].startswith("reached"):
        return f"{name} {ramp['words'].replace('reached', 'reached the ready line')}"
    if ramp["words"] == "not yet":
        return f"{name} has not reached the ready line yet"
    return f"{name} may have reached the ready line, {ramp['words']}"


def _events(trial: Trial, part: Json, shown: Sequence[Evidence]) -> list[tuple[float, str]]:
    """Return what is numbered on the curve: paid hour and words, in order of time."""
    points = curve_of(part["ramp"]["curve"])
    if not points:
        return []
    found = [
        (_hour_of(points, one.day), f"Day {one.day}. {one.role}, {one.score:.0f}: {one.subject}")
        for one in shown
    ]
    if trial.live_at is not None:
        day = day_of(trial, trial.live_at)
        found.append((points[0].hour, f"Day {day}. Live queue opened. {trial.live_reason}"))
    return found


def _incident(session: Session, trial: Trial, part: Json) -> list[tuple[float, str]]:
    """Return the day on which something of the company's own failed, once the trial met it."""
    points, minute = curve_of(part["ramp"]["curve"]), incident_met(session, trial)
    if minute is None or not points or points[-1].hour < minute / 60:
        return []
    incident = pack(session, trial.pack_hash).incident
    if incident is None:
        return []
    day = min(points, key=lambda point: abs(point.hour - minute / 60)).day
    return [(minute / 60, f"Day {int(day) + 1}. The incident: {incident.title}")]


def _hour_of(points: Sequence[CurvePoint], day: int) -> float:
    return min(points, key=lambda point: abs(point.day + 0.5 - day)).hour


def _parts(part: Json) -> list[tuple[str, Cell]]:
    """Return level, pace and outcome, so that fast but wrong explains itself."""
    ramp = part["ramp"]
    told = (("Together", "level"), ("Pace alone", "pace"), ("Share solved", "outcome"))
    return [(name, words.cell(ramp[key])) for name, key in told]


def _ramp_numbers(part: Json) -> Numbers:
    points = curve_of(part["ramp"]["curve"])
    step = max(1, -(-len(points) // _NUMBERS))
    columns: list[object] = ["Paid hour", ("Trial day", "num")]
    columns += [("Estimate", "num"), ("Likely range", "num")]
    rows = [
        [
            f"{one.hour:.0f}",
            f"{int(one.day) + 1}",
            f"{one.value:.0%}",
            f"{100 * one.low:.0f} to {one.high:.0%}",
        ]
        for one in [*points[:-1:step], *points[-1:]]
    ]
    return Numbers(columns, rows)


def _level_note(part: Json) -> str:
    quality = part["quality"]
    if quality["level"]["value"] is None:
        return ""
    gain = estimate_of(quality["gain"])
    change = ""
    if gain.value is not None:
        places, low, high = decimals(gain), gain.low or 0.0, gain.high or 0.0
        spread = (figure(one, Unit.POINTS, places) for one in (low, high))
        change = " Change since the first day: likely {} to {} points.".format(*spread)
    naive = quality["naive"]["value"]
    return (
        f"On an average ticket with an average reviewer, on the last reviewed day. The plain mean "
        f"of all scores is {naive:.0f}.{change}"
    )


def _communication(name: str, part: Json) -> str:
    found = part["communication"]
    answer, kept = words.cell(found["answer"]), found["updates"]
    first = (
        f"{name} answers a teammate in about {answer.value} of their working hours "
        f"(likely {answer.likely})."
        if answer.likely
        else "An answer time appears after five answers to a teammate."
    )
    if found["open"]:
        first += f" {words.sentence(count_word(found['open']))} still open."
    notes = found["hand_overs"]
    if kept["value"] is None or notes["value"] is None:
        return first
    return (
        f"{first} A daily update on {round(kept['value'] * kept['n'])} of {kept['n']} work days, a "
        f"hand-over note on {round(notes['value'] * notes['n'])} of {notes['n']}.{_acted_on(found)}"
    )


def _acted_on(found: Json) -> str:
    """Return how much a colleague could do with the notes; nothing in figures made before."""
    one = found.get("acted_on")
    if one is None or one["value"] is None:
        return ""
    kept = round(one["value"] * one["n"])
    return f" A colleague could act on the note for {kept} of {one['n']} customers who waited."


def _facts(part: Json) -> list[tuple[str, str]]:
    """Return the remaining measures; the customer rating last."""
    told = (
        ("Tickets solved well", part["outcome"]["good"]),
        ("Mean outcome, of 100", part["outcome"]["mean"]),
        ("Time to close, paid time", part["time_to_close"]),
        ("Came back after solving", part["reopened"]),
        ("Customer rating, simulated", part["rating"]),
    )
    rows = [("Paid hours so far", words.paid_words(part["hours"] * 60))]
    for name, stored in told:
        one = words.cell(stored)
        ranged = f", likely {one.likely}, from {stored['n']}" if one.likely else ""
        rows.append((name, f"{one.value}{ranged}"))
    return rows
