from dataclasses import replace

from tests.simulation.banks import a_pack, a_scenario
from trialsim.simulation.hints import Level, hint, level_after
from trialsim.simulation.types import CaseState, Credit, Document, Form, Persona

SCENARIO = a_scenario(1, articles=("clash",))
SLOTS = {"shop": "Kestrel", "thing": "menu", "since": "since noon", "culprit": "a map widget"}
FORM = Form(
    pack=a_pack(articles={"clash": Document("clash", "When two add-ons clash", "Look twice.")}),
    scenario=SCENARIO,
    persona=Persona(),
    slots=SLOTS,
    language="en",
    channel="email",
    seed=1,
    key="t001",
    opened_on="2026-03-02",
)
CASE = CaseState(SCENARIO.id, 1)
KNOWN = replace(CASE, facts=("change",), asked={"change": 1})


def test_hints_tell_more_and_more() -> None:
    assert [level_after(taken) for taken in range(5)] == [*Level, Level.STRONG, Level.STRONG]


def test_nudge_names_the_article_and_not_the_answer() -> None:
    found = hint(FORM, CASE, Level.NUDGE)

    assert found.article == "clash"
    assert "map widget" not in found.words


def test_step_says_what_to_find_out_before_what_to_say() -> None:
    assert "“change”. Ask" in hint(FORM, CASE, Level.STEP).words
    assert "be said to the customer: “fix”" in hint(FORM, KNOWN, Level.STEP).words


def test_strong_hint_is_the_next_sentence_of_the_reference_for_this_customer() -> None:
    assert "Did you change anything?" in hint(FORM, CASE, Level.STRONG).words
    assert "Please turn off a map widget." in hint(FORM, KNOWN, Level.STRONG).words


def test_who_has_asked_is_told_to_wait() -> None:
    assert "wait" in hint(FORM, replace(CASE, asked={"change": 1}), Level.STRONG).words


def test_whoever_has_said_it_all_is_told_so() -> None:
    points = dict.fromkeys(SCENARIO.points, Credit.WHOLE)

    assert "as solved" in hint(FORM, replace(KNOWN, points=points), Level.STRONG).words
