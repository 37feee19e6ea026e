"""First messages: whole, each its own, and silent about the cause."""

from dataclasses import replace
from datetime import date

import pytest

from tests.simulation.banks import SYMPTOMS, a_pack
from trialsim.simulation.briefs import Brief, brief_of
from trialsim.simulation.drafts import Draft, draft_ticket, forms_of
from trialsim.simulation.personas import Profile, draw_customer, draw_customers
from trialsim.simulation.plan import PlanRequest, plan_cohort
from trialsim.simulation.planned import Want

PACK = a_pack()
ON = "2026-03-02"
SCENARIO = "billing-00"
BRIEF = Brief(SCENARIO, "email", form=0, deal="cohort", seed=11, on=ON, language="en")
CAUSES = ("a cookie banner", "a map widget")


def a_profile(place: int = 0, *, non_native: bool = False) -> Profile:
    profile = draw_customer(PACK, "drafts", place, Want("free", "en", non_native), on=ON)
    quiet = replace(profile.customer.persona, typo_share=0.0, lower_case=False, tone="plain")
    return replace(profile, customer=replace(profile.customer, persona=quiet))


def a_draft(**changes: object) -> Draft:
    return draft_ticket(PACK, a_profile(), replace(BRIEF, **changes))  # type: ignore[arg-type]


def symptom_of(draft: Draft) -> int:
    """Return which symptom a body holds, by its longest fixed run."""
    runs = ("stopped", "nothing happens", "grey page", "write to me", "pressed save", "never ends")
    said = draft.body.lower().replace("gave up", "stopped")
    return next(place for place, run in enumerate(runs) if run in said)


def test_the_same_brief_gives_the_same_words() -> None:
    assert a_draft() == a_draft()


def test_six_forms_use_six_symptoms() -> None:
    found = {symptom_of(a_draft(form=form, seed=form)) for form in range(6)}

    assert found == set(range(len(SYMPTOMS)))


def test_the_cause_is_in_no_first_message() -> None:
    bodies = [
        a_draft(form=form, seed=form, channel=channel).body
        for form in range(12)
        for channel in ("email", "chat", "forum", "call")
    ]

    assert not [body for body in bodies for cause in CAUSES if cause in body]


def test_an_email_has_every_part_and_is_signed() -> None:
    profile = a_profile()
    draft = draft_ticket(PACK, profile, BRIEF)
    paragraphs = draft.body.split("\n\n")

    assert paragraphs[0] in PACK.phrases["en"]["greeting"]["any"]
    assert paragraphs[-1].split("\n")[0] in PACK.phrases["en"]["sign_off"]["any"]
    assert profile.customer.first_name in paragraphs[-1]
    assert len(paragraphs) == 4


def test_a_chat_has_the_symptom_and_at_most_one_part_more() -> None:
    extras = [part for phrase in PACK.phrases["en"].values() for part in phrase["any"]]
    for seed in range(40):
        body = a_draft(channel="chat", seed=seed).body
        assert sum(extra.strip(".,") in body for extra in extras) <= 1
        assert "\n" not in body


def test_a_forum_post_has_three_or_four_parts_and_no_signature() -> None:
    profile = a_profile()

    assert profile.customer.persona.signature not in a_draft(channel="forum").body


def test_slots_are_filled_in_subject_and_body() -> None:
    for form in range(8):
        draft = a_draft(form=form, seed=form)
        assert not {"{", "[", "|"} & set(draft.subject + draft.body)


def test_the_first_company_is_the_customer_s_own() -> None:
    assert a_draft().slots["shop"] == a_profile().company


def test_word_slots_go_round_so_that_neighbours_differ() -> None:
    things = [a_draft(form=form).slots["thing"] for form in range(4)]

    assert len(set(things)) == 4


def test_amounts_and_dates_are_within_their_span() -> None:
    for seed in range(30):
        slots = a_draft(seed=seed).slots
        days = (date.fromisoformat(ON) - date.fromisoformat(str(slots["paid_on"]))).days
        assert 900 <= int(slots["amount"]) <= 4000
        assert 3 <= days <= 30


def test_an_angry_customer_is_irritated_and_less_patient_today() -> None:
    calm, angry = a_draft(), a_draft(flags=("angry",))

    assert angry.persona.tone == "irritated"
    assert angry.persona.patience < calm.persona.patience


def test_a_non_native_writer_leaves_out_some_articles() -> None:
    body = "".join(
        draft_ticket(
            PACK, a_profile(seed, non_native=True), replace(BRIEF, form=seed, seed=seed)
        ).body
        for seed in range(12)
    )
    native = "".join(a_draft(form=seed, seed=seed).body for seed in range(12))

    assert body.count(" the ") < native.count(" the ")


def test_a_second_matter_is_told_in_the_same_message() -> None:
    draft = a_draft(joined="checkout-02", joined_form=0, flags=("multi_issue",))
    alone = a_draft()

    assert len(draft.body) > len(alone.body)
    assert set(draft.joined_slots) == set(PACK.scenarios["checkout-02"].slots)


def test_a_twin_keeps_the_slots_and_changes_the_words() -> None:
    first = a_draft()
    twin = a_draft(form=1, seed=12, slots=first.slots)

    assert twin.slots == first.slots
    assert twin.body != first.body


def test_a_joined_ticket_gives_the_engine_two_forms() -> None:
    brief = replace(BRIEF, joined="checkout-02")
    draft = draft_ticket(PACK, a_profile(), brief)
    first, second = forms_of(PACK, brief, draft, seed="trial", key="t1", will_change=True)

    assert (first.scenario.id, second.scenario.id) == (SCENARIO, "checkout-02")
    assert first.will_change
    assert not second.will_change
    assert first.key != second.key


@pytest.mark.parametrize("channel", ["email", "chat", "forum"])
def test_openings_of_a_month_are_hardly_ever_the_same(channel: str) -> None:
    plan = plan_cohort(PACK, PlanRequest("month", 4, channel_mix={channel: 1.0}))
    bodies = [
        draft_ticket(PACK, people[ticket.customer], brief_of(ticket, deal="month", on=ON)).body
        for one in plan.candidates
        for people in [draw_customers(PACK, one.candidate, one.customers, on=ON)]
        for ticket in one.tickets
    ]

    assert 1 - len(set(bodies)) / len(bodies) <= 0.06  # with the few lines of this pack
