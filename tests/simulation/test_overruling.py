"""The outcome once people have overruled what was read: credit, harm and the world follow."""

from dataclasses import replace

import pytest

from tests.simulation.harbour import STEADY, Desk, a_form
from trialsim.simulation import joined
from trialsim.simulation.outcome import outcome
from trialsim.simulation.overruling import Heard, Ruling, at_value, overruled_worth, ruled
from trialsim.simulation.types import Credit, OutcomeTrace, Reply

ASK = "Has anything been added to the site lately?"
TEST = "Please deactivate the caching add-on and try the checkout again."
HARMFUL = "Send me your password and I will have a look."
ASKED = Heard(0, "fact", "recent_change")
TESTED = Heard(1, "point", "conflict_test")


@pytest.fixture
def desk() -> Desk:
    """A ticket on which the cause was asked for and the test was named."""
    opened = Desk()
    opened.reply(ASK)
    opened.reply(TEST)
    return opened


def worth_of(desk: Desk, heard: list[Heard], *rulings: Ruling) -> OutcomeTrace:
    return overruled_worth([desk.form], [desk.case], desk.records, heard, rulings)


def test_without_a_ruling_it_is_the_engines_own_outcome(desk: Desk) -> None:
    assert worth_of(desk, [ASKED, TESTED]) == outcome(desk.form, desk.case, desk.records)


def test_a_point_not_said_loses_credit_and_what_it_changed_in_the_world(desk: Desk) -> None:
    gone = Ruling(1, "point", "conflict_test", counts=False)

    trace = worth_of(desk, [ASKED, TESTED], gone)
    _, records = ruled(desk.form, desk.case, desk.records, [ASKED, TESTED], [gone])

    assert desk.field("site", "checkout") == "working"
    assert {one.fields["checkout"] for one in records if one.kind == "site"} == {"broken"}
    assert trace.value == 0 < outcome(desk.form, desk.case, desk.records).value
    assert "overruled: point “conflict test” not said in reply 2" in [p.text for p in trace.parts]


def test_a_point_said_in_another_reply_as_well_keeps_its_credit(desk: Desk) -> None:
    again = Heard(2, "point", "conflict_test")
    half = replace(again, is_guess=True)
    gone = Ruling(1, "point", "conflict_test", counts=False)

    whole, _ = ruled(desk.form, desk.case, desk.records, [TESTED, again], [gone])
    guess, _ = ruled(desk.form, desk.case, desk.records, [TESTED, half], [gone])

    assert whole.points == desk.case.points
    assert guess.points["conflict_test"] is Credit.HALF


def test_a_point_said_after_all_counts_with_its_effect_as_the_engine_would() -> None:
    desk = Desk()
    desk.reply(ASK)
    desk.reply("Try it without the thing you mentioned.")
    said = Ruling(1, "point", "conflict_test", counts=True)

    case, records = ruled(desk.form, desk.case, desk.records, [ASKED], [said])
    blind, unchanged = ruled(desk.form, replace(desk.case, facts=()), desk.records, [], [said])

    assert case.points["conflict_test"] is Credit.WHOLE
    assert {one.fields["checkout"] for one in records if one.kind == "site"} == {"working"}
    assert blind.points["conflict_test"] is Credit.HALF
    assert unchanged == desk.records


def test_a_trap_not_said_takes_its_harm_and_its_broken_clause_back(desk: Desk) -> None:
    before = worth_of(desk, [ASKED, TESTED])
    desk.reply(HARMFUL)
    harmed = worth_of(desk, [])
    gone = Ruling(2, "trap", "asks_password", counts=False)

    trace = worth_of(desk, [ASKED, TESTED, Heard(2, "trap", "asks_password")], gone)

    assert harmed.value < before.value
    assert (trace.value, trace.harm, trace.critical) == (before.value, 0, False)


def test_a_trap_said_after_all_does_harm(desk: Desk) -> None:
    trace = worth_of(desk, [], Ruling(1, "trap", "asks_password", counts=True))

    assert trace.harm == 3
    assert trace.value < outcome(desk.form, desk.case, desk.records).value


def test_a_fact_asked_after_all_makes_the_later_guess_whole() -> None:
    desk = Desk()
    desk.reply("What is new over there?")
    desk.reply(TEST)
    guess = replace(TESTED, is_guess=True)
    asked = Ruling(0, "fact", "recent_change", counts=True)

    case, _ = ruled(desk.form, desk.case, desk.records, [guess], [asked])

    assert desk.case.points["conflict_test"] is Credit.HALF
    assert case.points["conflict_test"] is Credit.WHOLE
    assert "recent_change" in case.facts


def test_a_fact_that_the_desk_showed_stays_known(desk: Desk) -> None:
    gone = Ruling(0, "fact", "recent_change", counts=False)
    asked, _ = ruled(desk.form, desk.case, desk.records, [ASKED], [gone])
    desk.act("inspect_site", "site")
    found, _ = ruled(desk.form, desk.case, desk.records, [ASKED], [gone])

    assert "recent_change" not in asked.facts
    assert "recent_change" in found.facts


def test_of_two_matters_only_the_one_ruled_on_changes() -> None:
    forms = (
        a_form(channel="email"),
        replace(a_form("refund-too-late", channel="email"), key="ticket-1.second"),
    )
    cases, records = joined.open_cases(forms, (), STEADY)
    said = joined.receive(forms, cases, records, Reply("I cannot refund this payment."), STEADY)
    heard = [Heard(0, "point", "kind_no", matter=1)]
    gone = Ruling(0, "point", "kind_no", counts=False, matter=1)

    before = overruled_worth(forms, said.cases, records, heard, ())
    after = overruled_worth(forms, said.cases, records, heard, [gone])

    assert before.parts[: len(before.parts) // 2 - 1] == after.parts[: len(before.parts) // 2 - 1]
    assert after.value < before.value


def test_a_whole_outcome_is_set_and_says_what_it_replaced(desk: Desk) -> None:
    read = worth_of(desk, [])

    trace = at_value(read, 12.5)

    assert trace.value == 12.5
    assert trace.parts[-1].text == f"overruled: 12.5 of 100 instead of {read.value:g}"
    assert sum(part.amount for part in trace.parts) == pytest.approx(12.5, abs=0.05)
