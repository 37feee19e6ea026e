"""What a pack's files may say, and what each fault tells its author."""

import pytest

from tests.simulation.harbour import CHECKOUT, FAULT_IT, PACK, PHRASES, files, harbour
from trialsim.simulation.library import parse_pack
from trialsim.simulation.types import Comparison, Fault, FieldType, PackInvalid, Rule


def faults(**changes: str) -> tuple[Fault, ...]:
    with pytest.raises(PackInvalid) as caught:
        parse_pack(files(**changes))
    return caught.value.faults


def test_a_pack_is_read_whole() -> None:
    pack = harbour()

    assert set(pack.scenarios) == {"checkout-plugin-conflict", "refund-too-late", "counting-fault"}
    assert pack.kinds["payment"].fields["paid_on"].draw == (-300, -1)
    assert pack.kinds["site"].fields["addons"].type is FieldType.LIST
    assert pack.clauses["refunds.late"].rule is Rule.REFUSE
    assert pack.policies["refunds"].anchors == ("owner_only", "late", "charged_twice")


def test_a_condition_becomes_tests_of_fields() -> None:
    when = harbour().clauses["refunds.late"].when

    assert [(test.kind, test.value) for test in when.own["paid_on"]] == [
        (Comparison.DAYS_AGO_AT_LEAST, 15)
    ]


def test_a_goal_without_points_takes_the_heaviest() -> None:
    text = CHECKOUT.replace('points = ["conflict_test"]\nforbidden', "forbidden")

    pack = parse_pack(files(scenarios_checkout_plugin_conflict_toml=text))

    assert pack.scenarios["checkout-plugin-conflict"].goal.points == ("conflict_test",)


def test_a_language_file_gives_texts_alone() -> None:
    scenario = harbour().scenarios["counting-fault"]

    assert scenario.text("it").subject == ("Numeri sbagliati",)
    assert scenario.text("en").words["day"] == ("Monday", "Thursday")
    assert scenario.text("it").words["day"] == ("lunedì", "giovedì")
    assert len(harbour().scenarios) == 3


@pytest.mark.parametrize(
    ("before", "after", "field", "message"),
    [
        ("family =", "famly =", "famly", "did you mean 'family'"),
        ("version = 1", 'version = "1"', "version", "whole number"),
        ('area = "checkout"', 'area = "chekout"', "area", "did you mean 'checkout'"),
        ('by = "inspect_site"', 'by = "look"', "facts.recent_change.found_by", "unknown"),
        ('checkout = "broken" }', 'checkout = "bust" }', "world.site.checkout", "values"),
        ("site = { addons", "ship = { addons", "world.ship", "kind"),
        ('{ site = { checkout = "working" } }\npoints', "{ sight = {} }\npoints",
         "goal.world.sight", "did you mean 'site'"),
        ('policy = "security.never', 'policy = "security.ever', "traps.asks_password.policy",
         "did you mean"),
        ('languages = ["en"]', 'languages = ["en", "it"]', "languages", "it.toml"),
        ("harm = 3", "harm = 3\nharms = 4", "traps.asks_password.harms", "did you mean 'harm'"),
    ],
)  # fmt: skip
def test_a_fault_in_a_scenario_names_file_field_and_fix(
    before: str, after: str, field: str, message: str
) -> None:
    assert before in CHECKOUT

    found = faults(scenarios_checkout_plugin_conflict_toml=CHECKOUT.replace(before, after, 1))

    assert "scenarios/checkout-plugin-conflict.toml" in {fault.file for fault in found}
    assert any(fault.field == field and message in fault.message for fault in found), found


@pytest.mark.parametrize(
    ("before", "after", "field", "message"),
    [
        ('on = "payment"', 'on = "paiment"', "actions.refund.on", "did you mean 'payment'"),
        ('guards = ["refund"]', 'guards = ["refunds"]', "policies.refunds.owner_only.guards",
         "did you mean 'refund'"),
        ('rule = "need"', 'rule = "needs"', "policies.refunds.owner_only.rule", "unknown"),
        ('overrides = ["refunds.late"]', 'overrides = ["refunds.charged_twice"]',
         "policies.refunds.charged_twice.overrides", "itself"),
        ('type = "money"', 'type = "cash"', "kinds.payment.fields.amount.type", "unknown"),
        ('belongs_to = "account"', 'belongs_to = "acount"', "kinds.site.belongs_to", "no kind"),
        ("[kinds.account]", "[kinds.person]", "kinds", "add [kinds.account]"),
        ('needs = ["verify_owner"]\n', "", "policies.refunds.owner_only.needs", "exactly"),
    ],
)  # fmt: skip
def test_a_fault_in_the_company_names_field_and_fix(
    before: str, after: str, field: str, message: str
) -> None:
    assert before in PACK

    found = faults(pack_toml=PACK.replace(before, after, 1))

    assert any(fault.field == field and message in fault.message for fault in found), found


def test_every_fault_is_told_at_once() -> None:
    text = CHECKOUT.replace("family =", "famly =").replace("harm = 3", "harms = 3")

    assert len(faults(scenarios_checkout_plugin_conflict_toml=text)) >= 4


def test_a_language_file_must_have_every_text_and_no_other_key() -> None:
    text = FAULT_IT.replace("[points.passed_on]", "[points.passed]\nweight = 2")

    found = {fault.field for fault in faults(scenarios_counting_fault_it_toml=text)}

    assert {"points.passed_on", "points.passed", "points.passed.weight"} <= found


def test_broken_toml_is_told_with_its_line() -> None:
    assert "line" in faults(pack_toml="id = \n")[0].message


def test_missing_phrases_are_told() -> None:
    text = PHRASES.replace('nudge = ["Is there any news?"]\n', "")

    assert [fault.field for fault in faults(phrases_toml=text)] == ["nudge"]


def test_an_unknown_file_is_told() -> None:
    with pytest.raises(PackInvalid, match="no file of a pack"):
        parse_pack({**files(), "notes.txt": "x"})
