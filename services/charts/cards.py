"""What a page hands to the chart host: tiles and charts, finished and immutable."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Table:
    """The figures behind a chart: column heads and rows of plain values, shown and downloaded."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str | int | float | None, ...], ...]


@dataclass(frozen=True)
class Tile:
    """One figure with its name: a KPI. `target` is where a click leads ("" = nowhere)."""

    code: str
    label: str
    value: str
    unit: str = ""
    note: str = ""
    tone: str = "neutral"  # neutral · improved · concern · muted
    target: str = ""
    domain: str = ""  # a service domain's code colours the tile's edge


@dataclass(frozen=True)
class Chart:
    """One finished chart. `figure` is plotly JSON ({"data": [...], "layout": {...}}) or "".

    A point's `customdata` is the target a click on it leads to: "community:<code>",
    "domain:<code>" or "records:<query>".
    """

    code: str
    title: str  # the finding
    subtitle: str  # what is shown: unit, n, period
    source: str  # where it comes from, and the date
    figure: str
    table: Table
    alt: str
    width: str = "half"  # full · half · third
    height: int = 320
    empty: str = ""  # said in place of the chart when there is nothing to draw
    notes: tuple[str, ...] = field(default=())  # sentences under the chart
    series: tuple[tuple[str, str], ...] = ()  # (code, name) of what a dated note can be put on
    least: int = 0  # px of width below which the figure scrolls sideways instead of shrinking


Card = Tile | Chart
