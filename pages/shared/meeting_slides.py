"""The slides of a meeting: what each says, its words to edit, its place, in or out."""

from __future__ import annotations

import streamlit as st

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.forms import form_key, receipt, refused, saved
from pages.shared.host import chart_host
from pages.shared.meeting_forms import freeze_and_take, rules
from pages.shared.text import plain
from services import meetings
from services.catalogue import catalogue
from services.i18n import _
from services.meetings import DOMAIN, OWN, Content, Item, Meeting, Slide
from services.permissions import CurrentUser


def one_meeting(held: Meeting, user: CurrentUser) -> None:
    """The meeting with all its slides."""
    st.page_link("pages/meeting/pack.py", label=_("返回列表"), icon=":material/arrow_back:")
    st.header(plain(held.title), anchor=False)
    receipt(held.number)
    frozen = _("数据已冻结") if held.frozen_at else _("数据随时更新")
    st.caption(plain(" · ".join((held.number, held.day, held.period_label, frozen))))
    freeze_and_take(held, user)
    found = ask(meetings.contents, held.number, user, today(), rules())
    for place, slide in enumerate(held.slides):
        if slide.id in found:
            _slide(held, place, slide, found[slide.id], user)
    if held.frozen_at is None:
        _add(held, user)


def _slide(held: Meeting, place: int, slide: Slide, content: Content, user: CurrentUser) -> None:
    headline = slide.headline or content.headline or slide.body[:60]
    with st.container(border=True):
        words = f"**{place + 1}　{plain(content.title)}**"
        st.markdown(words if slide.shown else f":gray[{words} {_('（已撤下）')}]")
        if slide.shown:
            st.markdown(plain(headline))
        with st.container(horizontal=True):
            _moves(held, place, slide, user)
        if slide.shown:
            with st.expander(_("内容和文字"), key=f"open-{slide.id}", on_change="rerun") as part:
                if part.open:
                    _what_it_shows(slide, content)
                    _words(held, slide, content, user)


def _what_it_shows(slide: Slide, content: Content) -> None:
    cards = [*content.tiles, *((content.chart,) if content.chart else ())]
    if cards:
        chart_host(cards, key=f"slide-{slide.id}")
    if content.table:
        columns = content.table.columns
        st.dataframe(
            [dict(zip(columns, row, strict=True)) for row in content.table.rows], hide_index=True
        )
    for sentence in content.sentences:
        st.text(sentence)
    if content.source:
        st.caption(plain(content.source))


def _words(held: Meeting, slide: Slide, content: Content, user: CurrentUser) -> None:
    token = form_key(f"slide-{slide.id}")
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        headline = st.text_input(
            _("标题句"),
            slide.headline,
            key=f"{token}-headline",
            max_chars=300,
            placeholder=content.headline,
            help=_("留空时用数据写成的句子。"),
        )
        body = slide.body
        if slide.kind == OWN:
            body = st.text_area(_("正文"), slide.body, key=f"{token}-body", max_chars=4000)
        notes = st.text_area(_("讲稿"), slide.notes, key=f"{token}-notes", max_chars=4000)
        if st.form_submit_button(_("保存"), type="primary"):
            with refused():
                said = {"headline": headline, "body": body, "notes": notes}
                submit(meetings.write_slide, slide.id, said, slide.version, user, now())
                saved(held.number, _("已保存。"))


def _moves(held: Meeting, place: int, slide: Slide, user: CurrentUser) -> None:
    """Up, down, out or in again."""
    order = [one.id for one in held.slides]
    for label, other in ((_("上移"), place - 1), (_("下移"), place + 1)):
        off = not 0 <= other < len(order)
        if st.button(label, key=f"{label}-{slide.id}", disabled=off):
            order[place], order[other] = order[other], order[place]
            with refused():
                submit(meetings.arrange, held.number, order, user, now())
                st.rerun()
    label = _("撤下") if slide.shown else _("放回")
    if st.button(label, key=f"shown-{slide.id}"):
        with refused():
            submit(meetings.show_slide, slide.id, not slide.shown, slide.version, user, now())
            st.rerun()


def _add(held: Meeting, user: CurrentUser) -> None:
    """One more slide at the end: of a domain, or in one's own words."""
    items = {Item(OWN): meetings.kind_label(OWN)} | {
        Item(DOMAIN, domain.code): domain.label for domain in fetch(catalogue).domains
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        item = st.selectbox(
            _("增加一页"), list(items), format_func=items.__getitem__, key="slide-kind"
        )
        if st.button(_("增加")):
            with refused():
                submit(meetings.add_slide, held.number, item, len(held.slides), user, now())
                saved(held.number, _("已增加一页。"))
