"""A domain month by month: control charts from twelve complete months on, plain bars until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pandas as pd

from db.engine import Session
from services import charts, kpis
from services.boards.board import Section, activity_source, chart, records_target, table, where
from services.boards.noted import by_month
from services.catalogue import Catalogue, Measure
from services.chart_notes import Note, seen
from services.charts.cards import Chart
from services.formats import number, running
from services.i18n import _
from services.monthly import Series, assurance, finding, is_special, monthly_series
from services.periods import Period, month_label, months_of
from services.views import View

_STATES = {
    "common_cause": "ok",
    "special_cause_improvement": "improved",
    "special_cause_concern": "concern",
}


def monthly_section(session: Session, view: View, lists: Catalogue) -> Section:
    """One chart a unit: the domain's figures by month, never added up across units."""
    found = monthly_series(session, view, lists)
    notes = seen(session, view)
    judged = [series for series in found if series.limits is not None]
    units = dict.fromkeys("" if one.measure is None else one.measure.unit for one in judged)
    controlled = [
        _control_chart(
            view,
            lists,
            unit,
            [one for one in judged if unit == ("" if one.measure is None else one.measure.unit)],
            notes,
        )
        for unit in units
    ]
    measures = {one.measure.code for one in judged if one.measure is not None}
    waiting = {one.measure.code: one for one in found if one.measure and one.limits is None}
    cards = (*controlled, *_bars(session, view, lists, measures, waiting, notes))
    note = _("灰带为正常波动范围，线为均值；▲ 改善、▼ 需关注，其余为正常波动。只计整月。")
    return Section(_("每月完成量（不同单位分开统计）"), cards, note if controlled else "")


def _control_chart(
    view: View, lists: Catalogue, unit: str, group: Sequence[Series], notes: Sequence[Note]
) -> Chart:
    months = max((one.months for one in group), key=len)
    frame = _points(view, group, months)
    series = {_code(view, one): one.label for one in group}
    noted = by_month(notes, series, months)
    first, last = frame["period"].iloc[0], frame["period"].iloc[-1]
    return chart(
        f"control-{unit or 'activities'}",
        noted.on(charts.control_chart(frame, unit=group[0].unit), frame["series"]),
        title=_finding(group),
        subtitle=_("{first}至{last}，{place}，单位：{unit}/月；联合活动只计一次").format(
            first=first, last=last, place=where(view, lists), unit=group[0].unit
        ),
        source=activity_source(view),
        width="full" if len(group) > 2 else "half",
        height=240 + 150 * ((len(group) - 1) // 3),
        notes=[*(_note(one) for one in group), *noted.sentences],
        series=series,
        table=table(
            frame[frame["value"].notna()],
            {
                "series": _("指标"),
                "period": _("月份"),
                "value": _("数量（{unit}）").format(unit=group[0].unit),
                "mean": _("均值"),
                "low": _("正常波动下限"),
                "high": _("正常波动上限"),
                "judgement": _("判断"),
            },
        ),
    )


def _finding(group: Sequence[Series]) -> str:
    special = [one.label for one in group if is_special(one)]
    if special:
        return _("{names}：最近的变化超出正常波动").format(names=_("、").join(special))
    return _("{names}：最近的波动属正常范围").format(names=_("、").join(one.label for one in group))


def _code(view: View, series: Series) -> str:
    """What a note on the series is kept under."""
    if series.measure is None:
        return f"domain:{view.filters.domain}"
    return f"measure:{series.measure.code}"


def _points(view: View, group: Sequence[Series], months: Sequence[date]) -> pd.DataFrame:
    """A row a series and month."""
    words = {
        "ok": _("正常波动"),
        "changed": _("有变化"),
        "improved": _("改善"),
        "concern": _("需关注"),
    }
    parts = []
    for one in group:
        causes = pd.Series(one.limits.special_cause)
        part = pd.DataFrame(
            {
                "value": one.values,
                "state": _states(one),
                "up": causes.str.contains("Above|Increasing", regex=True).to_numpy(),
            },
            index=list(one.months),
        ).reindex(months)
        parts.append(
            part.assign(
                series=one.label,
                period=[month_label(month) for month in months],
                mean=one.limits.mean[-1],
                # Nothing is held less than never.
                low=max(one.limits.low[-1], 0.0),
                high=one.limits.high[-1],
                state=part["state"].fillna("ok"),
                up=part["up"].eq(True),
                judgement=part["state"].map(words),
                goal=float("nan") if one.goal is None else one.goal,
                target=[_records(view, one, Period(month, "month")) for month in months],
            )
        )
    return pd.concat(parts, ignore_index=True)


def _states(series: Series) -> list[str]:
    """What each point is called: changed in place of better or worse where that is not meant."""
    if series.direction:
        return [_STATES[kind] for kind in series.limits.point_type]
    return ["ok" if kind == "common_cause" else "changed" for kind in series.limits.point_type]


def _records(view: View, series: Series, month: Period) -> str:
    chosen = {} if series.measure is None else {"measure": series.measure.code}
    return records_target(view, **chosen | {"period": month.code})


def _note(series: Series) -> str:
    """The sentence on the latest month, the verdict on the target, and what is counted."""
    definition = "" if series.measure is None else series.measure.definition
    said = running(finding(series), assurance(series), definition)
    return _("{name}：{definition}").format(name=series.label, definition=said)


def _bars(
    session: Session,
    view: View,
    lists: Catalogue,
    judged: set[str],
    waiting: Mapping[str, Series],
    notes: Sequence[Note],
) -> list[Chart]:
    """Plain bars of the measures that have no control chart yet."""
    if all(measure.code in judged for measure in lists.measures_of(view.filters.domain)):
        return []
    view = view.trend
    sums = kpis.quantity_sums(session, view, ("month",))
    reported = set(sums.loc[sums["activities"] > 0, "measure_code"]) - judged
    measures = [measure for measure in lists.measures if measure.code in reported]
    return [
        _bar_chart(view, lists, [one for one in measures if one.unit == unit], sums, waiting, notes)
        for unit in dict.fromkeys(measure.unit for measure in measures)
    ]


def _bar_chart(
    view: View,
    lists: Catalogue,
    measures: Sequence[Measure],
    sums: pd.DataFrame,
    waiting: Mapping[str, Series],
    notes: Sequence[Note],
) -> Chart:
    frame = pd.concat([_months(view, measure, sums) for measure in measures], ignore_index=True)
    unit = measures[0].unit_label
    totals = frame.groupby("series", sort=False)["value"].sum()
    series = {f"measure:{measure.code}": measure.label for measure in measures}
    noted = by_month(notes, series, months_of(view.filters.period.first_day, view.last_day))
    return chart(
        f"unit-{measures[0].unit}",
        noted.on(charts.small_multiples(frame, unit=unit, independent=True), frame["series"]),
        title=_("、").join(f"{name} {number(total, 1)} {unit}" for name, total in totals.items()),
        subtitle=_("{period}，{place}，单位：{unit}；联合活动只计一次").format(
            period=view.filters.period.label, place=where(view, lists), unit=unit
        ),
        source=activity_source(view),
        height=200 + 110 * ((len(measures) + 2) // 3),
        notes=[*_definitions(measures), *_when(measures, waiting), *noted.sentences],
        series=series,
        table=table(
            frame,
            {
                "series": _("指标"),
                "period": _("月份"),
                "value": _("数量（{unit}）").format(unit=unit),
            },
        ),
    )


def _months(view: View, measure: Measure, sums: pd.DataFrame) -> pd.DataFrame:
    """A row a month of the view, 0 where nothing was reported."""
    months = pd.period_range(view.filters.period.first_day, view.last_day, freq="M").to_timestamp()
    own = sums[sums["measure_code"] == measure.code].set_index("month")["quantity"]
    return pd.DataFrame(
        {
            "series": measure.label,
            "code": measure.domain,
            "period": [month_label(day) for day in months],
            "value": own.reindex(months, fill_value=0.0).to_numpy(),
            "target": records_target(view, measure=measure.code),
        }
    )


def _definitions(measures: Sequence[Measure]) -> list[str]:
    return [
        _("{name}：{definition}").format(name=measure.label, definition=measure.definition)
        for measure in measures
        if measure.definition
    ]


def _when(measures: Sequence[Measure], waiting: Mapping[str, Series]) -> list[str]:
    """From when on ordinary variation can be told from change."""
    known = [waiting[one.code].limits_from for one in measures if one.code in waiting]
    if not known:
        return [_("满 12 个整月后，这里显示正常波动范围。")]
    return [
        _("满 12 个整月后，这里显示正常波动范围：自{month}起。").format(
            month=month_label(min(known))
        )
    ]
