"""The sheet of voices: what one says, which a file may change, and its course, which it may not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from db.engine import Session
from db.reads import catalogue as places
from db.reads import feedback as reads
from services import feedback
from services.feedback import RECEIVED, STATES, VERDICTS, VOID
from services.i18n import _, named
from services.privacy import mask
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.listing import Values

NEEDED = ("received_on", "topic", "text")
OWN = ("received_on", "channel", "topic", "community", "school", "text")
# The course of a voice nobody has taken up.
UNTAKEN: Values = {"state": RECEIVED, "owner": "", "due_on": None, "responded_on": None,
                   "resolved_on": None, "verdict": "", "rounds": "1"}  # fmt: skip


def fields(session: Session) -> tuple[Field, ...]:
    topics, channels = reads.topics(session), reads.channels(session)
    known = [(row.code, row.name, row.name_en, row.active) for row in places.communities(session)]
    return (
        day("received_on", lambda: _("收到日期")),
        _sorted_by("topic", lambda: _("反映的问题"), 20, map(_of_list, topics)),
        _sorted_by("community", lambda: _("社区"), 14, known, empty=""),
        _sorted_by("channel", lambda: _("来源渠道"), 14, map(_of_list, channels)),
        Field("school", lambda: _("学校"), width=16, say=mask, hides=True),
        Field("text", lambda: _("反映内容"), width=60, say=mask, hides=True),
        *_course(),
    )


def _of_list(row: Any) -> tuple[str, str, str, bool]:
    return row.code, row.label, row.label_en, row.active


def _sorted_by(
    name: str,
    heading: Callable[[], str],
    width: int,
    rows: Iterable[tuple[str, str, str, bool]],
    **more: str,
) -> Field:
    """A column with an entry of a list, of which those in use are offered."""
    known = list(rows)
    field = one_of(
        name,
        heading,
        lambda: {code: named(label, label_en) for code, label, label_en, _active in known},
        width=width,
        **more,
    )
    return replace(field, choices=tuple(field.say(row[0]) for row in known if row[3]))


def _course() -> Iterable[Field]:
    """What is stated step by step on the page: the machine's to write."""
    shown = (
        one_of("state", lambda: _("状态"),
               lambda: {state: feedback.state_label(state) for state in STATES}, empty=RECEIVED),
        Field("owner", lambda: _("责任人"), width=12),
        day("due_on", lambda: _("办理期限")),
        day("responded_on", lambda: _("响应日期")),
        day("resolved_on", lambda: _("办理完毕日期")),
        one_of("verdict", lambda: _("回访结果"),
               lambda: {"": ""} | {one: feedback.verdict_label(one) for one in VERDICTS}, empty=""),
        Field("rounds", lambda: _("办理轮次"), "kept", 8, lambda text: text or "1", empty="1"),
    )  # fmt: skip
    return (replace(one, kind="kept", choices=(), fixed=_why_fixed) for one in shown)


def _why_fixed() -> str:
    return _("办理经过只能在页面上改：新登记的这一格留空，导出的改回原样。")


def course_of(row: reads.Row, names: Mapping[int, str]) -> Values:
    """Where a voice stands; `names`: of its owners."""
    return {
        "state": VOID if row.void_reason else row.state,
        "owner": names.get(row.owner_id or 0, ""),
        "due_on": row.due_on,
        "responded_on": row.responded_on,
        "resolved_on": row.resolved_on,
        "verdict": row.verdict,
        "rounds": str(row.rounds),
    }
