"""A list of records: rows to choose from, pages, the whole as a file, one of them in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from typing import Any

import pandas as pd
import streamlit as st

from pages.shared.access import current_user
from pages.shared.data import ask
from pages.shared.downloads import CSV, XLSX, report_name, spoken
from pages.shared.entry.record import history_of, record_text
from pages.shared.forms import recall, remember, standing
from pages.shared.inspections.beside import beside_activity
from pages.shared.text import plain
from services import activities, workbook
from services.activities import records
from services.activities.records import RecordPage, RecordRow
from services.exports import csv_bytes
from services.formats import NONE
from services.formats import number as format_number
from services.i18n import _
from services.views import View

PAGE = 25  # as many as a screen shows without scrolling inside the list
_EVERY = 1_000_000
_LONG = 460  # pixels of a longer list, which scrolls: below it stands the record that was ticked


def columns() -> tuple[str, ...]:
    return (
        _("编号"),
        _("日期"),
        _("社区"),
        _("服务领域"),
        _("活动"),
        _("联合"),
        _("参与（人次）"),
        _("数量"),
        _("状态"),
    )


def rows(page: RecordPage) -> list[tuple[str | int | None, ...]]:
    return [_cells(row) for row in page.rows]


def choose(page: RecordPage, key: str) -> str | None:
    """Draw the rows; the number of the chosen one."""
    return next(iter(_choose(page, key, "single-row")), None)


def choose_several(page: RecordPage, key: str, notes: Mapping[str, str]) -> list[str]:
    """Draw the rows to be ticked, with a word beside some (number → word); the numbers of those
    that are."""
    return _choose(page, key, "multi-row", notes)


def _choose(
    page: RecordPage, key: str, mode: str, notes: Mapping[str, str] | None = None
) -> list[str]:
    """The browser knows ticks by their place: a list that has changed is another one, in which the
    records that were ticked are ticked. One that is gone counts as chosen until the next run."""
    numbers = tuple(row.number for row in page.rows)
    there, ticked = recall(key, "shown") or (numbers, ())
    gone: list[str] = []
    if there != numbers:
        before = _ticked(standing(_key(key, there), None), there)
        ticked = tuple(numbers.index(one) for one in before if one in numbers)
        gone = [one for one in before if one not in numbers]
    remember(key, "shown", (numbers, ticked))
    frame = _frame(page, mode, notes)
    wide = {
        name: st.column_config.TextColumn(width=_wide(frame[name]))
        for name in (_("活动"), _("社区"))
    }
    event = st.dataframe(
        frame,
        key=_key(key, numbers),
        hide_index=True,
        width="stretch",
        height="content" if len(numbers) <= PAGE else _LONG,
        placeholder=NONE,
        on_select="rerun",
        selection_mode=mode,
        selection_default={"selection": {"rows": list(ticked)}} if ticked else None,
        column_config=wide
        | {
            _("与平常不同"): st.column_config.TextColumn(width=110),
            _("数量"): st.column_config.TextColumn(width=370),
            _("参与（人次）"): st.column_config.NumberColumn(format="localized"),
        },
    )
    return [*_ticked(event, numbers), *gone]


def _key(key: str, numbers: Sequence[str]) -> str:
    return f"{key}-{blake2b(repr(numbers).encode(), digest_size=6).hexdigest()}"


def _ticked(state: Any, numbers: Sequence[str]) -> list[str]:
    """The numbers of the ticked rows of a table that showed these."""
    rows = state.selection.rows if state else ()
    return [numbers[row] for row in rows if row < len(numbers)]


def _frame(page: RecordPage, mode: str, notes: Mapping[str, str] | None) -> pd.DataFrame:
    frame = pd.DataFrame(rows(page), columns=list(columns()))
    if notes:
        frame[_("与平常不同")] = [notes.get(row.number, "") for row in page.rows]
    if frame[_("状态")].nunique() < 2:
        frame = frame.drop(columns=_("状态"))
    if not frame[_("联合")].any():
        frame = frame.drop(columns=_("联合"))
    # On a phone one sees the first columns: who looks something up reads what was done and when,
    # who approves, which record of which community that is.
    number, place, what, day = _("编号"), _("社区"), _("活动"), _("日期")
    approving = [number, place, what, _("与平常不同"), day]
    wanted = approving if mode == "multi-row" else [day, what, place, number]
    first = [name for name in wanted if name in frame]
    return frame[[*first, *frame.columns.difference(first, sort=False)]]


def _wide(texts: pd.Series) -> int:
    """Pixels for the longest of the texts, within reason: the table's own guess cuts them."""
    return min(max(sum(14 if letter > "⺀" else 7 for letter in text) for text in texts) + 18, 300)


def download(view: View, type_code: str, measure: str, total: int) -> None:
    """All chosen records as files, made when they are asked for."""

    def file() -> bytes:
        whole = ask(records.records, view, type_code, measure, 0, _EVERY)
        return csv_bytes(columns(), rows(whole))

    code = view.filters.period.code
    with st.container(horizontal=True):
        st.download_button(
            _("下载全部记录（CSV）"),
            spoken(file),
            mime=CSV,
            file_name=report_name(_("活动记录_{period}").format(period=code), "csv"),
        )
        download_book(
            total,
            lambda: ask(workbook.record_book, view, type_code, measure),
            _("活动记录_{period}.xlsx").format(period=code),
        )


def download_book(total: int, make: Callable[[], bytes], name: str) -> None:
    """The records as a workbook that can be changed and imported back, unless they are too many."""
    few = total <= workbook.MOST_EXPORTED
    st.download_button(
        _("下载可改后导入的表格（.xlsx）"),
        spoken(make),
        mime=XLSX,
        file_name=name,
        disabled=not few,
        help=_("在表格里改动，再到“导入表格”上传，就更正这些记录。")
        if few
        else _("超过 {most} 条，请缩小范围。").format(most=format_number(workbook.MOST_EXPORTED)),
    )


def full_record(number: str) -> None:
    """One record with all it says and how it came to say so."""
    with st.container(border=True, key="card-record"):
        st.subheader(plain(number), anchor=False)
        record, user = ask(activities.record, number), current_user()
        record_text(record, user, whole=False)
        beside_activity(record, user)
        history_of(number)


def _cells(row: RecordRow) -> tuple[str | int | None, ...]:
    return (
        row.number,
        row.days,
        _("、").join(row.communities),
        row.domain,
        row.type_label,
        _("联合") if row.joint else "",
        row.participants,
        _("；").join(f"{label} {quantity}" for label, quantity in row.measures),
        row.state,
    )
