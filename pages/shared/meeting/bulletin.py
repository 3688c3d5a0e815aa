"""A bulletin on the page: a sheet of prose whose numbers are links, and its paragraphs' editing."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

import streamlit as st

from pages.shared.data import ask, settings
from pages.shared.downloads import DOCX, spoken
from pages.shared.forms import receipt
from pages.shared.meeting.bulletin_edit import edit, issue_field
from pages.shared.paper import paper_buttons
from pages.shared.text import clock, plain
from services.boards.board import and_counted
from services.i18n import _, language
from services.meetings.prose import Paragraph, headings
from services.meetings.texts import ISSUE, Bulletin, Written, edits
from services.permissions import CurrentUser, may
from services.reports.document import bulletin_file


def show(said: Bulletin, user: CurrentUser) -> None:
    """What can be done with it, then the sheet; who holds meetings edits a meeting's bulletin."""
    editing = bool(said.number) and may(user, "hold_meeting")
    with st.container(key="screen-tools", horizontal=True, vertical_alignment="center"):
        paper_buttons(whole_text(said))
        st.download_button(
            _("下载简报（DOCX）"),
            spoken(lambda: bulletin_file(said)),
            mime=DOCX,
            file_name=_("简报_{name}.docx").format(name=said.number or said.period),
            icon=":material/description:",
        )
        if editing:
            with st.popover(_("期号"), icon=":material/tag:"):
                issue_field(said, user)
            st.page_link(
                "pages/meeting/pack.py",
                label=_("会议材料"),
                query_params={"meeting": said.number},
                icon=":material/arrow_forward:",
            )
    with st.container(key="screen-receipt"):
        receipt("bulletin")
    with st.container(key=f"paper-{language()}"):
        _head(said)
        for heading, one in zip(headings(said.paragraphs), said.written, strict=True):
            _paragraph(said, heading, one, user, editing=editing)
        if said.counted is not None:  # on the sheet itself, as it is printed without the page
            st.caption(plain(and_counted(said.period, said.counted)))
    if said.number:
        _history(said)


def whole_text(said: Bulletin) -> str:
    """Everything as plain text, to be pasted elsewhere."""
    parts = [said.title, " ".join(filter(None, (said.office, _issue(said), said.day)))]
    for heading, one in zip(headings(said.paragraphs), said.paragraphs, strict=True):
        parts += [heading, one.text]
    if said.counted is not None:
        parts.append(and_counted(said.period, said.counted))
    return "\n".join(parts)


def _issue(said: Bulletin) -> str:
    return _("第 {issue} 期").format(issue=said.issue) if said.issue else ""


def _head(said: Bulletin) -> None:
    """As on paper: whose bulletin, which issue, of which day."""
    with st.container(key="paper-head"):
        st.markdown(f"**{plain(_('{office}工作简报').format(office=said.office))}**")
        st.caption(plain("　".join(filter(None, (_issue(said), said.office, said.day)))))
        st.subheader(plain(said.title), anchor=False)


def _paragraph(
    said: Bulletin, heading: str, one: Written, user: CurrentUser, *, editing: bool
) -> None:
    with st.container(key=f"paragraph-{one.paragraph.part}", gap="xsmall"):
        mark = f" :blue-badge[{_('已修改')}]" if one.edited else ""
        st.markdown(f"##### {plain(heading)}{mark}")
        st.markdown(prose(one.paragraph))
        with st.container(key=f"screen-notes-{one.paragraph.part}", gap="xsmall"):
            _notes(one)
            if editing:
                edit(said, one, user)


def prose(paragraph: Paragraph) -> str:
    """Markdown in which each number leads to its records, or is marked where it was typed over."""
    parts = []
    for segment in paragraph.segments:
        text = plain(segment.text)
        if segment.typed:
            text = f":orange-background[{text}]"
        elif segment.link:
            text = f"[{text}]({_address(segment.link)})"
        parts.append(text.replace("\n", "\n\n"))
    return "".join(parts)


def _address(target: str) -> str:
    """records:period=2023-10&type=… as an address of this site."""
    page, _colon, query = target.partition(":")
    chosen = dict(parse_qsl(query))
    if settings().only_approved:  # what is usual in lists must not narrow what was counted here
        chosen.setdefault("approved", "0")
    return f"/{page}?{urlencode(chosen)}"


def _notes(one: Written) -> None:
    """What of an edited paragraph the data no longer say."""
    typed = [segment for segment in one.paragraph.segments if segment.typed]
    if typed:
        told = _("、").join(
            _("{number}（数据为 {recorded}）").format(
                number=segment.text, recorded=segment.recorded
            )
            if segment.recorded
            else segment.text
            for segment in typed
        )
        said = plain(_("不再由数据计算的数字：{numbers}").format(numbers=told))
        st.markdown(f":material/edit: :orange[{said}]")
    if one.missing:
        left = _("、").join(one.missing)
        st.caption(plain(_("数据里有、这一段没有写到的：{numbers}").format(numbers=left)))
    if one.outdated:
        st.info(
            plain(
                _("修改以后数据变了，现在会写成：{text}").format(text=one.computed or _("（空）"))
            ),
            icon=":material/update:",
        )


def _history(said: Bulletin) -> None:
    with (
        st.container(key="screen-history"),
        st.expander(
            _("变更记录"), icon=":material/history:", on_change="rerun", key="bulletin-history"
        ) as part,
    ):
        if not part.open:
            return
        titles = {one.part: one.title for one in said.paragraphs} | {ISSUE: _("期号")}
        found = ask(edits, said.number)
        if not found:
            st.caption(_("还没有人改过这份简报。"))
        for line in found:
            done = _("恢复为计算文本") if line.restored else _("修改")
            st.caption(plain(f"{clock(line.at)} {line.who} {done} · {titles.get(line.part, '')}"))
            st.text(line.text)
