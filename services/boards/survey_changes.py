"""What has changed since the last comparable wave, domain by domain."""

from __future__ import annotations

import pandas as pd

from services import charts
from services.boards.board import chart, subject_label, survey_source, table
from services.boards.survey_parts import Survey, subject_target
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.formats import signed
from services.i18n import _, _n
from services.satisfaction import OVERALL, detectable, sentences

_NAMED = 6  # changes of communities that are named
_STATES = {"improved": "above", "concern": "below"}


def changes_by_domain(found: Survey, lists: Catalogue, level: float) -> Chart:
    """The change in every domain with its margin; coloured only where it survives correction."""
    frame = _changes(found, lists, level)
    real = int((frame["state"] != "ok").sum())
    return chart(
        "changes",
        charts.dot_interval(
            frame[["label", "value", "low", "high", "n", "state", "target"]],
            unit=_("分"),
            reference=0.0,
            reference_label=_("无变化"),
        ),
        title=_("各领域与上期的比较")
        if found.before is None
        else _n("各领域有 {count} 项变化可以认定", real).format(count=real)
        if real
        else _("各领域都没有可以认定的变化"),
        subtitle=_("{now}减{before}，单位：分；线为 95% 可信范围").format(
            now=found.latest.label, before=found.before.label
        )
        if found.before
        else _("没有可以比较的上期结果。"),
        source=survey_source(found.latest),
        height=360,
        notes=_of_communities(found, lists),
        empty=_("本期没有可以比较的上期结果：评分标准、方式、措辞都相同的两期才作比较。"),
        table=table(
            frame,
            {
                "label": _("服务领域"),
                "value": _("变化（分）"),
                "low": _("下限"),
                "high": _("上限"),
                "n": _("有效答卷（份）"),
                "detectable": _("能看出的最小变化（分）"),
                "sentence": _("判断"),
            },
        ),
    )


def _of_communities(found: Survey, lists: Catalogue) -> tuple[str, ...]:
    """Which of the changes that can be told from chance are of a community."""
    places = {place.code: place for place in lists.communities}
    moves = [
        move for move in found.comparisons.itertuples() if move.real and move.community in places
    ]
    if not moves:
        return ()
    moves.sort(key=lambda move: places[move.community].position)
    named = [
        _("{place}{subject} {change} 分").format(
            place=places[move.community].name,
            subject=subject_label(lists, move.subject),
            change=signed(move.diff),
        )
        for move in moves[:_NAMED]
    ]
    listed = _("、").join(named)
    if len(moves) > _NAMED:
        listed = _("{listed}等 {count} 项").format(listed=listed, count=len(moves))
    return (_("各社区可以认定的变化：{listed}。").format(listed=listed),)


def _changes(found: Survey, lists: Catalogue, level: float) -> pd.DataFrame:
    rows = [
        {
            "label": subject_label(lists, subject),
            "value": move.diff,
            "low": move.diff - move.margin,
            "high": move.diff + move.margin,
            "n": found.row(subject).n,
            "state": _STATES.get(sentences.tone(move), "ok"),
            "target": subject_target(subject),
            "detectable": detectable(found.row(subject), level),
            "sentence": sentences.change(move),
        }
        for subject in (OVERALL, *(domain.code for domain in lists.domains))
        if (move := found.change(subject)) is not None
    ]
    columns = ["label", "value", "low", "high", "n", "state", "target", "detectable", "sentence"]
    return pd.DataFrame(rows, columns=columns)
