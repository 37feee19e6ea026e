"""The equality report: what differs between the candidates of a cohort."""

from dataclasses import replace

from tests.simulation.banks import a_pack
from trialsim.simulation.balance import equality
from trialsim.simulation.cells import ticket_par
from trialsim.simulation.plan import CohortPlan, PlanRequest, plan_cohort

PACK = a_pack()
PLAN = plan_cohort(PACK, PlanRequest("balance", 6))


def changed(plan: CohortPlan, candidate: int, **values: object) -> CohortPlan:
    """Return the plan with the last ticket of one candidate changed."""
    one = plan.candidates[candidate]
    ticket = replace(one.tickets[-1], **values)  # type: ignore[arg-type]
    candidates = list(plan.candidates)
    candidates[candidate] = replace(one, tickets=(*one.tickets[:-1], ticket))
    return replace(plan, candidates=tuple(candidates))


def test_a_plan_is_equal_and_says_so() -> None:
    report = equality(PACK, PLAN)

    assert report.equal
    assert report.lines[0].startswith("Every candidate gets 122 scored tickets")
    assert "12 anchor tickets come at the same worked minute for all." in report.lines


def test_par_minutes_differ_by_at_most_three_percent() -> None:
    assert equality(PACK, PLAN).par_share_apart <= 0.03


def test_difficulty_differs_by_less_than_a_tenth_of_a_logit() -> None:
    assert equality(PACK, PLAN).difficulty_apart <= 0.1


def test_one_ticket_by_another_channel_is_found_and_named() -> None:
    report = equality(PACK, changed(PLAN, 2, channel="call"))

    assert not report.equal
    assert "Week 4, tickets by call: from 0 to 1." in report.lines


def test_an_anchor_at_another_minute_is_found() -> None:
    report = equality(PACK, changed(PLAN, 1, anchor=True))

    assert not report.anchors_aligned
    assert "The anchor tickets do not come at the same worked minute for all." in report.lines


def test_what_was_not_reached_by_the_end_is_told_by_candidate() -> None:
    report = equality(PACK, PLAN, reached={0: 122, 1: 110, 2: 122, 3: 122, 4: 122, 5: 122})

    assert [load.not_reached for load in report.loads] == [0, 12, 0, 0, 0, 0]
    assert "Candidate 2 did not reach 12 tickets." in report.lines


def test_no_candidates_give_an_empty_report() -> None:
    report = equality(PACK, replace(PLAN, candidates=()))

    assert report.lines == ("There are no candidates yet.",)


def test_a_second_matter_adds_its_par() -> None:
    joined = next(one for one in PLAN.candidates[0].tickets if one.joined)
    alone = ticket_par(PACK, replace(joined, joined=""))

    assert ticket_par(PACK, joined) > alone
