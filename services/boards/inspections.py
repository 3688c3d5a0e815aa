"""督查: how many inspections came to what, where, and how much is still to be put right."""

from __future__ import annotations

from db.engine import Session
from services.boards.board import Board, Section, where
from services.boards.inspection_charts import (
    by_community,
    by_domain,
    by_month,
    tiles,
    verdicts_text,
)
from services.catalogue import catalogue
from services.formats import number
from services.i18n import _, _n
from services.inspections.figures import figures, inspected
from services.views import View


def board(session: Session, view: View) -> Board:
    """The figures of the inspections in the view's period, as they stand today."""
    lists = catalogue(session)
    frame = inspected(session, view)
    found = figures(frame, view.today)
    headline = _n("{period}，{place}：督查 {count} 次，{verdicts}", found.inspections).format(
        period=view.filters.period.label,
        place=where(view, lists),
        count=number(found.inspections),
        verdicts=verdicts_text(found),
    )
    if frame.empty:
        return Board(headline, (), (_("所选范围内没有督查，请放宽时间、社区或领域。"),))
    charts = (
        *((by_community(frame, lists, view),) if len(view.filters.communities) != 1 else ()),
        *((by_domain(frame, lists, view),) if view.filters.domain is None else ()),
        by_month(frame, view),
    )
    definition = _(
        "合格率：合格次数 ÷ 督查次数（含复查）。待复查：限期整改或不合格、还没有复查的；"
        "复查未通过的，按复查定的新期限计。"
    )
    return Board(
        headline,
        (
            Section(_("督查与整改"), tiles(found, view), definition),
            Section(_("结论"), charts),
        ),
    )
