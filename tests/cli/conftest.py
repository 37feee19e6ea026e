from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from trialsim.cli import main


@dataclass(frozen=True, slots=True)
class Run:
    """What a command printed and left with."""

    code: int
    out: str
    err: str


Trialsim = Callable[..., Run]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home for an installation of the test's own."""
    folder = tmp_path / "home"
    for name in ("TRIALSIM_DATABASE_URL", "TRIALSIM_SMTP_URL", "TRIALSIM_SECRET_KEY", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TRIALSIM_HOME", str(folder))
    monkeypatch.setenv("TRIALSIM_BASE_URL", "http://trial.example")
    return folder


@pytest.fixture
def trialsim(home: Path, capsys: pytest.CaptureFixture[str]) -> Trialsim:
    """Run a command as a shell would."""
    assert not home.exists()

    def run(*arguments: str) -> Run:
        with pytest.raises(SystemExit) as left:
            main(arguments)
        printed = capsys.readouterr()
        code = left.value.code
        return Run(code if isinstance(code, int) else 1, printed.out, printed.err)

    return run
