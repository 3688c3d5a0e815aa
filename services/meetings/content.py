"""What a slide says, with every figure: the one source of screen, deck, document and workbook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from services.charts.cards import Chart, Table, Tile


@dataclass(frozen=True)
class Plot:
    """How a native chart is drawn from the chart's own table; columns are counted from 0.

    `kind`: bars · columns · stacked · line · intervals. `values` are the columns drawn, each a
    series; with `by`, the column whose texts name the series of the one value column. `low` and
    `high` are the ends of intervals around it. `unit` names the axis; `reference` is a line.
    `marks` are signs of dated notes: (the row they stand over, the sign).
    """

    kind: str
    labels: int
    values: tuple[int, ...]
    unit: str
    by: int | None = None
    low: int | None = None
    high: int | None = None
    reference: float | None = None
    reference_label: str = ""
    marks: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True)
class Content:
    """One slide. `headline` is the sentence written from the figures, `title` the agenda's word.

    Of tiles, sentences, chart and table only those are there that the slide has. `source` says
    where the figures come from, with n.
    """

    kind: str
    subject: str
    title: str
    headline: str
    tiles: tuple[Tile, ...] = ()
    sentences: tuple[str, ...] = ()
    chart: Chart | None = None
    plot: Plot | None = None
    table: Table | None = None
    source: str = ""


def to_json(content: Content) -> dict[str, Any]:
    return asdict(content)


def from_json(kept: Mapping[str, Any]) -> Content:
    """The content as it was kept. A field that was added since has its default, one of a tile that
    is gone is passed over."""
    chart, plot, table = kept["chart"], kept["plot"], kept["table"]
    return Content(
        **{name: kept[name] for name in ("kind", "subject", "title", "headline", "source")},
        tiles=tuple(map(_tile, kept["tiles"])),
        sentences=tuple(kept["sentences"]),
        chart=chart and Chart(**chart | _of_chart(chart)),
        plot=plot and Plot(**plot | _of_plot(plot)),
        table=table and _table(table),
    )


def _tile(kept: Mapping[str, Any]) -> Tile:
    return Tile(**{one.name: kept[one.name] for one in fields(Tile) if one.name in kept})


def _of_plot(plot: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a plot that JSON knows as lists only."""
    return {"values": tuple(plot["values"]), "marks": tuple(map(tuple, plot.get("marks", ())))}


def _of_chart(chart: Mapping[str, Any]) -> dict[str, Any]:
    """The parts of a chart that JSON knows as lists only."""
    return {
        "table": _table(chart["table"]),
        "notes": tuple(chart["notes"]),
        "series": tuple(map(tuple, chart.get("series", ()))),
    }


def _table(kept: Mapping[str, Any]) -> Table:
    return Table(tuple(kept["columns"]), tuple(tuple(row) for row in kept["rows"]))
