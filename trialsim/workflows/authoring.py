"""Beginning a pack or a scenario from the starter that comes along."""

import re
from pathlib import Path

from trialsim.kit.errors import Invalid
from trialsim.paths import data_folder
from trialsim.scenarios.actions import read_files

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LONGEST = 60
_FIRST = "scenarios/first-scenario.toml"


def new_scenario(name: str, folder: Path) -> list[Path]:
    """Write a scenario to start from, and a whole small pack around it where there is none.

    Returns the files written, the scenario last. Nothing that exists is touched.

    Raises:
        Invalid: for a name that is no id, or that is taken.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise Invalid(
            f"{name!r} cannot be an id: please use small letters, digits and single hyphens."
        )
    scenario = folder / "scenarios" / f"{name}.toml"
    if scenario.exists():
        raise Invalid(f"{scenario} is there already. Please choose another id.")
    starter = read_files(data_folder("seed_data") / "starter")
    texts = {}
    if not (folder / "pack.toml").exists():
        if folder.exists() and any(folder.iterdir()):
            raise Invalid(f"{folder} is no pack: it has no pack.toml, and is not empty.")
        texts = {path: text for path, text in starter.items() if path != _FIRST}
    texts[f"scenarios/{name}.toml"] = starter[_FIRST].replace("first-scenario", name)
    written = []
    for path, text in texts.items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        written.append(place)
    return written
