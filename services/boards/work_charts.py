"""Charts of how the work compares: with the span before, a year earlier, and the year's targets."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from services import charts, compared
from services.boards.board import activity_source, chart, records_target, table, where
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.compared import PREVIOUS, YEAR_BEFORE, Bases, Progress
from services.formats import number, percent
from services.i18n import _, _n
from services.kpis import RunningTotal
from services.periods import Period, day_label
from services.views import View


def changes(
    totals: Sequence[RunningTotal], past: pd.DataFrame, bases: Bases, view: View, lists: Catalogue
) -> Chart | None:
    """How much more or less of every measure than in the span before, else than a year before."""
    frame = _compared(totals, past, view, lists)
    for name, base in bases:
        if frame[f"{name}_percent"].notna().any():
            frame = frame.assign(value=frame[f"{name}_percent"])
            return _changes(frame, bases, view, base, lists)
    return None


def _changes(frame: pd.DataFrame, bases: Bases, view: View, base: View, lists: Catalogue) -> Chart:
    return chart(
        "changes-of-work",
        charts.relative_changes(frame[["label", "code", "value", "target"]]),
        title=_finding(frame["value"]),
        subtitle=_("{period}与{base}比，{place}，单位：%").format(
            period=_elapsed(view).label,
            base=base.filters.period.label,
            place=where(view, lists),
        ),
        source=activity_source(view),
        height=110 + 26 * max(len(frame), 4),
        notes=[_("翻番以上的只画到 +100%。")]
        if (frame["value"] > charts.MOST_CHANGE).any()
        else (),
        table=table(frame, _columns(bases)),
    )


def _elapsed(view: View) -> Period:
    """The days that can hold records, of a period that still runs too."""
    period = view.filters.period
    if view.last_day >= period.end:
        return period
    return Period(period.first_day, "since", view.last_day)


def _finding(values: pd.Series) -> str:
    up, down, same = (int(part.sum()) for part in (values > 0, values < 0, values == 0))
    parts = [
        _("{up} 项增加").format(up=number(up)) if up else "",
        _("{down} 项减少").format(down=number(down)) if down else "",
        _("{same} 项持平").format(same=number(same)) if same else "",
    ]
    return _("工作量：{parts}").format(parts=_("、").join(filter(None, parts)))


def _columns(bases: Bases) -> dict[str, str]:
    heads = {
        PREVIOUS: {PREVIOUS: _("上期"), f"{PREVIOUS}_percent": _("环比（%）")},
        YEAR_BEFORE: {YEAR_BEFORE: _("去年同期"), f"{YEAR_BEFORE}_percent": _("同比（%）")},
    }
    columns = {"label": _("指标"), "unit": _("单位"), "now": _("本期")}
    for name, _base in bases:
        columns |= heads[name]
    return columns


def _compared(
    totals: Sequence[RunningTotal], past: pd.DataFrame, view: View, lists: Catalogue
) -> pd.DataFrame:
    """A row for every measure reported now or in a span it is compared with."""
    past = past.fillna(0.0)
    now = {total.measure.code: total.quantity for total in totals}
    known = now.keys() | set(past.index[past.gt(0).any(axis=1)])
    measures = [measure for measure in lists.measures if measure.code in known]
    frame = pd.DataFrame(
        {
            "label": [measure.label for measure in measures],
            "code": [measure.domain for measure in measures],
            "unit": [measure.unit_label for measure in measures],
            "now": [now.get(measure.code, 0.0) for measure in measures],
            "target": [records_target(view, measure=measure.code) for measure in measures],
        },
        index=[measure.code for measure in measures],
    )
    for name in past:
        base = past[name].reindex(frame.index, fill_value=0.0)
        shares = pd.Series(map(compared.growth, frame["now"], base), frame.index, dtype=float)
        frame = frame.assign(**{name: base, f"{name}_percent": (shares * 100).round(1) + 0.0})
    return frame.reset_index(drop=True)


def year_progress(found: Sequence[Progress], view: View, lists: Catalogue) -> Chart | None:
    """How much of the year's targets was done, beside how much of the year has gone by."""
    if not found:
        return None
    gone = compared.gone_of_year(view)
    frame = _progress(found, compared.year_to_date(view))
    return chart(
        "progress",
        charts.dots(
            frame[["label", "value", "text", "state", "target"]],
            unit="%",
            reference=gone * 100,
            reference_label=_("时间进度"),
            least=100.0,
        ),
        title=_pace(sum(one.keeps_pace(gone) for one in found), len(found)),
        subtitle=_("1月1日至{day}累计占{year}年目标的比例，{place}，单位：%").format(
            day=day_label(view.last_day), year=view.last_day.year, place=where(view, lists)
        ),
        source=activity_source(view),
        height=120 + 30 * max(len(frame), 4),
        table=table(
            frame,
            {
                "label": _("指标"),
                "unit": _("单位"),
                "total": _("本年累计"),
                "goal": _("年度目标"),
                "value": _("完成率（%）"),
            },
        ),
    )


def _progress(found: Sequence[Progress], year: View) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "label": [
                _("{measure}（限额）").format(measure=one.measure.label)
                if one.is_limit
                else one.measure.label
                for one in found
            ],
            "value": [round(one.attained * 100, 1) for one in found],
            "text": [percent(one.attained) for one in found],
            "state": "ok",
            "target": [records_target(year, measure=one.measure.code) for one in found],
            "unit": [one.measure.unit_label for one in found],
            "total": [one.total for one in found],
            "goal": [one.goal for one in found],
        }
    )


def _pace(keeping: int, all_of_them: int) -> str:
    if keeping == all_of_them:
        return _n("{count} 项年度目标达到时间进度", keeping).format(count=number(keeping))
    return _n("{count} 项年度目标，{behind} 项落后于时间进度", all_of_them).format(
        count=number(all_of_them), behind=number(all_of_them - keeping)
    )
