"""What the desk offers, does, shows and logs."""

import pytest

from tests.simulation.harbour import STEADY, Desk, a_form, harbour
from trialsim.simulation import desk as desk_of
from trialsim.simulation import world
from trialsim.simulation.matching import matches
from trialsim.simulation.types import (
    ActionBarred,
    Comparison,
    FieldTest,
    Handover,
    Phase,
    Record,
    Value,
)


def a_record(kind: str, number: int, parent: str | None = None, **fields: Value) -> Record:
    blank = {name: field.default for name, field in harbour().kinds[kind].fields.items()}
    return Record(f"{kind}-{number}", kind, parent, {**blank, **fields})


def test_a_ticket_takes_the_customers_first_record_and_overwrites_named_fields() -> None:
    records = (
        a_record("account", 1, plan="premium"),
        a_record("site", 1, "account-1", domain="one.example"),
        a_record("site", 2, "account-1", domain="two.example"),
    )

    desk = Desk(a_form(), records)

    assert desk.case.names["site"] == "site-1"
    assert desk.field("site", "domain") == "one.example"
    assert desk.field("site", "addons") == ("a contact form", "a caching add-on")
    assert len(desk.records) == 3


def test_a_further_record_is_another_one_and_made_when_missing() -> None:
    records = (a_record("account", 1), a_record("payment", 1, "account-1"))

    desk = Desk(a_form("refund-too-late"), records)

    assert desk.case.names["payment"] == "payment-1"
    assert desk.case.names["other"] == "ticket-1.other"
    assert desk.field("payment", "amount") == 1200
    assert desk.field("other", "paid_on") == "2026-02-27"
    made = next(one for one in desk.records if one.id == "ticket-1.other")
    assert made.parent == "account-1"


@pytest.mark.parametrize(
    ("test", "value", "is_match"),
    [
        (FieldTest(Comparison.EQUALS, ("a", "b")), ("b", "a"), True),
        (FieldTest(Comparison.EQUALS, 3), 4, False),
        (FieldTest(Comparison.NOT, "x"), "y", True),
        (FieldTest(Comparison.IN, ("x", "y")), "y", True),
        (FieldTest(Comparison.HAS, "x"), ("x", "y"), True),
        (FieldTest(Comparison.LACKS, "x"), ("x", "y"), False),
        (FieldTest(Comparison.AT_LEAST, 3), 3, True),
        (FieldTest(Comparison.AT_MOST, 3), 4, False),
        (FieldTest(Comparison.DAYS_AGO_AT_LEAST, 15), "2026-02-15", True),
        (FieldTest(Comparison.DAYS_AGO_AT_LEAST, 15), "2026-02-16", False),
        (FieldTest(Comparison.DAYS_AGO_AT_MOST, 3), "2026-02-27", True),
        (FieldTest(Comparison.DAYS_AGO_AT_MOST, 3), None, False),
    ],
)
def test_a_field_is_compared(*, test: FieldTest, value: Value, is_match: bool) -> None:
    assert matches({"field": (test,)}, {"field": value}, a_form()) is is_match


def test_an_action_changes_the_record_and_is_logged() -> None:
    desk = Desk(a_form("refund-too-late"))
    desk.act("verify_owner", "account")

    done = desk.act("refund", "other", reason="goodwill")

    assert desk.field("other", "state") == "refunded"
    assert done.tells == "Refunded: goodwill."
    assert [one.action for one in desk.case.actions] == ["verify_owner", "refund"]


def test_the_first_outcome_that_holds_counts() -> None:
    desk = Desk()

    done = desk.act("verify_owner", "account")

    assert done.tells == "The writer typed the code."
    assert desk.field("account", "verified") is True


def test_the_impossible_is_barred_and_says_why() -> None:
    desk = Desk(a_form("refund-too-late"))
    desk.act("refund", "other", reason="goodwill")

    offer = next(
        one
        for one in desk_of.offers(desk.form, desk.records)
        if one.record == desk.case.names["other"]
    )

    assert "state" in offer.barred
    with pytest.raises(ActionBarred):
        desk.act("refund", "other", reason="goodwill")


def test_a_param_outside_its_choices_is_barred() -> None:
    with pytest.raises(ActionBarred, match="reason"):
        Desk(a_form("refund-too-late")).act("refund", "other", reason="because")


def test_what_policy_forbids_stays_possible_and_is_noted() -> None:
    desk = Desk(a_form("refund-too-late"))

    done = desk.act("refund", "payment", reason="changed mind")

    assert done.broke == ("refunds.owner_only", "refunds.late")
    assert desk.case.broken == done.broke
    assert desk.field("payment", "state") == "refunded"


def test_a_clause_that_another_one_overrides_is_not_broken() -> None:
    desk = Desk(a_form("refund-too-late"))
    desk.act("verify_owner", "account")

    assert desk.act("refund", "payment", reason="charged twice").broke == ()


def test_words_break_a_clause_as_the_action_would() -> None:
    desk = Desk(a_form("refund-too-late", channel="email"))

    desk.reply("Your refund is on its way.")

    assert desk.case.broken == ("refunds.late",)


def test_words_break_nothing_where_the_clause_does_not_apply() -> None:
    desk = Desk(a_form("refund-too-late", slots={"amount": 1200, "bought": "2026-02-27"}))

    desk.reply("Your refund is on its way.")

    assert desk.case.traps == ("promise",)
    assert desk.case.broken == ()


def test_words_break_nothing_where_an_override_was_acted_on() -> None:
    desk = Desk(a_form("refund-too-late"))
    desk.act("verify_owner", "account")
    desk.act("refund", "payment", reason="charged twice")

    desk.reply("Your refund is on its way.")

    assert desk.case.broken == ()


def test_a_forbidden_state_counts_even_if_undone() -> None:
    desk = Desk()

    desk.act("erase_site", "site")
    desk.act("bring_back", "site")

    assert desk.case.forbidden == ("goal:0",)


def test_a_covered_field_is_seen_once_its_action_was_used() -> None:
    desk = Desk()
    site = desk.case.names["site"]

    before = world.shown_fields(desk.form.pack, desk.records, desk.case.actions)[site]
    desk.act("inspect_site", "site")
    after = world.shown_fields(desk.form.pack, desk.records, desk.case.actions)[site]

    assert [one.value for one in before if one.covered_by] == [None, None]
    assert {one.name: one.value for one in after}["checkout"] == "broken"


def test_the_desk_never_shows_a_hidden_truth() -> None:
    desk = Desk()
    shown = world.shown_fields(desk.form.pack, desk.records, desk.case.actions)

    names = {one.name for one in shown[desk.case.names["account"]]}

    assert names == {"plan", "verified"}


def handed_over(desk: Desk, team: str, note: str) -> desk_of.ActResult:
    handover = Handover(team, "a fault", note, "2026-03-02T10:00:00+00:00", right=False)
    done = desk_of.escalate(desk.form, desk.case, desk.records, handover, STEADY)
    desk.case = done.case
    return done


def test_escalating_to_the_right_team_with_the_facts_ends_well() -> None:
    desk = Desk(a_form("counting-fault", channel="email"))
    desk.reply("On which day did it start?")
    handed_over(desk, "platform", "Visits are counted twice since Monday.")

    desk.reply("I have passed it on to our platform team.")

    assert desk.case.handover is not None
    assert desk.case.handover.right
    assert desk.case.phase is Phase.ESCALATED


def test_a_note_without_the_fact_is_asked_for_more() -> None:
    desk = Desk(a_form("counting-fault"))

    done = handed_over(desk, "platform", "Please have a look at this.")

    assert "lacks" in done.tells
    assert desk.case.handover is not None
    assert desk.case.handover.missing == ("since",)


@pytest.mark.parametrize(
    ("scenario", "team"), [("counting-fault", "billing"), ("refund-too-late", "billing")]
)
def test_a_needless_or_wrong_escalation_comes_back_and_costs_mood(scenario: str, team: str) -> None:
    desk = Desk(a_form(scenario))
    before = desk.case.mood

    done = handed_over(desk, team, "Since Monday.")

    assert "sent it back" in done.tells
    assert desk.case.mood < before
