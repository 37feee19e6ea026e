import errno
import sqlite3

import click
import pytest
from sqlalchemy.exc import OperationalError

from tests.cli.conftest import Trialsim
from trialsim.cli.problems import plain


@pytest.mark.parametrize(
    ("variable", "value", "code", "words"),
    [
        ("TRIALSIM_HOME", "/dev/null/home", 2, "Cannot write to /dev/null/home"),
        ("TRIALSIM_DATABASE_URL", "no address", 2, "database address cannot be used"),
        ("TRIALSIM_DATABASE_URL", "postgresql://127.0.0.1:1/none", 1, "does not answer"),
    ],
)
def test_a_setting_that_cannot_work_is_told_in_one_line(
    trialsim: Trialsim,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
    value: str,
    code: int,
    words: str,
) -> None:
    monkeypatch.setenv(variable, value)

    told = trialsim("tick")

    assert told.code == code
    assert words in told.err
    assert told.err.count("\n") == 1


def test_a_short_secret_is_refused_before_anything_is_served(
    trialsim: Trialsim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIALSIM_SECRET_KEY", "short")

    assert trialsim("serve", "--port", "0").code == 2


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (sqlite3.OperationalError("database or disk is full"), "disk is full"),
        (OSError(errno.ENOSPC, "No space left on device"), "disk is full"),
        (
            OperationalError("INSERT", {}, sqlite3.OperationalError("database or disk is full")),
            "disk is full",
        ),
        (
            OperationalError("x", {}, sqlite3.OperationalError("attempt to write a readonly file")),
            "Cannot write to the database",
        ),
        (OSError(errno.ENOENT, "No such file or directory", "a.txt"), "a.txt: No such file"),
        (click.ClickException("told already"), "told already"),
    ],
)
def test_what_the_machine_refuses_becomes_a_sentence(error: Exception, words: str) -> None:
    known = plain(error)

    assert known is not None
    assert words in known[0]
    assert known[1] == 1


def test_a_fault_of_the_program_stays_a_fault() -> None:
    assert plain(KeyError("unexpected")) is None


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("serve",),
        ("tick",),
        ("db", "upgrade"),
        ("db", "check"),
        ("db", "backup"),
        ("db", "restore"),
        ("person", "add"),
        ("scenarios", "check"),
        ("scenarios", "play"),
        ("audit", "verify"),
    ],
)
def test_every_command_explains_itself_with_an_example(
    trialsim: Trialsim, command: tuple[str, ...]
) -> None:
    told = trialsim(*command, "--help")

    assert told.code == 0
    assert "Usage: trialsim" in told.out
    assert not command or "Example" in told.out


@pytest.mark.parametrize("command", [("fly",), ("db",), ("scenarios", "play"), ("tick", "--fast")])
def test_wrong_usage_leaves_with_two(trialsim: Trialsim, command: tuple[str, ...]) -> None:
    told = trialsim(*command)

    assert told.code == 2
    assert "Usage" in told.err
