"""The demonstration's half-filled month: rows of one community that wait to be submitted."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from db.models import User
from db.reads import drafts as reads
from db.writes import drafts as writes
from db.writes.log import Author

COMMUNITY, MONTH = "c03", date(2023, 10, 1)
AT = datetime(2023, 10, 27, 8, 30, tzinfo=UTC)

# Complete; with a figure that can't be read; without a day; for today, its place typed by two; with
# an odd figure.
ROWS = (
    {"day": "26", "type": "防诈骗科普活动", "place": "柳溪社区东门",
     "partners": "警务单位 2、志愿者 6", "participants": "85",
     "measure-leaflets": "120", "measure-consultations": "34"},
    {"day": "27", "type": "惠民演出", "place": "文化广场", "partners": "志愿者 10",
     "participants": "二百多人", "measure-performances": "1", "note": "天黑前结束"},
    {"type": "家长接待日活动", "place": "辖区小学", "partners": "学校、家长",
     "measure-parents_received": "18"},
    {"day": "28", "type": "法治教育专题宣讲", "place": "社区会议室"},
    {"day": "27", "type": "每周免费放映电影", "place": "柳溪社区广场", "participants": "520",
     "measure-screenings": "1"},
)  # fmt: skip
TORN, OTHER_PLACE = 4, "法治文化广场"


def write(session: Session, users: Sequence[User]) -> None:
    staff = next(user for user in users if user.community_code == COMMUNITY)
    author = Author(staff.id, staff.name, AT)
    other = next(user for user in users if user.role == "office_staff")
    torn = {"other-place": json.dumps([[other.id, other.name, OTHER_PLACE]], ensure_ascii=False)}
    for place, cells in enumerate(ROWS, start=1):
        key = f"{place:032x}"
        typed = cells | (torn if place == TORN else {})
        writes.make(session, author, COMMUNITY, MONTH, place, key)
        writes.put(session, author, reads.locked(session, [key])[key], typed)
