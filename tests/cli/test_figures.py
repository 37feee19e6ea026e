import json
from pathlib import Path

import pytest

from tests.cli.conftest import Trialsim
from tests.factories.cohort import pack_files

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


def test_a_scenario_is_rated_and_its_goals_are_told(trialsim: Trialsim, pack: Path) -> None:
    told = trialsim("scenarios", "rate", SCENARIO, "--forms", "4", "--pack", str(pack), "--json")

    report = json.loads(told.out)
    figures = report["scenarios"][SCENARIO]
    assert figures["in_order"]
    assert figures["outcome"]["good"] > figures["outcome"]["shotgun"]
    assert told.code == (0 if report["ok"] else 1)
    assert report["ok"] == all(goal["met"] for goal in report["goals"])


def test_the_table_names_scenarios_that_miss_a_goal(trialsim: Trialsim, pack: Path) -> None:
    file = pack / "scenarios" / f"{SCENARIO}.toml"
    text = file.read_text(encoding="utf-8")
    # the harmful replies harm nobody any more
    head, _, _ = text.partition("[reference.harmful]")
    names = [line.split(".", 1)[1].rstrip("]") for line in text.splitlines() if "[traps." in line]
    harmless = "".join(f'{name} = "Good morning."\n' for name in names)
    file.write_text(f"{head}[reference.harmful]\n{harmless}", encoding="utf-8")

    told = trialsim("scenarios", "rate", SCENARIO, "--forms", "2", "--pack", str(pack), "--why")

    assert told.code == 1
    assert "missed  harm caught" in told.out
    assert f"\n        {SCENARIO}" in told.out


def test_what_another_author_broke_is_left_out_and_named(trialsim: Trialsim, pack: Path) -> None:
    broken = pack / "scenarios" / "slow-images.toml"
    broken.write_text("id = 3", encoding="utf-8")

    told = trialsim("scenarios", "rate", SCENARIO, "--forms", "2", "--pack", str(pack))

    assert told.code == 1
    assert "left out: scenarios/slow-images.toml" in told.err
    assert SCENARIO in told.out


@pytest.mark.parametrize("command", [("rate", "no-such"), ("rate", "--forms", "1")])
def test_what_cannot_be_rated_is_wrong_input(trialsim: Trialsim, command: tuple[str, ...]) -> None:
    assert trialsim("scenarios", *command).code == 2


def test_a_month_is_written_in_the_order_of_arriving(
    trialsim: Trialsim, pack: Path, tmp_path: Path
) -> None:
    files = [tmp_path / name for name in ("one.jsonl", "two.jsonl")]
    for file in files:
        made = trialsim(
            "month", str(pack), "--tickets", "60", "--seed", "3", "--out", str(file), "--start",
            "2026-03-02",
        )  # fmt: skip
        assert made.code == 0
        assert not made.out

    tickets = [json.loads(line) for line in files[0].read_text(encoding="utf-8").splitlines()]
    arrivals = [ticket["arrives_at"] for ticket in tickets]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert len(tickets) == 60
    assert arrivals == sorted(arrivals)
    assert arrivals[0] >= "2026-03-02"
    assert set(tickets[0]) >= {
        "id", "scenario", "form", "channel", "tier", "language", "customer", "subject", "body",
    }  # fmt: skip


def test_another_seed_is_another_month(trialsim: Trialsim, pack: Path, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):
        out = tmp_path / f"{seed}.jsonl"
        trialsim("month", str(pack), "--tickets", "5", "--seed", seed, "--out", str(out))
        made.append(out.read_text(encoding="utf-8"))

    assert made[0] != made[1]


def test_the_report_is_json_alone_on_request(
    trialsim: Trialsim, pack: Path, tmp_path: Path
) -> None:
    out = str(tmp_path / "m.jsonl")
    told = trialsim(
        "month", str(pack), "--tickets", "40", "--seed", "3", "--out", out, "--report", "--json"
    )

    report = json.loads(told.out)
    assert {"name", "value", "real", "low", "high", "met", "worst"} == set(report["rows"][0])
    assert report["tickets"] == 40


def test_a_pack_that_is_not_there_is_wrong_input(trialsim: Trialsim, tmp_path: Path) -> None:
    told = trialsim(
        "month", "no-such", "--tickets", "4", "--seed", "3", "--out", str(tmp_path / "m.jsonl")
    )

    assert told.code == 2
    assert "no-such is no pack" in told.err
