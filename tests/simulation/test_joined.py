"""Two matters in one ticket."""

from dataclasses import replace

import pytest

from tests.simulation.harbour import STEADY, a_form
from trialsim.simulation import customer, desk, joined, joined_desk
from trialsim.simulation.joined_worth import rating, worth
from trialsim.simulation.types import Handover, Phase, Reply

FORMS = (
    a_form(channel="email"),
    replace(a_form("refund-too-late", channel="email"), key="ticket-1.second"),
)
ASK = "Has anything been added to the site lately?"


def test_each_matter_takes_what_concerns_it() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)

    decision = joined.receive(FORMS, cases, records, Reply(ASK), STEADY)

    assert decision.turn is not None
    assert decision.cases[0].replies == 1
    assert decision.cases[1] == cases[1]
    assert decision.turn.parts[1] is None


def test_a_reply_about_nothing_costs_in_one_matter_only() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)

    decision = joined.receive(FORMS, cases, records, Reply("Hello there."), STEADY)

    assert decision.cases[0].mood < cases[0].mood
    assert decision.cases[1].mood == cases[1].mood


def test_the_ticket_closes_when_every_matter_is_solved_and_is_worth_their_mean() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    closes = []
    for text in (
        f"{ASK} And why would you like your money back?",
        "I cannot refund this payment.",
        "Please deactivate the caching add-on and try the checkout again.",
    ):
        decision = joined.receive(FORMS, cases, records, Reply(text), STEADY)
        assert decision.turn is not None
        closes.append(decision.turn.closes)
        cases, records = joined.arrive(FORMS, decision.cases, records, decision.turn)

    assert closes == [False, False, True]
    assert {case.phase for case in cases} == {Phase.SOLVED}
    trace = worth(FORMS, cases, records)
    assert trace.value == (90 + 100) / 2
    assert sum(part.amount for part in trace.parts) == pytest.approx(trace.value, abs=0.05)


def test_one_matter_alone_is_played_as_ever() -> None:
    (form,) = FORMS[:1]
    cases, records = joined.open_cases((form,), (), STEADY)

    for text in ("Hello there.", ASK, "Please deactivate the caching add-on and try again."):
        alone = customer.receive(form, cases[0], records, Reply(text), STEADY)
        decision = joined.receive((form,), cases, records, Reply(text), STEADY)
        assert (decision.cases, decision.readings) == ((alone.case,), (alone.reading,))
        assert decision.turn is not None
        assert decision.turn.parts == (alone.turn,)
        cases, records = joined.arrive((form,), decision.cases, records, decision.turn)


def test_a_message_about_both_matters_is_signed_once() -> None:
    signed = 0
    for number in range(20):
        forms = tuple(replace(form, key=f"{form.key}-{number}") for form in FORMS)
        cases, records = joined.open_cases(forms, (), STEADY)
        both = Reply(f"{ASK} And why would you like your money back?")
        turn = joined.receive(forms, cases, records, both, STEADY).turn
        assert turn is not None
        assert turn.body.count("\nAna") <= 1
        signed += turn.body.endswith("\nAna")

    assert signed


def test_both_matters_share_the_three_answers_of_a_chat_turn() -> None:
    forms = tuple(replace(form, channel="chat") for form in FORMS)
    cases, records = joined.open_cases(forms, (), STEADY)
    questions = (
        "Which browser do you use? What does the error say? Does it happen to all customers? "
        "Why would you like your money back?"
    )

    decision = joined.receive(forms, cases, records, Reply(questions), STEADY)

    assert decision.turn is not None
    told = [name for part in decision.turn.parts if part for name in part.informs]
    assert len(told) == 3


def test_a_desk_action_is_logged_in_both_cases_and_done_once() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    site = cases[0].names["site"]

    done = joined_desk.act(FORMS, cases, records, desk.Act("inspect_site", site, {}, "now"))

    assert [[one.action for one in case.actions] for case in done.cases] == [["inspect_site"]] * 2


def test_an_owner_proved_for_one_matter_is_proved_for_the_other() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    payment = cases[1].names["other"]
    refund = desk.Act("refund", payment, {"reason": "goodwill"}, "now")

    broke = joined_desk.act(FORMS, cases, records, refund)
    verify = desk.Act("verify_owner", cases[0].names["account"], {}, "now")
    proved = joined_desk.act(FORMS, cases, records, verify)
    after = joined_desk.act(FORMS, proved.cases, proved.records, refund)

    assert {case.broken for case in broke.cases} == {("refunds.owner_only",)}
    assert {case.broken for case in after.cases} == {()}


def test_escalating_goes_to_the_matter_that_is_the_teams() -> None:
    forms = (FORMS[0], replace(a_form("counting-fault", channel="email"), key="ticket-1b"))
    cases, records = joined.open_cases(forms, (), STEADY)
    handover = Handover("platform", "A fault", "Since Monday visits count twice.", "now", False)

    handed = joined_desk.escalate(forms, cases, records, handover)

    assert handed.cases[0].handover is None
    assert handed.cases[1].handover is not None
    assert handed.cases[1].handover.right


def test_closing_with_one_matter_open_brings_the_customer_back_for_that_one() -> None:
    back = []
    for number in range(40):
        forms = tuple(replace(form, key=f"{form.key}-{number}") for form in FORMS)
        cases, records = joined.open_cases(forms, (), STEADY)
        solved = (replace(cases[0], phase=Phase.SOLVED), cases[1])
        _, turn = joined.after_close(forms, solved, records, STEADY)
        if turn is not None:
            back.append(turn)

    assert 14 < len(back) < 34
    assert all(turn.parts[0] is None and turn.body for turn in back)


def test_who_gives_up_leaves_both_matters() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    angry = (replace(cases[0], mood=-1.4), cases[1])

    decision = joined.receive(FORMS, angry, records, Reply("Hello there."), STEADY)
    assert decision.turn is not None
    after, _ = joined.arrive(FORMS, decision.cases, records, decision.turn)

    assert decision.turn.gives_up
    assert all(case.given_up for case in after)


def test_an_ignored_customer_presses_once_for_both_matters() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)

    after, turn = joined.nudge(FORMS, cases, records, 31.0, STEADY)

    assert turn is not None
    assert [case.nudges for case in after] == [1, 0]


def test_the_trace_names_both_matters_and_one_rating_counts_both() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    half = (replace(cases[0], phase=Phase.SOLVED), replace(cases[1], mood=-1.0, customer_turns=6))

    texts = " ".join(part.text for part in worth(FORMS, half, records).parts)
    rated = rating(FORMS, half, records, 1.0)

    assert "checkout plugin conflict:" in texts
    assert "refund too late:" in texts
    assert "wrote 6 times" in [part.text for part in rated.parts]


def test_what_one_matter_knows_by_its_pattern_is_no_guessed_trap_in_the_other() -> None:
    cases, records = joined.open_cases(FORMS, (), STEADY)
    asks = Reply("What is the reason for the password of your account?")

    alone = customer.receive(FORMS[0], cases[0], records, asks, STEADY)
    decision = joined.receive(FORMS, cases, records, asks, STEADY)

    assert alone.case.traps == ("asks_password",)
    assert [case.traps for case in decision.cases] == [(), ()]
    assert [reading is None for reading in decision.readings] == [True, False]
