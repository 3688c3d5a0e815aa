"""What changed since a meeting was frozen: its figures against those of today, in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from services.charts.cards import Table
from services.formats import NONE, number
from services.i18n import _, _n
from services.meetings.content import Content
from services.meetings.reading import contents, current, meeting
from services.meetings.writing import Rules
from services.permissions import CurrentUser

_MOST = 8  # differences told of a slide
_Cell = str | int | float | None


@dataclass(frozen=True)
class Since:
    """A slide whose figures are no longer those that were frozen, and in which way."""

    slide_id: int
    title: str
    said: tuple[str, ...]


def since(
    session: Session, number: str, user: CurrentUser, today: date, rules: Rules
) -> tuple[Since, ...]:
    """The shown slides that would say something else today; none while nothing is frozen."""
    held = meeting(session, number)
    if held.frozen_at is None:
        return ()
    frozen = contents(session, number, user, today, rules)
    fresh = current(session, number, user, today, rules)
    pairs = [(one.id, frozen[one.id], fresh[one.id]) for one in held.shown if one.id in frozen]
    found = ((key, then.title, tuple(_differences(then, now))) for key, then, now in pairs)
    return tuple(Since(key, title, _first(said)) for key, title, said in found if said)


def _first(said: tuple[str, ...]) -> tuple[str, ...]:
    if len(said) <= _MOST:
        return said
    rest = _n("另有 {count} 处不同。", len(said) - _MOST).format(count=number(len(said) - _MOST))
    return (*said[:_MOST], rest)


def _differences(then: Content, now: Content) -> Iterator[str]:
    """Figures first; a headline is told only where no figure shows the difference."""
    told = [*_tiles(then, now), *_tables(then, now)]
    yield from told
    if not told and then.headline != now.headline:
        yield _("现在的标题句：{headline}").format(headline=now.headline)


def _tiles(then: Content, now: Content) -> Iterator[str]:
    before, after = ({tile.code: tile for tile in one.tiles} for one in (then, now))
    for code in dict.fromkeys((*before, *after)):
        old, new = before.get(code), after.get(code)
        shown = [f"{tile.value} {tile.unit}".strip() if tile else NONE for tile in (old, new)]
        if shown[0] != shown[1]:
            yield _changed((old or new).label, *shown)


def _tables(then: Content, now: Content) -> Iterator[str]:
    tables = [(one.table, one.chart.table if one.chart else None) for one in (then, now)]
    labels = [(0, one.plot.labels if one.plot else 0) for one in (then, now)]
    for place in (0, 1):
        old, new = (_rows(tables[side][place], labels[side][place]) for side in (0, 1))
        yield from _rows_apart(old, new)


def _rows(table: Table | None, label: int) -> dict[str, dict[str, str]]:
    """Row label → column head → cell as it is read, without the label's own column."""
    if table is None:
        return {}
    return {
        str(row[label]): {
            head: _text(cell)
            for place, (head, cell) in enumerate(zip(table.columns, row, strict=True))
            if place != label
        }
        for row in table.rows
    }


def _rows_apart(old: dict[str, dict[str, str]], new: dict[str, dict[str, str]]) -> Iterator[str]:
    for label in dict.fromkeys((*old, *new)):
        if label not in new:
            yield _("冻结时有、现在没有：{label}").format(label=label)
        elif label not in old:
            yield _("冻结后新增：{label}").format(label=label)
        else:
            before, after = old[label], new[label]
            for head in (head for head in before if head in after):
                if before[head] != after[head]:
                    yield _changed(f"{label} · {head}", before[head], after[head])


def _changed(name: str, before: str, after: str) -> str:
    return _("{name}：冻结时 {before}，现在 {after}").format(name=name, before=before, after=after)


def _text(cell: _Cell) -> str:
    if cell is None:
        return NONE
    return cell if isinstance(cell, str) else number(cell, 1)
