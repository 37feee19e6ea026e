import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Trialsim
from trialsim.paths import data_folder

PACK = str(data_folder("seed_data") / "packs" / "leafmoor")
LABELS = {
    "bank": {
        "askable": {
            "account": ["What is your account number?", "Please give me the account number."],
            "pin": ["What is your PIN?", "Please tell me the pin code."],
        },
        "other": {"bye": ["Goodbye.", "Have a nice day."]},
        "patterns": {"pin": r"\bpin\b"},
    }
}
LINES = [
    {"task": "bank", "text": "May I have the number of your account?", "asked": ["account"]},
    {"task": "bank", "text": "and your pin", "asked": ["pin"]},
    {"task": "bank", "text": "Please keep the pin secret.", "asked": []},
    {"task": "bank", "text": "Goodbye then!", "asked": []},
]


def written(folder: Path, labels: object, lines: list[dict[str, Any]]) -> tuple[str, str]:
    one, two = folder / "labels.json", folder / "lines.jsonl"
    one.write_text(json.dumps(labels), encoding="utf-8")
    two.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return str(one), str(two)


def test_labels_and_lines_of_any_source_give_precision_recall_and_f1(
    trialsim: Trialsim, tmp_path: Path
) -> None:
    matched = trialsim(
        "scenarios", "match", *written(tmp_path, LABELS, LINES), "--json", "--reader", "patterns"
    )

    report = json.loads(matched.out)
    assert (report["precision"], report["recall"], report["f1"]) == (0.6667, 1.0, 0.8)
    assert report["lines"] == 4
    assert report["facts"] == {
        "bank": {
            "account": {"precision": 1.0, "recall": 1.0, "f1": 1.0},
            "pin": {"precision": 0.5, "recall": 1.0, "f1": 0.6667},
        }
    }


def test_lines_without_labels_are_told_one_by_one(trialsim: Trialsim, tmp_path: Path) -> None:
    bare = [{"task": line["task"], "text": line["text"]} for line in LINES[:2]]

    matched = trialsim("scenarios", "match", *written(tmp_path, LABELS, bare))

    assert "and your pin\n  fact pin by pattern 1.00" in matched.out
    assert "  fact account by phrase" in matched.out


def test_lines_about_a_pack_are_read_with_its_scenarios(trialsim: Trialsim, tmp_path: Path) -> None:
    lines = tmp_path / "slow-images.tsv"
    lines.write_text(
        "writer\tlabels\tline\n"
        "jo\tf:new_on_site\tDid you upload anything new?\n"
        "jo\tw:upsell\tNo need for a bigger plan.\n",
        encoding="utf-8",
    )

    matched = trialsim("scenarios", "match", PACK, str(lines), "--json", "--reader", "patterns")

    both = json.loads(matched.out)["methods"]["patterns+tfidf"]
    assert (both["f1"], both["warnings"], both["warnings_fired"]) == (1.0, 1, 0)


@pytest.mark.parametrize(
    ("labels", "lines", "message"),
    [
        ([], LINES, "must be {task:"),
        ({"bank": {"askable": {"pin": "x"}}}, LINES, "`askable` must be"),
        ({"bank": {"askable": {}, "patterns": {"pin": "x"}}}, LINES, "not askable"),
        ({"bank": {"askable": {"pin": ["x"]}, "patterns": {"pin": "("}}}, LINES, "a pattern is"),
        (LABELS, [{"task": "shop", "text": "Hi"}], "line 1: 'shop' is no task"),
        (LABELS, [{"task": "bank", "text": "Hi", "asked": ["name"]}], "has no fact:name"),
        (LABELS, [{"task": "bank", "text": 1}], "must be a text"),
        (LABELS, [], "no such lines"),
    ],
)
def test_what_cannot_be_read_is_named_with_its_place(
    trialsim: Trialsim, tmp_path: Path, labels: object, lines: list[dict[str, Any]], message: str
) -> None:
    matched = trialsim("scenarios", "match", *written(tmp_path, labels, lines))

    assert matched.code == 2
    assert message in matched.err
