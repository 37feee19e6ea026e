"""The plan of a cohort's month: equal for all, in forms of their own."""

import itertools
from collections import Counter
from dataclasses import replace

import pytest

from tests.simulation.banks import a_pack, a_scenario
from trialsim.simulation.balance import equality, scored
from trialsim.simulation.plan import (
    CohortPlan,
    PackTooSmall,
    PlannedTicket,
    PlanRequest,
    as_bytes,
    plan_cohort,
)
from trialsim.simulation.types import Use

PACK = a_pack()


def a_plan(candidates: int = 8, seed: str = "plan", **changes: float) -> CohortPlan:
    return plan_cohort(PACK, PlanRequest(seed, candidates, **changes))  # type: ignore[arg-type]


PLAN = a_plan()


def tickets_of(candidate: int) -> list[PlannedTicket]:
    return scored(PLAN.candidates[candidate])


def test_the_default_month_holds_about_120_scored_tickets() -> None:
    assert 115 <= len(tickets_of(0)) <= 125


def test_the_same_seed_gives_the_same_bytes() -> None:
    assert as_bytes(a_plan(3)) == as_bytes(a_plan(3))


def test_another_seed_gives_another_month() -> None:
    assert as_bytes(a_plan(3)) != as_bytes(a_plan(3, seed="other"))


def test_one_more_candidate_changes_nobody_elses_month() -> None:
    assert a_plan(9).candidates[:8] == PLAN.candidates


def test_every_candidate_gets_the_same_cells_flags_and_channels_each_week() -> None:
    def work(candidate: int) -> Counter[object]:
        return Counter(
            (one.week, one.cell, one.flags, one.channel, one.changes_mind)
            for one in tickets_of(candidate)
        )

    assert all(work(candidate) == work(0) for candidate in range(8))


def test_anchors_come_at_the_same_worked_minute_and_only_once() -> None:
    anchors = [
        [(one.due_minute, one.scenario) for one in tickets_of(candidate) if one.anchor]
        for candidate in range(8)
    ]
    met = Counter(one.scenario for one in tickets_of(0))

    assert all(series == anchors[0] for series in anchors)
    assert [scenario for _, scenario in anchors[0]] == list(PACK.anchors)
    assert all(met[scenario] == 1 for scenario in PACK.anchors)


def test_the_plan_lays_nothing_on_an_anchor() -> None:
    anchors = [one for one in tickets_of(0) if one.anchor]

    assert not any(one.joined or one.changes_mind or one.twin_of for one in anchors)
    assert all(one.flags == PACK.scenarios[one.scenario].flags for one in anchors)


def test_a_pack_keeps_half_of_its_scenarios_to_rotate() -> None:
    plan = plan_cohort(a_pack(14, anchors=12), PlanRequest("small", 2))

    assert equality(a_pack(14, anchors=12), plan).anchors <= 7


def test_tickets_arrive_at_strictly_rising_worked_minutes_after_training() -> None:
    minutes = [one.due_minute for one in tickets_of(3)]

    assert all(earlier < later for earlier, later in itertools.pairwise(minutes))
    assert minutes[0] >= 12 * 60
    assert minutes[-1] < 80 * 60


def test_practice_comes_first_and_never_counts() -> None:
    practice = [one for one in PLAN.candidates[0].tickets if one.practice]

    assert len(practice) == 8
    assert max(one.due_minute for one in practice) < 12 * 60
    assert [one.number for one in practice] == list(range(1, 9))


def test_practice_uses_practice_scenarios_where_there_are_some() -> None:
    tutorial = a_scenario(99, use=Use.PRACTICE)
    pack = a_pack(scenarios={**PACK.scenarios, tutorial.id: tutorial})

    plan = plan_cohort(pack, PlanRequest("practice", 1))

    used = {one.scenario for one in plan.candidates[0].tickets if one.practice}
    assert used == {tutorial.id}
    assert tutorial.id not in {one.scenario for one in scored(plan.candidates[0])}


@pytest.mark.parametrize(
    ("flag", "share"),
    [
        ("angry", 0.10),
        ("multi_issue", 0.15),
        ("duplicate", 0.05),
        ("non_native", 0.15),
        ("second_language", 0.05),
        ("bait", 0.06),
        ("refund_outside_policy", 0.05),
    ],
)
def test_each_flag_has_its_share_of_the_month(flag: str, share: float) -> None:
    held = sum(flag in one.flags for one in tickets_of(0)) / len(tickets_of(0))

    assert held == pytest.approx(share, abs=0.025)


def test_areas_have_their_share_of_the_month() -> None:
    shares = PLAN.request.area_shares
    count = Counter(one.cell.area for one in tickets_of(0))
    apart = sum(abs(count[area] / len(tickets_of(0)) - share) for area, share in shares.items())

    assert apart / 2 <= 0.12


def test_channels_open_in_their_week_and_only_those_given_are_used() -> None:
    early = {one.channel for one in tickets_of(0) if one.week == 1}
    later = {one.channel for one in tickets_of(0) if one.week > 1}
    without_chat = plan_cohort(PACK, PlanRequest("mail", 1, channel_mix={"email": 1.0}))

    assert early == {"email", "forum"}
    assert later == {"email", "forum", "chat"}
    assert {one.channel for one in without_chat.candidates[0].tickets} == {"email"}


def test_candidates_meet_the_same_scenario_on_the_same_day_less_often_than_by_chance() -> None:
    # By chance: every pair of candidates, every meeting of one, the other's meetings per day.
    live_days = 17
    met = Counter(one.scenario for one in tickets_of(0) if not one.anchor)
    by_chance = 28 * sum(many * many for many in met.values()) / live_days

    assert equality(PACK, PLAN).meetings_on_one_day < 0.75 * by_chance


def test_no_form_of_a_scenario_is_dealt_twice_in_a_cohort() -> None:
    forms = [
        form
        for plan in PLAN.candidates
        for one in scored(plan)
        for form in [(one.scenario, one.form)]
    ]

    assert len(forms) == len(set(forms))


def test_scenarios_are_seen_by_five_candidates_where_the_cohort_has_them() -> None:
    seen: Counter[str] = Counter()
    for candidate in range(8):
        seen.update({one.scenario for one in tickets_of(candidate)})

    assert sum(many >= 5 for many in seen.values()) >= 0.95 * len(seen)


def test_a_twin_follows_its_original_from_the_same_customer() -> None:
    by_number = {one.number: one for one in tickets_of(2)}
    twins = [one for one in by_number.values() if one.twin_of is not None]

    assert twins
    for twin in twins:
        original = by_number[twin.twin_of or 0]
        assert (original.scenario, original.customer) == (twin.scenario, twin.customer)
        assert 0 < twin.number - original.number <= 8


def test_two_matters_in_one_ticket_are_scenarios_that_may_join() -> None:
    joined = [one for one in tickets_of(0) if "multi_issue" in one.flags]

    assert all(one.joined in PACK.scenarios[one.scenario].joins for one in joined)


def test_second_matters_are_turned_over_in_a_cohort() -> None:
    partners = tuple(one for one in PACK.scenarios if one not in PACK.anchors)[:4]
    scenarios = {
        one.id: replace(one, joins=tuple(name for name in partners if name != one.id))
        for one in PACK.scenarios.values()
    }

    plan = plan_cohort(replace(PACK, scenarios=scenarios), PlanRequest("joined", 8))

    met = Counter(
        (one.scenario, one.joined) for who in plan.candidates for one in who.tickets if one.joined
    )
    assert met
    for host in {scenario for scenario, _ in met}:
        often = [met[host, partner] for partner in scenarios[host].joins]
        assert max(often) - min(often) <= 1


def test_customers_come_back_within_their_plan_and_language() -> None:
    plan = PLAN.candidates[0]
    tickets = Counter(one.customer for one in plan.tickets)

    assert 0.6 <= len(plan.customers) / len(plan.tickets) <= 0.9
    assert max(tickets.values()) >= 2
    for one in plan.tickets:
        want = plan.customers[one.customer]
        assert want.language == one.language
        assert PACK.tiers[want.plan] == one.channel


def test_a_pack_without_scored_scenarios_cannot_be_planned() -> None:
    with pytest.raises(PackTooSmall):
        plan_cohort(a_pack(scenarios={}), PlanRequest("none", 1))
