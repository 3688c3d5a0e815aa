"""Write single forms as they are typed; like cells of the grid they are not logged, and raise no
data version: no figure rests on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, or_, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from db.models import FormDraft


def make(session: Session, token: str, user_id: int, form: str, at: datetime) -> None:
    """An empty form under its token; nothing if the token is there already."""
    session.execute(
        _new(session, token, user_id, form, "open", at).on_conflict_do_nothing(
            index_elements=["token"]
        )
    )


def put(session: Session, row: FormDraft, fields: Mapping[str, Any], at: datetime) -> None:
    """Let a locked form hold exactly this, and be open."""
    row.state, row.fields, row.at = "open", dict(fields), at
    row.version += 1
    session.flush()


def clear(session: Session, token: str, user_id: int, at: datetime) -> None:
    """A person's own form was emptied: nothing that was in it is kept."""
    session.execute(
        update(FormDraft)
        .where(FormDraft.token == token, FormDraft.user_id == user_id, FormDraft.state == "open")
        .values(_ended("cleared", at))
    )


def sent(session: Session, token: str, user_id: int, form: str, at: datetime) -> None:
    """A form was submitted, saved before or not: nothing that was in it is kept."""
    session.execute(
        _new(session, token, user_id, form, "sent", at).on_conflict_do_update(
            index_elements=["token"],
            set_=_ended("sent", at),
            where=FormDraft.user_id == user_id,
        )
    )


def forget_old(session: Session, open_before: datetime, ended_before: datetime) -> None:
    """Everybody's that nobody has touched for long; of those that ended, for a while."""
    ended = and_(FormDraft.state != "open", FormDraft.at < ended_before)
    session.execute(delete(FormDraft).where(or_(FormDraft.at < open_before, ended)))


def forget(session: Session, tokens: Collection[str]) -> None:
    session.execute(delete(FormDraft).where(FormDraft.token.in_(tokens)))


def forget_all_of(session: Session, user_id: int) -> None:
    session.execute(delete(FormDraft).where(FormDraft.user_id == user_id))


def _new(session: Session, token: str, user_id: int, form: str, state: str, at: datetime) -> Any:
    insert = postgresql.insert if session.bind.dialect.name == "postgresql" else sqlite.insert
    return insert(FormDraft).values(
        token=token, user_id=user_id, form=form, state=state, fields={}, version=0, at=at
    )


def _ended(state: str, at: datetime) -> dict[str, Any]:
    return {"state": state, "fields": {}, "at": at, "version": FormDraft.version + 1}
