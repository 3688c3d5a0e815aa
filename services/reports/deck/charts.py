"""A chart's table as a native chart: bars, columns, lines, and points with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from services.charts.cards import Table
from services.charts.theme import FAINT, GRID, INK, MUTED
from services.i18n import _
from services.meetings.content import Plot
from services.reports.deck import lying
from services.reports.deck.text import name_font, rgb

_KINDS = {
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "stacked": XL_CHART_TYPE.BAR_STACKED_100,
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "intervals": XL_CHART_TYPE.LINE_MARKERS,
}
_STEPS = (0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 1000, 10_000, 100_000, float("inf"))
_MOST_STEPS = 7
_UPRIGHT = 8  # so many labels fit beside each other before they are turned


def add_chart(
    slide: Any, place: tuple[int, int, int, int], table: Table, plot: Plot, colour: str, font: str
) -> None:
    """Draw `table` as `plot` says, at (left, top, width, height) in EMU."""
    if plot.kind == "intervals" and len(table.rows) > _UPRIGHT:
        _lying(slide, place, table, plot, colour, font)
        return
    labels, series = _series(table, plot)
    data = CategoryChartData(number_format="0.0" if plot.kind == "intervals" else "#,##0.###")
    data.categories = labels
    for name, values in series:
        data.add_series(name, values)
    if plot.reference is not None:
        data.add_series(plot.reference_label, [plot.reference] * len(labels))
    if plot.marks:
        top = _bounds(table, plot)[1]
        marked = {row for row, _sign in plot.marks}
        data.add_series(_("注记"), [top if row in marked else None for row in range(len(labels))])
    frame = slide.shapes.add_chart(_KINDS[plot.kind], *map(Emu, place), data)
    chart = frame.chart
    _letters(chart, font)
    chart.has_legend = len(series) > 1
    if chart.has_legend:
        chart.legend.position, chart.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
    _axes(chart, plot, labels)
    if plot.kind == "intervals":
        _range(chart.value_axis, table, plot)
        _points(chart, table, plot, colour)
        if plot.marks:
            _signs(list(chart.plots[0].series)[-1], plot.marks)
    elif len(series) == 1:
        _bars(chart, colour, "0.0" if plot.unit == "%" else "#,##0")


def _lying(
    slide: Any, place: tuple[int, int, int, int], table: Table, plot: Plot, colour: str, font: str
) -> None:
    """More rows than names can stand beside each other."""
    chart = lying.add_lying(slide, place, table, plot, _bounds(table, plot))
    _letters(chart, font)
    chart.has_legend = False
    _marks(chart.plots[0].series[0], colour)
    lying.finish(chart, table, plot, colour, font)


def _letters(chart: Any, font: str) -> None:
    chart.font.size = Pt(12)
    chart.font.color.rgb = rgb(INK)
    name_font(chart.font._rPr, font)
    chart.has_title = False


def _series(table: Table, plot: Plot) -> tuple[list[str], list[tuple[str, list[float | None]]]]:
    """The labels, and each series' name with its values; what is not shown is a gap."""
    if plot.by is None:
        labels = [str(row[plot.labels]) for row in table.rows]
        found = [
            (table.columns[column], [_figure(row[column]) for row in table.rows])
            for column in plot.values
        ]
        return labels, found
    labels = list(dict.fromkeys(str(row[plot.labels]) for row in table.rows))
    names = list(dict.fromkeys(str(row[plot.by]) for row in table.rows))
    figures = {(row[plot.by], row[plot.labels]): _figure(row[plot.values[0]]) for row in table.rows}
    return labels, [(name, [figures.get((name, label)) for label in labels]) for name in names]


def _figure(value: str | int | float | None) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _axes(chart: Any, plot: Plot, labels: Sequence[str]) -> None:
    values, names = chart.value_axis, chart.category_axis
    values.has_major_gridlines = True
    values.major_gridlines.format.line.color.rgb = rgb(GRID)
    values.format.line.fill.background()
    values.tick_labels.font.size = Pt(12)
    values.tick_labels.font.color.rgb = rgb(MUTED)
    values.has_title = True
    values.axis_title.text_frame.text = plot.unit
    values.axis_title.text_frame.paragraphs[0].font.size = Pt(12)
    names.format.line.color.rgb = rgb(FAINT)
    names.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    names.has_major_gridlines = False
    if plot.kind == "bars":
        names.reverse_order = True
        values.tick_label_position = XL_TICK_LABEL_POSITION.HIGH
    if plot.kind in ("bars", "columns"):
        values.minimum_scale = 0
    if plot.kind in ("columns", "line", "intervals"):
        names.tick_labels.font.size = Pt(12)
        turned = "-2700000" if len(labels) > _UPRIGHT else "0"  # else a program turns as it likes
        names._element.get_or_add_txPr().bodyPr.set("rot", turned)


def _range(axis: Any, table: Table, plot: Plot) -> None:
    axis.minimum_scale, axis.maximum_scale, axis.major_unit = _bounds(table, plot)


def _bounds(table: Table, plot: Plot) -> tuple[float, float, float]:
    """From, to and step of the axis, so far that no interval is cut; a program sets its axis by the
    points alone."""
    columns = [place for place in (*plot.values, plot.low, plot.high) if place is not None]
    figures = [_figure(row[place]) for row in table.rows for place in columns]
    known = [one for one in (*figures, plot.reference) if one is not None]
    if not known:
        return 0, 1, 1
    span = max(known) - min(known) or 1.0
    step = next(one for one in _STEPS if span / one <= _MOST_STEPS)
    low = floor((min(known) - step * 0.1) / step) * step
    return low, ceil((max(known) + step * 0.1) / step) * step, step


def _bars(chart: Any, colour: str, figures: str) -> None:
    plot = chart.plots[0]
    plot.gap_width = 45
    plot.vary_by_categories = False
    plot.series[0].format.fill.solid()
    plot.series[0].format.fill.fore_color.rgb = rgb(colour)
    plot.has_data_labels = True
    plot.data_labels.font.size = Pt(12)
    plot.data_labels.number_format, plot.data_labels.number_format_is_linked = figures, False


def _points(chart: Any, table: Table, plot: Plot, colour: str) -> None:
    """Points without a line, each with its interval, and the reference as a dashed line."""
    series = chart.plots[0].series
    points = series[0]
    points.smooth = False
    _marks(points, colour)
    points.data_labels.show_value = True
    points.data_labels.font.size = Pt(12)
    points.data_labels.number_format, points.data_labels.number_format_is_linked = "0.0", False
    points._element.insert(_before(points._element), _error_bars(table, plot, colour))
    for line in list(series)[1:]:
        line.smooth = False
        line.marker.style = XL_MARKER_STYLE.NONE
        line.format.line.color.rgb = rgb(MUTED)
        line.format.line.width, line.format.line.dash_style = Pt(1.25), MSO_LINE.DASH


def _marks(points: Any, colour: str) -> None:
    """Points without a line between them."""
    points.format.line.fill.background()
    points.marker.style, points.marker.size = XL_MARKER_STYLE.CIRCLE, 9
    points.marker.format.fill.solid()
    points.marker.format.fill.fore_color.rgb = rgb(colour)
    points.marker.format.line.color.rgb = rgb(colour)


def _signs(series: Any, marks: Sequence[tuple[int, str]]) -> None:
    """The signs of notes, at the upper edge over their rows; what they say stands beside."""
    series.format.line.fill.background()
    for row in {row for row, _sign in marks}:
        label = series.points[row].data_label
        label.position = XL_LABEL_POSITION.BELOW
        label.text_frame.text = "".join(sign for other, sign in marks if other == row)
        label.text_frame.paragraphs[0].font.size = Pt(14)


def _before(series: Any) -> int:
    """Where error bars stand in a series: before its categories."""
    return next(n for n, one in enumerate(series) if one.tag.endswith("}cat"))


def _error_bars(table: Table, plot: Plot, colour: str) -> Any:
    """Both ends of every interval, as distances from its point."""
    value, low, high = plot.values[0], plot.low, plot.high

    def distances(tag: str, upper: bool) -> str:
        points = "".join(
            f'<c:pt idx="{place}"><c:v>{distance:.6f}</c:v></c:pt>'
            for place, row in enumerate(table.rows)
            if (distance := _distance(row, value, high if upper else low)) is not None
        )
        count = f'<c:ptCount val="{len(table.rows)}"/>'
        return f"<c:{tag}><c:numLit>{count}{points}</c:numLit></c:{tag}>"

    return parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        f'<c:errValType val="cust"/><c:noEndCap val="0"/>{distances("plus", True)}'
        f'{distances("minus", False)}<c:spPr><a:ln w="19050"><a:solidFill>'
        f'<a:srgbClr val="{colour.lstrip("#").upper()}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _distance(row: Sequence[Any], value: int, end: int | None) -> float | None:
    if end is None or row[value] is None or row[end] is None:
        return None
    return abs(row[end] - row[value])
