from datetime import UTC, datetime, time

import pytest

from trialsim.kit.worktime import WorkingHours
from trialsim.room.rules import is_late, minutes_waited, update_body, update_lines

HOURS = WorkingHours(frozenset({0, 1, 2, 3, 4}), time(9), time(13), "UTC")
FRIDAY = datetime(2026, 3, 6, 12, tzinfo=UTC)
MONDAY = datetime(2026, 3, 9, 9, 30, tzinfo=UTC)


def test_only_own_working_hours_count_as_waiting() -> None:
    assert minutes_waited(HOURS, FRIDAY, MONDAY, until=MONDAY) == 90


def test_open_question_waits_until_now() -> None:
    assert minutes_waited(HOURS, FRIDAY, None, until=MONDAY) == 90


@pytest.mark.parametrize(("minutes", "late"), [(240, False), (241, True)])
def test_an_answer_is_late_after_one_of_the_candidates_own_working_days(
    minutes: float, *, late: bool
) -> None:
    assert is_late(HOURS, minutes) is late


def test_daily_update_keeps_three_lines_whatever_was_typed() -> None:
    body = update_body("Eight tickets:\nall solved", "", "The refund of Marta")

    assert update_lines(body) == [
        ("Done", "Eight tickets: all solved"),
        ("Stuck", "Nothing"),
        ("Next", "The refund of Marta"),
    ]
