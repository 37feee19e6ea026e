from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from tests.measurement.planted import LOAD, planted_tickets, tickets
from trialsim.measurement.ramp import ramp_curves
from trialsim.measurement.study.planted_tickets import Load, PlantedTickets
from trialsim.measurement.types import Ramp, TicketRow

SEEDS = range(12)


@cache
def studied() -> list[tuple[PlantedTickets, dict[str, Ramp]]]:
    cohorts = [planted_tickets(seed) for seed in SEEDS]
    return [(planted, ramp_curves(planted.rows, LOAD.cap_hours)) for planted in cohorts]


def points(part: slice) -> Iterator[tuple[float, float, float, float]]:
    """Yield the true share, the estimate and its band at the points of a part of each curve."""
    for planted, ramps in studied():
        for name, ramp in ramps.items():
            for point in ramp.curve[part]:
                yield planted.truth[name](point.hour), point.value, point.low, point.high


def test_the_level_at_the_end_is_near_the_truth() -> None:
    gaps = [value - true for true, value, _, _ in points(slice(-1, None))]

    assert np.sqrt(np.mean(np.square(gaps))) < 0.09
    assert abs(np.mean(gaps)) < 0.02


@pytest.mark.parametrize("part", [slice(30, 50), slice(-1, None)], ids=["hours 15-25", "end"])
def test_the_band_holds_the_true_curve_nine_times_in_ten(part: slice) -> None:
    hits = [low <= true <= high for true, _, low, high in points(part)]

    assert 0.86 <= np.mean(hits) <= 0.98


def first_hour(planted: PlantedTickets, name: str, goal: float) -> float:
    hours = np.arange(0, LOAD.cap_hours, 0.25)
    above = [hour for hour in hours if planted.truth[name](hour) >= goal]
    return float(above[0]) if above else float("inf")


def test_the_range_of_reached_holds_the_true_hour() -> None:
    hits = []
    for planted, ramps in studied():
        for name, ramp in ramps.items():
            assert ramp.reached is not None
            true, first = first_hour(planted, name, 0.80), ramp.curve[0].hour
            low = np.inf if ramp.reached.hour_low is None else ramp.reached.hour_low
            high = np.inf if ramp.reached.hour_high is None else ramp.reached.hour_high
            hits.append((low == first or low - 0.5 <= true) and true <= high + 0.5)

    assert np.mean(hits) >= 0.90


def test_the_chance_of_having_reached_is_honest() -> None:
    said, true = [], []
    for planted, ramps in studied():
        for name, ramp in ramps.items():
            assert ramp.reached is not None
            said.append(ramp.reached.probability)
            true.append(first_hour(planted, name, 0.80) < np.inf)

    assert np.mean((np.array(said) - true) ** 2) < 0.11


def test_the_level_is_outcome_times_pace_over_an_experienced_share() -> None:
    ramp = studied()[0][1]["c3"]

    parts = (ramp.outcome.value, ramp.pace.value, ramp.level.value)
    assert None not in parts
    assert ramp.level.value == pytest.approx(
        (ramp.outcome.value or 0) * (ramp.pace.value or 0) / 0.90, rel=1e-6
    )


def test_the_same_tickets_give_the_same_curves_in_any_order() -> None:
    rows = tickets(4)

    assert ramp_curves(rows[::-1], 80) == ramp_curves(rows, 80)


def test_new_names_change_no_curve() -> None:
    rows = tickets(4)
    renamed = [
        replace(row, candidate=f"x{99 - int(row.candidate[1:])}", block=row.block[::-1])
        for row in rows
    ]

    before, after = ramp_curves(rows, 80), ramp_curves(renamed, 80)
    for name, ramp in before.items():
        level = after[f"x{99 - int(name[1:])}"].level
        assert (level.low, level.high) == pytest.approx((ramp.level.low, ramp.level.high))


def test_a_pause_leaves_no_trace_on_the_hours() -> None:
    straight, paused = tickets(5), tickets(5, Load(pause_days=10))

    for name, ramp in ramp_curves(straight, 80).items():
        other = ramp_curves(paused, 80)[name]
        assert other.level == ramp.level
        assert [point.hour for point in other.curve] == [point.hour for point in ramp.curve]


def of_candidate(rows: list[TicketRow], n: int) -> list[TicketRow]:
    own = [row for row in rows if row.candidate == "c0"][:n]
    return own + [row for row in rows if row.candidate != "c0"]


def test_fourteen_tickets_give_no_curve() -> None:
    ramp = ramp_curves(of_candidate(tickets(1), 14), 80)["c0"]

    assert ramp.level.value is None
    assert ramp.level.needs_more == 1
    assert ramp.curve == ()
    assert ramp.reached is None
    assert ramp.days


def test_three_work_blocks_give_no_curve() -> None:
    rows = [
        replace(row, block=f"b{i % 3}") if row.candidate == "c0" else row
        for i, row in enumerate(tickets(1))
    ]

    assert ramp_curves(rows, 80)["c0"].level.value is None


def test_little_time_on_tickets_gives_no_curve() -> None:
    rows = [replace(row, minutes=2) if row.candidate == "c0" else row for row in tickets(1)]

    assert ramp_curves(rows, 80)["c0"].level.value is None


def test_thirty_nine_tickets_give_a_level_but_no_reached() -> None:
    ramp = ramp_curves(of_candidate(tickets(1), 39), 80)["c0"]

    assert ramp.level.value is not None
    assert ramp.level.caveats
    assert ramp.reached is None


def test_the_curve_runs_from_the_first_scored_hour_to_now() -> None:
    ramp = ramp_curves(tickets(1), 80, hours_so_far={"c0": 85})["c0"]

    assert ramp.curve[0].hour == pytest.approx(min(dot.hour for dot in ramp.days), abs=4)
    assert ramp.curve[-1].hour == ramp.hours_so_far == 85


def test_a_higher_goal_is_reached_later() -> None:
    rows = tickets(1)

    near, far = ramp_curves(rows, 80, goal=0.5), ramp_curves(rows, 80, goal=1.2)

    for name in near:
        assert near[name].level == far[name].level
        mild, hard = near[name].reached, far[name].reached
        assert mild is not None
        assert hard is not None
        assert mild.probability >= hard.probability


def test_days_come_from_the_timesheet_when_there_is_one() -> None:
    sheet = [(0.0, 0.0), (40.0, 10.0), (80.0, 40.0)]

    curve = ramp_curves(tickets(1), 80, timesheets={"c0": sheet})["c0"].curve

    for point in curve:
        assert point.day == pytest.approx(np.interp(point.hour, (0, 40, 80), (0, 10, 40)))


def test_a_telephone_call_in_the_middle_of_a_ticket_is_pulled_in() -> None:
    rows = tickets(1)
    own = [i for i, row in enumerate(rows) if row.candidate == "c0"]
    middle = own[len(own) // 2]
    called = [*rows]
    called[middle] = replace(rows[middle], minutes=rows[middle].minutes * 100, middle_hours=40.0)
    rows[middle] = replace(rows[middle], middle_hours=40.0)

    plain, outlier = ramp_curves(rows, 80)["c0"], ramp_curves(called, 80)["c0"]

    assert outlier.pace.value == pytest.approx(plain.pace.value, rel=0.08)


def test_a_week_is_a_dot_with_its_range() -> None:
    weeks = ramp_curves(tickets(1), 80)["c0"].weeks

    assert len(weeks) >= 4
    for dot in weeks:
        assert dot.low is not None
        assert dot.high is not None
        assert dot.low <= dot.value <= dot.high


def test_no_tickets_give_no_ramps() -> None:
    assert ramp_curves([], 80) == {}


def test_a_single_candidate_rests_on_the_prior_and_still_gets_a_curve() -> None:
    rows = [row for row in tickets(1) if row.candidate == "c0"]

    level = ramp_curves(rows, 80)["c0"].level

    assert level.low is not None
    assert level.high is not None
    assert 0 < level.low < level.high < 2


def test_a_par_of_nothing_is_refused() -> None:
    rows = [replace(row, par_minutes=0.0) for row in tickets(1)[:1]]

    with pytest.raises(ValueError, match="par of"):
        ramp_curves(rows, 80)
