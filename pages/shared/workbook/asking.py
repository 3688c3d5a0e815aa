"""Odd figures of a file: what is usual, what this is, and what the person says to each row."""

from __future__ import annotations

import streamlit as st

from pages.shared.forms import held, retold
from pages.shared.paging import offset_of
from pages.shared.text import plain
from services import workbook
from services.activities import Answer, Difference, mark_of
from services.formats import number
from services.i18n import _
from services.workbook import Checked, Line, Said

_AT_ONCE = 10  # rows to answer on one page: each has its sentences and its buttons
_SURE, _FOLLOW, _LEAVE = "sure", "follow", "leave"
Word = tuple[str | None, str]  # one of these or None, and what is to be followed up


def said_to(form: str, checked: Checked, token: str) -> tuple[Said, ...]:
    """Ask about every row that states odd figures; what was said to which."""
    rows = checked.of(workbook.ASK)
    if not rows:
        return ()
    words: dict[int, Word] = held(form, "said", checked.table.sha256, dict)
    with st.container(border=True, key=f"{token}-ask", gap="small"):
        title = _("{count} 行有需要核对的地方，确认无误？").format(count=number(len(rows)))
        st.markdown(f":material/help: **{plain(title)}**")
        st.caption(_("没有回答的行这次不导入；以后再导入这个文件，会再问这些行。"))
        offset = offset_of(len(rows), _AT_ONCE, f"{token}-ask-page")
        for line in rows[offset : offset + _AT_ONCE]:
            words[line.line] = _row(line, words.get(line.line, (None, "")), token)
        open_rows = [line for line in rows if words.get(line.line, (None, ""))[0] is None]
        others = _others(len(open_rows), len(rows), token)
    told = ((line, words.get(line.line, (None, ""))) for line in rows)
    return tuple(
        Said(line.line, _answer(line, word if word[0] else others))
        for line, word in told
        if word[0] or others[0]
    )


def _row(line: Line, before: Word, token: str) -> Word:
    """What the row states, and the three things that may be said to it."""
    with st.container(gap="xsmall", border=True):
        about = " ".join(filter(None, (line.number, line.what)))
        title = plain(_("第 {line} 行：{what}").format(line=line.line, what=about))
        st.caption(title)
        for change in line.differences:
            st.text(change_of(change))
        for one in line.asked:
            st.text(one.sentence)
        return _choice(title, before, f"{token}-ask-{line.line}", hidden=True)


def _others(count: int, every: int, token: str) -> Word:
    """One word for all rows that have none of their own, below them: to be said after reading."""
    if every < 2 or not count:
        return None, ""
    label = _("没有逐行回答的 {count} 行：").format(count=number(count))
    return _choice(label, (None, ""), f"{token}-ask-others", hidden=False)


def change_of(one: Difference) -> str:
    """What is on record, and what will be."""
    return _("{field}：{before} → {after}").format(
        field=one.label, before=one.before, after=one.after
    )


def _choice(label: str, before: Word, key: str, *, hidden: bool) -> Word:
    labels = {_SURE: _("确认无误"), _FOLLOW: _("待跟进"), _LEAVE: _("不导入")}
    chosen = st.pills(
        label,
        list(labels),
        format_func=labels.__getitem__,
        default=before[0],
        key=retold(key),
        label_visibility="collapsed" if hidden else "visible",
    )
    if chosen != _FOLLOW:
        return chosen, before[1]
    note = st.text_input(
        _("跟进事项"),
        before[1],
        autocomplete="off",
        live="400ms",  # the count of rows to import follows, before its button is reached
        placeholder=_("例如：等活动方核实人数"),
        key=f"{key}-note",
    )
    if not note.strip():
        st.caption(_("请写明要跟进什么，例如“等活动方核实人数”。"))
    return chosen, note


def _answer(line: Line, word: Word) -> Answer | None:
    said, note = word
    if said == _LEAVE:
        return None
    follow_up = said == _FOLLOW
    return Answer(mark_of(line.asked), note if follow_up else "", follow_up)
