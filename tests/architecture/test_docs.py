"""What the documents say is what the code does."""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest
from flask import Flask
from sqlmodel import SQLModel

from tests.architecture.pages import PARTS, part_of
from trialsim import features
from trialsim.cli import COMMANDS, Commands, cli
from trialsim.config import Settings
from trialsim.measurement.catalogue import MEASURES
from trialsim.programmes.rules import ALLOWED, Thing
from trialsim.web.redirects import PublicId, Slug, Token

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / name for name in ("README.md", "CHANGELOG.md", "CONTRIBUTING.md")]
DECISIONS = sorted((DOCS / "decisions").glob("0*.md"))
HEADINGS = ["## Context", "## Decision", "## Consequences", "## Considered"]
WORDS = """
    pack, world, desk action, outcome, scenario, form, anchor ticket, programme, cohort, trial,
    ticket, message, turn, reply, note, macro, article, review, rubric, calibration, measure,
    room, hand-over, hours, timesheet, packet, vote, decision, letter
""".replace("\n", " ").split(",")


def text_of(name: str) -> str:
    return (DOCS / name).read_text("utf-8")


def column_of(page: str, place: int) -> list[str]:
    """Return one column of every table of a page, without heads and rules."""
    rows = [line for line in text_of(page).splitlines() if re.match(r"\| [^-]", line)]
    return [row.replace("\\|", "/").split("|")[place].strip() for row in rows]


def quoted(texts: list[str]) -> set[str]:
    return {name for text in texts for name in re.findall(r"`([^`]+)`", text)}


def environment_names() -> set[str]:
    code = (ROOT / "trialsim/config.py").read_text("utf-8")
    return set(re.findall(r"env\.get\(\s*['\"]([A-Z_]+)", code))


def commands(group: click.Group, *path: str) -> Iterator[str]:
    """Yield every command with the words that call it."""
    context = click.Context(group)
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from commands(found, *path, name)
        else:
            yield " ".join((*path, name))


def links(page: Path) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
        if "://" not in target:
            yield target.partition("#")[0]


def every_page() -> list[Path]:
    return [*PAGES, *sorted(DOCS.rglob("*.md"))]


def test_readme_is_one_screen_with_both_commands() -> None:
    text = (ROOT / "README.md").read_text("utf-8")

    assert len(text.splitlines()) <= 60
    assert {"make run", "make test"} <= set(re.findall(r"make \w+", text))


@pytest.mark.parametrize("page", every_page(), ids=lambda page: page.name)
def test_no_link_is_broken(page: Path) -> None:
    assert [one for one in links(page) if not (page.parent / one).exists()] == []


def test_operations_name_every_variable_and_no_other() -> None:
    told = {name for name in quoted(column_of("operations.md", 1)) if name.isupper()}

    assert told == environment_names()


def test_operations_name_every_setting_that_has_no_variable() -> None:
    set_by_hand = {one.name for one in fields(Settings)} - {
        name.lower().removeprefix("trialsim_") for name in environment_names()
    }

    assert set_by_hand <= set(re.findall(r"[a-z_0-9]+", text_of("operations.md")))


def test_operations_name_every_command_and_no_other() -> None:
    assert isinstance(cli, Commands)
    told = {
        name.removeprefix("trialsim ")
        for name in quoted(column_of("operations.md", 1))
        if name.startswith("trialsim ")
    }

    assert told == set(commands(cli))
    assert {name.split()[0] for name in told} == set(COMMANDS)


@pytest.mark.parametrize("name", PARTS)
def test_parts_written_from_the_code_are_fresh(name: str) -> None:
    file, make = PARTS[name]

    assert part_of(text_of(file), name) == make() + "\n"


def test_every_measure_has_its_card() -> None:
    told = part_of(text_of("measures.md"), "measures")

    assert re.findall(r"^## (.+)$", told, re.MULTILINE) == [one.title for one in MEASURES]
    assert re.findall(r"Key `(\w+)`", told) == [one.key for one in MEASURES]


def test_permission_table_has_a_row_for_every_thing() -> None:
    told = part_of(text_of("security.md"), "permissions")

    assert re.findall(r"^\| ([a-z]+) \|", told, re.MULTILINE)[1:] == list(Thing)
    assert all(not ALLOWED[one] for one in ALLOWED if f" {one} |" not in told)


def test_glossary_explains_every_word() -> None:
    explained = {word.strip() for cell in column_of("glossary.md", 1) for word in cell.split(",")}

    assert {word.strip() for word in WORDS} <= explained


def test_glossary_names_every_table_and_no_other() -> None:
    assert features.MODELS
    told = quoted([re.sub(r"\([^)]*\)", "", cell) for cell in column_of("glossary.md", 3)])

    assert told == set(SQLModel.metadata.tables)


def test_glossary_names_columns_that_exist() -> None:
    tables = SQLModel.metadata.tables
    told = [
        (table, column)
        for cell in column_of("glossary.md", 3)
        for table, columns in re.findall(r"`(\w+)` \(([^)]+)\)", cell)
        for column in re.findall(r"`(\w+)`", columns)
    ]

    assert told
    assert [pair for pair in told if pair[1] not in tables[pair[0]].columns] == []


def test_glossary_names_pages_that_exist() -> None:
    app = Flask("pages")
    app.url_map.converters.update(pid=PublicId, token=Token, slug=Slug)
    features.register(app, development=False)
    known = {re.sub(r"<[^>]+>", "<id>", rule.rule) for rule in app.url_map.iter_rules()}

    assert quoted(column_of("glossary.md", 5)) <= known


@pytest.mark.parametrize("page", DECISIONS, ids=lambda page: page.stem)
def test_decisions_have_their_four_parts_and_fit_half_a_page(page: Path) -> None:
    text = page.read_text("utf-8")

    assert re.findall(r"^## .+$", text, re.MULTILINE) == HEADINGS
    assert len(text.splitlines()) <= 55


def test_decisions_are_numbered_and_listed() -> None:
    listed = re.findall(r"\]\((0[^)]+)\)", text_of("decisions/README.md"))

    assert listed == [page.name for page in DECISIONS]
    assert [int(page.name[:4]) for page in DECISIONS] == list(range(1, len(DECISIONS) + 1))


def test_every_package_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    names = {re.split(r"[\[><=]", one)[0] for one in project["dependencies"]}
    told = text_of("decisions/0017-dependencies.md")

    assert {name for name in names if name not in told} == set()
