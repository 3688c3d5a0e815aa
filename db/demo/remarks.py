"""The demonstration's odd figures: one nobody confirmed, one confirmed, two to be followed up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.demo.events import Event
from db.models import Activity, ActivityRemark, User
from db.writes import remarks as writes
from db.writes.log import Author

CLOSED_AT = datetime(2023, 10, 21, 1, 20, tzinfo=UTC)


@dataclass(frozen=True)
class Odd:
    """`participants` is what was stated, where it is not what came; `result` closes it."""

    type_code: str
    host: str
    day: date
    participants: int | None
    kind: str = ""
    note: str = ""
    result: str = ""


ODD = (
    Odd("weekly_film", "c09", date(2023, 10, 26), 540),
    Odd("weekly_film", "c12", date(2023, 10, 27), 260, writes.CONFIRMED,
        "与邻里节一起办，周边小区的居民也来了"),
    Odd("wednesday_cleanup", "c03", date(2023, 10, 25), 290, writes.FOLLOW_UP,
        "人数由志愿者队报来，等核对签到表"),
    Odd("wednesday_cleanup", "c03", date(2023, 10, 18), None, writes.FOLLOW_UP,
        "与网格员口头报的不一致", "已对照签到表，数字无误"),
)  # fmt: skip


def state(events: Sequence[Event]) -> None:
    """Let the events state their odd numbers of people."""
    figures = {(one.type_code, one.host, one.day): one.participants for one in ODD}
    for event in events:
        stated = figures.get((event.type_code, event.host, event.first_day))
        event.participants = event.participants if stated is None else stated


def write(session: Session, users: Sequence[User]) -> None:
    """What was said to the figures when they were entered."""
    for one in ODD:
        if not one.kind:
            continue
        activity = session.scalars(
            select(Activity)
            .where(
                Activity.type_code == one.type_code,
                Activity.host_code == one.host,
                Activity.first_day == one.day,
                Activity.state == "recorded",
            )
            .order_by(Activity.id)
        ).first()
        staff = next(user for user in users if user.community_code == one.host)
        author = Author(staff.id, staff.name, activity.created_at)
        finding = "" if one.participants is None else "unusual"
        figure = str(activity.participants)
        said = writes.Said(activity.id, one.kind, "participants", finding, figure, one.note)
        writes.add(session, author, [said])
        if one.result:
            remark = session.scalars(
                select(ActivityRemark).where(ActivityRemark.activity_id == activity.id)
            ).one()
            writes.close(session, Author(staff.id, staff.name, CLOSED_AT), remark, one.result, 1)
