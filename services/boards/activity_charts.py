"""Charts and tiles of activities that several boards share."""

from __future__ import annotations

import pandas as pd

from db.engine import Session
from services import charts, kpis
from services.boards.board import activity_source, chart, records_target, table, where
from services.boards.noted import by_month
from services.catalogue import Catalogue
from services.chart_notes import seen
from services.charts.cards import Chart
from services.formats import fixed, number
from services.i18n import _, _n
from services.periods import month_label, months_of
from services.views import View


def monthly_activity(session: Session, view: View, lists: Catalogue) -> Chart:
    """Activities by month over at least a year, one small panel a domain."""
    view = view.trend
    frame = _by_month(session, view, lists)
    total = int(frame["value"].sum())
    series = dict(zip("domain:" + frame["code"], frame["series"], strict=True))
    months = months_of(view.filters.period.first_day, view.last_day)
    noted = by_month(seen(session, view), series, months)
    return chart(
        "months",
        noted.on(
            charts.small_multiples(
                frame[["series", "code", "period", "value", "target"]], unit=_("次")
            ),
            frame["series"],
        )
        if total
        else "",
        title=_("各领域每月活动次数：共 {total} 次").format(total=number(total)),
        subtitle=_("{period}，{place}，单位：次；联合活动只计一次").format(
            period=view.filters.period.label, place=where(view, lists)
        ),
        source=activity_source(view),
        width="full",
        height=420,
        notes=noted.sentences,
        series=series,
        table=table(
            frame,
            {
                "series": _("服务领域"),
                "period": _("月份"),
                "value": _("活动次数（次）"),
                "participants": _("参与（人次）"),
            },
        ),
    )


def _by_month(session: Session, view: View, lists: Catalogue) -> pd.DataFrame:
    """A row for every domain and month, 0 where nothing was held."""
    sums = kpis.activity_sums(session, view, ("month", "domain_code"))
    domains = [domain for domain in lists.domains if view.filters.domain in (None, domain.code)]
    months = pd.period_range(view.filters.period.first_day, view.last_day, freq="M")
    grid = pd.MultiIndex.from_product(
        [[domain.code for domain in domains], months.to_timestamp()],
        names=["domain_code", "month"],
    )
    frame = sums.set_index(["domain_code", "month"]).reindex(grid, fill_value=0).reset_index()
    labels = {domain.code: domain.label for domain in domains}
    return frame.assign(
        series=frame["domain_code"].map(labels),
        code=frame["domain_code"],
        period=[month_label(month) for month in frame["month"]],
        value=frame["activities"],
        target="domain:" + frame["domain_code"],
    )


def types_held(session: Session, view: View, lists: Catalogue) -> Chart:
    """How often each activity type was held."""
    sums = kpis.activity_sums(session, view, ("type_code",)).set_index("type_code")
    rows = [
        (
            kind.label,
            int(sums.at[kind.code, "activities"]),
            int(sums.at[kind.code, "participants"]),
            records_target(view, type=kind.code),
        )
        for kind in lists.types
        if kind.code in sums.index and sums.at[kind.code, "activities"] > 0
    ]
    frame = pd.DataFrame(rows, columns=["label", "value", "participants", "target"])
    frame = frame.assign(text=[number(value) for value in frame["value"]])
    return chart(
        "types",
        charts.bars(
            frame[["label", "value", "text", "target"]], unit=_("次"), colour=view.filters.domain
        ),
        title=_n("开展了 {count} 种活动", len(frame)).format(count=number(len(frame))),
        subtitle=_("{period}，{place}，单位：次；点击查看记录").format(
            period=view.filters.period.label, place=where(view, lists)
        ),
        source=activity_source(view),
        width="full" if len(frame) > 10 else "half",
        height=120 + 34 * max(len(frame), 4),
        table=table(
            frame,
            {
                "label": _("活动类型"),
                "value": _("活动次数（次）"),
                "participants": _("参与（人次）"),
            },
        ),
    )


def rates_beside(session: Session, view: View, lists: Catalogue, community: str) -> Chart:
    """A community's activities per 1,000 residents in every domain, the subdistrict's as a tick."""
    frame = _rates(session, view, lists, community)
    name = lists.community(community).name
    known = frame["value"].notna().any()
    return chart(
        "rates",
        charts.beside(frame, unit=_("次/千人"), from_zero=True) if known else "",
        title=_("{name}每千名居民的活动次数与全街道对照").format(name=name),
        subtitle=_("{period}，单位：次/千人；点为本社区，竖线为全街道").format(
            period=view.filters.period.label
        ),
        source=activity_source(view),
        height=340,
        empty=_no_residents(),
        table=table(
            frame,
            {
                "label": _("服务领域"),
                "value": _("本社区（次/千人）"),
                "reference": _("全街道（次/千人）"),
            },
        ),
    )


def _rates(session: Session, view: View, lists: Catalogue, community: str) -> pd.DataFrame:
    sums = kpis.activity_sums(session, view, ("domain_code", "community_code"))
    held = sums.pivot(index="community_code", columns="domain_code", values="activities")
    held = held.reindex([place.code for place in lists.communities]).fillna(0)
    year = view.last_day.year
    rows = [
        (
            domain.label,
            domain.code,
            float(kpis.per_thousand(session, held[domain.code], year)[community]),
            kpis.per_thousand_together(session, held[domain.code], year),
        )
        for domain in lists.domains
        if domain.code in held
    ]
    frame = pd.DataFrame(rows, columns=["label", "code", "value", "reference"])
    return frame.assign(
        low=frame["value"],
        high=frame["value"],
        n=float("nan"),
        state="ok",
        target="domain:" + frame["code"],
    )


def by_community(session: Session, view: View, lists: Catalogue) -> Chart:
    """Activities per 1,000 residents by community; a joint activity counts in each of them."""
    frame, whole = _per_thousand(session, view, lists)
    return chart(
        "per-thousand",
        charts.dots(
            frame[["label", "value", "text", "state", "target"]],
            unit=_("次/千人"),
            reference=whole,
            reference_label=_("平均"),
        )
        if frame["value"].notna().any()
        else "",
        title=_("每千名居民的活动次数，各社区"),
        subtitle=_("{period}，单位：次/千人；联合活动计入每个参加的社区；按官方顺序排列").format(
            period=view.filters.period.label
        ),
        source=activity_source(view),
        height=120 + 30 * max(len(frame), 4),
        empty=_no_residents(),
        table=table(
            frame,
            {
                "label": _("社区"),
                "held": _("活动次数（次）"),
                "value": _("每千名居民（次）"),
            },
        ),
    )


def _per_thousand(
    session: Session, view: View, lists: Catalogue
) -> tuple[pd.DataFrame, float | None]:
    """The rate of each chosen community, and of all of them together."""
    sums = kpis.activity_sums(session, view, ("community_code",)).set_index("community_code")
    chosen = [
        place
        for place in lists.active_communities
        if not view.filters.communities or place.code in view.filters.communities
    ]
    held = sums["activities"].reindex([place.code for place in chosen], fill_value=0)
    rate = kpis.per_thousand(session, held, view.last_day.year)
    whole = kpis.per_thousand_together(session, held, view.last_day.year)
    frame = pd.DataFrame(
        {
            "label": [place.name for place in chosen],
            "value": rate.to_numpy(),
            "text": [fixed(value, 1) for value in rate],
            "state": "ok",
            "held": held.to_numpy(),
            "target": [f"community:{place.code}" for place in chosen],
        }
    )
    return frame, whole


def _no_residents() -> str:
    return _("没有各社区的居民人数，无法计算。请系统管理员在“管理 · 社区与人口”补上。")
