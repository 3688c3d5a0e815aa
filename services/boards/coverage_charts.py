"""Charts of coverage: every community's share with what it was divided by, and rounds by day."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from services import charts
from services.boards.board import activity_source, chart, records_target, table, where
from services.boards.coverage_words import (
    beyond_note,
    group_label,
    missing_sentence,
    points,
    span_label,
)
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.coverage import Course, Found
from services.formats import number, percent
from services.i18n import _
from services.periods import Period, day_label
from services.satisfaction import SUBDISTRICT
from services.targets import Targets, coverage_indicator
from services.views import View

_NAN = float("nan")


def by_community(found: Found, view: View, lists: Catalogue, targets: Targets) -> Chart:
    """A bar a community in official order; one without people says —."""
    frame = _places(found, view, lists, targets)
    unit, subject = found.subject.measure.unit_label, found.subject
    whole = _NAN if found.whole.share is None else found.whole.share * 100
    notes = (beyond_note(found, lists), missing_sentence(found, lists), _goals(frame))
    return chart(
        "coverage-communities",
        charts.reached(
            frame,
            colour=subject.measure.domain,
            reference=whole if len(frame) > 1 else _NAN,
            reference_label=where(view, lists),
        )
        if frame["value"].notna().any()
        else "",
        title=_title(frame),
        subtitle=_subtitle(found),
        source=activity_source(view),
        width="half" if found.span.round else "full",
        height=_height(len(found.places)),
        empty=missing_sentence(found, lists),
        notes=tuple(filter(None, notes)),
        table=table(
            frame,
            {
                "label": _("社区"),
                "reached": _("已覆盖（{unit}）").format(unit=unit),
                "people": _("人群人数（人）"),
                "year": _("人口年份"),
                "value": _("覆盖率（%）"),
                "goal": _("目标（%）"),
            },
        ),
    )


def by_day(ran: Sequence[Course], places: int, view: View, lists: Catalogue) -> Chart:
    """The rounds over the day of the round, so that each stands beside the others' same day.

    places: how many rows the chart beside it has.
    """
    frame = pd.DataFrame(
        [
            (one.round.label, day, share * 100, day_label(_day(one, day)))
            for one in ran
            for day, share in enumerate(one.shares, start=1)
        ],
        columns=["series", "day", "value", "date"],
    )
    today = len(ran[0].shares)
    return chart(
        "coverage-rounds",
        charts.rounds_by_day(frame, today=today),
        title=_rounds_title(ran, today),
        subtitle=_("{place}，单位：%；横轴为轮次开始后的天数，各轮用当年的人口").format(
            place=where(view, lists)
        ),
        source=activity_source(view),
        height=_height(places),
        table=table(
            frame,
            {
                "series": _("轮次"),
                "day": _("第几天"),
                "date": _("日期"),
                "value": _("覆盖率（%）"),
            },
        ),
    )


def _places(found: Found, view: View, lists: Catalogue, targets: Targets) -> pd.DataFrame:
    indicator = coverage_indicator(found.subject.measure)
    span = Period(found.span.first, "since", found.span.last)
    common = targets.get((indicator, SUBDISTRICT), _NAN)
    rows = [
        (
            lists.community(code).name,
            one.reached,
            one.people,
            one.year,
            _NAN if one.share is None else one.share * 100,
            _("{reached} / {people}").format(
                reached=number(one.reached), people=number(one.people)
            ),
            targets.get((indicator, code), common),
            records_target(
                view.only(code),
                period=span.code,
                domain=found.subject.measure.domain,
                measure=found.subject.code,
                type=found.subject.type_code,
            ),
        )
        for code, one in found.places.items()
    ]
    columns = ["label", "reached", "people", "year", "value", "note", "goal", "target"]
    return pd.DataFrame(rows, columns=columns)


def _subtitle(found: Found) -> str:
    """Which days, and whose number of which year the shares are of."""
    days = span_label(found)
    if found.span.round is not None:
        days = _("{round}，{first}至{last}").format(
            round=days, first=day_label(found.span.first), last=day_label(found.span.last)
        )
    return _("{days}；分母为 {year} 年{group}；联合活动计入每个参加的社区").format(
        days=days,
        year=_years(found),
        group=group_label(found.subject),
    )


def _title(frame: pd.DataFrame) -> str:
    """Where most and where least were reached: what a meeting asks first."""
    known = frame[frame["value"].notna()]
    if len(known) == 1:
        (value,) = known["value"]
        return f"{known['label'].iloc[0]} {percent(value / 100)}"
    if known.empty:
        return _("覆盖率，各社区")
    most, least = known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()]
    return _("最高{most} {high}，最低{least} {low}").format(
        most=most["label"],
        high=percent(most["value"] / 100),
        least=least["label"],
        low=percent(least["value"] / 100),
    )


def _rounds_title(ran: Sequence[Course], today: int) -> str:
    if len(ran) < 2:
        return _("{round}：第 {day} 天，已覆盖 {share}").format(
            round=ran[0].round.label, day=number(today), share=percent(ran[0].shares[-1])
        )
    ahead = ran[0].shares[-1] - ran[1].on_day(today)
    return _("与{older}同一天相比：{difference} 个百分点").format(
        older=ran[1].round.label, difference=points(ahead)
    )


def _day(one: Course, day: int) -> pd.Timestamp:
    return pd.Timestamp(one.round.first_day) + pd.Timedelta(days=day - 1)


def _years(found: Found) -> str:
    """The year of the figures; two where communities were not counted in the same one."""
    years = sorted({one.year for one in found.places.values() if one.year})
    return _("、").join(map(str, years)) or "—"


def _goals(frame: pd.DataFrame) -> str:
    """What the ticks over the bars are: one target for all, or each community's own."""
    goals = frame["goal"].dropna().unique()
    if len(goals) == 1:
        return _("短竖线为目标：{value}%。").format(value=number(goals[0], 1))
    return _("短竖线为各社区的目标。") if len(goals) else ""


def _height(places: int) -> int:
    """The same for charts that stand beside each other."""
    return 110 + 44 * max(places, 4)
