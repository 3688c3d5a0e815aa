"""A slide as HTML, 1920 × 1080 px: the same for the presentation and the preview beside it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from pages.shared.web.render import fragment
from services.boards.board import and_counted
from services.charts.cards import Table, Tile
from services.meetings import Meeting
from services.meetings.pack import Page
from services.reports.look import Look, cell_text, colour_of
from services.reports.parts import Part, ems, is_charted, parts, widths

_LONG, _LONGER = 58, 92  # how many letters' widths a headline's two lines have


@dataclass(frozen=True)
class Frame:
    """What stands on every slide of a meeting."""

    office: str
    meeting: str
    day: str
    counted: bool | None
    look: Look


def frame_of(held: Meeting, counted: bool | None, office: str, look: Look) -> Frame:
    """counted: whether only approved records are; None where none waits."""
    return Frame(office, held.title, held.day, counted, look)


def slides_of(page: Page, frame: Frame) -> str:
    """The page's slides one after another; a long table takes several."""
    return "".join(_slide(part, frame) for part in parts((page,)))


def _slide(part: Part, frame: Frame) -> str:
    page, content = part.page, part.page.content
    charted = is_charted(page)
    wide = ems(page.headline)
    return fragment(
        "slide.html",
        part=part,
        content=content,
        office=frame.office,
        meeting=frame.meeting,
        day=frame.day,
        counted=frame.counted,
        and_counted=and_counted,
        hue=colour_of(content, frame.look),
        headline=page.headline or content.title,
        size="longer" if wide > _LONGER else "long" if wide > _LONG else "",
        charted=charted,
        # Inside a script element nothing else ends it than "</"; in JSON "<" may be written so.
        figure=Markup(content.chart.figure.replace("<", "\\u003c")) if charted else "",
        notes=page.notes,
        table=_sheet,
        wide=_wide,
        whole=_whole,
    )


def _sheet(table: Table) -> Markup:
    columns = zip(*table.rows, strict=True)
    numbers = [any(isinstance(cell, int | float) for cell in column) for column in columns]
    return Markup(
        fragment(
            "sheet.html",
            shares=[round(100 * share, 2) for share in widths(table)],
            columns=table.columns,
            rows=[[cell_text(cell) for cell in row] for row in table.rows],
            numbers=numbers,
        )
    )


def _wide(tile: Tile) -> float:
    """How wide a tile's figure is, in its own letters."""
    return round(ems(tile.value) + ems(tile.unit) / 2 + 0.2, 2)


def _whole(text: str) -> str:
    """The text with its ranges kept on one line: 85.2–87.5."""
    return text.replace("–", "–\u2060")
