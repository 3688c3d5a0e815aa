"""The inspections of the demonstration year, with drawn photos that say that they are drawn."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Activity, ActivityType, Inspection, User
from db.writes import inspections as writes
from db.writes.inspections import Facts, NewPhoto
from db.writes.log import Author

_PICTURES = Path(__file__).parent / "pictures"
_RANK = "副科级干部"
_OTHERS = ("韩志平", "许文静")
_Q, _R, _U = "qualified", "rectify", "unqualified"
_SAID, _SHOWN = "said", "shown"  # by the community, without and with a photo

# Community, domain, what the photos show, whether it was an activity's result; then the course:
# (day, verdict or what the community did, in words, until when it is to be put right).
COURSES = (
    ("c01", "environment", "", False,
     ((date(2022, 11, 9), _Q, "楼院整洁，垃圾分类桶摆放规范。", None),)),
    ("c09", "environment", "clutter", False,
     ((date(2022, 12, 7), _U, "三号院南侧堆放装修垃圾和旧家具，占用通道。", date(2022, 12, 16)),
      (date(2022, 12, 15), _SHOWN, "已清运两车，通道恢复畅通。", None),
      (date(2022, 12, 19), _R, "主通道已清，楼后仍有零星杂物。", date(2022, 12, 28)),
      (date(2022, 12, 29), _Q, "杂物全部清理，安排专人每周巡查。", None))),
    ("c05", "safety", "passage", False,
     ((date(2023, 2, 15), _R, "二单元楼道停放电动车，堵塞消防通道。", date(2023, 2, 24)),
      (date(2023, 2, 23), _SAID, "已劝导车主移车，并增设车棚标识。", None),
      (date(2023, 2, 27), _Q, "楼道畅通，标识清楚。", None))),
    ("c07", "education", "", False,
     ((date(2023, 3, 22), _Q, "家长接待日有专人登记，问题当场答复。", None),)),
    ("c03", "environment", "", True,
     ((date(2023, 3, 29), _Q, "周三清洁活动开展认真，背街小巷干净。", None),)),
    ("c12", "culture", "", False,
     ((date(2023, 4, 19), _R, "文化活动室器材台账不全，开放时间没有公示。", date(2023, 4, 30)),
      (date(2023, 5, 4), _Q, "台账已补齐，开放时间已上墙。", None))),
    ("c10", "health", "", False,
     ((date(2023, 5, 17), _Q, "老年人查体组织有序，未到人员逐一登记。", None),)),
    ("c06", "environment", "road", False,
     ((date(2023, 6, 7), _R, "东门外人行道破损，行人不便。", date(2023, 6, 30)),
      (date(2023, 7, 3), _Q, "破损路面已修复。", None))),
    ("c06", None, "", False,
     ((date(2023, 6, 14), _Q, "各项工作台账齐全，随机入户三户均满意。", None),)),
    ("c02", "environment", "clutter", True,
     ((date(2023, 7, 5), _R, "清洁活动后北侧绿化带仍有垃圾。", date(2023, 7, 10)),
      (date(2023, 7, 11), _Q, "绿化带已清理。", None))),
    ("c08", "assistance", "", False,
     ((date(2023, 8, 2), _Q, "补贴发放名单公示到位，抽查五户均已到账。", None),)),
    ("c11", "safety", "", True,
     ((date(2023, 9, 6), _Q, "防诈骗宣传有讲解、有互动，现场秩序好。", None),)),
    ("c06", "environment", "", True,
     ((date(2023, 9, 27), _Q, "节前清洁到位，楼道无堆物。", None),)),
    ("c10", "safety", "", False,
     ((date(2023, 9, 28), _Q, "节日值班人员在岗，巡逻记录齐全。", None),)),
    ("c04", "education", "", False,
     ((date(2023, 9, 13), _R, "校门口上下学时段无人疏导，车辆拥堵。", date(2023, 9, 20)),
      (date(2023, 9, 21), _Q, "志愿者和交警到岗，拥堵明显缓解。", None))),
    ("c03", "environment", "road", False,
     ((date(2023, 9, 20), _R, "小区北门外路面破损多处，雨天积水。", date(2023, 10, 15)),
      (date(2023, 10, 11), _SAID, "施工单位已进场，因降雨推迟，预计月底完工。", None))),
    ("c09", "environment", "clutter", True,
     ((date(2023, 10, 11), _U, "周三清洁后巷内仍乱堆乱放，垃圾没有清运。", date(2023, 10, 18)),
      (date(2023, 10, 17), _SHOWN, "已清运垃圾四车，堆放物全部移走。", None),
      (date(2023, 10, 19), _R, "大件已清，墙角还有少量杂物，请逐户劝导。", date(2023, 10, 31)))),
    ("c05", "safety", "passage", False,
     ((date(2023, 10, 18), _R, "四单元楼道堆放纸箱。楼长电话 13800005217。", date(2023, 11, 3)),)),
    ("c07", "culture", "", True,
     ((date(2023, 10, 23), _Q, "重阳节活动老人参与面广，安全措施到位。", None),)),
    ("c01", "health", "", False,
     ((date(2023, 10, 25), _Q, "义诊秩序良好，宣教资料发放到位。", None),)),
)  # fmt: skip


def write(session: Session, users: Sequence[User]) -> None:
    """Put them on record as they happened, day by day."""
    office = next(user for user in users if user.role == "office_staff")
    official = next(user for user in users if user.role == "official")
    staff = {user.community_code: user for user in users if user.community_code}
    steps = sorted(_steps(), key=lambda step: step[2][0])
    last: dict[int, Inspection] = {}
    for number, (place, course, (day, kind, text, due)) in enumerate(steps):
        community, domain, picture, with_activity, _course = COURSES[course]
        reported = kind in (_SAID, _SHOWN)
        by = staff[community] if reported else (office, official)[course % 2]
        author = Author(by.id, by.name, datetime.combine(day, time(8, place), UTC))
        moment = "after" if place else "before"
        pictured = picture and (place == 0 or kind in (_SHOWN, _Q))
        photos = (_photo(picture, moment),) if pictured else ()
        if reported:
            writes.report(session, author, last[course], "rectify", text, photos)
            continue
        before = last.get(course)
        activity = _activity(session, community, domain, day) if with_activity else None
        inspector = official.name if course % 2 else _OTHERS[course // 2 % 2]
        facts = Facts(day, community, domain, activity, inspector, _RANK, kind, text, due)
        key, follows = f"demo-inspection-{number}", before.id if before else None
        if before is not None:
            facts = Facts(**vars(facts) | {"activity_id": before.activity_id})
        last[course] = writes.record(session, author, key, facts, follows, photos)


def _steps() -> Iterator[tuple[int, int, tuple]]:
    """Place in its course, course, step."""
    for course, (*_about, steps) in enumerate(COURSES):
        yield from ((place, course, step) for place, step in enumerate(steps))


def _activity(session: Session, community: str, domain: str | None, day: date) -> int | None:
    """The last activity of the domain that the community held by then."""
    return session.scalar(
        select(Activity.id)
        .join(ActivityType, ActivityType.code == Activity.type_code)
        .where(
            Activity.host_code == community,
            ActivityType.domain_code == domain,
            ActivityType.code != "inspection",
            Activity.state == "recorded",
            Activity.first_day <= day,
        )
        .order_by(Activity.first_day.desc(), Activity.id.desc())
        .limit(1)
    )


@cache
def _photo(picture: str, moment: str) -> NewPhoto:
    data = (_PICTURES / f"{picture}_{moment}.jpg").read_bytes()
    with Image.open(BytesIO(data)) as photo:
        size = photo.size
        photo.thumbnail((320, 320))
        small = BytesIO()
        photo.save(small, "JPEG", quality=75)
    return NewPhoto(moment, hashlib.sha256(data).hexdigest(), *size, data, small.getvalue())
