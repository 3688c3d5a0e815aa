"""Communities against each other: groups that can be told apart, and the funnel."""

from __future__ import annotations

from itertools import chain
from math import comb
from string import ascii_uppercase
from typing import Any

import numpy as np
import pandas as pd

from services import charts
from services.boards.board import chart, score_columns, subject_label, survey_source, table
from services.boards.survey_parts import Survey
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.formats import number
from services.i18n import _, _n
from services.ranking import LeagueFrame, league
from services.satisfaction import Funnel, detectable, sentences
from services.satisfaction.funnel import CONTROL, WARNING
from services.views import View

_STEPS = 40  # points along a limit line


def league_chart(view: View, lists: Catalogue, found: Survey, subject: str) -> Chart:
    """The communities in groups, with intervals, flags and reference values."""
    whole, limits, level = found.row(subject), found.funnel(subject), view.thresholds.level
    order = {place.code: place.position for place in lists.communities}
    rows = league(found.of_latest(subject), limits, order, level)
    frame = _lines(rows, lists, limits, level)
    return chart(
        "league",
        charts.league(
            frame,
            unit=_("分"),
            reference=None if whole is None else whole.score,
            reference_label=_("平均"),
        ),
        title=_title(subject_label(lists, subject), rows),
        subtitle=_(
            "{wave}，单位：分；点为得分，线为 95% 可信范围，菱形为参考值；"
            "两两比较 {pairs} 对，已按多重比较校正"
        ).format(wave=found.latest.label, pairs=number(comb(sum(map(bool, rows["group"])), 2))),
        source=survey_source(found.latest),
        width="full",
        height=120 + 30 * max(len(frame) + frame["group"].nunique(), 4),
        notes=_notes(rows, frame),
        table=table(
            frame,
            {
                "group": _("分组"),
                **score_columns(_("社区")),
                "ranks": _("名次范围"),
                "drawn": _("参考值（分）"),
                "detectable": _("能看出的最小变化（分）"),
                "said": _("判断"),
            },
        ),
    )


def _title(name: str, rows: LeagueFrame) -> str:
    groups = len(set(chain.from_iterable(rows["group"])))
    if not groups and (rows["state"] == "ok").any():
        return _("{name}满意度：各社区的公布结果").format(name=name)
    if not groups:
        return _("{name}满意度：各社区样本不足，不作比较").format(name=name)
    if groups == 1:
        return _("{name}满意度：各社区分不出高低").format(name=name)
    return _("{name}满意度：各社区分成 {groups} 组，同组之内分不出高低").format(
        name=name, groups=groups
    )


def _lines(
    rows: LeagueFrame, lists: Catalogue, limits: Funnel | None, level: float
) -> pd.DataFrame:
    """The league as its chart and table take it."""
    drawn = None if limits is None else limits.references(rows)
    names = {place.code: place.name for place in lists.communities}
    frame = rows.merge(_drawn(drawn), on="community", how="left")
    return frame.assign(
        label=frame["community"].map(names),
        value=frame["score"],
        group=[_group(row) for row in frame.itertuples()],
        ranks=[_ranks(row) for row in frame.itertuples()],
        detectable=[detectable(row, level) for row in frame.itertuples()],
        said=[sentences.standing(row) for row in frame.itertuples()],
        target="community:" + frame["community"],
    )


def _drawn(references: pd.DataFrame | None) -> pd.DataFrame:
    columns = {"value": "drawn", "low": "drawn_low", "high": "drawn_high"}
    if references is None:
        return pd.DataFrame(columns=["community", *columns.values()])
    return references.rename(columns=columns)


def _group(row: Any) -> str:
    """A 组; A 或 B 组; A 至 D 组; or why it has none."""
    if row.state == "hidden":
        return _("样本不足，不予显示")
    if not row.group:
        few = row.state == "few"
        return _("只作参考，不参与比较") if few else _("公布结果，不参与比较")
    first, last = row.group[0], row.group[-1]
    if len(row.group) > 2 and last - first == len(row.group) - 1:
        return _("{first} 至 {last} 组").format(first=_letter(first), last=_letter(last))
    return _("{letters} 组").format(letters=_(" 或 ").join(map(_letter, row.group)))


def _letter(number: int) -> str:
    """A to Z, then AA, AB …"""
    ahead, last = divmod(number, len(ascii_uppercase))
    return (_letter(ahead - 1) if ahead else "") + ascii_uppercase[last]


def _ranks(row: Any) -> str | None:
    """1–11: a rank is never given without its interval."""
    return f"{row.best:.0f}–{row.worst:.0f}" if row.group else None


def _notes(rows: LeagueFrame, frame: pd.DataFrame) -> list[str]:
    """How to read the groups, what is worth a look, then the reference values."""
    several = len(set(rows["group"]) - {()}) > 1
    reading = _("字母相同的社区分不出高低；标有几个字母的，可能属于其中任何一组。")
    flagged = frame[frame["state"].isin(["above", "below"])]
    few = frame[frame["drawn"].notna()]
    return [
        *((reading,) if several else ()),
        *(_named(row.label, row.said) for row in flagged.itertuples()),
        *(_named(row.label, sentences.reference(row.drawn)) for row in few.itertuples()),
    ]


def _named(name: str, sentence: str) -> str:
    return _("{name}：{sentence}").format(name=name, sentence=sentence)


def funnel_chart(lists: Catalogue, found: Survey, subject: str) -> Chart:
    """Scores against their number of answers, between what chance allows."""
    wave, limits = found.latest, found.funnel(subject)
    rows = found.of_latest(subject)
    names = {place.code: place.name for place in lists.communities}
    frame = rows.assign(
        label=rows["community"].map(names),
        value=rows["score"],
        state=rows["state"] if limits is None else limits.flags(rows),
        target="community:" + rows["community"],
    )
    beyond = int(frame["state"].isin(["above", "below"]).sum())
    title = (
        _n("{name}满意度：{count} 个社区超出 99.8% 控制线", beyond)
        if beyond
        else _("{name}满意度：没有社区超出 99.8% 控制线")
    )
    return chart(
        "funnel",
        ""
        if limits is None
        else charts.funnel(
            frame[["label", "value", "n", "state", "target"]],
            _limit_lines(limits, frame["n"]),
            unit=_("分"),
            centre=limits.centre,
            centre_label=_("平均"),
        ),
        title=title.format(name=subject_label(lists, subject), count=beyond),
        subtitle=_("{wave}，单位：分；答卷越少，偶然的高低越大；在线内的差别不作评价").format(
            wave=wave.label
        ),
        source=survey_source(wave),
        height=420,
        empty=_("没有足够的答卷，画不出控制线。"),
        notes=() if limits is None else sentences.beyond_chance(limits.phi, limits.tau2),
        table=table(frame, score_columns(_("社区"))),
    )


def _limit_lines(limits: Funnel, n: pd.Series) -> pd.DataFrame:
    """Both pairs of limits from the smallest shown n to the largest; widened where it is known."""
    first, last = (n.min(), n.max()) if n.notna().any() else (1.0, 1.0)
    grid = np.linspace(first * 0.9, last * 1.05, _STEPS)
    lines = {"n": grid}
    for name, ends in (
        ("control", limits.limits(grid, CONTROL)),
        ("warning", limits.limits(grid, WARNING)),
        *((("widened", limits.widened(grid)),) if limits.tau2 > 0 else ()),
    ):
        lines[f"{name}_low"], lines[f"{name}_high"] = ends
    return pd.DataFrame(lines)
