"""What Alembic runs: the steps that are missing, on the connection that `migrating` gives it, in one transaction."""

from __future__ import annotations

from alembic import context

from node.storage.schema import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    # SQLite can do it, once transactions are begun by us
    transactional_ddl=True,
)
context.run_migrations()
