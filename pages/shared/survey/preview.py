"""What of a survey file would be taken over, and why the rest would not."""

from __future__ import annotations

import streamlit as st

from pages.shared.data import ask, fetch
from pages.shared.downloads import CSV, report_name, spoken
from pages.shared.forms import held
from pages.shared.survey.forms import subjects
from pages.shared.text import plain
from services.catalogue import catalogue
from services.formats import fixed, number
from services.i18n import _, _n, language
from services.imports import summary
from services.imports.check import Checked
from services.imports.record import Upload, check
from services.imports.totals import CheckedTotals
from services.permissions import CurrentUser
from services.satisfaction import Wave

FORM = "import"
_REFUSALS, _OUTCOMES = 200, 8


def preview(upload: Upload, wave: Wave, user: CurrentUser) -> Checked | CheckedTotals:
    """How many rows can be taken over, what they would say, and why others cannot."""
    sheet = upload.sheet
    mark = f"{sheet.sha256}{sheet.sheet}{upload.kind}{wave!r}{upload.plan!r}{language()}"
    checked = held(FORM, "checked", mark, lambda: ask(check, upload, user))
    counts = {
        _("可导入"): checked.accepted,
        _("拒收"): checked.refused,
        _("不在范围"): checked.left_out,
    }
    for place, (label, count) in zip(st.columns(len(counts)), counts.items(), strict=True):
        place.metric(label, number(count))
    if isinstance(checked, Checked):
        _of_respondents(checked, wave)
    if checked.refused:
        _refusals(checked)
    return checked


def _of_respondents(checked: Checked, wave: Wave) -> None:
    names = subjects(fetch(catalogue)) | {"": _("不计分")}
    st.dataframe(
        [
            {
                _("问题"): one.column,
                _("领域"): names[one.subject],
                _("有效答卷"): one.valid,
                _("不了解"): one.dont_know,
                _("未回答"): one.blank,
                _("平均分"): fixed(one.score),
            }
            for one in summary.questions(checked, wave)
        ],
        hide_index=True,
        column_config={
            _("问题"): st.column_config.TextColumn(width="large"),
            _("平均分"): st.column_config.TextColumn(alignment="right"),
        },
    )
    _outcomes(checked)
    if not checked.accepted:
        return
    left, right = st.columns([1, 2])
    left.caption(_("各社区的答卷"))
    left.dataframe(
        [{_("社区"): name, _("份数"): n} for name, n in summary.places(checked, fetch(catalogue))],
        hide_index=True,
    )
    used = [name for name, role in checked.plan.roles.items() if role]
    right.caption(_("前几行"))
    right.dataframe(summary.first_rows(checked.sheet, used), hide_index=True)


def _outcomes(checked: Checked) -> None:
    """How the interviews ended, and who is not among the answers."""
    counted, silent = summary.outcomes(checked)
    if counted:
        listed = _("、").join(
            f"{plain(word) or _('空白')} {number(count)}" for word, count in counted[:_OUTCOMES]
        )
        st.caption(_("访问结果：{listed}。").format(listed=listed))
    if silent:
        st.caption(
            _n("其中 {count} 行没有回答任何问题，只记访问结果，不计入得分。", silent).format(
                count=number(silent)
            )
        )


def _refusals(checked: Checked | CheckedTotals) -> None:
    shown = summary.refusal_rows(checked.refusals, _REFUSALS)
    with st.expander(
        _n("为什么有 {count} 行拒收", checked.refused).format(count=number(checked.refused)),
        expanded=True,
    ):
        columns = summary.refusal_columns()
        st.dataframe(
            [
                dict(zip(columns, (one.line, one.column, one.value, one.reason), strict=True))
                for one in shown
            ],
            hide_index=True,
        )
        st.download_button(
            _("下载全部拒收原因（CSV）"),
            spoken(lambda: summary.refusals_csv(checked.refusals)),
            file_name=report_name(_("拒收的行"), "csv"),
            mime=CSV,
        )
