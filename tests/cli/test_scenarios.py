import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import Trialsim
from tests.factories.cohort import pack_files
from trialsim.simulation.library import parse_pack
from trialsim.workflows.rehearsal import rehearse, split_actions, split_replies

SCENARIO = "renewal-charged-twice"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the product's pack, with a part of its scenarios."""
    folder = tmp_path / "leafmoor"
    for name, text in pack_files().items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def test_a_good_pack_passes_with_warnings_at_most(trialsim: Trialsim, pack: Path) -> None:
    checked = trialsim("scenarios", "check", str(pack), "--json")

    report = json.loads(checked.out)
    faults = [fault for fault in report["packs"][0]["faults"] if not fault["warning"]]
    # the tests' part of the pack lacks anchors, and nothing else
    assert {fault["field"] for fault in faults} <= {"anchors", "joins", "incident"}
    assert report["packs"][0]["scenarios"] == 17


def test_a_faulty_scenario_is_named_with_file_key_and_fix(trialsim: Trialsim, pack: Path) -> None:
    file = pack / "scenarios" / f"{SCENARIO}.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"^version = \d+", "version = 'one'", text, count=1, flags=re.MULTILINE))

    checked = trialsim("scenarios", "check", str(pack))

    assert checked.code == 1
    assert f"leafmoor/scenarios/{SCENARIO}.toml: version:" in checked.out


def test_a_folder_that_is_no_pack_is_wrong_input(trialsim: Trialsim, tmp_path: Path) -> None:
    checked = trialsim("scenarios", "check", str(tmp_path))

    assert checked.code == 2
    assert "no pack.toml" in checked.err


def test_replies_from_a_file_lead_to_an_outcome(
    trialsim: Trialsim, pack: Path, tmp_path: Path
) -> None:
    replies = tmp_path / "replies.txt"
    replies.write_text(
        "!verify_owner\nThank you for writing, I am looking into it.\n---\nAnything else?\n"
    )
    command = ("scenarios", "play", SCENARIO, "--seed", "3", "--pack", str(pack))

    told = trialsim(*command, "--replies", str(replies), "--why")
    again = trialsim(*command, "--replies", str(replies), "--why")

    assert told.code == 0
    assert told.out == again.out
    assert "[verify_owner] The writer typed the code" in told.out
    assert told.out.count("You:") == 2
    assert "mood:" in told.out
    assert "Outcome" in told.out


def test_another_seed_is_another_customer(trialsim: Trialsim, pack: Path, tmp_path: Path) -> None:
    silence = tmp_path / "none.txt"
    silence.write_text("")
    options = ("--pack", str(pack), "--replies", str(silence))

    first, second = (
        trialsim("scenarios", "play", SCENARIO, "--seed", seed, *options).out for seed in "12"
    )

    assert first != second
    assert "Outcome 0 of 100" in first


def test_an_unknown_scenario_is_wrong_input(trialsim: Trialsim) -> None:
    told = trialsim("scenarios", "play", "no-such", "--seed", "1")

    assert told.code == 2
    assert "no scenario called no-such" in told.err


def test_the_reference_of_a_scenario_solves_it_in_rehearsal() -> None:
    pack = parse_pack(pack_files())
    talk = rehearse(pack, SCENARIO, 5)

    for command in ("verify_owner", "inspect_payment first", "inspect_payment second"):
        talk.act(command)
    told = talk.act('refund second reason="charged twice"')

    assert "money is on its way" in told
    assert talk.outcome().goal_share > 0


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("fly", "There is no action called fly."),
        ("refund nothing", "This record has no such action."),
        ('refund "open', "open quote"),
        ("escalate nobody", "There is no such team."),
        ("", "verify_owner account"),
    ],
)
def test_a_desk_action_that_cannot_be_says_why(command: str, words: str) -> None:
    talk = rehearse(parse_pack(pack_files()), SCENARIO, 5)

    assert words in talk.act(command)


def test_replies_are_parted_by_lines_of_three_dashes() -> None:
    assert split_replies("one\ntwo\n---\n\n ---\nthree -- four\n") == ("one\ntwo", "three -- four")


def test_desk_actions_stand_before_the_words() -> None:
    assert split_actions("!verify_owner\n! refund x\nHello\n!bang") == (
        ("verify_owner", "refund x"),
        "Hello\n!bang",
    )
