"""Searches read, targets kept, moments of waking, and what a change to several would do."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

import pytest

from trialsim.inbox.bulk import Change, effect, new_tags
from trialsim.inbox.searching import LONGEST, around_hit, marked, read_search
from trialsim.inbox.snoozing import fault, moment_of, wakes_at
from trialsim.inbox.states import Channel, Kind, Priority, Status
from trialsim.inbox.targets import clocks, settle
from trialsim.kit.worktime import WorkingHours, working_end

MORNINGS = WorkingHours(frozenset(range(5)), time(9), time(13), "UTC")
MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


@dataclass
class Some:
    """A ticket as the clocks see it."""

    channel: Channel = Channel.EMAIL
    status: Status = Status.NEW
    opened_at: datetime = MONDAY
    waiting_since: datetime | None = MONDAY
    answered_at: datetime | None = None
    reply_due_at: datetime | None = None
    solution_due_at: datetime | None = None
    solving_since: datetime | None = None
    solving_minutes: float = 0.0
    waited_minutes: float = 0.0
    priority: Priority = Priority.NORMAL
    kind: Kind = Kind.QUESTION
    tags: list[str] = field(default_factory=list)

    def becomes(self, status: Status, at: datetime, *, answered: bool = False) -> None:
        before = self.waiting_since
        self.status = status
        waits = status in (Status.NEW, Status.OPEN)
        self.waiting_since = (before or at) if waits and not answered else None
        if answered:
            self.answered_at = at
        settle(self, "premium", MORNINGS, at, waited_since=before, was_answered=answered)


def after(**time_passed: float) -> datetime:
    return MONDAY + timedelta(**time_passed)


def test_reply_clock_counts_own_hours_only() -> None:
    ticket = Some(waiting_since=after(hours=3))

    settle(ticket, "premium", MORNINGS, after(hours=3))

    assert ticket.reply_due_at == after(days=1, hours=1)


def test_reply_clock_pauses_on_hold_and_goes_on_where_it_stopped() -> None:
    ticket = Some()
    settle(ticket, "premium", MORNINGS, MONDAY)

    ticket.becomes(Status.HOLD, after(hours=1))
    paused = ticket.reply_due_at
    ticket.becomes(Status.OPEN, after(hours=3))

    assert paused is None
    assert ticket.reply_due_at == after(hours=4)


def test_reply_clock_begins_anew_after_an_answer() -> None:
    ticket = Some()
    settle(ticket, "premium", MORNINGS, MONDAY)

    ticket.becomes(Status.PENDING, after(hours=1), answered=True)
    ticket.becomes(Status.OPEN, after(hours=2))

    assert ticket.reply_due_at == after(hours=4)


def test_solution_clock_pauses_on_pending_and_sums_its_stretches() -> None:
    ticket = Some()
    settle(ticket, "premium", MORNINGS, MONDAY)

    ticket.becomes(Status.PENDING, after(hours=1), answered=True)
    ticket.becomes(Status.OPEN, after(days=1))
    ticket.becomes(Status.SOLVED, after(days=1, hours=1), answered=True)

    assert ticket.solving_minutes == 120
    assert (ticket.solution_due_at, ticket.reply_due_at) == (None, None)


def test_settling_twice_changes_nothing() -> None:
    ticket = Some()
    settle(ticket, "premium", MORNINGS, MONDAY)
    once = (ticket.reply_due_at, ticket.solution_due_at, ticket.waited_minutes)

    settle(ticket, "premium", MORNINGS, after(hours=1))

    assert (ticket.reply_due_at, ticket.solution_due_at, ticket.waited_minutes) == once


def test_clock_says_what_is_left_and_how_late_it_is() -> None:
    ticket = Some()
    settle(ticket, "premium", MORNINGS, MONDAY)

    early, _ = clocks(ticket, MORNINGS, after(hours=1))
    late, _ = clocks(ticket, MORNINGS, after(hours=3))

    assert (early.minutes, early.is_soon, early.is_late) == (60, True, False)
    assert (late.minutes, late.is_late) == (-60, True)


def test_nobody_without_announced_days_has_an_end_of_work() -> None:
    idle = WorkingHours(frozenset(), time(9), time(13), "UTC")

    assert working_end(idle, MONDAY, 10) is None
    assert working_end(MORNINGS, MONDAY, 240) == after(hours=4)


def test_search_tells_operators_phrases_and_words_apart() -> None:
    found = read_search('status:"on hold" -tag:Later from:marta "not secure" Benítez status:blue')

    assert [str(one) for one in found.operators] == ["status:hold", "-tag:later", "from:marta"]
    assert [one.words for one in found.terms] == [("not", "secure"), ("benitez",)]
    assert found.unknown == ("status:blue",)


@pytest.mark.parametrize(
    "text", ['"', "status:", "-", "AND (", "x" * 2000, "😀", "שלום", "'\\%_*^"]
)
def test_no_search_is_an_error(text: str) -> None:
    found = read_search(text)

    assert len(found.text) <= LONGEST
    assert marked(text, found.marks)


def test_hits_are_marked_at_the_beginning_of_words_with_or_without_accents() -> None:
    hits = [
        text for text, hit in marked("Benítez uncertain, certified", ("benitez", "cert")) if hit
    ]

    assert hits == ["Benítez", "cert"]
    assert around_hit("a " * 200 + "certificate " + "b " * 200, ("cert",)).count("certificate") == 1


def test_presets_end_in_own_hours_and_own_moments_must_lie_ahead() -> None:
    friday = after(days=4, hours=3)

    assert wakes_at("tomorrow", MORNINGS, friday) == after(days=7)
    assert wakes_at("week", MORNINGS, friday) == after(days=7)
    assert moment_of("2026-03-05", MORNINGS) == after(days=3)
    assert fault(moment_of("yesterday", MORNINGS), friday)
    assert fault(after(days=400), friday)
    assert not fault(after(days=5), friday)


def test_change_to_several_leaves_closed_and_equal_ones_alone() -> None:
    change = Change(status=Status.HOLD, tag="bank")

    assert effect(Some(status=Status.CLOSED), change).barred
    assert effect(Some(channel=Channel.CHAT), change).barred
    assert effect(Some(status=Status.HOLD, tags=["bank"]), change).barred
    assert effect(Some(), change).words == ("Status: new → hold", "Tag added: bank")
    assert new_tags(["a", "b"], Change(tag="c", untag="a")) == ["b", "c"]
