"""What the repository may hold, and where its parts may look."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOP_LEVEL = {
    "trialsim", "templates", "static", "seed_data", "tests", "pyproject.toml", "README.md",
    "docs", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "Makefile",
    "requirements.lock", "requirements-dev.lock", ".ci", ".github", ".gitignore",
}  # fmt: skip


def tracked() -> list[str]:
    listing = subprocess.run(
        ["git", "ls-files"],  # noqa: S607 (git is needed to have the checkout)
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return listing.stdout.split()


def test_nothing_new_stands_at_the_top_level() -> None:
    assert {name.split("/")[0] for name in tracked()} <= TOP_LEVEL


def test_lock_files_pin_hashes_and_name_no_index() -> None:
    for name in ("requirements.lock", "requirements-dev.lock"):
        text = (ROOT / name).read_text()
        pins = re.findall(r"^[a-z0-9][\w.\[\],-]*==", text, re.MULTILINE | re.IGNORECASE)

        assert pins
        assert text.count("--hash=sha256:") >= len(pins)
        assert "://" not in text


def test_no_third_party_asset_is_kept() -> None:
    assert [name for name in tracked() if re.search(r"\.min\.(js|css)$", name)] == []
