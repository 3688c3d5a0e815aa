"""Charts of how regularly activities are held: occasions done of those planned."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from services import charts
from services.boards.board import activity_source, chart, records_target, table, where
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.formats import number, percent
from services.i18n import _
from services.views import View


def rhythm_by_type(rhythm: pd.DataFrame, view: View, lists: Catalogue) -> Chart:
    """Occasions done of those planned, by activity type."""
    kept = rhythm.groupby("type_code")[["planned", "done"]].sum()
    rows = [
        (
            kind.label,
            int(kept.at[kind.code, "planned"]),
            int(kept.at[kind.code, "done"]),
            records_target(view, type=kind.code),
        )
        for kind in lists.types
        if kind.code in kept.index
    ]
    frame = occasions(rows)
    low, high = spread(frame)
    title = (
        _("各类定期活动的完成率都是 {share}").format(share=low)
        if low == high
        else _("各类定期活动的完成率：{low}至{high}").format(low=low, high=high)
    )
    return _by_rhythm("rhythm-types", view, lists, frame, _("活动类型"), title)


def rhythm_by_community(rhythm: pd.DataFrame, view: View, lists: Catalogue) -> Chart:
    """Occasions done of those planned, by community in official order."""
    kept = rhythm.groupby("community_code")[["planned", "done"]].sum()
    rows = [
        (
            place.name,
            int(kept.at[place.code, "planned"]),
            int(kept.at[place.code, "done"]),
            f"community:{place.code}",
        )
        for place in lists.communities
        if place.code in kept.index
    ]
    frame = occasions(rows)
    planned, done = int(frame["planned"].sum()), int(frame["done"].sum())
    title = _("定期活动按节奏开展：应开展 {planned} 次，已开展 {done} 次（{share}）").format(
        planned=number(planned), done=number(done), share=percent(done / max(planned, 1), 0)
    )
    return _by_rhythm("rhythm-communities", view, lists, frame, _("社区"), title)


def spread(frame: pd.DataFrame) -> tuple[str, str]:
    """The lowest and the highest share that was done of what was planned."""
    shares = (frame["done"] / frame["planned"]).dropna()
    return percent(shares.min(), 0), percent(shares.max(), 0)


def occasions(rows: Iterable[tuple[str, int, int, str]]) -> pd.DataFrame:
    """A row a bar: what it is called, how many were due and how many held, where it leads."""
    return pd.DataFrame(list(rows), columns=["label", "planned", "done", "target"])


def occasions_chart(
    code: str, frame: pd.DataFrame, head: str, title: str, least: int, **said: str
) -> Chart:
    """`occasions` drawn, with room for at least so many rows; `head` names them in the table.

    said: subtitle, source and empty, as in `chart`.
    """
    return chart(
        code,
        charts.planned_done(frame),
        title=title,
        width="full",
        height=120 + 34 * max(len(frame), least),
        table=table(
            frame, {"label": head, "planned": _("应开展（次）"), "done": _("已开展（次）")}
        ),
        **said,
    )


def _by_rhythm(
    code: str, view: View, lists: Catalogue, frame: pd.DataFrame, head: str, title: str
) -> Chart:
    """The chart; without anything planned its title is no finding."""
    return occasions_chart(
        code,
        frame,
        head,
        title if frame["planned"].sum() else _("定期活动的节奏"),
        least=4,
        subtitle=_(
            "{period}，{place}；每周的活动按整周计，每月的按月计，同周期内多次只计一次"
        ).format(period=view.filters.period.label, place=where(view, lists)),
        source=activity_source(view),
        empty=_("所选范围内没有每周或每月开展的活动。"),
    )
