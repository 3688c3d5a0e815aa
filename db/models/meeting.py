"""Review meetings: the agenda and its slides, the figures as frozen, texts, comments, notes."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from db.models.base import Base, Code, Instant, RowNumber


class Meeting(Base):
    """One review meeting. `period_code` and `communities` (none: all) say what it looks at.

    `approved_only`: whether what waits to be approved is left out; None: as is usual, or where the
    figures were frozen before that was kept, or in an office where nothing waited.
    Until `frozen_at` its slides show figures as of now; from then on those of the snapshot.
    """

    __tablename__ = "meetings"
    __table_args__ = (
        CheckConstraint("(frozen_at IS NULL) = (data_version IS NULL)", name="frozen"),
        Index("ix_meetings_held_on", "held_on", "id"),
    )

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    title: Mapped[str] = mapped_column(String(120))
    held_on: Mapped[date]
    period_code: Mapped[str] = mapped_column(String(40))
    communities: Mapped[list[str]] = mapped_column(JSON)
    approved_only: Mapped[bool | None]
    frozen_at: Mapped[datetime | None] = mapped_column(Instant)
    frozen_by: Mapped[str] = mapped_column(String(60), default="")
    data_version: Mapped[int | None] = mapped_column(Integer)
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime] = mapped_column(Instant)


class MeetingSlide(Base):
    """One slide of a meeting. `kind` with `subject` (a domain, a community …) says what it shows.

    `headline` is what was written over the computed one, "" while that stands; `body` is of a
    slide in one's own words; `notes` are the speaker's.
    """

    __tablename__ = "meeting_slides"
    __table_args__ = (Index("ix_meeting_slides_meeting", "meeting_id", "position", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"))
    position: Mapped[int] = mapped_column(Integer)
    kind: Mapped[str] = mapped_column(String(30))
    subject: Mapped[str] = mapped_column(String(80), default="")
    headline: Mapped[str] = mapped_column(String(300), default="")
    body: Mapped[str] = mapped_column(Text, default="")
    notes: Mapped[str] = mapped_column(Text, default="")
    shown: Mapped[bool] = mapped_column(default=True)
    version: Mapped[int] = mapped_column(Integer, default=1)


class MeetingSnapshot(Base):
    """The frozen content of a meeting in one language: what every form of it is made from."""

    __tablename__ = "meeting_snapshots"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class MeetingText(Base):
    """A paragraph of the bulletin as it was edited; `computed` is what it was edited from."""

    __tablename__ = "meeting_texts"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("meetings.id"), primary_key=True)
    part: Mapped[Code] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(String(5), primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    computed: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(Integer, default=1)


class SlideComment(Base):
    """What somebody remarked on a slide. `mentioned`: ids of the users it asks, by @."""

    __tablename__ = "slide_comments"
    __table_args__ = (Index("ix_slide_comments_slide", "slide_id", "id"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    slide_id: Mapped[int] = mapped_column(ForeignKey("meeting_slides.id"))
    text: Mapped[str] = mapped_column(Text)
    mentioned: Mapped[list[int]] = mapped_column(JSON)
    user_id: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    at: Mapped[datetime] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    done_by: Mapped[str] = mapped_column(String(60), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)


class ChartNote(Base):
    """What happened on a day: a mark on a series (measure:<code>, domain:<code>, score:<subject>).

    No community: it belongs to the whole subdistrict.
    """

    __tablename__ = "chart_notes"
    __table_args__ = (Index("ix_chart_notes_series", "series", "day"),)

    id: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    series: Mapped[str] = mapped_column(String(80))
    community_code: Mapped[str | None] = mapped_column(ForeignKey("communities.code"))
    day: Mapped[date]
    text: Mapped[str] = mapped_column(String(200))
    void_reason: Mapped[str] = mapped_column(String(500), default="")
    version: Mapped[int] = mapped_column(Integer, default=1)
    idempotency_key: Mapped[str] = mapped_column(String(64), unique=True)
    created_by: Mapped[int | None] = mapped_column(ForeignKey("users.id"))
    user_name: Mapped[str] = mapped_column(String(60))
    created_at: Mapped[datetime] = mapped_column(Instant)
