from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from trialsim.kit.money import Money
from trialsim.pay.rules import Terms, earnings

TERMS = Terms(date(2026, 3, 2), "UTC", cap_hours_week=20, rate_cents=2400, currency="EUR")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = datetime(2026, 3, 29, 12, tzinfo=UTC)


@dataclass
class Worked:
    started_at: datetime
    ended_at: datetime | None


def block(start: datetime, minutes: float) -> Worked:
    return Worked(start, start + timedelta(minutes=minutes))


def test_every_minute_earns_its_share_of_the_rate() -> None:
    found = earnings(TERMS, [block(MONDAY, 95)], MONDAY + timedelta(hours=3))

    assert found.amount == Money(3800, "EUR")
    assert found.weeks[0].minutes == 95


def test_half_a_cent_is_rounded_once_a_week_in_favour_of_the_worker() -> None:
    terms = replace(TERMS, rate_cents=1110)  # 18.5 cents a minute

    found = earnings(terms, [block(MONDAY, 1), block(MONDAY + timedelta(hours=1), 2)], LATER)

    assert found.weeks[0].amount.cents == 56  # 55.5, and not 19 + 37


@given(
    st.lists(st.tuples(st.integers(0, 27), st.integers(0, 300)), max_size=40),
    st.integers(1, 9999),
)
def test_weeks_add_up_to_the_whole_to_the_cent(work: list[tuple[int, int]], rate: int) -> None:
    terms = replace(TERMS, rate_cents=rate)
    blocks = [block(MONDAY + timedelta(days=day), minutes) for day, minutes in work]

    found = earnings(terms, blocks, LATER)

    assert found.amount.cents == sum(week.amount.cents for week in found.weeks)
    assert found.minutes == sum(minutes for _, minutes in work)
    exact = sum(minutes for _, minutes in work) * rate / 60
    assert abs(found.amount.cents - exact) <= len(found.weeks) / 2


def test_block_over_the_start_of_summer_time_earns_the_hours_that_passed() -> None:
    terms = replace(TERMS, zone="Europe/Rome", starts_on=date(2026, 3, 23))
    rome = ZoneInfo("Europe/Rome")
    night = Worked(
        datetime(2026, 3, 29, 1, 30, tzinfo=rome).astimezone(UTC),
        datetime(2026, 3, 29, 3, 30, tzinfo=rome).astimezone(UTC),
    )

    found = earnings(terms, [night], LATER)

    assert found.minutes == 60


def test_weeks_turn_at_local_midnight_also_after_summer_time_began() -> None:
    terms = replace(TERMS, zone="Europe/Rome", starts_on=date(2026, 3, 23))
    rome = ZoneInfo("Europe/Rome")
    sunday = block(datetime(2026, 3, 29, 23, 30, tzinfo=rome).astimezone(UTC), 20)
    monday = block(datetime(2026, 3, 30, 0, 10, tzinfo=rome).astimezone(UTC), 40)

    found = earnings(terms, [sunday, monday], datetime(2026, 3, 31, tzinfo=UTC))

    assert [week.minutes for week in found.weeks] == [20, 40]


def test_block_over_midnight_counts_in_the_week_it_began() -> None:
    found = earnings(TERMS, [block(datetime(2026, 3, 8, 23, tzinfo=UTC), 120)], LATER)

    assert [week.minutes for week in found.weeks] == [120, 0, 0, 0]


def test_running_block_earns_up_to_now() -> None:
    found = earnings(TERMS, [Worked(MONDAY, None)], MONDAY + timedelta(minutes=30, seconds=59))

    assert found.minutes == 30


def test_minutes_above_the_cap_are_paid_like_all_others() -> None:
    found = earnings(replace(TERMS, cap_hours_week=4), [block(MONDAY, 5 * 60)], LATER)

    assert found.weeks[0].amount == Money(12000, "EUR")


def test_unpaid_programmes_count_hours_and_no_money() -> None:
    found = earnings(replace(TERMS, paid=False), [block(MONDAY, 60)], LATER)

    assert (found.minutes, found.amount.cents) == (60, 0)
