"""The steps of taking over a workbook: the sheet to fill in, the file, what it changes, yes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from pages.shared.access import now, today
from pages.shared.data import ask, fetch, submit
from pages.shared.downloads import XLSX, spoken
from pages.shared.forms import held, saved
from pages.shared.text import plain
from pages.shared.upload import one_table
from pages.shared.workbook.asking import change_of, said_to
from services import workbook
from services.catalogue import catalogue
from services.formats import number, running
from services.i18n import _, _n, language
from services.imports.sheet import MB
from services.permissions import CurrentUser
from services.workbook import Checked, Choice, Kind, Line, Receipt, Taken, Upload, Where
from services.workbook.refused import reason_of

_MOST = workbook.LIMITS.size // MB
_SHOWN, _AT_ONCE = 200, 15  # rows of a table, and of it without scrolling


def form_of(kind: Kind) -> str:
    """The name of the kind's form: its round ends when a file was taken over."""
    return f"workbook-{kind.code}"


def downloads(community: str, month: str, user: CurrentUser) -> None:
    """The template, and what is on record of the month in the same layout."""
    if not community:
        st.info(_("选择社区后可以下载它的模板；已有填好的表格，直接上传。"), icon=":material/info:")
        return
    name = fetch(catalogue).community(community).name
    with st.container(horizontal=True):
        st.download_button(
            _("下载模板（.xlsx）"),
            spoken(lambda: ask(workbook.template, community, month, user)),
            file_name=_("活动填报_{community}_{month}.xlsx").format(community=name, month=month),
            mime=XLSX,
            type="primary",
            icon=":material/download:",
        )
        st.download_button(
            _("下载这个月已有的记录（.xlsx）"),
            spoken(lambda: ask(workbook.month_book, community, month, user)),
            file_name=_("活动记录_{community}_{month}.xlsx").format(community=name, month=month),
            mime=XLSX,
            icon=":material/table_view:",
        )
    st.caption(
        _("模板里有下拉列表，上个月的活动类型已经列好。已有的记录可以在表格里改，再导入就是更正。")
    )


def which_file(kind: Kind, where: Where, token: str) -> Upload | None:
    """The uploaded file's rows; None before there is a file."""
    uploaded = one_table(
        _("填好的表格（.xlsx 或 .csv）"),
        token,
        _("最多 {size} MB、{rows} 行。没有写年月的日期按所选月份读。").format(
            size=_MOST, rows=number(workbook.LIMITS.rows)
        ),
        _MOST,
    )
    if uploaded is None:
        return None
    columns = fetch(workbook.columns_of, kind.code)
    mark = f"{uploaded.file_id}{language()}{columns!r}"
    with st.spinner(_("正在读取文件……")):
        table = held(
            form_of(kind), "table", mark, lambda: workbook.read(kind, uploaded.getvalue(), columns)
        )
    if table.unknown:
        st.warning(
            plain(
                _("没有认出这些列，已略过：{columns}。").format(columns=_("、").join(table.unknown))
            ),
            icon=":material/view_column:",
        )
    return Upload(uploaded.name, table, where)


def preview(kind: Kind, upload: Upload, user: CurrentUser, token: str) -> tuple[Upload, Checked]:
    """What every row comes to, with what the person decides about doubtful ones."""
    choice = _choice(kind, upload, user, token)
    checked = _checked(kind, replace(upload, choice=choice), user)
    counts = st.container(horizontal=True)  # above the questions, which change them
    choice = replace(choice, said=said_to(form_of(kind), checked, token))
    checked = workbook.answered(checked, choice.said)
    shown = {
        label: checked.counts[state]
        for state, label in workbook.state_words().items()
        if checked.counts[state] or state in (workbook.NEW, workbook.CHANGED, workbook.REFUSED)
    }
    for label, count in shown.items():
        counts.metric(label, number(count), width=110)
    _not_taken(kind, checked)
    _changed(checked.of(workbook.CHANGED))
    _listed(_("新增的行"), checked.of(workbook.NEW))
    _listed(_("没有变化的行"), checked.of(workbook.SAME))
    return replace(upload, choice=choice), checked


def _checked(kind: Kind, upload: Upload, user: CurrentUser) -> Checked:
    mark = f"{upload.table.sha256}{upload.where!r}{upload.choice!r}{language()}"
    with st.spinner(_("正在核对……")):
        return held(form_of(kind), f"checked-{upload.choice!r}", mark,
                    lambda: ask(kind.check, upload, user, today()))  # fmt: skip


def _choice(kind: Kind, upload: Upload, user: CurrentUser, token: str) -> Choice:
    """Asked only where there is something to decide."""
    doubtful = _checked(kind, upload, user)
    foreign = bool(doubtful.foreign) and st.checkbox(
        _n("{count} 行的编号不属于本单位：作为新的一行导入", doubtful.foreign).format(
            count=number(doubtful.foreign)
        ),
        key=f"{token}-foreign",
    )
    choice = Choice(foreign=foreign)
    like = _checked(kind, replace(upload, choice=choice), user).of(workbook.ALIKE)
    if like and st.checkbox(
        kind.alike(len(like)),
        key=f"{token}-alike",
    ):
        return replace(choice, alike=True)
    return choice


def _not_taken(kind: Kind, checked: Checked) -> None:
    """Rows that are not taken, each with its reasons; to be had as a workbook to mend."""
    rows = [line for line in checked.lines if line.state in workbook.NOT_TAKEN]
    told = [line for line in rows if line.state != workbook.ASK]  # those stand above
    if told:
        title = _n("为什么有 {count} 行不导入", len(told)).format(count=number(len(told)))
        with st.expander(title, expanded=True):
            found = [
                (line.line, _("{column}：{reason}").format(column=one.column, reason=one.value)
                 if one.column else one.value, one.sentence)
                for line in told
                for one in line.reasons
            ] + [(line.line, line.what, line.note) for line in told if line.note]  # fmt: skip
            _table([_("行"), _("内容"), _("原因")], sorted(found))
    if rows:
        st.download_button(
            _("下载不导入的 {count} 行，改好再导入（.xlsx）").format(count=number(len(rows))),
            spoken(
                lambda: workbook.refused_book(
                    checked, fetch(workbook.columns_of, kind.code), kind.label()
                )
            ),
            file_name=_("未导入的行.xlsx"),
            mime=XLSX,
            icon=":material/download:",
        )


def _changed(rows: Sequence[Line]) -> None:
    """Field by field: what is on record, and what will be."""
    if not rows:
        return
    with st.expander(_("更正的内容"), expanded=True):
        changes = [
            (line.line, line.number, change_of(one))
            for line in rows[:_SHOWN]
            for one in line.differences
        ]
        _table([_("行"), _("对象"), _("更正的内容")], changes)


def _listed(title: str, rows: Sequence[Line]) -> None:
    if not rows:
        return
    with st.expander(_("{title}：{count}").format(title=title, count=number(len(rows)))):
        listed = [
            (line.line, line.what, " ".join(filter(None, (line.number, reason_of(line)))))
            for line in rows[:_SHOWN]
        ]
        _table([_("行"), _("内容"), _("编号")], listed)


def _table(columns: Sequence[str], rows: Sequence[tuple[object, ...]]) -> None:
    """Rows to read, whole sentences also on a phone; the first ones of many."""
    frame = pd.DataFrame(
        [[plain(str(cell)) for cell in row] for row in rows[:_SHOWN]], columns=list(columns)
    )
    few = len(rows) <= _AT_ONCE
    st.table(frame, border="horizontal", hide_index=True, height="content" if few else 480)
    if len(rows) > _SHOWN:
        st.caption(_("只列出前 {count} 行。").format(count=number(_SHOWN)))


def confirm(kind: Kind, upload: Upload, checked: Checked, user: CurrentUser, token: str) -> None:
    """Take the file over, with a bar that says how far it is."""
    waiting = checked.counts[workbook.ASK]
    left = checked.to_write + sum(checked.counts[state] for state in workbook.NOT_TAKEN)
    if checked.counts[workbook.SAME] and not left:
        st.info(_("文件里没有要写入的内容，和已有的记录一致。"), icon=":material/task_alt:")
        return
    if waiting:
        st.caption(_("还有 {count} 行没有确认，这次不导入。").format(count=number(waiting)))
    pressed = st.button(
        _n("导入 {count} 行", checked.to_write).format(count=number(checked.to_write)),
        type="primary",
        disabled=not checked.to_write,
        key=f"{token}-go",
    )
    if pressed:
        said = _("正在导入……")
        bar = st.progress(0.0, said)
        done = submit(
            kind.take, upload, user, now(), today(), lambda share: bar.progress(share, said)
        )
        bar.empty()
        saved(form_of(kind), _receipt(done))


def _receipt(done: Receipt) -> str:
    if not done.added and not done.changed:
        return _("这个文件已经导入过，没有任何改变。")
    numbers = _("—").join(done.numbers)
    waiting = _("其中 {count} 行还没有确认，再导入这个文件时会再问。").format(
        count=number(done.unconfirmed)
    )
    return running(
        counts_of(done),
        waiting if done.unconfirmed else "",
        _("新的编号是 {numbers}。").format(numbers=numbers) if numbers else "",
        _("导错了可以在“最近导入”撤销。"),
    )


def counts_of(done: Receipt | Taken) -> str:
    return _n(
        "已新增 {added} 行、更正 {changed} 行，{unchanged} 行没有变化，{refused} 行没有导入。",
        done.added,
    ).format(
        added=number(done.added),
        changed=number(done.changed),
        unchanged=number(done.unchanged),
        refused=number(done.refused),
    )
