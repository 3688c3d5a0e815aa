"""The inspections of a view as a file."""

from __future__ import annotations

from db.engine import Session
from services.exports import csv_bytes, xlsx_bytes
from services.i18n import _
from services.inspections.reading import Chosen, whole_list
from services.views import View

KINDS = {"csv": csv_bytes, "xlsx": xlsx_bytes}


def columns() -> tuple[str, ...]:
    return (
        _("编号"),
        _("督查日期"),
        _("社区"),
        _("服务领域"),
        _("活动"),
        _("督查人"),
        _("结论"),
        _("督查情况"),
        _("整改期限"),
        _("状态"),
        _("复查哪一次"),
        _("由哪一次复查"),
    )


def export(session: Session, view: View, chosen: Chosen, kind: str) -> bytes:
    """All that the list shows, as CSV or XLSX (a key of KINDS), newest first."""
    rows = (
        (
            row.number,
            row.day,
            row.community,
            row.domain,
            row.activity,
            row.inspector,
            row.verdict_label,
            row.findings,
            row.due,
            row.state,
            row.follows,
            row.later,
        )
        for row in whole_list(session, view, chosen)
    )
    return KINDS[kind](columns(), rows)
