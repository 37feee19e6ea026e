"""Alembic's entry: runs on the connection that `trialsim.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import trialsim.features  # noqa: F401 (registers every table)


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Whether a table is one of the models': the search index is written by hand."""
    return kind != "table" or not (name or "").startswith("ticket_search")


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
    include_name=_is_ours,
)
with context.begin_transaction():
    context.run_migrations()
