"""Parts of the documents that are written from the code.

`python -m tests.architecture.pages` writes them; a test holds them equal.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from trialsim.measurement.catalogue import MEASURES, Measure
from trialsim.programmes.rules import ALLOWED, Need, Relation, Thing

DOCS = Path(__file__).resolve().parents[2] / "docs"
_LETTERS = {Need.READ: "R", Need.WRITE: "W", Need.MANAGE: "M"}


def measure_cards() -> str:
    """Return one section a measure, in the order of the pages."""
    return "\n".join("\n".join(_card(one)) for one in MEASURES)


def _card(one: Measure) -> Iterator[str]:
    yield f"## {one.title}\n"
    yield f"**{one.question}** Key `{one.key}`, unit {one.unit.value}, version {one.version}.\n"
    yield f"- Formula: {one.formula}"
    yield f"- From: {one.source_facts}."
    yield f"- Shown as: {one.shown_as}."
    yield f"- Refuses until: {one.needs}."
    yield f"- Known biases: {' '.join(one.biases)}"
    yield f"- Must not: {'; '.join(one.must_not)}."
    if one.sources:
        yield f"- Sources: {'; '.join(one.sources)}."
    yield ""


def permission_table() -> str:
    """Return who may do what: a row a thing, a column a relation that may anything at all."""
    columns = [one for one in Relation if ALLOWED[one]]
    lines = [
        f"| thing | {' | '.join(columns)} |",
        f"| --- {'| --- ' * len(columns)}|",
    ]
    for thing in Thing:
        cells = (_needs(relation, thing) for relation in columns)
        lines.append(f"| {thing} | {' | '.join(cells)} |")
    return "\n".join([*lines, "", "R read, W write, M manage; – is answered like what is missing."])


def _needs(relation: Relation, thing: Thing) -> str:
    allowed = ALLOWED[relation].get(thing, frozenset())
    return " ".join(_LETTERS[need] for need in Need if need in allowed) or "–"


PARTS: dict[str, tuple[str, Callable[[], str]]] = {
    "measures": ("measures.md", measure_cards),
    "permissions": ("security.md", permission_table),
}


def part_of(text: str, name: str) -> str:
    """Return what stands between the marks of a part."""
    return _mark(name).search(text)[1]  # type: ignore[index]  # a missing mark must be loud


def _mark(name: str) -> re.Pattern[str]:
    return re.compile(rf"<!-- generated:{name} -->\n(.*?)<!-- /generated -->", re.DOTALL)


def write() -> None:
    """Write every part into its document."""
    for name, (file, make) in PARTS.items():
        path = DOCS / file
        part = f"<!-- generated:{name} -->\n{make()}\n<!-- /generated -->"
        path.write_text(_mark(name).sub(lambda _, part=part: part, path.read_text("utf-8")))  # type: ignore[misc]


if __name__ == "__main__":
    write()
