"""Finds the top-level data folders: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder `templates`, `static` or `seed_data`.

    Raises:
        FileNotFoundError: when neither place has it, which means a broken installation.
    """
    for base in (_PACKAGE.parent, _PACKAGE / "_bundle"):
        if (base / name).is_dir():
            return base / name
    raise FileNotFoundError(f"The folder {name} is missing: please install TrialSim again.")
