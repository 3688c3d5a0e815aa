"""Who may do what, and what was done: users, sessions, change log, data version, the office."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, false, text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Instant, RowNumber

_HAS_REASON = text("reason <> ''")


class User(Base):
    """A person who signs in. `role`: official · community_staff · office_staff · administrator."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(
            "role IN ('official', 'community_staff', 'office_staff', 'administrator')", name="role"
        ),
        CheckConstraint(
            "(role = 'community_staff') = (community_code IS NOT NULL)", name="own_community"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    role: Mapped[str] = mapped_column(String(20))
    community_code: Mapped[str | None] = mapped_column(ForeignKey("communities.code"))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    language: Mapped[str] = mapped_column(String(5), default="zh")
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class UserSession(Base):
    """A signed-in browser. Only the token's SHA-256 is kept."""

    __tablename__ = "sessions"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    last_seen: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    address: Mapped[str] = mapped_column(String(60), default="")


class SignInFailure(Base):
    __tablename__ = "sign_in_failures"
    __table_args__ = (Index("ix_sign_in_failures_who", "username", "address", "at"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    username: Mapped[str] = mapped_column(String(60))
    address: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)


class Invitation(Base):
    """A link by which a person sets their password, once. Only the token's SHA-256 is kept.

    A person has at most one that is open: a new one ends those before (`ended_at`).
    """

    __tablename__ = "invitations"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)


class Change(Base):
    """One line of the change log: who, when, what, before, after. Never updated, never deleted."""

    __tablename__ = "changes"
    __table_args__ = (
        Index("ix_changes_entity", "entity", "entity_key", "id"),
        # The log's search walks one of these, newest first, whatever it is narrowed by.
        Index("ix_changes_at", "at", "id"),
        Index("ix_changes_user", "user_id", "at", "id"),
        Index("ix_changes_kind", "entity", "at", "id"),
        Index("ix_changes_number", "entity_key", "at", "id"),
        # Few lines have a reason; those that do are searched without touching the table.
        Index(
            "ix_changes_reason",
            "at",
            "id",
            "reason",
            sqlite_where=_HAS_REASON,
            postgresql_where=_HAS_REASON,
        ),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    action: Mapped[str] = mapped_column(String(40))
    entity: Mapped[str] = mapped_column(String(40))
    entity_key: Mapped[str] = mapped_column(String(80))
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(String(500), default="")


class DataVersion(Base):
    """One row; raised by every write in its own transaction. Answers are cached under it."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    version: Mapped[int] = mapped_column(Integer)


class Office(Base):
    """One row: is this the demonstration office, and what day it is there; how it works.

    `approval`: what is entered waits to be approved.
    """

    __tablename__ = "office"

    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    demonstration: Mapped[bool]
    demonstration_day: Mapped[date | None]
    running_since: Mapped[date]
    approval: Mapped[bool] = mapped_column(default=False, server_default=false())
