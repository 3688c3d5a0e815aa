"""What an inspection can come to, how far its rectification is, and what all that is called."""

from __future__ import annotations

from datetime import date

from db.reads import inspections as reads
from db.reads.inspections import FOLLOWED, OPEN, OVERDUE, QUALIFIED
from services.i18n import _

ACTIVITY_TYPE = "inspection"  # activities of this type are inspections that were counted
RECTIFY, UNQUALIFIED = "rectify", "unqualified"
VERDICTS = (QUALIFIED, RECTIFY, UNQUALIFIED)
VOID = "void"
BEFORE, AFTER = "before", "after"
MOMENTS = (BEFORE, AFTER)
STATES = (OPEN, OVERDUE, FOLLOWED, VOID)


def state_of(row: reads.Inspection, later: reads.Inspection | None, today: date) -> str:
    """Qualified, or how far what is to be put right has come."""
    if row.void_reason:
        return VOID
    if row.verdict == QUALIFIED:
        return QUALIFIED
    if later is not None:
        return FOLLOWED
    return OVERDUE if row.due_on < today else OPEN


def verdict_label(verdict: str) -> str:
    return {
        QUALIFIED: _("合格"),
        RECTIFY: _("限期整改"),
        UNQUALIFIED: _("不合格"),
    }[verdict]


def state_label(state: str, later: str = "") -> str:
    """`later`: the verdict of the re-inspection, if there was one."""
    if state == FOLLOWED and later:
        return _("复查合格") if later == QUALIFIED else _("复查未通过")
    return {
        QUALIFIED: _("合格"),
        OPEN: _("待复查"),
        OVERDUE: _("超期未复查"),
        FOLLOWED: _("已复查"),
        VOID: _("已作废"),
    }[state]


def moment_label(moment: str) -> str:
    return {BEFORE: _("整改前"), AFTER: _("整改后")}[moment]


def action_label(action: str) -> str:
    return {
        "record": _("录入"),
        "correct": _("更正"),
        "void": _("作废"),
        "restore": _("恢复"),
        "rectify": _("整改报告"),
        "add_photos": _("添加照片"),
        "hide_photo": _("撤下照片"),
        "show_photo": _("放回照片"),
        "reveal": _("查看完整号码"),
    }[action]
