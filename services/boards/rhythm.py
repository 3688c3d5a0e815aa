"""工作节律 in figures: timeliness and completeness by community and month, and by type."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from datetime import date

import pandas as pd

from db.engine import Session
from services import charts, schedule
from services.boards.board import Board, Section, chart, table, where, with_counted
from services.boards.rhythm_charts import occasions, occasions_chart, spread
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Card, Chart, Table, Tile
from services.exports import csv_bytes
from services.formats import number, percent, unit_of
from services.i18n import _
from services.periods import day_label, month_label
from services.schedule import Standing, Tally
from services.views import View

_CELLS = ["row", "column", "value", "text", "state", "target"]
_COUNTS = ("done", "late", "missing", "cancelled", "planned")


def board(session: Session, view: View, type_code: str = "") -> Board:
    """How the plans of the view's period were kept, and month by month over at least a year."""
    lists = catalogue(session)
    past = schedule.of_view(session, view.trend, type_code)
    first = view.filters.period.first_day
    found = tuple(one for one in past if one.occasion.due >= first)
    whole = schedule.tally(found)
    return Board(
        headline=_headline(view, whole),
        sections=(
            Section(_("总体情况"), tiles(whole), note=_base()),
            Section(
                _("逐月"),
                (
                    _by_month(past, view, lists, "timeliness"),
                    _by_month(past, view, lists, "completeness"),
                ),
            ),
            Section(_("按活动类型"), (kept_by_type(found, view, lists),)),
        ),
    )


def tiles(whole: Tally, target: str = "") -> tuple[Card, ...]:
    """The rates, each with its numerator and denominator; `target` is where the rates lead."""
    return (
        Tile("due", _("已到期"), number(whole.due), unit_of(whole.due, _("次")), _planned(whole)),
        Tile(
            "timeliness",
            _("按时率"),
            percent(whole.timeliness),
            note=_of(whole.done, whole.due),
            target=target,
        ),
        Tile(
            "completeness",
            _("完成率"),
            percent(whole.completeness),
            note=_of(whole.held, whole.due),
            target=target,
        ),
        Tile("late", _("逾期完成"), number(whole.late), unit_of(whole.late, _("次"))),
        Tile("missing", _("未开展"), number(whole.missing), unit_of(whole.missing, _("次"))),
        Tile(
            "cancelled",
            _("已取消"),
            number(whole.cancelled),
            unit_of(whole.cancelled, _("次")),
            _("不计入应开展"),
        ),
    )


def kept_by_type(found: Sequence[Standing], view: View, lists: Catalogue) -> Chart:
    """Occasions held of those that were due, by activity type."""
    kept = schedule.tallies(found, lambda one: one.occasion.plan.type_code)
    frame = _frame({kind.code: (kind.label, "") for kind in lists.types}, kept)
    title = _("计划的活动开展了 {share}").format(
        share=percent(schedule.tally(found).completeness, 0)
    )
    return _kept("kept-types", title, frame, _("活动类型"), view, lists)


def kept_by_community(found: Sequence[Standing], view: View, lists: Catalogue) -> Chart:
    """The same by community, in official order."""
    kept = schedule.tallies(found, lambda one: one.occasion.plan.community)
    places = lists.communities
    frame = _frame({one.code: (one.name, f"community:{one.code}") for one in places}, kept)
    low, high = spread(frame)
    title = (
        _("计划的活动的社区开展率：{share}").format(share=low)
        if low == high
        else _("计划的活动的社区开展率：{low}至{high}").format(low=low, high=high)
    )
    return _kept("kept-communities", title, frame, _("社区"), view, lists)


def _frame(names: Mapping[str, tuple[str, str]], kept: Mapping[Hashable, Tally]) -> pd.DataFrame:
    """What was due; `names`: code → what a bar is called, and where it leads."""
    due = {own: kept[own] for own in names if own in kept and kept[own].due}
    return occasions(
        (names[own][0], tally.due, tally.held, names[own][1]) for own, tally in due.items()
    )


def _kept(
    code: str, title: str, frame: pd.DataFrame, head: str, view: View, lists: Catalogue
) -> Chart:
    return occasions_chart(
        code,
        frame,
        head,
        title,
        least=2,
        subtitle=_("{period}，{place}；已到期的次数和其中已开展的次数，取消的不计").format(
            period=view.filters.period.label, place=where(view, lists)
        ),
        source=_source(view),
        empty=_nothing(),
    )


def export(session: Session, view: View, type_code: str = "") -> bytes:
    """Every occasion of the view's period, a row each, as CSV."""
    lists = catalogue(session)
    labels = schedule.state_labels()
    columns = (_("社区"), _("活动类型"), _("计划"), _("日期"), _("状态"), _("开展日期"), _("原因"))
    return csv_bytes(
        columns,
        (
            (
                lists.community(one.occasion.plan.community).name,
                lists.type(one.occasion.plan.type_code).label,
                schedule.title_of(one.occasion.plan, lists),
                one.occasion.due.isoformat(),
                labels[one.state],
                one.held.first_day.isoformat() if one.held else "",
                schedule.reason_of(one.occasion),
            )
            for one in schedule.of_view(session, view, type_code)
        ),
    )


def _by_month(found: Sequence[Standing], view: View, lists: Catalogue, rate: str) -> Chart:
    """Communities by months; a last row and column sum the numerators and the denominators."""
    cells = _cells(found, lists)
    shown = [
        (row, column, getattr(one, rate), _cell_text(one, rate), "ok", "")
        for (row, column), one in cells.items()
        if one.due
    ]
    frame = pd.DataFrame(shown, columns=_CELLS)
    frame["value"] *= 100
    whole = schedule.tally(found)
    share = percent(getattr(whole, rate), 0)
    title = {
        "timeliness": _("按时率：到期的活动有 {share} 按时开展"),
        "completeness": _("完成率：到期的活动有 {share} 已经开展，含逾期"),
    }[rate].format(share=share)
    return chart(
        rate,
        charts.heat_map(frame, unit="%", low=40, high=100, scrolled=True),
        title=title if whole.due else _("按时率") if rate == "timeliness" else _("完成率"),
        subtitle=_("{place}，逐月；格内为百分比和次数：{counts}").format(
            place=where(view, lists),
            counts=_("按时/到期") if rate == "timeliness" else _("已开展/到期"),
        ),
        source=_source(view),
        width="full",
        height=90 + 40 * max(frame["row"].nunique(), 2),
        least=170 + 64 * frame["column"].nunique(),
        empty=_nothing(),
        table=_month_table(cells),
    )


def _cells(found: Sequence[Standing], lists: Catalogue) -> dict[tuple[str, str], Tally]:
    """(community, month) → its tally, sums last, in official order."""
    names = {place.code: place.name for place in lists.communities}

    def tallied(place: bool, month: bool) -> dict[tuple[str, date | None], Tally]:
        return schedule.tallies(  # type: ignore[return-value]
            found,
            lambda one: (
                one.occasion.plan.community if place else "",
                one.occasion.due.replace(day=1) if month else None,
            ),
        )

    kept = tallied(True, True) | tallied(True, False) | tallied(False, True)
    kept |= tallied(False, False)
    months = sorted({month for _place, month in kept if month})
    return {
        (
            names[place] if place else _("合计"),
            month_label(month) if month else _("合计"),
        ): kept[place, month]
        for place in (*names, "")
        for month in (*months, None)
        if (place, month) in kept
    }


def _cell_text(one: Tally, rate: str) -> str:
    counted = one.done if rate == "timeliness" else one.held
    return f"{percent(getattr(one, rate), 0)}<br>{number(counted)}/{number(one.due)}"


def _month_table(cells: dict[tuple[str, str], Tally]) -> Table:
    frame = pd.DataFrame(
        [
            (row, column, one.due, *(getattr(one, name) for name in _COUNTS),
             one.timeliness, one.completeness)
            for (row, column), one in cells.items()
        ],
        columns=["row", "column", "due", *_COUNTS, "timeliness", "completeness"],
    )  # fmt: skip
    return table(
        frame,
        {
            "row": _("社区"),
            "column": _("月份"),
            "due": _("已到期（次）"),
            "done": _("按时完成（次）"),
            "late": _("逾期完成（次）"),
            "missing": _("未开展（次）"),
            "cancelled": _("已取消（次）"),
            "planned": _("计划中（次）"),
            "timeliness": _("按时率"),
            "completeness": _("完成率"),
        },
    )


def _headline(view: View, whole: Tally) -> str:
    if not whole.due:
        return _("{period}没有到期的计划").format(period=view.filters.period.label)
    return _("{period}：到期 {due} 次，按时率 {timely}，完成率 {complete}").format(
        period=view.filters.period.label,
        due=number(whole.due),
        timely=percent(whole.timeliness),
        complete=percent(whole.completeness),
    )


def _base() -> str:
    return _("按时率 = 按时 ÷ 到期，完成率 =（按时 + 逾期）÷ 到期；取消的和还没到期的不计入到期。")


def _of(part: int, whole: int) -> str:
    return _("{part}/{whole} 次").format(part=number(part), whole=number(whole)) if whole else ""


def _planned(whole: Tally) -> str:
    return _("另有 {count} 次未到期").format(count=number(whole.planned)) if whole.planned else ""


def _source(view: View) -> str:
    source = _("来源：工作计划和活动填报记录，截至{day}").format(day=day_label(view.last_day))
    return with_counted(source, view)


def _nothing() -> str:
    return _("所选范围内没有到期的计划；请放宽范围，或先登记计划。")
