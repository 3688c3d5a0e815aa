"""Alembic's environment: the engine is handed over by db.migrate, never read from a file."""

from __future__ import annotations

from typing import Any

from alembic import context
from sqlalchemy.types import TypeDecorator

from db.models import Base


def plain_type(kind: str, item: Any, autogen_context: Any) -> str | bool:
    """A migration names what the database stores, not our class, which may change later."""
    if kind == "type" and isinstance(item, TypeDecorator):
        return f"sa.{item.impl_instance!r}"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # Without this a step that fails on SQLite leaves half a schema behind.
    transactional_ddl=True,
    render_item=plain_type,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
