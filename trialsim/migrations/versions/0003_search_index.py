"""The search index: words of each ticket, and which tickets have changed since they were read.

Written by hand: FTS5 on SQLite, a text-search column on PostgreSQL. Triggers only note what has
changed; `inbox.actions.indexing` reads it when somebody searches. Whoever puts a new table in the
place of `ticket`, `message` or `customer` later (as batch changes on SQLite do) has to make the
triggers anew: drop them before, and call `make_triggers` afterwards.
"""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SQLITE_MARK = "INSERT OR IGNORE INTO ticket_search_due (ticket_id, trial_id)"
_SQLITE_TRIGGERS = {
    "ticket_search_new": (
        "AFTER INSERT ON ticket",
        f"{_SQLITE_MARK} VALUES (new.id, new.trial_id);",
    ),
    "ticket_search_changed": (
        "AFTER UPDATE OF subject, tags, number, customer_id, trial_id ON ticket",
        f"{_SQLITE_MARK} VALUES (new.id, new.trial_id);",
    ),
    "ticket_search_gone": (
        "AFTER DELETE ON ticket",
        "DELETE FROM ticket_search_due WHERE ticket_id = old.id;"
        " DELETE FROM ticket_search WHERE rowid = old.id;",
    ),
    "ticket_search_written": (
        "AFTER INSERT ON message WHEN new.kind <> 'event'",
        f"{_SQLITE_MARK} SELECT id, trial_id FROM ticket WHERE id = new.ticket_id;",
    ),
    "ticket_search_rewritten": (
        "AFTER UPDATE OF body, kind, ticket_id ON message",
        f"{_SQLITE_MARK} SELECT id, trial_id FROM ticket"
        " WHERE id IN (old.ticket_id, new.ticket_id);",
    ),
    "ticket_search_removed": (
        "AFTER DELETE ON message",
        f"{_SQLITE_MARK} SELECT id, trial_id FROM ticket WHERE id = old.ticket_id;",
    ),
    "ticket_search_renamed": (
        "AFTER UPDATE OF name, email ON customer",
        f"{_SQLITE_MARK} SELECT id, trial_id FROM ticket WHERE customer_id = new.id;",
    ),
}
# An update where a plain insert would do nothing: it waits for whoever reads the row just now.
_POSTGRES_MARK = "INSERT INTO ticket_search_due (ticket_id, trial_id)"
_POSTGRES_AGAIN = "ON CONFLICT (ticket_id) DO UPDATE SET trial_id = excluded.trial_id"
_POSTGRES_TRIGGERS = {
    "ticket_search_changed": (
        "AFTER INSERT OR UPDATE OF subject, tags, number, customer_id, trial_id ON ticket",
        f"{_POSTGRES_MARK} VALUES (new.id, new.trial_id) {_POSTGRES_AGAIN}; RETURN NULL;",
    ),
    "ticket_search_gone": (
        "AFTER DELETE ON ticket",
        "DELETE FROM ticket_search_due WHERE ticket_id = old.id;"
        " DELETE FROM ticket_search WHERE ticket_id = old.id; RETURN NULL;",
    ),
    "ticket_search_written": (
        "AFTER INSERT OR UPDATE OF body, kind, ticket_id ON message",
        f"{_POSTGRES_MARK} SELECT id, trial_id FROM ticket WHERE id = new.ticket_id"
        f" {_POSTGRES_AGAIN}; RETURN NULL;",
    ),
    "ticket_search_removed": (
        "AFTER DELETE OR UPDATE OF ticket_id ON message",
        f"{_POSTGRES_MARK} SELECT id, trial_id FROM ticket WHERE id = old.ticket_id"
        f" {_POSTGRES_AGAIN}; RETURN NULL;",
    ),
    "ticket_search_renamed": (
        "AFTER UPDATE OF name, email ON customer",
        f"{_POSTGRES_MARK} SELECT id, trial_id FROM ticket WHERE customer_id = new.id"
        f" ORDER BY id {_POSTGRES_AGAIN}; RETURN NULL;",
    ),
}
# Small letters without accents, and nothing that would hold words together (an address, a path).
_PLAIN = r"""
CREATE FUNCTION ticket_search_plain(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT regexp_replace(
    regexp_replace(normalize(lower($1), NFKD), '[\u0300-\u036f]', '', 'g'),
    '[^[:alnum:][:space:]\u0080-\uffff]+', ' ', 'g')
$$
"""


def upgrade() -> None:
    """Make the index, the list of what has changed, and the triggers; every ticket is due."""
    if _is_sqlite():
        op.execute(
            "CREATE VIRTUAL TABLE ticket_search USING fts5("
            "trial, number, subject, customer, tags, body,"
            " tokenize = 'unicode61 remove_diacritics 2')"
        )
    else:
        op.execute(_PLAIN)
        op.execute(
            "CREATE TABLE ticket_search (ticket_id integer PRIMARY KEY, trial_id integer NOT NULL,"
            " letters text NOT NULL, words tsvector NOT NULL)"
        )
        op.execute("CREATE INDEX ix_ticket_search_words ON ticket_search USING gin (words)")
        op.execute("CREATE INDEX ix_ticket_search_trial_id ON ticket_search (trial_id)")
    op.execute(
        "CREATE TABLE ticket_search_due (ticket_id integer PRIMARY KEY, trial_id integer NOT NULL)"
    )
    op.execute("CREATE INDEX ix_ticket_search_due_trial_id ON ticket_search_due (trial_id)")
    op.execute("INSERT INTO ticket_search_due SELECT id, trial_id FROM ticket")
    make_triggers()


def make_triggers() -> None:
    """Have every change noted."""
    if _is_sqlite():
        for name, (when, body) in _SQLITE_TRIGGERS.items():
            op.execute(f"CREATE TRIGGER {name} {when} BEGIN {body} END")
        return
    for name, (when, body) in _POSTGRES_TRIGGERS.items():
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {body} END $$"
        )
        extra = " WHEN (new.kind <> 'event')" if name == "ticket_search_written" else ""
        op.execute(f"CREATE TRIGGER {name} {when} FOR EACH ROW{extra} EXECUTE FUNCTION {name}()")


def drop_triggers() -> None:
    """Stop noting changes."""
    if _is_sqlite():
        for name in _SQLITE_TRIGGERS:
            op.execute(f"DROP TRIGGER {name}")
        return
    for name, (when, _) in _POSTGRES_TRIGGERS.items():
        op.execute(f"DROP TRIGGER {name} ON {when.rsplit(' ', 1)[1]}")
        op.execute(f"DROP FUNCTION {name}()")


def downgrade() -> None:
    """Take all of it away again."""
    drop_triggers()
    op.execute("DROP TABLE ticket_search_due")
    op.execute("DROP TABLE ticket_search")
    if not _is_sqlite():
        op.execute("DROP FUNCTION ticket_search_plain(text)")


def _is_sqlite() -> bool:
    return op.get_bind().dialect.name == "sqlite"
