"""Lay down all tables, the search index, and what keeps entries from being changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from engine.store.migrations.first.house import lay_house
from engine.store.migrations.first.petitions import lay_petitions

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Set up an empty database."""
    lay_house()
    lay_petitions()
    op.execute(
        "insert into house (id, seq, head, directory_version, calendar, procedure) values (1, 0, '', 0, '', '')"
    )
    statements = SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRESQL
    for statement in statements:
        op.execute(sa.text(statement.replace(":", r"\:")))


def downgrade() -> None:
    """There is nothing before this: the way back is a backup."""
    raise NotImplementedError("restore a backup instead")


# Entries are written once. Whoever owns the database can take these guards away; the chain then still tells.
SQLITE = (
    "create virtual table search_index using fts5(words, content='search_text', content_rowid='id')",
    "create trigger search_text_added after insert on search_text begin "
    "insert into search_index(rowid, words) values (new.id, new.words); end",
    "create trigger search_text_changed after update on search_text begin "
    "insert into search_index(search_index, rowid, words) values ('delete', old.id, old.words); "
    "insert into search_index(rowid, words) values (new.id, new.words); end",
    "create trigger search_text_removed after delete on search_text begin "
    "insert into search_index(search_index, rowid, words) values ('delete', old.id, old.words); end",
    "create trigger entry_unchanged before update on entry begin select raise(abort, 'entries are written once'); end",
    "create trigger entry_kept before delete on entry begin select raise(abort, 'entries are written once'); end",
)
POSTGRESQL = (
    "create index ix_search_text_words on search_text using gin (to_tsvector('simple'::regconfig, words))",
    "create function refuse_change() returns trigger language plpgsql as $$ "
    "begin raise exception 'entries are written once'; end $$",
    "create trigger entry_unchanged before update or delete on entry for each row execute function refuse_change()",
    "create trigger entry_kept before truncate on entry for each statement execute function refuse_change()",
)
