"""The day on which something of the company's own fails: alike for all, and wrong at first."""

from dataclasses import replace

import pytest

from tests.simulation.banks import a_pack, a_scenario
from tests.simulation.harbour import PACK, files
from trialsim.simulation.balance import equality, scored
from trialsim.simulation.checking import check_pack
from trialsim.simulation.incidents import status_line
from trialsim.simulation.library import parse_pack
from trialsim.simulation.plan import CohortPlan, PlannedTicket, PlanRequest, plan_cohort
from trialsim.simulation.types import Incident, Pack, PackInvalid, PersonaLimits, Use

INCIDENT = Incident(
    "The lift stands still",
    ("bugs-70", "bugs-71"),
    "billing-72",
    "elsewhere-73",
    "All systems normal.",
    "The lift stands still.",
    (2.0, 8.0),
)


def with_incident() -> Pack:
    pack = a_pack()
    own = {
        "bugs-70": a_scenario(70, id="bugs-70", flags=("escalation",)),
        "bugs-71": a_scenario(71, id="bugs-71", flags=("escalation",)),
        "billing-72": a_scenario(72, id="billing-72", persona=PersonaLimits(plans=("enterprise",))),
        "elsewhere-73": a_scenario(73, id="elsewhere-73", flags=("bait",)),
    }
    return replace(pack, scenarios={**pack.scenarios, **own}, incident=INCIDENT)


BURST_PACK = with_incident()
PLAN = plan_cohort(BURST_PACK, PlanRequest("incident", 6))


def burst(plan: CohortPlan, candidate: int) -> list[PlannedTicket]:
    return [one for one in plan.candidates[candidate].tickets if "incident" in one.flags]


def test_everybody_meets_the_same_burst_at_the_same_worked_minutes() -> None:
    seen = [[(one.due_minute, one.scenario, one.channel) for one in burst(PLAN, place)]
            for place in range(6)]  # fmt: skip

    assert len(seen[0]) == 6
    assert all(one == seen[0] for one in seen)
    assert equality(BURST_PACK, PLAN).equal
    assert "The incident, 6 tickets, comes at the same worked minute for all." in (
        equality(BURST_PACK, PLAN).lines
    )


def test_it_takes_an_hour_of_one_day_and_replaces_other_work() -> None:
    minutes = [one.due_minute for one in burst(PLAN, 0)]
    calm = plan_cohort(BURST_PACK, PlanRequest("incident", 6, incident=False))

    assert minutes[-1] - minutes[0] <= 60
    assert len({PLAN.request.block_of(minute) for minute in minutes}) == 1
    assert len(scored(PLAN.candidates[0])) == len(scored(calm.candidates[0]))
    assert not burst(calm, 0)


def test_several_customers_write_and_one_of_them_twice() -> None:
    own = burst(PLAN, 2)
    (twin,) = [one for one in own if one.twin_of is not None]
    original = next(one for one in own if one.number == twin.twin_of)

    assert len({one.customer for one in own}) == 5
    assert (twin.customer, twin.scenario) == (original.customer, original.scenario)
    assert "duplicate" in twin.flags


def test_its_scenarios_come_on_no_other_day() -> None:
    others = [one for one in PLAN.candidates[1].tickets if "incident" not in one.flags]

    assert not {one.scenario for one in others} & INCIDENT.scenarios
    assert not {one.joined for one in others} & INCIDENT.scenarios


def test_the_enterprise_customer_has_that_plan() -> None:
    (one,) = [one for one in burst(PLAN, 3) if one.scenario == INCIDENT.enterprise]

    assert PLAN.candidates[3].customers[one.customer].plan == "enterprise"


def test_wordings_of_the_burst_are_dealt_once_in_a_cohort() -> None:
    forms = [(one.scenario, one.form) for place in range(6) for one in burst(PLAN, place)]

    assert len(forms) == len(set(forms))


@pytest.mark.parametrize("contacts", [0.4, 0.7])
def test_a_short_month_has_none(contacts: float) -> None:
    plan = plan_cohort(BURST_PACK, PlanRequest("short", 2, contacts_per_hour=contacts))

    assert not burst(plan, 0)


def test_a_pack_without_one_of_its_scenarios_has_none() -> None:
    lacking = replace(BURST_PACK, scenarios=a_pack().scenarios)

    assert not burst(plan_cohort(lacking, PlanRequest("lacking", 1)), 0)


@pytest.mark.parametrize(
    ("worked", "words", "is_trouble"),
    [
        (999, "All systems normal.", False),
        (1000, "All systems normal.", False),
        (1119, "All systems normal.", False),
        (1120, "The lift stands still.", True),
        (1479, "The lift stands still.", True),
        (1480, "All systems normal.", False),
    ],
)
def test_the_status_page_is_wrong_at_first_then_right_then_normal_again(
    worked: int, words: str, *, is_trouble: bool
) -> None:
    assert status_line(INCIDENT, 1000, worked) == (words, is_trouble)


def test_a_month_without_incident_is_always_normal() -> None:
    assert status_line(INCIDENT, None, 4000) == ("All systems normal.", False)


TABLE = """
[incident]
title = "The lift stands still"
ordinary = ["checkout-plugin-conflict"]
enterprise = "refund-too-late"
press = "counting-fault"
first = "All systems normal."
truth = "The lift stands still."
hours = [1, 6]
"""


def test_an_incident_is_read_from_its_table() -> None:
    pack = parse_pack(files(pack_toml=PACK + TABLE))

    assert pack.incident is not None
    assert pack.incident.hours == (1.0, 6.0)
    assert pack.incident.scenarios == frozenset(pack.scenarios)


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('ordinary = ["checkout-plugin-conflict"]', "", "incident.ordinary"),
        ("hours = [1, 6]", "hours = [6, 1]", "incident.hours"),
        ('press = "counting-fault"', 'pres = "counting-fault"', "incident.pres"),
    ],
)
def test_a_fault_in_the_table_is_named(before: str, after: str, field: str) -> None:
    with pytest.raises(PackInvalid) as caught:
        parse_pack(files(pack_toml=PACK + TABLE.replace(before, after)))

    assert field in {fault.field for fault in caught.value.faults}


def test_check_names_scenarios_that_cannot_be_the_incidents() -> None:
    wrong = replace(
        BURST_PACK,
        anchors=(*BURST_PACK.anchors, "bugs-70"),
        scenarios={
            **{name: one for name, one in BURST_PACK.scenarios.items() if name != "bugs-71"},
            "billing-72": replace(BURST_PACK.scenarios["billing-72"], use=Use.PRACTICE),
        },
    )

    told = [fault.message for fault in check_pack(wrong) if fault.field == "incident"]

    assert len(told) == 3
    assert "'bugs-71' is no scenario" in told
