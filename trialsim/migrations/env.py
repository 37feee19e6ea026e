"""Alembic's entry: runs on the connection that `trialsim.schema` hands over."""

from alembic import context
from sqlmodel import SQLModel

import trialsim.features  # noqa: F401 (registers every table)

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
