"""Frozen figures of the people on one page: drawings, words, and the tables behind them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import Session

from trialsim.insights import drawings, words
from trialsim.insights.frozen import Json, curve_of
from trialsim.insights.models import Snapshot
from trialsim.insights.queries.snapshots import trial_measures
from trialsim.insights.rules.attention import OnTrial
from trialsim.insights.words import Cell
from trialsim.web.charts import Drawing

_HOURS_TOLD = 4  # how many places of a curve the table of numbers names


@dataclass(frozen=True, slots=True)
class Somebody:
    """One person's frozen figures: their ramp, and their row of the table."""

    trial_id: int
    name: str
    public_id: str
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
class Numbers:
    """A table behind a chart."""

    columns: Sequence[object]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class CohortFigures:
    """What a page shows of a snapshot; it never changes, and so it can be kept."""

    people: Sequence[Somebody]
    ramp_numbers: Numbers
    week_numbers: Numbers


def cohort_figures(
    session: Session, snapshot: Snapshot, people: Sequence[OnTrial]
) -> CohortFigures:
    """Return the figures of these people, in their order; one query.

    Who joined after the snapshot was taken waits for the next one.
    """
    parts = trial_measures(session, snapshot, [one.trial_id for one in people])
    axes = drawings.shared(snapshot.body, parts.values())
    known = [one for one in people if one.trial_id in parts]
    return CohortFigures(
        [
            _somebody(one, parts[one.trial_id], snapshot.body, axes, is_first=not at)
            for at, one in enumerate(known)
        ],
        _ramp_numbers(known, parts, axes),
        _week_numbers(known, parts, axes),
    )


def _somebody(
    one: OnTrial, part: Json, body: Json, axes: drawings.Shared, *, is_first: bool
) -> Somebody:
    below = drawings.is_below_ready(part, body["terms"])
    note = words.sentence(part["ramp"]["words"])
    answer = words.cell(part["communication"]["answer"])
    minutes = part["communication"]["answer"]["value"] or 0
    rated = words.cell(part["rating"], counted="rated", drawing=drawings.share_dot(part["rating"]))
    return Somebody(
        trial_id=one.trial_id,
        name=one.name,
        public_id=one.public_id,
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
