"""Finding tickets by what stands in them: the index of SQLite or of PostgreSQL, by one form."""

from typing import Any

from sqlalchemy import and_, column, exists, func, literal_column, table
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from trialsim.inbox.models import Ticket
from trialsim.inbox.searching import Search, Term

_SHOWN = 20_000  # of what was written, where a hit can be shown
_FTS = table(
    "ticket_search",
    column("rowid"),
    column("number"),
    column("subject"),
    column("customer"),
    column("tags"),
    column("body"),
)
_POSTGRES = table(
    "ticket_search", column("ticket_id"), column("trial_id"), column("letters"), column("words")
)
_DUE = table("ticket_search_due", column("ticket_id"), column("trial_id"))
_COLUMNS = "{number subject customer tags body}"


class Index:
    """The search index as one database has it: how it joins, matches, orders, and what it shows."""

    def __init__(self, session: Session) -> None:
        self.is_sqlite = session.get_bind().dialect.name == "sqlite"
        self.table: Any = _FTS if self.is_sqlite else _POSTGRES

    @property
    def ticket_id(self) -> ColumnElement[int]:
        """Return the ticket's row id in the index; newest first is its quick order."""
        found: ColumnElement[int] = self.table.c.rowid if self.is_sqlite else self.table.c.ticket_id
        return found

    @property
    def shown(self) -> ColumnElement[str]:
        """Return the text in which a hit is shown."""
        return func.substr(self.table.c.body if self.is_sqlite else self.table.c.letters, 1, _SHOWN)

    def joins(self) -> ColumnElement[bool]:
        """Return how a row of the index belongs to a ticket."""
        return self.ticket_id == col(Ticket.id)

    def holds(self, search: Search, trial_id: int) -> ColumnElement[bool]:
        """Return what holds of the tickets of a trial in which every term stands."""
        words = [term for term in search.terms if term.words]
        conditions = [self._letters(term.letters) for term in search.terms if term.letters]
        if self.is_sqlite:
            phrases = " AND ".join(_fts(term) for term in words)
            asked = f'trial : "trial{trial_id}"' + (
                f" AND {_COLUMNS} : ({phrases})" if words else ""
            )
            conditions.append(literal_column("ticket_search").op("MATCH")(asked))
        else:
            conditions.append(self.table.c.trial_id == trial_id)
        if words and not self.is_sqlite:
            query = func.to_tsquery(
                literal_column("'simple'::regconfig"), " & ".join(_tsquery(term) for term in words)
            )
            conditions.append(self.table.c.words.op("@@")(query))
        return and_(*conditions)

    def _letters(self, letters: str) -> ColumnElement[bool]:
        found = self.table.c
        if self.is_sqlite:
            text = found.subject + " " + found.customer + " " + found.tags + " " + found.body
        else:
            text = found.letters
        condition: ColumnElement[bool] = text.icontains(letters, autoescape=True)
        return condition


def is_search_due(trial_id: int) -> ColumnElement[bool]:
    """Whether something was written since a trial's tickets were last read into the index."""
    return exists().where(_DUE.c.trial_id == trial_id)


def _fts(term: Term) -> str:
    return f'"{" ".join(term.words)}"*'


def _tsquery(term: Term) -> str:
    *first, last = (f"'{word}'" for word in term.words)
    return "(" + " <-> ".join((*first, f"{last}:*")) + ")"
