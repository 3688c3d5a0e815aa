"""Tiles and charts of inspections: how many came to what, by community, domain and month."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pandas as pd

from db.engine import Session
from services import charts
from services.boards.board import Section, chart, list_target, table
from services.catalogue import Catalogue
from services.charts.cards import Card, Chart, Tile
from services.formats import NONE, number, percent
from services.i18n import _
from services.inspections import OPEN, QUALIFIED, VERDICTS, verdict_label
from services.inspections.figures import Figures, figures, inspected
from services.periods import Period, day_label, months_of
from services.views import View

_SIDES = {QUALIFIED: "right"}


def tiles_of(session: Session, view: View) -> tuple[Card, ...]:
    """The tiles of the view; none where there was no inspection."""
    frame = inspected(session, view)
    return () if frame.empty else tiles(figures(frame, view.today), view)


def section_of(session: Session, view: View, lists: Catalogue) -> Section:
    """Inspections of a domain: their tiles, and the verdicts by community."""
    frame = inspected(session, view)
    if frame.empty:
        return Section(_("督查"), ())
    found = tiles(figures(frame, view.today), view)
    verdicts = replace(by_community(frame, lists, view), width="full")
    return Section(_("督查"), (*found, verdicts))


def tiles(found: Figures, view: View) -> tuple[Card, ...]:
    """How many, the qualified share with its n, and what is still to be looked at again."""
    share = found.share(view.thresholds)
    return (
        Tile(
            "inspections",
            _("督查（次）"),
            number(found.inspections),
            "",
            verdicts_text(found) + _("；其中复查 {count} 次").format(count=number(found.again)),
            target=list_target("inspections", view),
        ),
        Tile(
            "qualified",
            _("合格率"),
            NONE if share is None else percent(share),
            note=_("不足 {least} 次的不计算合格率。").format(
                least=number(view.thresholds.hide_below)
            )
            if share is None
            else _("合格 {count}/{of} 次").format(
                count=number(found.qualified), of=number(found.inspections)
            ),
            tone="muted" if share is None else "neutral",
        ),
        Tile(
            "open-rectifications",
            _("待复查"),
            number(found.open),
            "",
            _("其中超期 {count} 件，截至{day}").format(
                count=number(found.late), day=day_label(view.today)
            ),
            tone="concern" if found.late else "neutral",
            target=list_target("inspections", view, state=OPEN),
        ),
    )


def verdicts_text(found: Figures) -> str:
    return _("合格 {a}、限期整改 {b}、不合格 {c}").format(
        a=number(found.qualified), b=number(found.rectify), c=number(found.unqualified)
    )


def by_community(frame: pd.DataFrame, lists: Catalogue, view: View) -> Chart:
    names = {place.code: place.name for place in lists.communities}

    def query(code: str) -> Mapping[str, str]:
        return {"communities": code}

    rows = _by(frame, frame["community_code"], names)
    return _stacked("community", _("各社区的督查结论"), rows, _("社区"), view, query)


def by_domain(frame: pd.DataFrame, lists: Catalogue, view: View) -> Chart:
    names = {domain.code: domain.label for domain in lists.domains} | {"": _("综合")}

    def query(code: str) -> Mapping[str, str]:
        return {"domain": code} if code else {}

    rows = _by(frame, frame["domain_code"].fillna(""), names)
    return _stacked("domain", _("各领域的督查结论"), rows, _("服务领域"), view, query)


def by_month(frame: pd.DataFrame, view: View) -> Chart:
    """Every month from the first inspection to the last, those without any too."""
    days = frame["day"]
    months = {
        month.code: month.label
        for first in months_of(days.min(), days.max())
        for month in (Period(first, "month"),)
    }

    def query(code: str) -> Mapping[str, str]:
        return {"period": code}

    codes = days.map(lambda day: f"{day:%Y-%m}")
    rows = _by(frame, codes, months, every=True)
    return replace(
        _stacked("month", _("各月的督查结论"), rows, _("月份"), view, query), width="full"
    )


def _by(
    frame: pd.DataFrame, codes: pd.Series, labels: Mapping[str, str], *, every: bool = False
) -> pd.DataFrame:
    """Columns: code, row, and a count a verdict; groups without any are left out unless `every`."""
    counts = pd.crosstab(codes, frame["verdict"]).reindex(
        index=list(labels) if every else [code for code in labels if (codes == code).any()],
        columns=list(VERDICTS),
        fill_value=0,
    )
    rows = counts.reset_index(names="code")
    return rows.assign(row=[labels[code] for code in rows["code"]])


def _stacked(
    name: str,
    title: str,
    rows: pd.DataFrame,
    head: str,
    view: View,
    query: Callable[[str], Mapping[str, str]],
) -> Chart:
    whole = rows[list(VERDICTS)].sum(axis=1)
    enough = whole >= view.thresholds.hide_below
    shown = rows.assign(n=whole, share=(100 * rows[QUALIFIED] / whole).round(1).where(enough))
    return chart(
        f"verdicts-{name}",
        charts.stacked_counts(_parts(rows, view, query), unit=_("次")),
        title=title,
        subtitle=_("{period}，按{head}，单位：次（含复查）；点击查看清单").format(
            period=view.filters.period.label, head=head
        ),
        source=_("来源：督查记录，截至{day}").format(day=day_label(view.today)),
        height=120 + 34 * max(len(rows), 4),
        table=table(
            shown,
            {"row": head}
            | {verdict: verdict_label(verdict) for verdict in VERDICTS}
            | {"n": _("督查（次）"), "share": _("合格率（%）")},
        ),
        notes=(
            _("不足 {least} 次的不计算合格率。").format(least=number(view.thresholds.hide_below)),
        ),
    )


def _parts(
    rows: pd.DataFrame, view: View, query: Callable[[str], Mapping[str, str]]
) -> pd.DataFrame:
    """A row a verdict of each row, as `charts.stacked_counts` takes it."""
    return pd.DataFrame(
        [
            {
                "row": row.row,
                "part": verdict,
                "part_label": verdict_label(verdict),
                "side": _SIDES.get(verdict, "left"),
                "value": getattr(row, verdict),
                "target": list_target(
                    "inspections", view, **{**query(row.code), "verdict": verdict}
                ),
            }
            for row in rows.itertuples()
            for verdict in VERDICTS
        ]
    )
