"""What a factory wrote, kept as rows: a cohort is planned once a process, not once a test.

The rows are those of real actions. They are put in again wherever the journal ends with the same
fact as when they were recorded, since then everything before them is the same.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, func, select, text
from sqlmodel import Session, SQLModel, col
from sqlmodel import select as select_rows

from trialsim.journal.models import Fact

Rows = dict[Any, dict[str, Any]]
Ids = tuple[type[SQLModel], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class _Recording:
    added: Mapping[Table, list[dict[str, Any]]]
    found: tuple[Ids, ...]


_RECORDINGS: dict[tuple[str, str, str], _Recording] = {}


def recorded(
    session: Session, name: str, make: Callable[[], tuple[tuple[SQLModel, ...], ...]]
) -> tuple[tuple[Any, ...], ...]:
    """Return groups of rows that `make` wrote and committed, from the second time on as a copy.

    A recording is of one kind of database and of what was there before. When `make` changed rows
    that were there, it is made anew every time.
    """
    key = (session.get_bind().engine.url.get_backend_name(), _end_of_journal(session), name)
    if key in _RECORDINGS:
        return _put_in(session, _RECORDINGS[key])
    session.flush()
    before = {table: _rows(session, table) for table in SQLModel.metadata.sorted_tables}
    made = make()
    added = _added(session, before)
    if added is not None:
        found = tuple((type(group[0]), tuple(row.id for row in group)) for group in made)  # type: ignore[attr-defined]  # every table of these has an id
        _RECORDINGS[key] = _Recording(added, found)
    session.commit()
    return made


def _end_of_journal(session: Session) -> str:
    query = select_rows(Fact.hash).order_by(col(Fact.id).desc()).limit(1)
    return session.exec(query).first() or ""


def _rows(session: Session, table: Table) -> Rows:
    keys = [column.name for column in table.primary_key]
    found = session.connection().execute(select(table)).mappings()
    return {tuple(row[key] for key in keys): dict(row) for row in found}


def _added(
    session: Session, before: Mapping[Table, Rows]
) -> dict[Table, list[dict[str, Any]]] | None:
    """Return the new rows of every table; None when one that was there is another now."""
    added = {}
    for table, known in before.items():
        rows = _rows(session, table)
        if any(rows.get(key) != row for key, row in known.items()):
            return None
        if new := [row for key, row in rows.items() if key not in known]:
            added[table] = new
    return added


def _put_in(session: Session, recording: _Recording) -> tuple[tuple[Any, ...], ...]:
    connection = session.connection()
    for table, rows in recording.added.items():
        connection.execute(table.insert(), rows)
        if connection.dialect.name == "postgresql" and "id" in table.c:
            highest = select(func.max(table.c.id)).scalar_subquery()
            sequence = text("pg_get_serial_sequence(:table, 'id')").bindparams(table=table.name)
            connection.execute(select(func.setval(sequence, highest)))
    found = tuple(
        tuple(session.get_one(model, one) for one in ids) for model, ids in recording.found
    )
    session.commit()
    return found
