"""A review meeting of the demonstration office: who holds it, made, and packed."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import select

from db.engine import Session
from db.models import User
from services import meetings
from services.meetings import Rules, Typed
from services.meetings.pack import Pack, pack
from services.permissions import CurrentUser
from services.settings import ROOT, load_settings

NOW = datetime(2023, 10, 28, 2, 0, tzinfo=UTC)
TODAY = date(2023, 10, 28)
SETTINGS = load_settings(ROOT / "config.toml", {})
RULES = Rules(SETTINGS.thresholds, SETTINGS.feedback)
TYPED = Typed("十月调度会", TODAY, "2023-09-01~2023-10-28", ())


def host(session: Session) -> CurrentUser:
    row = session.scalars(select(User).where(User.role == "office_staff")).first()
    assert row is not None
    return CurrentUser(row.id, row.username, row.name, row.role, row.community_code, "zh")


def made(session: Session, user: CurrentUser, key: str = "key") -> meetings.Meeting:
    number = meetings.make(session, TYPED, key, user, NOW, TODAY, RULES).number
    return meetings.meeting(session, number)


def packed(session: Session, number: str, user: CurrentUser) -> Pack:
    return pack(session, number, user, TODAY, RULES, "示范街道")
