"""The parts of the approval page: what waits in sum, the rows to choose from, one in full."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.shared.access import now
from pages.shared.data import ask, submit
from pages.shared.entry.list import choose_several
from pages.shared.entry.record import history_of, record_text
from pages.shared.entry.remarks import answer_text, answer_word, follow_up
from pages.shared.forms import form_key, new_round, recall, refused, remember, saved
from pages.shared.text import plain
from services import activities
from services.activities import Waiting
from services.formats import number, running
from services.i18n import _
from services.permissions import CurrentUser

_ODD_SHOWN = 8
_NAMED = 3
_PART = 20  # records approved at once, between two looks at the bar


def summary(found: Waiting) -> None:
    """What the waiting records come to, type by type: looked at before all are approved."""
    counts = [_("待审核（条）"), _("参与（人次）")]
    frame = pd.DataFrame(
        [
            (plain(one.type_label), one.activities, one.participants, plain(one.quantities))
            for one in found.sums
        ],
        columns=[_("活动类型"), *counts, _("数量")],
    )
    shown = frame.style.format(number, subset=counts)
    st.table(shown, border="horizontal", hide_index=True)
    left = found.page.total - len(found.page.rows)
    if left:
        said = _("合计和下面的列表只含最新的 {most} 条；其余 {left} 条在这些审核之后列出。")
        st.caption(said.format(most=number(len(found.page.rows)), left=number(left)))


def odd_ones(found: Waiting) -> None:
    """The records with odd figures, what is usual there, and what the submitter said to it."""
    rows = [
        row for row in found.page.rows if row.number in found.odd and row.number not in found.own
    ]
    if not rows:
        st.caption(_("没有与平常差别大的数字。"))
        return
    with st.container(border=True, key="card-odd", gap="small"):
        title = _("先看与平常不同的 {count} 条").format(count=number(len(rows)))
        st.markdown(f":material/priority_high: **{plain(title)}**")
        for row in rows[:_ODD_SHOWN]:
            with st.container(gap=None):
                st.caption(
                    plain(f"{row.number} {' '.join(row.communities)} {row.type_label} {row.days}")
                )
                for question in found.odd[row.number]:
                    st.markdown(plain(question.finding.sentence))
                    st.caption(plain(answer_text(question)))
        if len(rows) > _ODD_SHOWN:
            left = number(len(rows) - _ODD_SHOWN)
            st.caption(_("其余 {count} 条排在下面列表的最前面。").format(count=left))


def approve_chosen(found: Waiting) -> list[str]:
    """Rows to tick and the button that approves them; the numbers that are ticked."""
    token = form_key("approval")
    st.caption(_("勾选后通过；只勾选一条时可以查看全部内容、退回。"))
    button = st.container()  # above the rows: there may be many
    notes = {number: answer_word(asked) for number, asked in found.odd.items()}
    chosen = choose_several(found.page, f"{token}-rows", notes)
    others = [row for row in found.page.rows if row.number not in found.own]
    marked = [row for row in others if row.number in chosen]
    wanted = marked or ([] if chosen else others)
    label = (_("通过所选 {count} 条") if chosen else _("核对上表后，通过全部 {count} 条")).format(
        count=number(len(wanted))
    )
    # Approved is what stood there when the button was drawn, and nothing that has come since.
    seen = [(row.number, row.version) for row in wanted]
    button.button(
        label,
        type="primary",
        disabled=not wanted,
        key=f"{token}-approve",
        on_click=remember,
        args=("approval", "pressed", seen),
    )
    return chosen


def approve_pressed(user: CurrentUser) -> None:
    """What the button was pressed for, before the list is read anew."""
    if seen := recall("approval", "pressed"):
        remember("approval", "pressed", None)
        _approve(seen, user)


def _approve(seen: list[tuple[str, int]], user: CurrentUser) -> None:
    """Part by part, each in a transaction of its own; what could not be is said with why."""
    bar = st.progress(0.0, _("正在审核……"))
    kept: list[tuple[str, str]] = []
    with refused():
        for start in range(0, len(seen), _PART):
            kept += submit(activities.approve_all, seen[start : start + _PART], user, now())
            bar.progress(min(1.0, (start + _PART) / len(seen)), _("正在审核……"))
        sentence = _("已通过 {count} 条。").format(count=number(len(seen) - len(kept)))
        saved("approval", running(sentence, not_approved(kept)))


def not_approved(kept: Sequence[tuple[str, str]]) -> str:
    """Each reason once, with the first numbers that it holds for; "" for none."""
    numbers: dict[str, list[str]] = {}
    for one, why in kept:
        numbers.setdefault(why.rstrip("。."), []).append(one)
    said = [
        _("{why}（{numbers}{more}）").format(
            why=why,
            numbers=_("、").join(some[:_NAMED]),
            more=_("等") if len(some) > _NAMED else "",
        )
        for why, some in numbers.items()
    ]
    text = _("{count} 条没有通过：{why}。").format(count=number(len(kept)), why=_("；").join(said))
    return text if kept else ""


def one_record(chosen: str, user: CurrentUser) -> None:
    """One record with its history, and the form by which it is returned."""
    record = ask(activities.record, chosen)
    with st.container(border=True):
        st.subheader(plain(chosen), anchor=False)
        record_text(record, user, whole=False)
        history_of(chosen)
        follow_up(record, user)
        send_back(record.number, record.version, user)


def send_back(record: str, version: int, user: CurrentUser) -> None:
    """Return it with a reason, which the person who entered it reads."""
    token = form_key(f"return-{record}")
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        reason = st.text_input(
            _("退回原因"), key=f"{token}-reason", placeholder=_("例如：数量与照片不符")
        )
        place = st.empty()
        if st.form_submit_button(_("退回")):
            with refused({"reason": place}):
                submit(activities.send_back, record, reason, version, user, now())
                new_round("approval")
                saved("approval", _("已退回 {number}，填报人会看到原因。").format(number=record))


def reopen(record: str, version: int, user: CurrentUser) -> None:
    """Unlock an approved record with a reason."""
    token = form_key(f"reopen-{record}")
    with st.form(f"{token}-form", border=False, enter_to_submit=False):
        reason = st.text_input(_("重新打开的原因"), key=f"{token}-reason")
        place = st.empty()
        if st.form_submit_button(_("重新打开")):
            with refused({"reason": place}):
                submit(activities.reopen, record, reason, version, user, now())
                saved(record, _("已重新打开 {number}，可以更正。").format(number=record))
