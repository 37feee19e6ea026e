from pathlib import Path

import pytest

from trialsim.kit.errors import Invalid
from trialsim.scenarios.actions import read_files
from trialsim.simulation.checking import check_pack
from trialsim.simulation.library import parse_pack
from trialsim.workflows.authoring import new_scenario


def test_a_new_folder_becomes_a_whole_pack_without_a_fault(tmp_path: Path) -> None:
    folder = tmp_path / "mine"

    written = new_scenario("lost-parcel", folder)

    pack = parse_pack(read_files(folder))
    assert set(pack.scenarios) == {"lost-parcel"}
    assert [fault for fault in check_pack(pack) if not fault.warning] == []
    assert written[-1] == folder / "scenarios" / "lost-parcel.toml"


def test_a_second_scenario_leaves_the_pack_as_it_is(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    new_scenario("lost-parcel", folder)
    (folder / "macros.toml").write_text("", encoding="utf-8")

    written = new_scenario("late-parcel", folder)

    assert len(written) == 1
    assert (folder / "macros.toml").read_text(encoding="utf-8") == ""
    assert set(parse_pack(read_files(folder)).scenarios) == {"lost-parcel", "late-parcel"}


def test_a_scenario_that_exists_is_never_overwritten(tmp_path: Path) -> None:
    new_scenario("lost-parcel", tmp_path / "mine")

    with pytest.raises(Invalid, match="is there already"):
        new_scenario("lost-parcel", tmp_path / "mine")


@pytest.mark.parametrize("name", ["", "Lost", "a b", "../up", "a--b", "é", "x" * 61])
def test_a_name_that_is_no_id_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="cannot be an id"):
        new_scenario(name, tmp_path / "mine")


def test_a_folder_full_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear Ada", encoding="utf-8")

    with pytest.raises(Invalid, match="is no pack"):
        new_scenario("lost-parcel", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
