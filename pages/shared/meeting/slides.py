"""The agenda of a meeting beside the slide that is chosen: its look, its words, its place."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.shared.access import now, today
from pages.shared.data import fetch, settings, submit
from pages.shared.forms import form_key, receipt, refused, retold, saved
from pages.shared.meeting.comments import slide_comments
from pages.shared.meeting.forms import facts_line, rules
from pages.shared.meeting.preview import slide_preview
from pages.shared.meeting.take import take_along, what_changed
from pages.shared.text import plain
from pages.shared.versions import seen_version
from pages.shared.web.slides import frame_of, slides_of
from services import meetings
from services.catalogue import catalogue
from services.i18n import _
from services.meetings import OWN, Content, Meeting, Slide, comments
from services.meetings.pack import page
from services.permissions import CurrentUser, may


def one_meeting(held: Meeting, user: CurrentUser) -> None:
    """The meeting: what is done with all of it, then slide by slide."""
    st.page_link("pages/meeting/pack.py", label=_("返回清单"), icon=":material/arrow_back:")
    st.header(plain(held.title), anchor=False)
    st.caption(plain(facts_line(held)))
    receipt(held.number)
    holds = may(user, "hold_meeting")
    if holds:
        take_along(held, user)
        what_changed(held, user)
    if not held.slides:
        st.info(_("这次会议没有页面，请在下面增加。"), icon=":material/info:")
        if holds:
            _add(held, 0, user)
        return
    agenda, beside = st.columns([1, 2.6], gap="medium")
    with agenda.container(key="screen-agenda"):
        place = _choose(held)
        if holds:
            _moves(held, place, user)
            _add(held, place + 1, user)
    with beside:
        _slide(held, held.slides[place], user)


def _choose(held: Meeting) -> int:
    """The agenda as a list; arrow keys go through it. The place of the chosen slide."""
    titles = fetch(meetings.titles, held.number)
    slides = {slide.id: slide for slide in held.slides}
    places = {slide.id: place for place, slide in enumerate(held.slides)}
    asked = st.query_params.get("slide", "")
    first = places.get(int(asked), 0) if asked.isdecimal() else 0

    def words(key: int) -> str:
        label = plain(f"{places[key] + 1:\u2007>2}\u2002{titles[key]}")
        return label if slides[key].shown else f":gray[{label}{_('（已撤下）')}]"

    chosen = st.radio(
        _("议程"),
        list(places),
        index=first,
        format_func=words,
        captions=[plain(slide.headline[:24]) for slide in held.slides],
        key=retold(f"agenda-{held.number}-{'-'.join(map(str, places))}"),
    )
    st.query_params["slide"] = str(chosen)
    return places[chosen]


def _moves(held: Meeting, place: int, user: CurrentUser) -> None:
    """The chosen slide up or down, out or in again."""
    slide, order = held.slides[place], [one.id for one in held.slides]
    ways = ((_("上移"), place - 1, "Alt+Up"), (_("下移"), place + 1, "Alt+Down"))
    with st.container(horizontal=True):
        for label, other, keys in ways:
            off = not 0 <= other < len(order)
            if st.button(label, key=f"to-{keys}", disabled=off, shortcut=keys):
                order[place], order[other] = order[other], order[place]
                with refused():
                    submit(meetings.arrange, held.number, order, user, now())
                    st.rerun()
        label = _("撤下") if slide.shown else _("放回")
        if st.button(label, key="shown"):
            with refused():
                submit(meetings.show_slide, slide.id, not slide.shown, slide.version, user, now())
                st.rerun()


def _add(held: Meeting, position: int, user: CurrentUser) -> None:
    """One more slide behind the chosen one, until the figures are frozen."""
    if held.frozen_at is not None:
        return
    items = meetings.choices(fetch(catalogue))
    item = st.selectbox(
        _("增加一页"), list(items), format_func=items.__getitem__, key=retold("slide-kind")
    )
    if st.button(_("增加")):
        with refused():
            made = submit(meetings.add_slide, held.number, item, position, user, now())
            st.query_params["slide"] = str(made)
            saved(held.number, _("已增加一页。"))


def _slide(held: Meeting, slide: Slide, user: CurrentUser) -> None:
    found = fetch(meetings.contents, held.number, user, today(), rules(), (slide.id,))
    content = found.get(slide.id)
    if content is None:
        st.info(_("这一页没有冻结的数据。"), icon=":material/info:")
        return
    counted = fetch(meetings.counted, held.number, rules())
    frame = frame_of(held, counted, fetch(catalogue).subdistrict, settings().look)
    slide_preview(slides_of(page(slide, content), frame), key=f"preview-{slide.id}")
    receipt(f"slide-{slide.id}")
    said = fetch(comments.comments, held.number, user)
    slide_comments(slide.id, said.get(slide.id, ()), user)
    if may(user, "hold_meeting"):
        with st.container(key="screen-words"):  # not for paper: the speaker's notes are in it
            _words(slide, content, user)


def _words(slide: Slide, content: Content, user: CurrentUser) -> None:
    """Headline, own words and notes; the version is kept from when the form was first drawn."""
    name = f"slide-{slide.id}"
    token = form_key(name)
    seen = seen_version(token, slide.version)
    beside: dict[str, DeltaGenerator] = {}
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        headline = st.text_input(
            _("标题句"),
            slide.headline,
            key=f"{token}-headline",
            placeholder=content.headline,
            help=_("留空时用数据写成的句子。"),
        )
        beside["headline"] = st.empty()
        label = _("正文") if slide.kind == OWN else _("补充的话（每行一条，和数据一起放映）")
        body = st.text_area(label, slide.body, key=f"{token}-body", height=96)
        beside["body"] = st.empty()
        notes = st.text_area(
            _("讲稿（只有主讲人看到）"),
            slide.notes,
            key=f"{token}-notes",
            height=96,
        )
        beside["notes"] = st.empty()
        if st.form_submit_button(_("保存"), type="primary"):
            with refused(beside):
                said = {"headline": headline, "body": body, "notes": notes}
                submit(meetings.write_slide, slide.id, said, int(seen), user, now())
                saved(name, _("已保存。"))
