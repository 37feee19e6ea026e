"""By when the organisation owes what, and from when on it is late."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from trialsim.kit.worktime import WorkingHours
from trialsim.trials.promises import (
    Owing,
    Promise,
    PromiseKind,
    answer_due,
    check_in_on,
    half_way_due_on,
    promises,
)

HOURS = WorkingHours(frozenset({0, 1, 2, 3, 4}), time(9), time(13), "UTC")
OWING = Owing(
    hours=HOURS,
    starts_on=date(2026, 3, 2),
    ends_on=date(2026, 3, 29),
    length_days=28,
    is_running=True,
    decision_by=date(2026, 4, 7),
)
NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


def of(owing: Owing, kind: PromiseKind, now: datetime = NOW) -> Promise | None:
    return next((one for one in promises(owing, now) if one.kind is kind), None)


def test_answer_is_owed_one_own_working_day_later_over_the_weekend() -> None:
    friday = datetime(2026, 3, 6, 11, 0, tzinfo=UTC)

    assert answer_due(HOURS, friday) == datetime(2026, 3, 9, 11, 0, tzinfo=UTC)


def test_who_announced_no_hours_is_answered_within_a_week() -> None:
    assert answer_due(replace(HOURS, weekdays=frozenset()), NOW) == NOW + timedelta(days=7)


@pytest.mark.parametrize(("due_hours", "count"), [((-5, -2, 3), 2), ((3, 8), 2), ((3,), 1)])
def test_feedback_counts_what_is_late_else_what_is_open(
    due_hours: tuple[int, ...], count: int
) -> None:
    due = tuple(NOW + timedelta(hours=one) for one in due_hours)

    found = of(replace(OWING, feedback_due=due), PromiseKind.FEEDBACK)

    assert found == Promise(PromiseKind.FEEDBACK, min(due), count)
    assert found.is_late(NOW) is (due_hours[0] < 0)


def test_check_in_is_promised_by_the_last_work_day_of_each_week() -> None:
    part_time = replace(OWING, hours=replace(HOURS, weekdays=frozenset({1, 3})))

    assert check_in_on(OWING, 1) == date(2026, 3, 6)
    assert check_in_on(part_time, 2) == date(2026, 3, 12)


def test_a_missed_check_in_is_late_until_the_next_one_is_held() -> None:
    monday = datetime(2026, 3, 9, 10, 0, tzinfo=UTC)
    missed = of(OWING, PromiseKind.CHECK_IN, monday)
    made_up = of(replace(OWING, check_ins=frozenset({2})), PromiseKind.CHECK_IN, monday)

    assert missed is not None
    assert missed.is_late(monday)
    assert missed.due_at == datetime(2026, 3, 7, tzinfo=UTC)  # the end of Friday
    assert made_up is not None
    assert not made_up.is_late(monday)


def test_half_way_letter_is_promised_within_two_work_days_of_half_time() -> None:
    assert half_way_due_on(OWING) == date(2026, 3, 17)  # day 14 is a Sunday
    sent = replace(OWING, half_way_sent_at=NOW)

    assert of(OWING, PromiseKind.HALF_WAY) is not None
    assert of(sent, PromiseKind.HALF_WAY) is None


def test_a_pause_moves_what_is_promised_and_owes_nothing_meanwhile() -> None:
    second_week = ((date(2026, 3, 9), date(2026, 3, 16)),)
    paused = replace(OWING, hours=replace(HOURS, off=second_week), check_ins=frozenset({1}))
    within = datetime(2026, 3, 14, tzinfo=UTC)

    found = of(paused, PromiseKind.CHECK_IN, within)

    assert found is not None
    assert found.named_at.date() == date(2026, 3, 20)
    assert half_way_due_on(paused) == date(2026, 3, 18)


def test_a_promised_day_ends_where_the_candidate_is() -> None:
    chatham = replace(OWING, hours=replace(HOURS, zone="Pacific/Chatham"))

    found = of(chatham, PromiseKind.DECISION)

    assert found is not None
    assert found.due_at == datetime(2026, 4, 7, 11, 15, tzinfo=UTC)


def test_a_month_that_is_over_owes_the_decision_and_nothing_weekly() -> None:
    over = replace(OWING, is_running=False)
    late = datetime(2026, 4, 9, tzinfo=UTC)

    assert [one.kind for one in promises(over, late)] == [PromiseKind.DECISION]
    assert promises(over, late)[0].is_late(late)
    assert promises(replace(over, is_decided=True), late) == ()


def test_the_most_pressing_promise_stands_first() -> None:
    owing = replace(OWING, asked_at=(NOW - timedelta(days=3),))

    found = promises(owing, NOW)

    assert found[0].kind is PromiseKind.ANSWER
    assert [one.due_at for one in found] == sorted(one.due_at for one in found)
