"""The menu: every page, in its section, shown to whom it is for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from pages.shared.access import today
from pages.shared.data import fetch
from services import activities, feedback
from services.due import due_count
from services.formats import number
from services.i18n import _
from services.permissions import CurrentUser, may


def menu(user: CurrentUser) -> dict[str, list[st.Page]]:
    """Section → its pages, for `st.navigation`.

    A page that is not for this person is registered too, but hidden: who follows a link to it
    reads our own refusal (`guard`), not Streamlit's "Page not found".
    """

    page = partial(_page, user)
    return {
        "": [
            page("", "review/overview", _("总览"), "see"),
            page("community", "review/community", _("社区"), "see"),
            page("domain", "review/domain", _("服务领域"), "see"),
            page("satisfaction", "review/satisfaction", _("满意度"), "see"),
            page("coverage", "review/coverage", _("覆盖"), "see"),
            page("effect", "review/effect", _("成效"), "see"),
            page("records", "review/records", _("记录"), "see"),
            page("methods", "review/methods", _("方法说明"), "see"),
        ],
        _("填报"): [
            page("due", "entry/due", _due_title(user), "see"),
            page("entry", "entry/activity", _("填报活动"), "enter_activity"),
            page("batch", "entry/batch", _("批量填报"), "enter_activity"),
            page("import_activities", "entry/import_file", _("导入表格"), "enter_activity"),
            page("mine", "entry/mine", _("我的填报"), "enter_activity"),
            page("review", "entry/review", _review_title(user), "approve_activity"),
        ],
        _("跟进"): [
            page("feedback", "followup/feedback", _feedback_title(user), "see_feedback"),
            page("inspections", "followup/inspections", _("督查"), "see"),
            page("commitments", "followup/commitments", _("承诺事项"), "see"),
            page("rhythm", "followup/rhythm", _("工作节律"), "see"),
        ],
        _("会议"): [
            page("present", "meeting/present", _("会议放映"), "see"),
            page("meeting", "meeting/pack", _("会议材料"), "comment_meeting"),
            page("bulletin", "meeting/bulletin", _("简报"), "see"),
        ],
        _("管理"): _administration(page),
    }


def _administration(page: Callable[..., st.Page]) -> list[st.Page]:
    return [
        page("surveys", "admin/surveys", _("调查结果"), "record_survey"),
        page("import", "admin/import_survey", _("导入调查"), "record_survey"),
        page("targets", "admin/targets", _("目标"), "manage_catalogue"),
        page("users", "admin/users", _("用户"), "manage_users"),
        page("places", "admin/places", _("社区与人口"), "manage_catalogue"),
        page("catalogue", "admin/catalogue", _("目录"), "manage_catalogue"),
        page("audit", "admin/audit", _("操作日志"), "manage_users"),
        page("backups", "admin/backups", _("备份"), "manage_users"),
    ]


def _page(user: CurrentUser, url: str, file: str, title: str, action: str) -> st.Page:
    return st.Page(
        f"pages/{file}.py",
        title=title,
        url_path=url,
        default=not url,
        visibility="visible" if may(user, action) else "hidden",
    )


def _review_title(user: CurrentUser) -> str:
    """审核, with how many records wait for the person; nothing for who does not approve."""
    if not may(user, "approve_activity"):
        return _("审核")
    count = fetch(activities.backlog, user).own
    return _("审核（{count}）").format(count=number(count)) if count else _("审核")


def _due_title(user: CurrentUser) -> str:
    """待办, with how many things there are to do."""
    count = fetch(due_count, user, today())
    return _("待办（{count}）").format(count=number(count)) if count else _("待办")


def _feedback_title(user: CurrentUser) -> str:
    """民声, with how many are due for the person."""
    due = fetch(feedback.due_count, user, today())
    return _("民声（{count} 件到期）").format(count=number(due)) if due else _("民声")
