"""Values with their intervals as a native chart that lies down: a row each, with room for names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pptx.chart.data import XyChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.enum.dml import MSO_LINE
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls
from pptx.util import Emu, Pt

from services.charts.cards import Table
from services.charts.theme import FAINT, GRID, MUTED
from services.formats import fixed
from services.meetings.content import Plot
from services.reports.deck.text import name_font, rgb
from services.reports.parts import ems

_LETTER = 12  # pt
_HEAD = 1.0  # rows above the first one, for what the reference is

Bounds = tuple[float, float, float]


def add_lying(
    slide: Any, place: tuple[int, int, int, int], table: Table, plot: Plot, bounds: Bounds
) -> Any:
    """The chart, without any look: `finish` gives it that. `bounds`: from, to, step of the axis.

    Its series: the points, the names at the left edge, the values at the right one, the reference
    if there is one, and a line for every interval: LibreOffice draws no error bars that lie.
    """
    heights = range(len(table.rows), 0, -1)  # the first row lies on top
    known = [(row, y) for row, y in zip(table.rows, heights, strict=True) if _is_known(row, plot)]
    data = XyChartData(number_format="0.0")

    def series(name: str, points: Iterable[tuple[float, float]]) -> None:
        made = data.add_series(name)
        for x, y in points:
            made.add_data_point(x, y)

    head = table.columns[plot.values[0]]
    series(head, ((row[plot.values[0]], y) for row, y in known))
    series(table.columns[plot.labels], ((bounds[0], y) for y in heights))
    series(head, ((bounds[1], y) for _row, y in known))
    if plot.reference is not None:
        series(plot.reference_label, ((plot.reference, y) for y in (0.5, len(heights) + _HEAD)))
    for row, y in known:
        if row[plot.low] is not None:
            series(str(row[plot.labels]), ((row[end], y) for end in (plot.low, plot.high)))
    chart = slide.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *map(Emu, place), data).chart
    _axes(chart, plot, bounds, len(heights))
    _room(chart, max(ems(str(row[plot.labels])) for row in table.rows), place[2])
    return chart


def finish(chart: Any, table: Table, plot: Plot, colour: str, font: str) -> None:
    """Names left of the rows, values right of them, the reference with its own, intervals drawn."""
    _points, names, values, *lines = chart.plots[0].series
    known = [fixed(row[plot.values[0]]) for row in table.rows if _is_known(row, plot)]
    _words(names, [str(row[plot.labels]) for row in table.rows], XL_LABEL_POSITION.LEFT, font)
    _words(values, known, XL_LABEL_POSITION.RIGHT, font)
    for series in (names, values, *lines):
        series.marker.style = XL_MARKER_STYLE.NONE
    if plot.reference is not None:
        reference, *lines = lines
        drawn = reference.format.line
        drawn.color.rgb, drawn.width, drawn.dash_style = rgb(MUTED), Pt(1.25), MSO_LINE.DASH
        said = f"{plot.reference_label} {fixed(plot.reference)}"
        _words(reference, ["", said], XL_LABEL_POSITION.RIGHT, font)
    for interval in lines:
        interval.format.line.color.rgb, interval.format.line.width = rgb(colour), Pt(1.5)


def _is_known(row: Sequence[Any], plot: Plot) -> bool:
    return row[plot.values[0]] is not None


def _axes(chart: Any, plot: Plot, bounds: Bounds, rows: int) -> None:
    across, down = chart.category_axis, chart.value_axis
    across.minimum_scale, across.maximum_scale, across.major_unit = bounds
    across.has_major_gridlines = True
    across.major_gridlines.format.line.color.rgb = rgb(GRID)
    across.format.line.color.rgb = rgb(FAINT)
    across.tick_labels.font.size = Pt(_LETTER)
    across.tick_labels.font.color.rgb = rgb(MUTED)
    across.has_title = True
    across.axis_title.text_frame.text = plot.unit
    across.axis_title.text_frame.paragraphs[0].font.size = Pt(_LETTER)
    down.minimum_scale, down.maximum_scale = 0.5, rows + _HEAD
    down.has_major_gridlines = False
    down.visible = False


def _room(chart: Any, longest: float, width: int) -> None:
    """The plot's place in the chart: names have room left of it, values right of it."""
    left = min((longest * 1.1 + 1) * Pt(_LETTER) / width, 0.4)
    share = {"x": left, "y": 0.02, "w": 0.92 - left, "h": 0.83}
    layout = parse_xml(
        f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/>'
        '<c:xMode val="edge"/><c:yMode val="edge"/>'
        + "".join(f'<c:{name} val="{value:.4f}"/>' for name, value in share.items())
        + "</c:manualLayout></c:layout>"
    )
    area = chart._chartSpace.chart.plotArea
    for old in area.findall(layout.tag):
        area.remove(old)
    area.insert(0, layout)


def _words(series: Any, texts: Sequence[str], position: Any, font: str) -> None:
    for place, text in enumerate(texts):
        if not text:
            continue
        point = series.points[place].data_label
        point.position = position
        run = point.text_frame.paragraphs[0].add_run()
        run.text, run.font.size = text, Pt(_LETTER)
        name_font(run._r.get_or_add_rPr(), font)
