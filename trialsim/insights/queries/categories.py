"""Quality by category: charts by week, and the numbers behind them."""

from dataclasses import dataclass, replace

from trialsim.insights import drawings, words
from trialsim.insights.frozen import Json, estimate_of, estimates_of
from trialsim.insights.queries.cohort_figures import Numbers
from trialsim.measurement.wording import trend_word
from trialsim.web.charts import Drawing


@dataclass(frozen=True, slots=True)
class CategoryChart:
    """One category by week."""

    name: str
    note: str
    drawing: Drawing
    said: str


def category_charts(part: Json, body: Json, axes: drawings.Shared) -> list[CategoryChart]:
    """Return a chart for each category of the scorecard, in its order, also where nothing is."""
    empty: Json = {"weeks": {}}
    axes = replace(axes, score=drawings.category_axis(part["categories"].values(), axes))
    found = []
    for category, name in body["terms"]["categories"]:
        stored = part["categories"].get(category, empty)
        weeks = estimates_of(stored["weeks"])
        told = [f"{one.value:.0f} in week {week}" for week, one in weeks.items() if one.value]
        trend = trend_word(estimate_of(stored["trend"])) if "trend" in stored else ""
        found.append(
            CategoryChart(
                name,
                words.sentence(trend or "No rating yet"),
                drawings.category_weeks(stored, axes),
                ", ".join(told),
            )
        )
    return found


def category_numbers(part: Json, body: Json, axes: drawings.Shared) -> Numbers:
    """Return the table behind the charts of categories."""
    weeks = [str(int(tick)) for tick in axes.weeks.ticks]
    columns: list[object] = ["Category", *((f"Week {week}", "num") for week in weeks)]
    columns += [("All weeks", "num"), ("Ratings", "num")]
    rows = []
    for category, name in body["terms"]["categories"]:
        stored = part["categories"].get(category)
        if stored is None:
            continue
        told = [_points(stored["weeks"].get(week)) for week in weeks]
        rows.append([name, *told, _points(stored["level"]), str(stored["level"]["n"])])
    return Numbers(columns, rows)


def _points(stored: Json | None) -> str:
    if stored is None or stored["value"] is None:
        return ""
    return f"{stored['value']:.0f} ({stored['low']:.0f} to {stored['high']:.0f})"
