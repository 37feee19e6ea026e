"""Approved pay as comma-separated values for payment services, in columns of one's choice."""

import csv
from collections.abc import Callable, Mapping, Sequence
from io import StringIO

from trialsim.accounts.models import Person
from trialsim.pay.models import StatementLine
from trialsim.trials.models import Trial

Line = tuple[Trial, Person, StatementLine]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS: Mapping[str, tuple[str, Callable[[Line], str]]] = {
    "name": ("Name", lambda line: line[1].name),
    "email": ("Email", lambda line: line[1].email),
    "week": ("Week", lambda line: str(line[2].week)),
    "kind": ("Kind", lambda line: str(line[2].kind)),
    "minutes": ("Minutes", lambda line: str(line[2].minutes)),
    "hours": ("Hours", lambda line: f"{line[2].minutes / 60:.2f}"),
    "rate": ("Rate", lambda line: _decimal(line[2].rate_cents)),
    "amount": ("Amount", lambda line: _decimal(line[2].amount_cents)),
    "minor_units": ("Minor units", lambda line: str(line[2].amount_cents)),
    "currency": ("Currency", lambda line: line[2].currency),
    "approved_on": ("Approved on", lambda line: line[2].at.date().isoformat()),
}
"""Column → its title and how it reads a line."""

USUAL = ("name", "email", "week", "kind", "hours", "rate", "amount", "currency")


def sheet(lines: Sequence[Line], columns: Sequence[str]) -> str:
    """Return the lines as CSV; texts that a spreadsheet would run are led by an apostrophe."""
    chosen = [column for column in columns if column in COLUMNS] or list(USUAL)
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow([COLUMNS[column][0] for column in chosen])
    for line in lines:
        writer.writerow([_harmless(column, COLUMNS[column][1](line)) for column in chosen])
    return text.getvalue()


def _harmless(column: str, value: str) -> str:
    return f"'{value}" if column in ("name", "email") and value.startswith(_FORMULA) else value


def _decimal(cents: int) -> str:
    return f"{cents / 100:.2f}"
