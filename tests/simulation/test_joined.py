"""Two matters in one ticket."""

from dataclasses import replace

from tests.simulation.harbour import STEADY, a_form
from trialsim.simulation import joined
from trialsim.simulation.types import Phase, Reply

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
    assert joined.outcome_mean(FORMS, cases, records) == (90 + 100) / 2
