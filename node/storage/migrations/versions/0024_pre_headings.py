"""PostgreSQL: what stands in titles and topics has an index of its own; what fits words is found by the indexes alone."""

from __future__ import annotations

from alembic import op

from node.errors import Invalid

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

#: The planner takes a vector that lies apart for one at hand, and would open each of them rather than ask the index.
_FITTING = """
    CREATE FUNCTION {name}(asked tsquery) RETURNS SETOF bigint LANGUAGE sql STABLE ROWS 5000
    SET enable_seqscan = off SET enable_indexscan = off
    AS 'SELECT seq FROM search_index WHERE {column} @@ asked'
"""


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        return
    op.execute("ALTER TABLE search_index ADD COLUMN heading tsvector GENERATED ALWAYS AS (ts_filter(words, '{a,c}')) STORED")
    op.execute("CREATE INDEX ix_search_index_heading ON search_index USING gin (heading)")
    op.execute(_FITTING.format(name="search_fits", column="words"))
    op.execute(_FITTING.format(name="search_heading_fits", column="heading"))


def downgrade() -> None:
    raise Invalid("Restore a backup made before the upgrade instead.")
