"""The notes of a chart in a dialog: what happened when; a new one; taken off and put back."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import current_user, now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.fields import a_day
from pages.shared.forms import form_key, refused, retold, saved
from pages.shared.text import plain
from pages.shared.workbook.lists import change_list
from pages.shared.workbook.steps import form_of
from services import chart_notes, workbook
from services.catalogue import catalogue
from services.chart_notes import Note, Typed
from services.charts.cards import Chart
from services.i18n import _, use_language
from services.periods import day_label
from services.permissions import CurrentUser, may
from services.views import View

FORM = "chart-note"
BOOK = form_of(workbook.KINDS["notes"])  # said beside the charts: an import closes the dialog


def notes_dialog(chart: Chart, view: View) -> None:
    """Open the notes of the chart's series."""
    st.dialog(_("图上注记"), width="medium")(_notes)(chart, view)


def _notes(chart: Chart, view: View) -> None:
    user = current_user()
    use_language(user.language)  # a dialog runs again without app.py
    st.caption(plain(chart.subtitle))
    found = ask(chart_notes.notes_of, tuple(code for code, _name in chart.series))
    if not found:
        st.info(_("还没有注记。写下哪天发生了什么，图上会标出来。"), icon=":material/flag:")
    names = dict(chart.series)
    for one in found:
        _one(one, names[one.series], user)
    if may(user, "annotate_chart"):
        st.subheader(_("加一条注记"), anchor=False)
        _new(chart, view, user)
        change_list("notes", user, title=_("用表格登记全部图的注记"))


def _one(one: Note, series: str, user: CurrentUser) -> None:
    with st.container(border=True, gap="xsmall"):
        st.text(one.text)
        parts = (day_label(one.day), series, one.place or _("全街道"), one.who)
        st.caption(plain(" · ".join(parts)))
        if one.void_reason:
            st.caption(plain(_("已作废：{reason}").format(reason=one.void_reason)))
        if may(user, "annotate_chart", one.community or ""):
            _take_off_or_put_back(one, user)


def _take_off_or_put_back(one: Note, user: CurrentUser) -> None:
    if one.void_reason:
        if st.button(_("恢复"), key=f"{FORM}-{one.id}-restore"):
            with refused():
                submit(chart_notes.restore, one.id, one.version, user, now())
                st.rerun()
        return
    with st.popover(_("作废"), icon=":material/close:"):
        reason = st.text_input(_("作废原因"), key=f"{FORM}-{one.id}-reason", autocomplete="off")
        if st.button(_("确认作废"), key=f"{FORM}-{one.id}-void", type="primary"):
            with refused():
                submit(chart_notes.void, one.id, reason, one.version, user, now())
                st.rerun()


def _new(chart: Chart, view: View, user: CurrentUser) -> None:
    """Day, place and words; of the community that is looked at unless another is chosen."""
    token = form_key(FORM)
    beside: dict[str, DeltaGenerator] = {}
    names = dict(chart.series)
    places = {place.code: place.name for place in fetch(catalogue).active_communities}
    if user.community is None:
        places = {"": _("全街道")} | places
    else:
        places = {user.community: places[user.community]}
    chosen = view.filters.communities
    looked_at = chosen[0] if len(chosen) == 1 and chosen[0] in places else next(iter(places))
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        series = st.selectbox(
            _("指标"), list(names), format_func=names.__getitem__, key=retold(f"{token}-series")
        )
        community = st.selectbox(
            _("社区"),
            list(places),
            index=list(places).index(looked_at),
            format_func=places.__getitem__,
            key=retold(f"{token}-community"),
        )
        day = a_day(token, "day", _("日期"), today(), beside)
        text = st.text_input(
            _("发生了什么"),
            key=f"{token}-text",
            autocomplete="off",
            placeholder=_("例如：第二轮免费健康查体开始"),
        )
        beside["text"] = st.empty()
        pressed = st.form_submit_button(_("保存"), type="primary", width="stretch")
    if pressed:
        with refused(beside):
            typed = Typed(series, community, day, text)
            submit(chart_notes.make, typed, token, user, now(), today())
            saved(FORM, _("已加上注记，图上已标出。"))
