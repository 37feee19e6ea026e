"""Two candidates of a cohort have nothing to tell each other: no wording is met twice alike."""

from dataclasses import replace

from tests.simulation.banks import a_pack
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files
from trialsim.simulation.checking.wordings import check_wordings, repeated_run
from trialsim.simulation.figures.bank import sharing_goal
from trialsim.simulation.figures.sharing import shared_openings
from trialsim.simulation.library import parse_pack
from trialsim.simulation.plan import plan_cohort
from trialsim.simulation.planned import PlanRequest
from trialsim.simulation.types import Opening, Pack

FIXED = "Since last week nothing on the page is where I had put it"
THINGS = ("image", "text", "button", "link", "form", "menu", "box", "map")
VARIED = {
    "symptom": "[Today|Since May|For a week] the menu [is gone|fails|hides] with every menu",
    "context": "That menu [was fine|worked|stood there] as [usual|ever|always], my menu",
    "impact": "This menu [earns my bread|pays the rent|is all I have], this menu",
    "ask": "Is my menu [lost|ill|done for], or no menu?",
}


def with_opening(**parts: tuple[str, ...]) -> Pack:
    pack = a_pack()
    scenarios = {
        name: replace(
            one,
            texts={
                language: replace(texts, opening=Opening(**parts))
                for language, texts in one.texts.items()
            },
        )
        for name, one in pack.scenarios.items()
    }
    return replace(pack, scenarios=scenarios)


def test_a_line_that_never_varies_is_found_with_the_words_two_candidates_read() -> None:
    sharing = shared_openings(with_opening(symptom=(FIXED,)), 5)

    assert sharing.share > 0.5
    assert not sharing_goal(sharing).met
    assert any(run in FIXED.lower() for _, _, run in sharing.shared)


def test_lines_with_enough_alternatives_are_hardly_ever_met_alike() -> None:
    parts = {
        part: tuple(line.replace("menu", thing) for thing in THINGS)
        for part, line in VARIED.items()
    }
    sharing = shared_openings(with_opening(**parts), 5)

    assert sharing.pairs > 100
    assert sharing.share < 0.03


def test_drawn_words_and_quoted_messages_part_a_run() -> None:
    assert repeated_run('Since last week {site} says "error" and I have no access', "en") == ""
    assert repeated_run(FIXED, "it") in FIXED.lower()


def test_two_alternatives_are_not_enough_where_a_line_is_met_three_times() -> None:
    line = "Since [Monday|Friday] nothing on the page is where I left it"

    assert repeated_run(line, "en")
    assert not repeated_run(line.replace("on the page", "[here|there|up there]"), "en")


def test_an_author_is_told_which_words_always_come_and_what_to_do() -> None:
    texts = next(iter(with_opening(symptom=(VARIED["symptom"], FIXED)).scenarios.values())).text(
        "en"
    )

    (fault,) = check_wordings("scenarios/a.toml", "en", texts)

    assert (fault.field, fault.warning) == ("opening.symptom", True)
    assert fault.message.startswith("line 2 says '")
    assert "[a|b|c]" in fault.message


def test_a_scenario_with_too_few_wordings_keeps_its_forms() -> None:
    plan = plan_cohort(with_opening(symptom=(FIXED,)), PlanRequest(5, 3))

    forms = [ticket.form for one in plan.candidates for ticket in one.tickets]
    assert sum(form > 900 for form in forms) < 0.1 * len(forms)


def test_a_plan_kept_apart_depends_on_nobody_who_comes_later() -> None:
    pack = parse_pack(read_files(data_folder("seed_data") / "packs" / "leafmoor"))
    few, more = (plan_cohort(pack, PlanRequest(7, count)).candidates for count in (3, 5))

    assert [one.form for plan in few for one in plan.tickets] == [
        one.form for plan in more[:3] for one in plan.tickets
    ]
    assert shared_openings(pack, 7).shared == ()
