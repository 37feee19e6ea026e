import json

import pytest

from tests.measurement.planted import reviews, tickets
from trialsim.measurement.report import measure_report
from trialsim.measurement.types import ReviewRow


def test_the_report_has_the_promised_figures() -> None:
    report = measure_report(reviews(1), tickets(1))

    assert set(report["candidates"]["c0"]) == {"naive", "level", "low", "high", "reviews"}
    assert set(report["raters"]["r0"]) == {"severity", "low", "high"}
    assert set(report["scenarios"]["s0"]) == {"difficulty"}
    assert set(report["pairs"][0]) == {"a", "b", "difference", "low", "high", "call"}
    assert {len(report["pairs"]), len(report["candidates"])} == {66, 12}
    assert json.loads(json.dumps(report)) == report


def test_ramps_are_in_percent_and_paid_hours() -> None:
    ramp = measure_report([], tickets(1))["ramp"]["c0"]

    assert ramp["level"] is not None
    assert 30 < ramp["level"] < 200
    assert ramp["tickets"] > 90


def test_without_tickets_there_is_no_ramp() -> None:
    assert "ramp" not in measure_report(reviews(1))


def test_every_missing_figure_has_a_warning() -> None:
    few = [ReviewRow("ada", "s", "bo", day, 60 + day) for day in range(4)]
    short = [row for row in tickets(1) if row.candidate != "c1"][:10]

    report = measure_report(few, short)

    warnings = " ".join(report["warnings"])
    assert report["candidates"]["ada"]["level"] is None
    assert report["candidates"]["ada"]["naive"] == 61.5
    for start in ("ada: not enough yet", "Reviewer bo", "Reliability", "Difficulty", "c0: no ramp"):
        assert start in warnings


def test_a_ramp_without_upper_end_says_so() -> None:
    report = measure_report([], tickets(1))

    for name, ramp in report["ramp"].items():
        is_open = ramp["reached_high"] is None
        assert any(warning.startswith(f"{name}:") for warning in report["warnings"]) is is_open


@pytest.mark.parametrize("tickets", [None, []])
def test_nothing_gives_nulls_and_warnings_rather_than_an_error(tickets: list[None] | None) -> None:
    report = measure_report([], [] if tickets is not None else None)

    assert report["reliability"] is None
    assert report["warnings"]
