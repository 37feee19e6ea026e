import pytest

from trialsim.measurement.coaching import coaching_change


def seen(times: int, tickets: int) -> list[bool]:
    return [ticket < times for ticket in range(tickets)]


def test_a_cause_seen_less_often_is_a_negative_change() -> None:
    change = coaching_change(seen(8, 10), seen(2, 20)).change

    assert change.value == pytest.approx(-0.7)
    assert change.high is not None
    assert change.high < 0


def test_the_range_is_newcombes() -> None:
    # Newcombe 1998, table II (a), 56/70 less 48/80: .0524 to .3339 at 95 %; narrower at 90 %.
    change = coaching_change(seen(48, 80), seen(56, 70)).change

    assert change.value == pytest.approx(0.2)
    assert change.low is not None
    assert change.high is not None
    assert 0.0524 < change.low < 0.09
    assert 0.30 < change.high < 0.3339


def test_four_tickets_after_tell_no_change() -> None:
    found = coaching_change(seen(3, 9), seen(0, 4))

    assert found.before.value == pytest.approx(1 / 3)
    assert (found.after.value, found.change.value) == (None, None)
    assert found.change.needs_more == 1
