"""Frozen figures as HTML, kept for as long as their snapshot is the newest.

A snapshot never changes, so neither does what a page makes of it: the charts of two dozen people
are drawn once an hour and not once a visit.
"""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, render_template
from markupsafe import Markup

from trialsim.insights.queries.cohort_figures import CohortFigures

MOST_KEPT = 64
_NAME = "insights.pictures"


@dataclass(frozen=True, slots=True)
class Pictures:
    """A page's charts and tables: the ramps, the cells of each row by trial, the numbers."""

    ramps: Markup
    cells: Mapping[int, Markup]
    numbers: Markup


def kept(key: Hashable, figures: Callable[[], CohortFigures]) -> Pictures:
    """Return the pictures that belong to a key, made of `figures` when they are not there yet.

    `key` must name snapshot and people. Two requests at once may both draw; either is right.
    """
    shelf = _shelf(current_app)
    if key not in shelf:
        while len(shelf) >= MOST_KEPT:
            shelf.pop(next(iter(shelf), None), None)
        shelf[key] = _drawn(figures())
    return shelf[key]


def _shelf(app: Flask) -> dict[Hashable, Pictures]:
    """Return what this application has drawn, oldest first."""
    return cast("dict[Hashable, Pictures]", app.extensions.setdefault(_NAME, {}))


def _drawn(figures: CohortFigures) -> Pictures:
    return Pictures(
        Markup(render_template("insights/_ramps.html", figures=figures)),  # noqa: S704 (a template of ours, escaped there)
        {
            one.trial_id: Markup(render_template("insights/_cells.html", one=one))  # noqa: S704 (likewise)
            for one in figures.people
        },
        Markup(render_template("insights/_numbers.html", figures=figures)),  # noqa: S704 (likewise)
    )
