"""Search the change log, newest first; every narrowing walks an index of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import CTE, Select, func, literal, select, text
from sqlalchemy.orm import Session

from db.models import Change


@dataclass(frozen=True)
class Search:
    """What to look for; None and "" mean any. `person` 0: the program itself, no account.

    `since` counts, `until` does not. `words` stand anywhere in the reason.
    """

    person: int | None = None
    since: datetime | None = None
    until: datetime | None = None
    entity: str = ""
    number: str = ""
    words: str = ""


def found(session: Session, search: Search, limit: int, offset: int = 0) -> Sequence[Change]:
    newest_first = (Change.at.desc(), Change.id.desc())
    return session.scalars(
        _narrowed(select(Change), search).order_by(*newest_first).limit(limit).offset(offset)
    ).all()


def about(session: Session, entity: str, keys: Sequence[str]) -> Sequence[Change]:
    """All that was done to these things of a kind, oldest first."""
    return session.scalars(
        select(Change)
        .where(Change.entity == entity, Change.entity_key.in_(keys))
        .order_by(Change.id)
    ).all()


def last_by(
    session: Session, entity: str, action: str, keys: Sequence[str]
) -> dict[str, int | None]:
    """Thing of a kind → who did this to it last, for those to which it was done."""
    lines = session.execute(
        select(Change.entity_key, Change.user_id)
        .where(Change.entity == entity, Change.entity_key.in_(keys), Change.action == action)
        .order_by(Change.id)
    )
    return {line.entity_key: line.user_id for line in lines}


def count(session: Session, search: Search, most: int) -> int:
    """How many lines there are, counted no further than `most`."""
    some = _narrowed(select(literal(1)).select_from(Change), search).limit(most)
    return session.scalar(select(func.count()).select_from(some.subquery())) or 0


def _narrowed(query: Select[Any], search: Search) -> Select[Any]:
    if search.person is not None:
        query = query.where(
            Change.user_id == search.person if search.person else Change.user_id.is_(None)
        )
    if search.since is not None:
        query = query.where(Change.at >= search.since)
    if search.until is not None:
        query = query.where(Change.at < search.until)
    if search.entity:
        query = query.where(Change.entity == search.entity)
    if search.number:
        query = query.where(Change.entity_key.in_({search.number, search.number.upper()}))
    if search.words:
        matching = _with_reason(search.words)
        query = query.join(matching, matching.c.id == Change.id)
    return query


def _with_reason(words: str) -> CTE:
    """The lines whose reason holds the words, looked up first: most lines have no reason."""
    has_reason = text("reason <> ''")  # not bound, or the partial index would not apply
    holds = Change.reason.icontains(words, autoescape=True)
    return select(Change.id).where(has_reason, holds).cte("matching").prefix_with("MATERIALIZED")
