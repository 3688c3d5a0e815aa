"""The promises of the demonstration's last review meetings, some kept, some open, one overdue."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

from sqlalchemy.orm import Session

from db.models import User
from db.writes import commitments as writes
from db.writes.log import Author

# Day and name of the meeting, what was promised, by whom, for which community and domain, due,
# then what followed: (action, day, note).
PROMISES = (
    (date(2023, 8, 4), "八月工作调度会", "九月底前清理完背街小巷的乱堆乱放。", "东园社区书记",
     "c09", "environment", date(2023, 9, 28),
     (("report", date(2023, 9, 1), "已清理三条背街小巷。"),
      ("finish", date(2023, 9, 27), "全部清理完毕，已列入周三日常清洁。"))),
    (date(2023, 8, 4), "八月工作调度会", "开学前协调交警增设护学岗。", "翠湖社区书记",
     "c07", "education", date(2023, 8, 31),
     (("finish", date(2023, 8, 30), "两个校门口已设护学岗。"),)),
    (date(2023, 9, 8), "九月工作调度会", "国庆前完成辖区独居老人走访。", "民政服务中心主任",
     None, "assistance", date(2023, 9, 28),
     (("report", date(2023, 9, 20), "十二个社区已走访九个。"),
      ("finish", date(2023, 9, 28), "走访完成，需要帮扶的已登记。"))),
    (date(2023, 9, 8), "九月工作调度会", "十月中旬前修好小区北门外破损路面。", "柳溪社区书记",
     "c03", "environment", date(2023, 10, 15),
     (("report", date(2023, 10, 11), "施工单位已进场，因降雨推迟。"),)),
    (date(2023, 10, 13), "十月考核通报会", "十一月底前走访满意度偏低的楼院，逐户听取意见。",
     "东园社区书记", "c09", None, date(2023, 11, 30), ()),
    (date(2023, 10, 13), "十月考核通报会", "第二轮老年人查体的未到人员逐一通知。",
     "公共卫生服务管理站站长", None, "health", date(2023, 11, 10),
     (("report", date(2023, 10, 25), "已电话通知六个社区。"),)),
    (date(2023, 10, 13), "十月考核通报会", "每周五前公布下周电影放映的时间和地点。",
     "文化站站长", None, "culture", date(2023, 10, 31), ()),
)  # fmt: skip


def write(session: Session, users: Sequence[User]) -> None:
    """Put them on record as the office staff did, day by day."""
    office = next(user for user in users if user.role == "office_staff")

    def author(day: date, hour: int) -> Author:
        return Author(office.id, office.name, datetime.combine(day, time(hour), UTC))

    for place, (*facts, course) in enumerate(PROMISES):
        made_on, meeting, text, owner, community, domain, due_on = facts
        promised = writes.Facts(made_on, meeting, text, owner, community, domain, due_on)
        key = f"demo-commitment-{place}"
        made = writes.make(session, author(made_on, 8), key, promised)
        for step, (action, day, note) in enumerate(course, start=1):
            done = {"done_on": day} if action == "finish" else {}
            writes.take(
                session, author(day, 9), f"{key}-{step}", made, step, action, day, note, done
            )
