"""Ghosts: planted skill over paid hours, and how often each quality of work is drawn."""

import math
from collections import Counter
from statistics import fmean

import pytest

from trialsim.simulation.ghosts import (
    GHOSTS,
    Ghost,
    Quality,
    chances,
    is_kind,
    minutes_spent,
    pace,
    quality,
    skill,
)

BY_NAME = {ghost.name: ghost for ghost in GHOSTS}


@pytest.mark.parametrize("ghost", GHOSTS, ids=lambda ghost: ghost.name)
def test_chances_of_qualities_sum_to_one(ghost: Ghost) -> None:
    for hours in (0.0, 20.0, 80.0):
        for difficulty in (-2.0, 0.0, 2.0):
            held = chances(ghost, hours, difficulty)
            assert sum(held.values()) == pytest.approx(1.0)
            assert min(held.values()) >= 0


def test_skill_grows_to_the_plateau_with_the_planted_constant() -> None:
    ghost = BY_NAME["excellent"]
    learns = ghost.learns
    after_one = learns.plateau - (learns.plateau - learns.start) / math.e

    assert skill(ghost, 0) == learns.start
    assert skill(ghost, learns.tau_hours) == pytest.approx(after_one)
    assert skill(ghost, 400) == pytest.approx(learns.plateau, abs=0.001)


def test_a_late_bloomer_learns_nothing_before_the_onset() -> None:
    ghost = BY_NAME["late bloomer"]

    assert skill(ghost, 20) == ghost.learns.start
    assert skill(ghost, 60) > 0.8


def test_a_drifting_ghost_loses_skill_in_the_second_half() -> None:
    ghost = BY_NAME["drifting"]

    assert skill(ghost, 60) < skill(ghost, 26) - 0.3


def test_the_fast_one_is_quicker_and_the_careful_one_is_right_more_often() -> None:
    fast, careful = BY_NAME["fast but wrong"], BY_NAME["slow but careful"]

    assert pace(fast, 60) > 2 * pace(careful, 60)
    assert skill(careful, 60) > 2 * skill(fast, 60)


def test_a_hard_ticket_is_right_less_often() -> None:
    ghost = BY_NAME["average"]

    assert chances(ghost, 40, 1.0)[Quality.RIGHT] < chances(ghost, 40, -1.0)[Quality.RIGHT]


def test_drawn_qualities_follow_their_chances() -> None:
    ghost = BY_NAME["kind but inaccurate"]
    drawn = Counter(quality(ghost, 40, 0.0, "seed", number) for number in range(3000))

    for one, chance in chances(ghost, 40, 0.0).items():
        assert drawn[one] / 3000 == pytest.approx(chance, abs=0.03)


def test_minutes_keep_the_planted_pace_on_average() -> None:
    ghost = BY_NAME["average"]
    minutes = fmean(minutes_spent(ghost, 12.0, 40, "seed", number) for number in range(3000))

    assert 12.0 / minutes == pytest.approx(pace(ghost, 40), rel=0.03)


def test_the_kind_one_is_kind_though_mostly_wrong() -> None:
    ghost = BY_NAME["kind but inaccurate"]

    assert fmean(is_kind(ghost, "seed", number) for number in range(500)) > 0.93
    assert skill(ghost, 80) < 0.35
