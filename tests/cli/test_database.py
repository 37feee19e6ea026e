import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.cli.conftest import Trialsim


@contextmanager
def opened(file: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(file)) as connection, connection:
        yield connection


def emails(file: Path) -> set[str]:
    with opened(file) as connection:
        return {row[0] for row in connection.execute("SELECT email FROM person")}


def test_an_upgraded_database_passes_its_check_and_holds_the_pack(
    trialsim: Trialsim, home: Path
) -> None:
    assert trialsim("db", "upgrade").code == 0

    assert trialsim("db", "check").code == 0
    with opened(home / "trialsim.db") as connection:
        assert connection.execute("SELECT pack FROM pack_version").fetchall() == [("leafmoor",)]


def test_a_backup_is_one_file_with_everything_written_before(
    trialsim: Trialsim, tmp_path: Path
) -> None:
    trialsim("person", "add", "ana@example.org")
    copy = tmp_path / "copy.db"

    made = trialsim("db", "backup", str(copy))

    assert made.code == 0
    assert emails(copy) == {"ana@example.org"}
    assert [path.name for path in tmp_path.glob("*copy*")] == ["copy.db"]


def test_a_backup_overwrites_nothing(trialsim: Trialsim, tmp_path: Path) -> None:
    trialsim("db", "upgrade")
    taken = tmp_path / "taken.db"
    taken.write_text("precious")

    refused = trialsim("db", "backup", str(taken))

    assert refused.code == 1
    assert "exists already" in refused.err
    assert taken.read_text() == "precious"


def test_restoring_brings_the_backup_back_and_keeps_what_was_there(
    trialsim: Trialsim, home: Path, tmp_path: Path
) -> None:
    trialsim("person", "add", "before@example.org")
    trialsim("db", "backup", str(tmp_path / "copy.db"))
    trialsim("person", "add", "after@example.org")

    restored = trialsim("db", "restore", str(tmp_path / "copy.db"))

    kept = next(home.glob("trialsim-before-restore-*.db"))
    assert restored.code == 0
    assert emails(home / "trialsim.db") == {"before@example.org"}
    assert emails(kept) == {"before@example.org", "after@example.org"}
    assert trialsim("db", "check").code == 0


def test_restoring_reaches_whoever_has_the_database_open(
    trialsim: Trialsim, home: Path, tmp_path: Path
) -> None:
    trialsim("person", "add", "before@example.org")
    trialsim("db", "backup", str(tmp_path / "copy.db"))
    trialsim("person", "add", "after@example.org")

    with opened(home / "trialsim.db") as reader:
        assert reader.execute("SELECT count(*) FROM person").fetchone() == (2,)
        trialsim("db", "restore", str(tmp_path / "copy.db"))

        assert reader.execute("SELECT count(*) FROM person").fetchone() == (1,)


@pytest.mark.parametrize("content", [b"no database at all", b""])
def test_a_file_that_is_no_backup_changes_nothing(
    trialsim: Trialsim, home: Path, tmp_path: Path, content: bytes
) -> None:
    trialsim("person", "add", "ana@example.org")
    other = tmp_path / "other.db"
    other.write_bytes(content)

    refused = trialsim("db", "restore", str(other))

    assert refused.code == 1
    assert emails(home / "trialsim.db") == {"ana@example.org"}


def test_a_database_from_a_newer_version_is_refused_by_every_command(
    trialsim: Trialsim, home: Path
) -> None:
    trialsim("db", "upgrade")
    with opened(home / "trialsim.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    for command in (("db", "upgrade"), ("db", "check"), ("tick",), ("serve", "--port", "0")):
        refused = trialsim(*command)
        assert refused.code == 1, command
        assert "newer version" in refused.err
        assert refused.err.count("\n") == 1


def test_a_backup_from_a_newer_version_is_refused(
    trialsim: Trialsim, home: Path, tmp_path: Path
) -> None:
    trialsim("db", "upgrade")
    copy = tmp_path / "copy.db"
    trialsim("db", "backup", str(copy))
    with opened(copy) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")

    refused = trialsim("db", "restore", str(copy))

    assert refused.code == 1
    assert "newer version" in refused.err
    assert not list(home.glob("*before-restore*"))


def test_a_damaged_database_is_told(trialsim: Trialsim, home: Path) -> None:
    trialsim("person", "add", "ana@example.org")
    with opened(home / "trialsim.db") as connection:
        connection.execute("UPDATE sign_in SET person_id = 99")
        connection.execute("INSERT INTO link VALUES (99, 'x', 'invitation', 99, '', '', NULL)")

    told = trialsim("db", "check")

    assert told.code == 1
    assert "link" in told.err


def test_a_database_that_is_not_there_yet_is_told(trialsim: Trialsim) -> None:
    for command in (("db", "check"), ("db", "backup", "x.db")):
        told = trialsim(*command)
        assert told.code == 1
        assert "no database" in told.err


def test_postgres_is_pointed_to_its_own_tools(
    trialsim: Trialsim, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TRIALSIM_DATABASE_URL", "postgresql://127.0.0.1:1/none")

    told = trialsim("db", "backup", "x.db")

    assert told.code == 1
    assert "pg_dump" in told.err
