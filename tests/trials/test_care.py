"""Pauses, other hours, and what is said about one's own: over plain values."""

from datetime import UTC, date, datetime, time, timedelta

from trialsim.kit.worktime import Earlier, WorkingHours, working_end, working_minutes
from trialsim.trials.care.rules import (
    Allowances,
    Pause,
    cut_short,
    kind_notes,
    may_drop,
    moved_by,
    pause_fault,
    paused_days,
    paused_time,
)

MONDAY = date(2026, 3, 2)
NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOURS = WorkingHours(frozenset(range(5)), time(9), time(13), "UTC")
WEDNESDAY_ON = Pause(date(2026, 3, 4), date(2026, 3, 6))
DAY = timedelta(days=1)


def test_no_minute_passes_in_a_pause() -> None:
    paused = WorkingHours(
        HOURS.weekdays, HOURS.start, HOURS.end, "UTC", ((WEDNESDAY_ON.first, WEDNESDAY_ON.last),)
    )

    assert working_minutes(HOURS, NINE, NINE + 7 * DAY) == 5 * 240
    assert working_minutes(paused, NINE, NINE + 7 * DAY) == 2 * 240
    assert working_end(paused, NINE, 3 * 240) == NINE + 7 * DAY + timedelta(hours=4)


def test_other_hours_do_not_reach_back() -> None:
    earlier = Earlier(date(2026, 3, 4), HOURS.weekdays, HOURS.start, HOURS.end)
    changed = WorkingHours(frozenset({2}), time(9), time(11), "UTC", (), (earlier,))

    assert working_minutes(changed, NINE, NINE + 7 * DAY) == 2 * 240 + 120


def test_days_and_time_of_a_trial_stand_still_in_a_pause() -> None:
    pauses = (WEDNESDAY_ON,)
    days = [MONDAY + place * DAY for place in range(7)]
    midnight = datetime(2026, 3, 2, tzinfo=UTC)

    assert [paused_days(pauses, day) for day in days] == [0, 0, 1, 2, 3, 3, 3]
    assert paused_time(pauses, "UTC", midnight + 2.5 * DAY) == 0.5 * DAY
    assert paused_time(pauses, "UTC", midnight + 9 * DAY) == 3 * DAY


def test_the_last_day_moves_as_far_as_the_window_goes() -> None:
    long = Pause(MONDAY, MONDAY + 19 * DAY)

    assert moved_by([WEDNESDAY_ON], 14, Allowances()) == 3
    assert moved_by([long], 14, Allowances(more_days=7)) == 14 + 7
    assert moved_by([long], -3, Allowances()) == 0


def test_a_pause_ends_yesterday_and_one_of_today_goes() -> None:
    thursday = date(2026, 3, 5)

    assert cut_short([WEDNESDAY_ON], thursday) == (Pause(WEDNESDAY_ON.first, WEDNESDAY_ON.first),)
    assert cut_short([WEDNESDAY_ON], WEDNESDAY_ON.first) == ()


def test_a_pause_lies_ahead_within_the_trial_and_apart_from_others() -> None:
    ends_on = MONDAY + 27 * DAY

    def fault(first: int, last: int) -> str:
        days = Pause(MONDAY + first * DAY, MONDAY + last * DAY)
        found = pause_fault(days, [WEDNESDAY_ON], MONDAY, ends_on)
        return found[0] if found else ""

    assert [fault(0, 1), fault(5, 20)] == ["", ""]
    assert [fault(-1, 1), fault(4, 8), fault(28, 29)] == ["first", "first", "first"]
    assert fault(10, 9) == "last"


def test_only_days_of_the_last_week_may_be_dropped() -> None:
    today = MONDAY + 10 * DAY

    allowed = [place for place in range(-1, 12) if may_drop(MONDAY + place * DAY, today, MONDAY)]

    assert allowed == list(range(3, 11))


def test_notes_tell_of_long_days_odd_hours_and_a_week_nearly_full() -> None:
    def notes(at: datetime, worked: int, left: int = 600) -> int:
        found = kind_notes(HOURS, at, worked_today=worked, left_this_week=left, is_running=True)
        return len(found)

    assert notes(NINE, 240) == 0
    assert notes(NINE, 241) == 1
    assert notes(NINE - timedelta(hours=2), 10) == 1
    assert notes(NINE, 10, left=45) == 1
    assert kind_notes(HOURS, NINE, worked_today=0, left_this_week=45, is_running=False) == ()
