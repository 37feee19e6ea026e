"""From the files of a pack to a `Pack`: texts in, values out, every fault named at once."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace

from trialsim.simulation.library.documents import (
    read_document,
    read_macros,
    read_phrases,
    read_rubric,
)
from trialsim.simulation.library.incidents import read_incident
from trialsim.simulation.library.learning import read_first_days, read_quiz
from trialsim.simulation.library.scenarios import Company, read_scenario
from trialsim.simulation.library.tables import Table
from trialsim.simulation.library.texts import read_variant
from trialsim.simulation.library.worlds import read_actions, read_clauses, read_kinds
from trialsim.simulation.types import CHANNELS, Document, Fault, Pack, PackInvalid, Scenario

_SCENARIO = re.compile(r"scenarios/([\w-]+)(?:\.(\w\w))?\.toml")
_PHRASES = re.compile(r"phrases(?:\.(\w\w))?\.toml")
_PAGE = re.compile(r"(articles|policies)/([\w-]+)\.md")
_SINGLE = ("pack.toml", "macros.toml", "quiz.toml", "rubric.toml", "first_days.toml")


def parse_pack(files: Mapping[str, str]) -> Pack:
    """Return the pack whose files are given by their path inside its folder.

    Raises:
        PackInvalid: With every fault of shape, spelling or reference in any file.
    """
    faults: list[Fault] = []
    tables = {
        path: _toml(path, files[path], faults) for path in sorted(files) if path.endswith(".toml")
    }
    faults += [
        Fault(path, "", "is no file of a pack: move it elsewhere")
        for path in sorted(files)
        if not _is_known(path)
    ]
    if "pack.toml" not in tables:
        raise PackInvalid((*faults, Fault("pack.toml", "", "is missing: a pack begins with it")))
    pack = _pack(tables, files, faults)
    if faults:
        raise PackInvalid(tuple(faults))
    return pack


def _is_known(path: str) -> bool:
    patterns = (_SCENARIO, _PHRASES, _PAGE)
    return path in _SINGLE or any(pattern.fullmatch(path) for pattern in patterns)


def _toml(path: str, text: str, faults: list[Fault]) -> Table:
    try:
        return Table(path, "", tomllib.loads(text), faults)
    except tomllib.TOMLDecodeError as error:
        faults.append(Fault(path, "", f"is no TOML: {error}"))
        raise PackInvalid(tuple(faults)) from error


def _pack(tables: Mapping[str, Table], files: Mapping[str, str], faults: list[Fault]) -> Pack:
    table = tables["pack.toml"]
    kinds = read_kinds(table)
    if not kinds:
        raise PackInvalid(tuple(faults))
    actions = read_actions(table, kinds)
    clauses = read_clauses(table, actions, kinds)
    company = Company(
        table.texts("languages") or ("en",), table.texts("teams"), kinds, actions, clauses
    )
    articles = _pages("articles", files, faults)
    first_days, later = read_first_days(_optional(tables, "first_days.toml", faults))
    pack = Pack(
        id=table.text("id"),
        name=table.text("name"),
        version=table.whole("version"),
        currency=table.text("currency"),
        languages=company.languages,
        tiers=_tiers(table),
        teams=company.teams,
        anchors=table.texts("anchors"),
        kinds=kinds,
        actions=actions,
        clauses=clauses,
        scenarios=_scenarios(tables, company),
        articles=articles,
        policies=_pages("policies", files, faults),
        phrases=_phrases(tables, faults),
        macros=read_macros(_optional(tables, "macros.toml", faults)),
        quiz=read_quiz(_optional(tables, "quiz.toml", faults), articles),
        rubric=read_rubric(_optional(tables, "rubric.toml", faults)),
        incident=read_incident(table),
        first_days=first_days,
        later=later,
    )
    table.close()
    return pack


def _optional(tables: Mapping[str, Table], path: str, faults: list[Fault]) -> Table:
    return tables.get(path) or Table(path, "", {}, faults)


def _tiers(table: Table) -> dict[str, str]:
    part = table.table("tiers")
    return {plan: part.one_of(plan, CHANNELS) for plan in part.names}


def _pages(folder: str, files: Mapping[str, str], faults: list[Fault]) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for path in sorted(files):
        page = _PAGE.fullmatch(path)
        if page is not None and page[1] == folder:
            found[page[2]] = read_document(page[2], path, files[path], faults)
    return found


def _phrases(
    tables: Mapping[str, Table],
    faults: list[Fault],
) -> dict[str, dict[str, dict[str, tuple[str, ...]]]]:
    first = (tables["pack.toml"].texts("languages") or ("en",))[0]
    if "phrases.toml" not in tables:
        faults.append(Fault("phrases.toml", "", "is missing: customers speak its lines"))
    found = {}
    for path, table in tables.items():
        name = _PHRASES.fullmatch(path)
        if name is not None:
            found[name[1] or first] = read_phrases(table)
    return found


def _scenarios(tables: Mapping[str, Table], company: Company) -> dict[str, Scenario]:
    found: dict[str, Scenario] = {}
    variants: list[tuple[str, str, Table]] = []
    for path, table in tables.items():
        name = _SCENARIO.fullmatch(path)
        if name is None:
            continue
        if name[2]:
            variants.append((name[1], name[2], table))
            continue
        scenario = read_scenario(table, company)
        if scenario.id != name[1]:
            table.fault("id", f"write id = {name[1]!r}, as the file is called")
        found[name[1]] = scenario
    for base, language, table in variants:
        _add_variant(found, base, language, table)
    _check_languages(found, tables)
    return found


def _add_variant(found: dict[str, Scenario], base: str, language: str, table: Table) -> None:
    scenario = found.get(base)
    if scenario is None:
        table.fault("", f"stands beside no scenarios/{base}.toml")
    elif language not in scenario.languages:
        table.fault("", f"add {language!r} to `languages` in scenarios/{base}.toml")
    else:
        texts = {**scenario.texts, language: read_variant(table, language, scenario)}
        found[base] = replace(scenario, texts=texts)


def _check_languages(found: Mapping[str, Scenario], tables: Mapping[str, Table]) -> None:
    for name, scenario in found.items():
        for language in scenario.languages:
            if language not in scenario.texts:
                tables[f"scenarios/{name}.toml"].fault(
                    "languages",
                    f"add scenarios/{name}.{language}.toml or take {language!r} out",
                )
