"""The parts of a board, and the wording that all its cards share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

import pandas as pd

from services.catalogue import Catalogue
from services.charts.cards import Card, Chart, Table
from services.formats import number
from services.i18n import _
from services.periods import day_label
from services.satisfaction import OVERALL, Wave
from services.views import View


@dataclass(frozen=True)
class Section:
    """A heading, sentences, cards, a note; without sentences and cards it is left out."""

    title: str
    cards: tuple[Card, ...]
    note: str = ""
    sentences: tuple[str, ...] = ()

    @property
    def laid(self) -> tuple[Card, ...]:
        """The cards as they are laid out: a half-wide chart with none beside it takes the row."""
        laid: list[Card] = []
        alone = False  # whether the last card is the left half of a row
        for card in self.cards:
            half = isinstance(card, Chart) and card.width == "half"
            if alone and not half:
                laid[-1] = replace(laid[-1], width="full")
            alone = half and not alone
            laid.append(card)
        if alone:
            laid[-1] = replace(laid[-1], width="full")
        return tuple(laid)


@dataclass(frozen=True)
class Board:
    """A page's content: its headline, sentences under it, and its sections of cards."""

    headline: str
    sections: tuple[Section, ...]
    sentences: tuple[str, ...] = field(default=())


def chart(
    code: str,
    figure: str,
    *,
    title: str,
    subtitle: str,
    source: str,
    table: Table,
    empty: str = "",
    width: str = "half",
    height: int = 320,
    least: int = 0,
    notes: Sequence[str] = (),
    series: Mapping[str, str] | None = None,
) -> Chart:
    """A chart card; what it says in words to a screen reader is its title and subtitle. A sentence
    as a title loses its full stop.

    series: code → name of what a dated note can be put on.
    """
    title = title.rstrip("。.")
    return Chart(
        code=code,
        title=title,
        subtitle=subtitle,
        source=source,
        figure=figure,
        table=table,
        alt=_("{title}。{subtitle}").format(title=title, subtitle=subtitle),
        width=width,
        height=height,
        least=least,
        empty=empty or _("所选范围内暂无数据，请放宽时间、社区或服务领域。"),
        notes=tuple(notes),
        series=tuple((series or {}).items()),
    )


def table(frame: pd.DataFrame, columns: dict[str, str]) -> Table:
    """The frame's named columns under their headings; a missing value stays empty."""
    shown = (
        [None if value != value else value for value in frame[name].tolist()] for name in columns
    )
    return Table(tuple(columns.values()), tuple(zip(*shown, strict=True)))


def score_columns(first: str, key: str = "label", **more: str) -> dict[str, str]:
    """The heads of a table of scores with intervals; the first column is `key` under `first`."""
    return {
        key: first,
        **more,
        "value": _("满意度（分）"),
        "low": _("下限"),
        "high": _("上限"),
        "n": _("有效答卷（份）"),
    }


def where(view: View, catalogue: Catalogue) -> str:
    """The places looked at: the subdistrict, one community by name, or how many."""
    chosen = view.filters.communities
    if not chosen:
        return _("全街道")
    if len(chosen) == 1:
        return catalogue.community(chosen[0]).name
    return _("所选 {count} 个社区").format(count=number(len(chosen)))


def subject_label(catalogue: Catalogue, subject: str) -> str:
    return _("总体") if subject == OVERALL else catalogue.domain(subject).label


def work_title(view: View) -> str:
    """The heading above what was done in the period."""
    if view.filters.period.kind == "since":
        return _("截至目前的工作量")
    return _("{period}的工作量").format(period=view.filters.period.label)


def activity_source(view: View) -> str:
    source = _("来源：活动填报记录，截至{day}").format(day=day_label(view.last_day))
    return with_counted(source, view)


def with_counted(source: str, view: View) -> str:
    """The source of what counts activities, with which of them where some may wait."""
    return and_counted(source, view.counted)


def and_counted(text: str, approved_only: bool | None) -> str:
    """A source or a period, and which records are counted."""
    return " · ".join(filter(None, (text, counted_label(approved_only))))


def counted_label(approved_only: bool | None) -> str:
    """Whether records that wait to be approved are counted; "" where none waits."""
    said = {True: _("只含已审核记录"), False: _("含待审核记录"), None: ""}
    return said[approved_only]


def survey_source(wave: Wave) -> str:
    return _("来源：{wave}（{mode}，{day}结束；评分：{scale}）").format(
        wave=wave.label,
        mode=wave.mode_label,
        day=day_label(wave.last_day),
        scale=wave.scale_label,
    )


def records_target(view: View, **chosen: str) -> str:
    """Where a figure leads: the records behind it."""
    return list_target("records", view, **chosen)


def list_target(page: str, view: View, **chosen: str) -> str:
    """Where a figure leads: what is behind it, as the query of a page that lists it."""
    filters = view.filters
    query = {
        "period": filters.period.code,
        "communities": ",".join(filters.communities),
        "domain": filters.domain or "",
        "approved": "1" if filters.approved_only else "",
        **chosen,
    }
    kept = {name: value for name, value in query.items() if value}
    return f"{page}:{urlencode(kept, safe=',')}"
