"""The pages and words of a pack: articles, policies, phrases, macros and rubric."""

import re

from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import (
    CHANNELS,
    TONES,
    Category,
    Document,
    Fault,
    Level,
    Macro,
    RootCause,
    Rubric,
)

PHRASES = (
    "greeting",
    "sign_off",
    "vague",
    "as_i_wrote",
    "one_thing",
    "not_sure",
    "nudge",
    "thanks",
    "manager",
    "giving_up",
)
# Lines the engine uses when a pack has them; without, it takes the nearest of the others.
OPTIONAL_PHRASES = (
    "context",
    "impact",
    "ask",
    "heard",
    "tried",
    "no_change",
    "as_i_said",
    "reopened",
    "late",
    "memory_bad",
    "memory_closed",
    "memory_good",
    "member_same",
    "member_wrong",
    "member_half",
)

_ANCHOR = re.compile(r"\{#([\w-]+)\}")
_STATUSES = ("open", "pending", "on hold", "solved")


def read_document(name: str, file: str, text: str, faults: list[Fault]) -> Document:
    """Return an article or policy page; its first line is the title."""
    first, _, body = text.partition("\n")
    if not first.startswith("# "):
        faults.append(Fault(file, "title", "begin the page with '# ' and its title"))
    return Document(
        name, first.removeprefix("# ").strip(), body.strip(), tuple(_ANCHOR.findall(text))
    )


def read_phrases(table: Table) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return phrase -> tone -> lines; a plain list of lines is for every tone."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for phrase in (*PHRASES, *OPTIONAL_PHRASES):
        if phrase in table:
            found[phrase] = _tones(table, phrase)
        elif phrase in PHRASES:
            table.fault(phrase, "is missing: the customers need lines for it")
    table.close()
    return found


def _tones(table: Table, phrase: str) -> dict[str, tuple[str, ...]]:
    raw = table.any(phrase)
    if not isinstance(raw, dict):
        return {"any": table.texts(phrase)}
    part = table.table(phrase)
    tones = {tone: part.texts(tone) for tone in ("any", *TONES) if tone in part}
    if "any" not in tones and len(tones) < len(TONES):
        part.fault("any", "add lines for every other tone")
    part.close()
    return tones


def read_macros(table: Table) -> dict[str, Macro]:
    """Return the macros in the order of the file."""
    found = {name: _macro(name, part) for name, part in table.tables("macros").items()}
    table.close()
    return found


def _macro(name: str, table: Table) -> Macro:
    macro = Macro(
        id=name,
        title=table.text("title"),
        text=table.text("text"),
        status=table.one_of("status", _STATUSES) if "status" in table else None,
        tags=table.texts("tags"),
        article=table.text("article", "") or None,
    )
    table.close()
    return macro


def read_rubric(table: Table) -> Rubric:
    """Return the scorecard."""
    rubric = Rubric(
        categories=tuple(_category(row) for row in table.rows("categories")),
        root_causes=tuple(_root_cause(row) for row in table.rows("root_causes")),
    )
    table.close()
    return rubric


def _category(table: Table) -> Category:
    channels = table.texts("channels")
    for channel in channels:
        if channel not in CHANNELS:
            table.fault("channels", f"{channel!r} is no channel")
    category = Category(
        id=table.text("id"),
        name=table.text("name"),
        question=table.text("question"),
        weight=table.number("weight"),
        critical=table.flag("critical", default=False),
        channels=channels or CHANNELS,
        levels=tuple(_level(row) for row in table.rows("levels")),
    )
    table.close()
    return category


def _level(table: Table) -> Level:
    level = Level(table.text("anchor"), table.text("example", ""))
    table.close()
    return level


def _root_cause(table: Table) -> RootCause:
    cause = RootCause(table.text("id"), table.text("name"), table.text("category", "") or None)
    table.close()
    return cause
