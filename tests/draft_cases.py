"""What the tests of the batch grid share: a full row, and how it is typed and submitted."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select

from db.engine import Session
from db.models import ActivityDraft
from services import drafts
from services.permissions import CurrentUser
from tests.activity_cases import LATER, NOW, TODAY

KEY = "a" * 32
MONTH = "2023-10"
TYPE = "美好社区建设暨周三清洁家园我先行活动"
FULL = {
    "day": "25",
    "type": TYPE,
    "place": "文化广场",
    "communities": "乙社区",
    "partners": "志愿者 12、物业",
    "participants": "４０",
    "measure-household_waste": "1.5",
    "note": "雨后清理",
}


def save(
    session: Session,
    user: CurrentUser,
    cells: Mapping[str, str],
    seen: Mapping[str, str] = {},  # noqa: B006
    key: str = KEY,
    discarded: bool | None = None,
    month: str = MONTH,
) -> drafts.Saved:
    """Type texts into a row, having seen `seen` there (else nothing); committed."""
    typed = {name: (seen.get(name, ""), text) for name, text in cells.items()}
    change = drafts.Change(key, typed, discarded)
    saved = drafts.save(session, "c01", month, [change], user, NOW, TODAY)
    session.commit()
    return saved


def submit(session: Session, user: CurrentUser, version: int | None = None) -> drafts.Submitted:
    """Submit the row as it is, or as it was at a version; committed."""
    now = session.scalar(select(ActivityDraft.version).where(ActivityDraft.idempotency_key == KEY))
    asked = [(KEY, version or now or 0)]
    [done] = drafts.submit(session, "c01", MONTH, asked, user, LATER, TODAY)
    session.commit()
    return done
