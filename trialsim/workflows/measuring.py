"""The report on reviews made anywhere, as pictures, tables and words for one HTML page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from trialsim.measurement.report import MeasureReport, RampFigures
from trialsim.web.charts import Drawing, Spot, dot_rows, even_axis
from trialsim.workflows.standalone import page

Columns = Sequence[str | tuple[str, str]]
_WIDE, _NARROW = 700.0, 340.0


@dataclass(frozen=True, slots=True)
class ReportTable:
    """A titled table."""

    title: str
    caption: str
    columns: Columns
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportChart:
    """Named values with ranges, drawn for wide and narrow screens, and their numbers."""

    title: str
    subtitle: str
    caption: str
    wide: Drawing
    narrow: Drawing
    columns: Columns
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class ReportPage:
    """Everything on the page."""

    headline: str
    warnings: tuple[str, ...]
    charts: tuple[ReportChart, ...]
    tables: tuple[ReportTable, ...]


def html_report(report: MeasureReport) -> str:
    """Return the report as one HTML file that fetches nothing."""
    return page("measuring/report.html", report=report_page(report))


def report_page(report: MeasureReport) -> ReportPage:
    """Return what the page shows: charts of levels, ramps and severities, and the pairs."""
    charts = [_levels(report), _ramps(report.get("ramp", {})), _severities(report)]
    return ReportPage(
        _headline(report),
        tuple(report["warnings"]),
        tuple(chart for chart in charts if chart is not None),
        tuple(table for table in (_pairs(report), _difficulties(report)) if table.rows),
    )


def _headline(report: MeasureReport) -> str:
    pairs = report["pairs"]
    called = sum(pair["call"] in ("a", "b") for pair in pairs)
    reliability = report["reliability"]
    trust = "" if reliability is None else f" Reliability is {reliability:.2f}."
    if not pairs:
        return f"There is nobody to compare.{trust}"
    return (
        f"{called} of {len(pairs)} pairs can be told apart; the others may differ by chance.{trust}"
    )


def _levels(report: MeasureReport) -> ReportChart | None:
    known = [
        (name, Spot(one["level"], one["low"], one["high"], one["naive"]))
        for name, one in report["candidates"].items()
        if one["level"] is not None and one["low"] is not None and one["high"] is not None
    ]
    rows = [
        (
            name,
            _points(one["level"]),
            _range(one["low"], one["high"]),
            _points(one["naive"]),
            str(one["reviews"]),
        )
        for name, one in report["candidates"].items()
    ]
    return _chart(
        "Reply quality",
        "Level on the last day, adjusted for ticket, reviewer and day; points of 100",
        "The dot is the fair level with its likely range; the small grey mark is the plain mean.",
        known,
        (
            "Candidate",
            ("Level", "num"),
            ("Likely", "num"),
            ("Plain mean", "num"),
            ("Reviews", "num"),
        ),
        rows,
    )


def _ramps(ramps: Mapping[str, RampFigures]) -> ReportChart | None:
    known = [
        (name, Spot(one["level"], one["low"], one["high"]))
        for name, one in ramps.items()
        if one["level"] is not None and one["low"] is not None and one["high"] is not None
    ]
    rows = [
        (
            name,
            _points(one["level"]),
            _range(one["low"], one["high"]),
            _reached(one),
            str(one["tickets"]),
        )
        for name, one in ramps.items()
    ]
    return _chart(
        "Ramp-up",
        "Now, in percent of an experienced teammate's pace",
        "Good work per paid minute, never by the calendar.",
        known,
        (
            "Candidate",
            ("Pace", "num"),
            ("Likely", "num"),
            "80 % reached at paid hour",
            ("Tickets", "num"),
        ),
        rows,
    )


def _severities(report: MeasureReport) -> ReportChart | None:
    known = [
        (name, Spot(one["severity"], one["low"], one["high"]))
        for name, one in report["raters"].items()
        if one["severity"] is not None and one["low"] is not None and one["high"] is not None
    ]
    rows = [
        (name, _points(one["severity"]), _range(one["low"], one["high"]))
        for name, one in report["raters"].items()
    ]
    return _chart(
        "Reviewers",
        "Points stricter (right) or milder (left) than the average reviewer",
        "Strict is not wrong: the levels above are already freed of it.",
        known,
        ("Reviewer", ("Severity", "num"), ("Likely", "num")),
        rows,
    )


def _chart(
    title: str,
    subtitle: str,
    caption: str,
    known: Sequence[tuple[str, Spot]],
    columns: Columns,
    rows: Iterable[tuple[str, ...]],
) -> ReportChart | None:
    if not known:
        return None
    low = min(spot.low for _, spot in known)
    high = max(spot.high for _, spot in known)
    axis = even_axis(10 * (low // 10), 10 * (high // 10 + 1))
    wide, narrow = (dot_rows(known, axis, width=width) for width in (_WIDE, _NARROW))
    return ReportChart(title, subtitle, caption, wide, narrow, columns, tuple(rows))


def _pairs(report: MeasureReport) -> ReportTable:
    rows = [
        (
            f"{pair['a']} and {pair['b']}",
            _points(pair["difference"]),
            _range(pair["low"], pair["high"]),
            _call(pair["call"], pair["a"], pair["b"]),
        )
        for pair in report["pairs"]
    ]
    columns = ("Pair", ("Difference", "num"), ("Likely", "num"), "What may be said")
    return ReportTable("Pairs", "Each pair once.", columns, tuple(rows))


def _difficulties(report: MeasureReport) -> ReportTable:
    rows = [(name, _points(one["difficulty"])) for name, one in report["scenarios"].items()]
    columns = ("Scenario", ("Difficulty", "num"))
    return ReportTable("Scenarios", "Points harder than the average ticket.", columns, tuple(rows))


def _call(call: str, a: str, b: str) -> str:
    return {"a": f"{a} is better", "b": f"{b} is better"}.get(call, call)


def _reached(ramp: RampFigures) -> str:
    low, high = ramp["reached_low"], ramp["reached_high"]
    if low is None:
        return "not yet"
    return f"not before {low:.0f}" if high is None else f"{low:.0f} to {high:.0f}"


def _points(value: float | None) -> str:
    return "not enough yet" if value is None else f"{value:.1f}"


def _range(low: float | None, high: float | None) -> str:
    return "" if low is None or high is None else f"{low:.1f} to {high:.1f}"
