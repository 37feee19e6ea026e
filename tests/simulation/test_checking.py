"""The rules authors must keep, each broken once."""

from time import perf_counter

import pytest

from tests.simulation.harbour import CHECKOUT, FILES, PACK, REFUND, files, harbour
from trialsim.simulation.checking import check_pack
from trialsim.simulation.checking.patterns import has_nested_quantifier, most_wildcards, slowest
from trialsim.simulation.library import parse_pack


def found(before: str, after: str) -> list[str]:
    assert before in CHECKOUT
    text = CHECKOUT.replace(before, after, 1)
    faults = check_pack(parse_pack(files(scenarios_checkout_plugin_conflict_toml=text)))
    return [f"{fault.field}: {fault.message}" for fault in faults if not fault.warning]


def test_a_good_pack_has_no_fault_but_warnings_of_a_small_bank() -> None:
    faults = check_pack(harbour(), perf_counter)

    assert [fault for fault in faults if not fault.warning] == []
    assert "family" in {fault.field for fault in faults}


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('"Which browser do you use?", ', "", "at least 4 lines"),
        ('"Firefox, I think.", ', "", "at least 3 answers"),
        ('  "orders at {shop} stopped {since}, the wheel on the pay button keeps turning.",\n', "",
         "at least 6 symptoms"),
        (r"pattern = '\bbrowsers?\b'", r"pattern = '\bnavigators?\b'", "hits 0 of its own 4"),
        (r"pattern = '\berrors?\b'", r"pattern = '\berrors?\b|\bbrowser'", "a line of browser"),
        (r"pattern = '\berrors?\b'", r"pattern = '(\berrors?\b)+(a+)+'", "repeats something"),
        (r"pattern = '\berrors?\b'", rf"pattern = '\berrors?\b|{'x' * 300}'", "cut it to 300"),
        ("Nobody can pay", "{culprit} breaks it", "gives {culprit} away"),
        ("Nobody can pay", "{wheel} breaks it", "{wheel} is no slot"),
        ('after = ["recent_change"]', 'after = ["recent"]', "no fact, point or action"),
        ('after = ["recent_change"]', 'after = ["conflict_test"]', "waits for it"),
        ("Please deactivate {culprit} and try the checkout again. Let", "Let",
         "does not earn conflict_test"),
        (' Has anything been added to the site lately?",\n', '",\n', "only half"),
        ('"Thank you, that helps.', '"Send me your password.', "steps into the trap"),
        ("Send me your password and I will", "Never send me your password, I will",
         "must fire"),
        ('articles = ["checkout', 'articles = ["check', "write articles/"),
        ('goal = { points = ["next_step"] }', 'goal = { points = ["nothing"] }', "no point"),
        ('forbidden = [{ site = { content = "erased" } }]',
         'forbidden = [{ site = { content = "kept" } }]', "true when the ticket opens"),
    ],
)  # fmt: skip
def test_a_broken_rule_is_told_with_its_fix(before: str, after: str, message: str) -> None:
    told = found(before, after)

    assert any(message in fault for fault in told), told


def test_a_clause_without_a_heading_is_told() -> None:
    pages = {**FILES, "policies/refunds.md": "# Refunds\n\n## Late {#late}\n"}

    told = {fault.field for fault in check_pack(parse_pack(pages)) if not fault.warning}

    assert told == {"refunds.owner_only", "refunds.charged_twice"}


@pytest.mark.parametrize(
    ("before", "after", "messages"),
    [
        ("", "", []),
        (r"|\brefund (is on|comes)\b", r"|\brefund (is on|comes)\b|\blet me know\b",
         ["with refund-too-late: breaks the policy refunds.late",
          "with refund-too-late: steps into the trap promise of refund-too-late"]),
        ("[world]\n", '[world]\nsite = { checkout = "none" }\n',
         ["with refund-too-late: both set site.checkout, one to 'broken' and one to 'none'"]),
    ],
)  # fmt: skip
def test_two_matters_that_spoil_each_other_are_told(
    before: str, after: str, messages: list[str]
) -> None:
    assert before in REFUND
    host = CHECKOUT.replace("[opening]", 'joins = ["refund-too-late"]\n\n[opening]', 1)
    pages = files(
        scenarios_checkout_plugin_conflict_toml=host,
        scenarios_refund_too_late_toml=REFUND.replace(before, after, 1),
    )

    faults = check_pack(parse_pack(pages))

    told = [fault.message for fault in faults if fault.field == "joins" and not fault.warning]
    assert told == messages


def test_an_anchor_that_is_no_scenario_is_told() -> None:
    text = PACK.replace('anchors = ["checkout', 'anchors = ["nothing", "checkout')

    faults = check_pack(parse_pack(files(pack_toml=text)))

    assert "'nothing' is no scenario" in {fault.message for fault in faults}


@pytest.mark.parametrize(
    ("pattern", "is_nested"),
    [
        (r"(a+)+", True),
        (r"((a|b)*c)*", True),
        (r"(?:x.*){2,}", True),
        (r"(a+)?", False),
        (r"\b(a|b)\w*\b.*\bc\b", False),
        (r"[(a+)]+", False),
        (r"a{2,3}(b{3})", False),
    ],
)
def test_repeating_what_repeats_is_recognised(*, pattern: str, is_nested: bool) -> None:
    assert has_nested_quantifier(pattern) is is_nested


def test_a_pattern_is_timed_on_hostile_texts() -> None:
    assert slowest(r"(?:a|aa|aaa)*z", perf_counter) > 0.1
    assert slowest(r"\b(change|update)\w*\b.*\brecent", perf_counter) < 0.1


@pytest.mark.parametrize(
    ("pattern", "count"), [(r"a.*b|c.*d.+e", 2), (r"a.*(b.*c|d).*", 3), (r"a\.*[.*]", 0)]
)
def test_wildcards_are_counted_by_branch(pattern: str, count: int) -> None:
    assert most_wildcards(pattern) == count
