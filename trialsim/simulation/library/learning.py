"""What a pack holds for the first days: the readiness quiz, and steps with their time boxes."""

from collections.abc import Collection, Sequence

from trialsim.simulation.library.conditions import known
from trialsim.simulation.library.tables import Table
from trialsim.simulation.types import STEPS_DONE_BY, FirstStep, Question

_LONGEST = 240
_FEWEST = 2


def read_quiz(table: Table, articles: Collection[str]) -> tuple[Question, ...]:
    """Return the questions of the readiness quiz."""
    found = tuple(_question(row, articles) for row in table.rows("questions"))
    table.close()
    return found


def _question(table: Table, articles: Collection[str]) -> Question:
    choices = table.texts("choices")
    if len(set(choices)) < max(_FEWEST, len(choices)):
        table.fault("choices", "write at least two choices, no two alike")
    several = isinstance(table.any("right"), list)
    question = Question(
        text=table.text("text"),
        choices=choices,
        right=_right(table, choices),
        article=table.text("article", "") or None,
        several=several,
    )
    if question.article is not None:
        known(table, "article", [question.article], articles)
    table.close()
    return question


def _right(table: Table, choices: Sequence[str]) -> tuple[int, ...]:
    raw = table.any("right")
    places = [_place(one, choices) for one in (raw if isinstance(raw, list) else [raw])]
    found = tuple(sorted({one for one in places if one is not None}))
    if found and len(found) == len(places):
        return found
    table.fault(
        "right",
        "write the place of the right choice, from 0, or its text; a list where several are right",
    )
    return (0,)


def _place(raw: object, choices: Sequence[str]) -> int | None:
    if isinstance(raw, str) and raw in choices:
        return choices.index(raw)
    if isinstance(raw, int) and not isinstance(raw, bool) and 0 <= raw < len(choices):
        return raw
    return None


def read_first_days(table: Table) -> tuple[tuple[FirstStep, ...], tuple[str, ...]]:
    """Return the steps of the first days, and what is not needed until later."""
    steps = tuple(_step(name, part) for name, part in table.tables("steps").items())
    later = table.texts("later")
    table.close()
    return steps, later


def _step(name: str, table: Table) -> FirstStep:
    step = FirstStep(
        id=name,
        text=table.text("text"),
        minutes=table.whole("minutes", 0),
        day=table.whole("day", 1),
        done_by=table.one_of("done_by", STEPS_DONE_BY) if "done_by" in table else "",
    )
    if not 0 <= step.minutes <= _LONGEST:
        table.fault("minutes", f"write a time box of at most {_LONGEST} minutes")
    table.close()
    return step
