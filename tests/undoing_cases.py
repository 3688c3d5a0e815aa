"""What the tests of taking files back share: an office with something in every list, and files."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from db.engine import Session
from services import commitments, feedback, rounds, schedule, workbook
from services.errors import InvalidEntry
from services.permissions import CurrentUser
from services.rounds import Typed as Round
from services.targets import set_targets
from services.workbook import Undone
from tests.activity_cases import NOW, TODAY, person
from tests.builders import add_wave
from tests.inspection_cases import RECTIFY, recorded
from tests.list_workbook_cases import VOICE, out, stated
from tests.schedule_cases import planned
from tests.workbook_cases import take
from tests.workbooks import Cell

TOOK, BACK, FORTH = (NOW + timedelta(hours=hours) for hours in (1, 2, 3))
CHECK_UP = "elderly_check_up"
NEW: dict[str, dict[str, Cell]] = {
    "types": {"服务领域": "社会治安", "名称": "夜间巡逻", "开展频率": "每月"},
    "measures": {"服务领域": "社会治安", "名称": "夜间巡逻", "单位": "处", "定义": "巡逻一处"},
    "partners": {"名称": "义诊队", "英文名称": "Clinic team"},
    "groups": {"名称": "新就业群体"},
    "topics": {"服务领域": "社会治安", "名称": "夜间扰民"},
    "channels": {"名称": "线下接待"},
    "targets": {"年度": 2023, "范围": "乙社区", "总体满意度（分）": 85},
    "commitments": {"会议日期": "2023-10-09", "会议名称": "例会", "承诺内容": "修路灯",
                    "责任人": "李主任", "完成期限": "2023-11-09"},
    "voices": VOICE | {"反映内容": "凌晨施工"},
    "inspections": {"督查日期": "2023-10-09", "社区": "乙社区", "督查人": "李主任", "结论": "合格"},
    "plans": {"活动类型": "美好社区建设暨周三清洁家园我先行活动", "社区": "乙社区",
              "多久一次": "每周", "周几": "周三", "从哪一天起": "2023-10-02"},
    "rounds": {"活动类型": "老年人免费健康查体活动", "第几轮": 2, "名称": "第二轮",
               "开始日期": "2023-10-09"},
    "grids": {"社区": "乙社区", "网格名称": "第九网格"},
    "waves": {"调查名称": "补充调查", "调查方式": "网络调查", "评分标准": "three_grade",
              "问卷版本": "2", "开始日期": "2023-10-09", "结束日期": "2023-10-20"},
    "occasions": {"计划编号": "P000001", "原定日期": "2023-10-18", "怎么改": "取消",
                  "原因": "大雨"},
    "notes": {"日期": "2023-10-09", "注在哪项数字上": "总体满意度", "发生了什么": "公布时限"},
}  # fmt: skip
ENTRIES = ("types", "measures", "groups", "topics", "channels")
# The list, a text of its export and what stands there instead.
EDITS = (
    ("types", ">防诈骗科普活动<", ">反诈科普活动<"),
    ("measures", ">清运生活垃圾<", ">清运垃圾<"),
    ("partners", ">志愿者<", ">义工<"),
    ("groups", ">残疾人<", ">残障人士<"),
    ("topics", ">噪声扰民<", ">噪声<"),
    ("channels", ">热线<", ">12345 热线<"),
    ("targets", "<v>320</v>", "<v>330</v>"),
    ("voices", ">晚上施工<", ">夜里施工<"),
    ("inspections", ">周主任<", ">周书记<"),
    ("commitments", ">修路面<", ">修路肩<"),
    ("plans", ">周三<", ">周四<"),
    ("rounds", ">第一轮<", ">春季轮<"),
    ("grids", ">第二网格<", ">湖畔网格<"),
    ("occasions", ">停电<", ">停水<"),
)


def kept_by(session: Session) -> CurrentUser:
    """An administrator, and something on record of every list that begins empty."""
    user = person(session, "administrator")
    set_targets(session, "c01", 2023, {"household_waste": Decimal(320)}, user, NOW)
    voice = feedback.Typed(date(2023, 10, 18), "parents_day", "noise", "c02", "", "晚上施工")
    feedback.submit(session, voice, "voice", user, NOW, TODAY)
    promise = commitments.Typed(TODAY, "例会", "修路面", "李主任", "c01", "", TODAY)
    commitments.make(session, promise, "one", user, NOW, TODAY)
    recorded(session, user, RECTIFY, "one")
    planned(session, user)
    schedule.cancel(session, "P000001.2023-10-11", "停电", 0, user, NOW, TODAY)
    rounds.add(session, user, CHECK_UP,
               Round(1, "第一轮", "Round 1", date(2023, 3, 1), date(2023, 8, 1)), NOW)  # fmt: skip
    add_wave(session, "w1", date(2023, 9, 1), date(2023, 9, 20))
    session.commit()
    return user


def undone(session: Session, code: str, user: CurrentUser, number: int = 1) -> Undone:
    done = workbook.KINDS[code].undoing.undo(session, number, user, BACK, TODAY)
    session.commit()
    return done


def redone(session: Session, code: str, user: CurrentUser, number: int = 1) -> Undone:
    done = workbook.KINDS[code].undoing.redo(session, number, user, FORTH, TODAY)
    session.commit()
    return done


def imported(session: Session, code: str, data: bytes, user: CurrentUser) -> None:
    take(session, data, user, TOOK, kind=workbook.KINDS[code])


def said(session: Session, code: str, user: CurrentUser) -> list[dict[str, str]]:
    """What an export says, whatever the order."""
    try:
        return sorted(stated(session, code, out(session, code, user)), key=str)
    except InvalidEntry:  # it has no rows
        return []
