import json
import sqlite3
from pathlib import Path

from tests.cli.conftest import Trialsim
from trialsim.app import create_app
from trialsim.config import load


def test_the_first_manager_gets_a_link_that_works_once(trialsim: Trialsim) -> None:
    added = trialsim("person", "add", "Ana@Example.org", "--manager", "--name", "Ana")

    link = added.out.strip()
    visitor = create_app(load()).test_client()
    assert added.code == 0
    assert link.startswith("http://trial.example/invitations/")
    assert "a manager" in added.err
    assert "Ana" in visitor.get(link.removeprefix("http://trial.example")).text


def test_adding_somebody_again_prints_a_fresh_link(trialsim: Trialsim) -> None:
    first = trialsim("person", "add", "ana@example.org")
    second = trialsim("person", "add", "ana@example.org", "--manager")

    assert first.out != second.out
    assert "an account" in first.err
    assert "a manager" in second.err


def test_an_address_that_is_none_is_refused_as_wrong_input(trialsim: Trialsim) -> None:
    refused = trialsim("person", "add", "nowhere")

    assert refused.code == 2
    assert "name@example.org" in refused.err
    assert "Traceback" not in refused.err


def test_a_whole_journal_is_confirmed_with_its_head(trialsim: Trialsim) -> None:
    trialsim("person", "add", "ana@example.org")

    told = trialsim("audit", "verify", "--json")

    report = json.loads(told.out)
    assert told.code == 0
    assert report["whole"] is True
    assert report["facts"] >= 2
    assert trialsim("audit", "verify", "--head", report["head"]).code == 0


def test_a_changed_fact_is_found(trialsim: Trialsim, home: Path) -> None:
    trialsim("person", "add", "ana@example.org")
    _change(home, "UPDATE fact SET kind = 'nothing_happened' WHERE kind = 'person_added'")

    told = trialsim("audit", "verify", "--json")

    assert told.code == 1
    assert json.loads(told.out)["whole"] is False
    assert "has been changed" in told.err


def test_a_cut_off_end_shows_against_a_head_kept_elsewhere(trialsim: Trialsim, home: Path) -> None:
    trialsim("person", "add", "ana@example.org")
    head = json.loads(trialsim("audit", "verify", "--json").out)["head"]
    _change(home, "DELETE FROM fact WHERE id = (SELECT max(id) FROM fact)")

    assert trialsim("audit", "verify").code == 0
    told = trialsim("audit", "verify", "--head", head)

    assert told.code == 1
    assert "cut off" in told.err


def _change(home: Path, statement: str) -> None:
    with sqlite3.connect(home / "trialsim.db") as connection:
        connection.execute(statement)
    connection.close()
