"""The texts of a scenario in one language: the base file's own, and its variants'."""

from collections.abc import Iterable, Mapping

from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import Opening, Phrasing, Scenario, Slot, Texts

_FAKER = ("company", "first_name", "last_name", "city")
_SLOT_KINDS = ("faker", "domain", "money", "number", "days_ago")


def read_slots(table: Table) -> dict[str, Slot]:
    """Return how each slot is drawn."""
    part = table.table("slots")
    return {name: _slot(name, part) for name in part.names}


def _slot(name: str, table: Table) -> Slot:
    raw = table.any(name)
    if not isinstance(raw, dict):
        words = table.texts(name)
        if not words:
            table.fault(name, "list the words to draw from")
        return Slot(name=name, kind="words", words=words)
    part = table.table(name)
    kind = part.names[0] if len(part.names) == 1 else ""
    if kind not in _SLOT_KINDS:
        table.fault(name, f"write a list of words, or one of {', '.join(_SLOT_KINDS)}")
        return Slot(name=name, kind="words", words=(name,))
    if kind == "faker":
        return Slot(name=name, kind=kind, faker=part.one_of("faker", _FAKER))
    if kind == "domain":
        part.flag("domain", default=True)
        return Slot(name=name, kind=kind)
    return Slot(name=name, kind=kind, span=part.whole_pair(kind, (1, 1)))


def read_texts(table: Table, language: str) -> Texts:
    """Return the texts of the base file; its other keys are somebody else's."""
    replies = table.table("reference")
    return Texts(
        language=language,
        subject=table.texts("subject"),
        opening=_opening(table.table("opening")),
        words={name: slot.words for name, slot in read_slots(table).items() if slot.words},
        facts={name: _asks(part) for name, part in table.tables("facts").items()},
        points={name: _says(part) for name, part in table.tables("points").items()},
        traps={name: _says(part) for name, part in table.tables("traps").items()},
        change_says=table.table("change").texts("says"),
        replies=_replies(replies),
        harmful={
            name: replies.table("harmful").text(name) for name in replies.table("harmful").names
        },
    )


def _opening(table: Table) -> Opening:
    opening = Opening(
        symptom=table.texts("symptom"),
        context=table.texts("context"),
        impact=table.texts("impact"),
        ask=table.texts("ask"),
    )
    table.close()
    return opening


def _asks(table: Table) -> Phrasing:
    return Phrasing(
        lines=table.texts("asks"),
        pattern=table.text("pattern"),
        answers=table.texts("answers"),
    )


def _says(table: Table) -> Phrasing:
    unless = table.text("unless", "") or None
    return Phrasing(lines=table.texts("says"), pattern=table.text("pattern"), unless=unless)


def _replies(table: Table) -> tuple[str, ...]:
    raw = table.any("replies")
    rows = raw if isinstance(raw, list) else [raw] if isinstance(raw, str) else []
    return tuple(str(row.get("text", "")) if isinstance(row, dict) else str(row) for row in rows)


def read_variant(table: Table, language: str, base: Scenario) -> Texts:
    """Return the texts of a language file; a fault for each that is missing or too many."""
    texts = read_texts(table, language)
    model = base.texts[base.languages[0]]
    _close_variant(table)
    for key, wanted, found in (
        ("slots", model.words, texts.words),
        ("facts", model.facts, texts.facts),
        ("points", model.points, texts.points),
        ("traps", model.traps, texts.traps),
        ("reference.harmful", model.harmful, texts.harmful),
    ):
        _same_names(table, key, wanted, found)
    _same_parts(table, model, texts)
    return texts


def _close_variant(table: Table) -> None:
    keys: tuple[tuple[str, tuple[str, ...]], ...] = (
        ("facts", ("asks", "pattern", "answers")),
        ("points", ("says", "pattern", "unless")),
        ("traps", ("says", "pattern", "unless")),
    )
    for key, allowed in keys:
        for part in table.tables(key).values():
            for name in allowed:
                part.any(name)
            part.close()
    keys = (("change", ("says",)), ("reference", ("replies", "harmful")))
    for key, allowed in keys:
        part = table.table(key)
        for name in allowed:
            part.any(name)
        part.close()
    table.close()


def _same_names(
    table: Table,
    key: str,
    wanted: Mapping[str, object],
    found: Mapping[str, object],
) -> None:
    for name in _missing(wanted, found):
        table.fault(f"{key}.{name}", "is missing: every text of the base file needs its own here")
    for name in _missing(found, wanted):
        table.fault(f"{key}.{name}", "is not in the base file: remove it")


def _missing(wanted: Iterable[str], found: Mapping[str, object]) -> list[str]:
    return [name for name in wanted if name not in found]


def _same_parts(table: Table, model: Texts, texts: Texts) -> None:
    for key, wanted, found in (
        ("subject", model.subject, texts.subject),
        ("opening.context", model.opening.context, texts.opening.context),
        ("opening.impact", model.opening.impact, texts.opening.impact),
        ("opening.ask", model.opening.ask, texts.opening.ask),
        ("change.says", model.change_says, texts.change_says),
    ):
        if bool(wanted) != bool(found):
            table.fault(key, "must be there exactly when the base file has it")
    if len(texts.replies) != len(model.replies):
        table.fault("reference.replies", f"write {len(model.replies)} replies, as the base file")
