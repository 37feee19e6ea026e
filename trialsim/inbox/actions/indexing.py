"""Reading what has changed into the search index: before a search, never while somebody writes."""

from sqlalchemy import Engine, text
from sqlmodel import Session

from trialsim.db import write_session

_SQLITE = (
    """
    DELETE FROM ticket_search WHERE rowid IN
      (SELECT ticket_id FROM ticket_search_due WHERE trial_id = :trial)
    """,
    """
    INSERT INTO ticket_search (rowid, trial, number, subject, customer, tags, body)
    SELECT t.id, 'trial' || t.trial_id, t.number || ' ' || t.public_id, t.subject,
      c.name || ' ' || c.email, t.tags,
      coalesce((SELECT group_concat(w.body, char(10)) FROM
        (SELECT body FROM message WHERE ticket_id = t.id AND kind <> 'event' ORDER BY id) w), '')
    FROM ticket_search_due d JOIN ticket t ON t.id = d.ticket_id
    JOIN customer c ON c.id = t.customer_id WHERE d.trial_id = :trial
    """,
    "DELETE FROM ticket_search_due WHERE trial_id = :trial",
)
# The list is emptied first: what is written meanwhile waits for it and is noted anew.
_POSTGRES = (
    """
    WITH changed AS (DELETE FROM ticket_search_due WHERE trial_id = :trial RETURNING ticket_id)
    INSERT INTO ticket_search (ticket_id, trial_id, letters, words)
    SELECT found.id, found.trial_id, found.letters,
      to_tsvector('simple', ticket_search_plain(found.letters))
    FROM (
      SELECT t.id, t.trial_id, left(concat_ws(chr(10), t.number || ' ' || t.public_id, t.subject,
        c.name || ' ' || c.email, t.tags::text,
        (SELECT string_agg(m.body, chr(10) ORDER BY m.id) FROM message m
          WHERE m.ticket_id = t.id AND m.kind <> 'event')), 200000) AS letters
      FROM changed d JOIN ticket t ON t.id = d.ticket_id JOIN customer c ON c.id = t.customer_id
    ) found
    ON CONFLICT (ticket_id) DO UPDATE SET letters = excluded.letters, words = excluded.words
    """,
)


def bring_up_to_date(engine: Engine, trial_id: int) -> None:
    """Read a trial's changed tickets into the index, in a short transaction of its own."""
    with write_session(engine) as session:
        read_changes(session, trial_id)


def read_changes(session: Session, trial_id: int) -> None:
    """Do the same inside the caller's transaction."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRES:
        session.connection().execute(text(statement), {"trial": trial_id})
