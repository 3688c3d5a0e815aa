"""What was done in the period: totals in a bulletin's words, beside other spans and the targets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from db.engine import Session
from services import compared, kpis
from services.boards.board import Section, records_target, work_title
from services.boards.work_charts import changes, year_progress
from services.catalogue import Catalogue
from services.charts.cards import Tile
from services.compared import PREVIOUS, YEAR_BEFORE, Bases
from services.formats import number, unit_of
from services.i18n import _, _n
from services.kpis import RunningTotal
from services.views import View


def work_sections(session: Session, view: View, lists: Catalogue) -> tuple[Section, Section]:
    """Totals of the period with how they compare; how far the year's targets are reached, and what
    has changed."""
    bases = compared.bases(session, view)
    past = compared.quantities(session, bases)
    totals = kpis.running_totals(session, view, lists)
    drawn = [
        year_progress(compared.progress(session, view, lists), view, lists),
        # Of everything together the tiles say it; in one chart it would be too many rows.
        changes(totals, past, bases, view, lists) if _is_of_one(view) else None,
    ]
    words = _("余、多：略高于所示数；近：略低于所示数；约：取整。点击数字查看背后的记录。")
    return (
        Section(
            work_title(view),
            running_tiles(view, totals, past),
            words if totals else "",
            comparison(session, view, bases),
        ),
        Section(_("目标与变化"), tuple(filter(None, drawn))),
    )


def running_tiles(
    view: View, totals: Sequence[RunningTotal], past: pd.DataFrame | None = None
) -> tuple[Tile, ...]:
    """The measures reported in the period, in a bulletin's words, with the exact figure below.

    past: what `compared.quantities` found, to say the change as well.
    """
    return tuple(
        Tile(
            f"total-{total.measure.code}",
            total.measure.label,
            *total.figure_and_unit,
            " · ".join((_exactly(total), *(() if past is None else _changed(total, past)))),
            target=records_target(view, measure=total.measure.code),
            domain=total.measure.domain,
        )
        for total in totals
    )


def _exactly(total: RunningTotal) -> str:
    return _n("实记 {exact} {unit} · {count} 次活动", total.activities).format(
        exact=number(total.quantity, 3),
        unit=unit_of(total.quantity, total.measure.unit_label),
        count=number(total.activities),
    )


def _changed(total: RunningTotal, past: pd.DataFrame) -> list[str]:
    words = {PREVIOUS: _("环比 {change}"), YEAR_BEFORE: _("同比 {change}")}
    shares = {
        name: compared.growth(total.quantity, past[name].get(total.measure.code)) for name in past
    }
    return [
        words[name].format(change=text)
        for name, share in shares.items()
        if (text := compared.growth_text(share))
    ]


def _is_of_one(view: View) -> bool:
    return view.filters.domain is not None or len(view.filters.communities) == 1


def comparison(session: Session, view: View, bases: Bases) -> tuple[str, ...]:
    """How activities and participants compare, with the days they are compared with."""
    now = _held(session, view)
    said = [_against(name, base, _held(session, base), now) for name, base in bases]
    if bases.previous and not bases.year_before and now["activities"]:
        said.append(_("去年同期的记录不完整，不作同比。"))
    return tuple(filter(None, said))


def _held(session: Session, view: View) -> pd.Series:
    """Index: activities, participants."""
    return kpis.activity_sums(session, view).iloc[0]


def _against(name: str, base: View, before: pd.Series, now: pd.Series) -> str:
    labels = {"activities": _("活动 {change}"), "participants": _("参与人次 {change}")}
    shares = {figure: compared.growth(now[figure], before[figure]) for figure in labels}
    parts = [
        label.format(change=text)
        for figure, label in labels.items()
        if (text := compared.growth_text(shares[figure]))
    ]
    if not parts:
        return ""
    words = {
        PREVIOUS: _("环比（与{period}比）：{changes}。"),
        YEAR_BEFORE: _("同比（与{period}比）：{changes}。"),
    }
    return words[name].format(period=base.filters.period.label, changes=_("，").join(parts))
