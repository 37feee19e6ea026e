"""Lines with what their writers meant by them, from files: whose they are and what reads them.

Two sources of what may be meant: a pack with its scenarios, or a file of phrases from anywhere.
Two kinds of lines: JSON lines, or tab-separated files named after a scenario (and language), with
the columns writer, labels and line. A label is `f:`, `p:` or `t:` with the id of a fact, point or
trap, `w:` for a trap that is warned of, or `n` for none of them. Lines of `anywhere.tsv` mean
nothing anywhere; each is put to every fourth scenario.
"""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from trialsim.kit.errors import Invalid
from trialsim.scenarios.actions import read_files
from trialsim.simulation.checking.forms import sample_form
from trialsim.simulation.library import parse_pack
from trialsim.simulation.reading.matcher import Matcher, matcher_for, matcher_of
from trialsim.simulation.recognition import Line
from trialsim.simulation.types import Form, Pack, PackInvalid
from trialsim.simulation.voice import filled, slot_words

ANYWHERE: Final = "anywhere"
_SPREAD: Final = 4
_KINDS: Final = {"f": "fact", "p": "point", "t": "trap"}
_COLUMNS: Final = ["writer", "labels", "line"]


class LinesInvalid(Invalid):
    """A file that cannot be read as labels or lines: names the place and what to change."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """Lines, and by place what they are read with; without labels, `is_labelled` is False.

    `forms` are there for the scenarios of a pack.
    """

    matchers: Mapping[str, Matcher]
    lines: Sequence[Line]
    is_labelled: bool
    forms: Mapping[str, Form] = field(default_factory=dict)


def read_labelled(source: Path, lines: Path) -> Labelled:
    """Read a pack's folder or a file of labels, and a file or folder of lines.

    Raises:
        LinesInvalid: for a file that is not of the shape.
    """
    if source.is_dir():
        return _of_pack(_pack(source), lines)
    matchers = _matchers(source)
    rows = list(_json_lines(lines, matchers))
    found = [Line(task, text, means) for task, text, means, _ in rows]
    return Labelled(matchers, found, all(labelled for *_, labelled in rows) and bool(rows))


def _pack(folder: Path) -> Pack:
    files = read_files(folder)
    if "pack.toml" not in files:
        raise LinesInvalid(f"{folder} is no pack: it has no pack.toml.")
    try:
        return parse_pack(files)
    except PackInvalid as error:
        raise LinesInvalid(f"{folder} cannot be read: {error}") from error


def _of_pack(pack: Pack, path: Path) -> Labelled:
    files = sorted(path.glob("*.tsv")) if path.is_dir() else [path]
    places = [one for one in files if one.stem != ANYWHERE]
    if not places:
        raise LinesInvalid(f"{path} holds no lines: name files after scenarios, such as ID.tsv.")
    if places[0].suffix != ".tsv":
        return _of_json(pack, path)
    spare = [row for one in files if one.stem == ANYWHERE for row in _rows(one)]
    forms = {one.stem: _form(pack, one.stem, str(one)) for one in places}
    lines: list[Line] = []
    for number, one in enumerate(places):
        form = forms[one.stem]
        rows = [*_rows(one), *_put(spare, number, form)]
        lines.extend(_line(form, one.stem, row, str(one)) for row in rows)
    matchers = {place: matcher_of(form) for place, form in forms.items()}
    return Labelled(matchers, lines, is_labelled=True, forms=forms)


def _put(
    spare: Sequence[Mapping[str, str]], number: int, form: Form
) -> Iterator[Mapping[str, str]]:
    """Yield the lines that mean nothing anywhere which this scenario is tried with."""
    if form.language != "en":
        return
    yield from (row for place, row in enumerate(spare) if (place + number) % _SPREAD == 0)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        if reader.fieldnames != _COLUMNS:
            raise LinesInvalid(f"{path} must begin with the columns {', '.join(_COLUMNS)}.")
        rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise LinesInvalid(f"{path}, line {number}: please part three columns by tabs.")
    return rows


def _form(pack: Pack, place: str, file: str) -> Form:
    name, _, code = place.partition(".")
    scenario = pack.scenarios.get(name)
    if scenario is None or (code and code not in scenario.texts):
        raise LinesInvalid(f"{file}: the pack has no scenario {place!r}.")
    return sample_form(pack, scenario, code or scenario.languages[0])


def _line(form: Form, place: str, row: Mapping[str, str], file: str) -> Line:
    labels = [label.partition(":") for label in row["labels"].split() if label != "n"]
    means = frozenset(f"{_KINDS.get(kind, kind)}:{name}" for kind, _, name in labels if kind != "w")
    warns = frozenset(name for kind, _, name in labels if kind == "w")
    known = {act.name for act in matcher_of(form).acts}
    unknown = (means - known) | {f"trap:{name}" for name in warns if f"trap:{name}" not in known}
    if unknown:
        raise LinesInvalid(f"{file}: {form.scenario.id} has no {', '.join(sorted(unknown))}.")
    words = slot_words(form.pack, form.scenario, form.slots, form.language)
    return Line(place, filled(row["line"], words), means, warns, row["writer"])


def _of_json(pack: Pack, path: Path) -> Labelled:
    tasks = {str(row.get("task", "")) for _, row in _objects(path)}
    forms = {task: _form(pack, task, str(path)) for task in sorted(tasks)}
    matchers = {task: matcher_of(form) for task, form in forms.items()}
    rows = list(_json_lines(path, matchers))
    lines = [Line(task, text, means) for task, text, means, _ in rows]
    return Labelled(matchers, lines, all(labelled for *_, labelled in rows) and bool(rows), forms)


def _json_lines(
    path: Path, matchers: Mapping[str, Matcher]
) -> Iterator[tuple[str, str, frozenset[str], bool]]:
    """Yield task, text, what is asked, and whether that is said at all."""
    for number, row in _objects(path):
        where = f"{path}, line {number}"
        task, text, asked = row.get("task"), row.get("text"), row.get("asked")
        if not isinstance(task, str) or task not in matchers:
            raise LinesInvalid(f"{where}: {task!r} is no task of the labels.")
        if not isinstance(text, str):
            raise LinesInvalid(f"{where}: `text` must be a text.")
        if asked is not None and not _are_texts(asked):
            raise LinesInvalid(f"{where}: `asked` must be a list of names.")
        names = frozenset(name if ":" in name else f"fact:{name}" for name in asked or ())
        unknown = names - {act.name for act in matchers[task].acts}
        if unknown:
            raise LinesInvalid(f"{where}: {task} has no {', '.join(sorted(unknown))}.")
        yield task, text, names, asked is not None


def _objects(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    if path.is_dir():
        raise LinesInvalid(f"{path} is a folder: please name a file of JSON lines.")
    for number, line in enumerate(_text(path).splitlines(), start=1):
        if line.strip():
            row = _json(line, f"{path}, line {number}")
            if not isinstance(row, dict):
                raise LinesInvalid(f"{path}, line {number}: please write one object a line.")
            yield number, row


def _matchers(path: Path) -> dict[str, Matcher]:
    tasks = _json(_text(path), str(path))
    if not isinstance(tasks, dict) or not tasks:
        raise LinesInvalid(f'{path} must be {{task: {{"askable": {{fact: [phrase, …]}}}}}}.')
    return {str(task): _matcher(labels, f"{path}: {task}") for task, labels in tasks.items()}


def _matcher(labels: object, where: str) -> Matcher:
    if not isinstance(labels, dict):
        raise LinesInvalid(f"{where}: must be an object with `askable`.")
    askable, other = _phrases(labels, "askable", where), _phrases(labels, "other", where)
    patterns = labels.get("patterns", {})
    if not isinstance(patterns, dict) or not all(isinstance(one, str) for one in patterns.values()):
        raise LinesInvalid(f"{where}: `patterns` must be {{fact: pattern}}.")
    if set(patterns) - set(askable):
        raise LinesInvalid(f"{where}: `patterns` names what is not askable.")
    code = str(labels.get("language", "en"))
    others = [phrase for phrases in other.values() for phrase in phrases]
    try:
        return matcher_for(askable, patterns, others, code)
    except re.error as error:
        raise LinesInvalid(f"{where}: a pattern is none: {error}.") from error


def _phrases(labels: Mapping[str, object], key: str, where: str) -> dict[str, list[str]]:
    found = labels.get(key, {})
    if not isinstance(found, dict) or not all(_are_texts(one) for one in found.values()):
        raise LinesInvalid(f"{where}: `{key}` must be {{name: [phrase, …]}}.")
    return {str(name): list(phrases) for name, phrases in found.items()}


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise LinesInvalid(f"{path} is not UTF-8 text.") from error


def _json(text: str, where: str) -> Any:  # noqa: ANN401 (whatever the file holds)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise LinesInvalid(f"{where} is no JSON: {error.msg}.") from error
