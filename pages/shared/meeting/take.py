"""What is done with a whole meeting: show it, take it along, freeze it, change or void it."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, settings, submit
from pages.shared.downloads import PPTX
from pages.shared.forms import form_key, new_round, refused, saved
from pages.shared.meeting.files import document_and_workbook
from pages.shared.meeting.forms import meeting_fields, rules
from pages.shared.text import plain
from pages.shared.versions import seen_version
from services import meetings
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.meetings import Meeting
from services.meetings.pack import pack
from services.permissions import CurrentUser
from services.reports.deck import deck


def take_along(held: Meeting, user: CurrentUser) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        show_link(held, "primary")
        made = st.button(_("生成幻灯片（PPTX）"), icon=":material/slideshow:")
        if held.frozen_at is None:
            _freeze(held, user)
        with st.popover(_("更多"), icon=":material/more_horiz:"):
            if held.frozen_at is None:
                _rename(held, user)
            _void(held, user)
        document_and_workbook(held.number, user)
    if made:
        _deck(held, user)


def show_link(held: Meeting, kind: str = "secondary") -> None:
    """Opens the presentation in a tab of its own, which can go to the projector."""
    st.link_button(
        _("放映"), f"/present/{held.number}", icon=":material/present_to_all:", type=kind
    )


def show_links(held: Meeting) -> None:
    """To present it, or to leave it running on a wall."""
    with st.container(horizontal=True):
        show_link(held, "primary")
        st.link_button(
            _("自动播放（每页 20 秒）"),
            f"/present/{held.number}?auto=20",
            icon=":material/autoplay:",
        )


def _deck(held: Meeting, user: CurrentUser) -> None:
    """Made with a bar: half of the way are the figures, half the file."""
    bar = st.progress(0.0, _("正在生成幻灯片……"))
    office = fetch(catalogue).subdistrict

    def half(start: float, done: int, of: int) -> None:
        bar.progress(start + done / max(of, 1) / 2, _("正在生成幻灯片……"))

    made = ask(
        pack, held.number, user, today(), rules(), office, lambda done, of: half(0, done, of)
    )
    file = deck(made, settings().look, lambda done, of: half(0.5, done, of))
    bar.empty()
    st.download_button(
        _("下载幻灯片（PPTX）"),
        file,
        mime=PPTX,
        file_name=f"{held.number}.pptx",
        icon=":material/download:",
        type="primary",
        on_click="ignore",
    )


def _freeze(held: Meeting, user: CurrentUser) -> None:
    """It cannot be undone, so it is asked twice."""
    with st.popover(_("冻结数据"), icon=":material/lock:"):
        st.write(_("冻结后数字不再变化，也不能解冻；文字仍可修改。"))
        if st.button(_("确认冻结"), type="primary"):
            with refused():
                submit(meetings.freeze, held.number, held.version, user, now(), today(), rules())
                saved(held.number, _("数据已冻结。"))


def _rename(held: Meeting, user: CurrentUser) -> None:
    name = f"change-{held.number}"
    token = form_key(name)
    seen = seen_version(token, held.version)
    typed, beside, pressed = meeting_fields(token, _("保存名称和范围"), held)
    if pressed:
        with refused(beside):
            submit(meetings.rename, held.number, typed, int(seen), user, now())
            new_round(name)
            saved(held.number, _("已保存。"))


def _void(held: Meeting, user: CurrentUser) -> None:
    token = form_key(f"void-{held.number}")
    reason = st.text_input(_("作废原因"), key=f"{token}-reason", autocomplete="off")
    place = st.empty()
    if st.button(_("作废这次会议")):
        with refused({"reason": place}):
            submit(meetings.void, held.number, reason, held.version, user, now())
            st.query_params.clear()
            saved("meeting", _("已作废 {number}。").format(number=held.number))


def what_changed(held: Meeting, user: CurrentUser) -> None:
    """Beside frozen figures, how they would read today; computed when it is opened."""
    if held.frozen_at is None:
        return
    label = _("冻结以来的变化")
    with st.expander(label, icon=":material/difference:", key="since", on_change="rerun") as part:
        if not part.open:
            return
        found = fetch(meetings.since, held.number, user, today(), rules())
        if not found:
            st.write(_("没有变化：今天的数据与冻结时相同。"))
            return
        st.write(
            _n("{count} 页的数据今天会不同；放映和各种文件仍用冻结时的数据。", len(found)).format(
                count=number(len(found))
            )
        )
        for one in found:
            st.markdown(f"**{plain(one.title)}**")
            st.markdown("\n".join(f"- {plain(said)}" for said in one.said))
