"""What happened in the demonstration's year, as notes on its charts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from db.models import User
from db.writes import chart_notes as writes
from db.writes.log import Author

# Series, community (None: the whole subdistrict), day, what happened.
NOTES = (
    ("domain:environment", None, date(2023, 5, 8), "周三清洁家园扩大到全部社区"),
    ("domain:health", None, date(2023, 9, 4), "第二轮老年人免费健康查体开始"),
    ("domain:culture", None, date(2023, 9, 29), "中秋、国庆系列文艺活动"),
    ("score:overall", None, date(2023, 7, 14), "街道办公室公布民声办理时限"),
    ("score:environment", None, date(2023, 7, 3), "背街小巷整治开工"),
    ("domain:environment", "c09", date(2023, 8, 7), "东园社区三条背街小巷封闭施工"),
)


def write(session: Session, users: Sequence[User]) -> None:
    """Put them on record as the office staff did on those days."""
    office = next(user for user in users if user.role == "office_staff")
    for place, (series, community, day, text) in enumerate(NOTES):
        author = Author(office.id, office.name, datetime.combine(day, time(8), UTC))
        facts = writes.Facts(series, community, day, text)
        writes.make(session, author, f"demo-chart-note-{place}", facts)
