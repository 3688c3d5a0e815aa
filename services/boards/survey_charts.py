"""Charts of survey results that several boards share."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from services import charts
from services.boards.board import chart, score_columns, subject_label, survey_source, table
from services.boards.noted import by_wave
from services.boards.survey_parts import Survey
from services.catalogue import Catalogue
from services.chart_notes import Note
from services.charts.cards import Chart
from services.formats import fixed
from services.i18n import _, _n
from services.satisfaction import Wave, sentences
from services.views import View


def heat_map(view: View, lists: Catalogue, found: Survey) -> Chart:
    """Scores of the latest wave, community × domain."""
    wave = found.latest
    frame = _cells(view, lists, found)
    shown = frame.loc[frame["state"] == "ok", "value"]
    return chart(
        "heat",
        charts.heat_map(frame[["row", "column", "value", "text", "state", "target"]], unit=_("分")),
        title=_("各社区各领域满意度：{low}至{high}分").format(
            low=fixed(shown.min()), high=fixed(shown.max())
        )
        if len(shown)
        else _("各社区各领域满意度"),
        subtitle=_("{wave}，单位：分；灰色为样本不足 {few} 份，不参与比较").format(
            wave=wave.label, few=view.thresholds.compare_from
        ),
        source=survey_source(wave),
        height=120 + 30 * max(frame["row"].nunique(), 4),
        table=table(frame, score_columns(_("社区"), "row", column=_("服务领域"))),
    )


def _cells(view: View, lists: Catalogue, found: Survey) -> pd.DataFrame:
    """The heat map's cells: communities in official order, and in each the domains in theirs."""
    domains = [domain for domain in lists.domains if view.filters.domain in (None, domain.code)]
    rows = found.scores[
        (found.scores["wave"] == found.latest.code)
        & found.scores["subject"].isin([domain.code for domain in domains])
        & (found.scores["community"] != "")
    ]
    frame = placed(rows, lists).assign(
        column=lambda f: f["subject"].map({domain.code: domain.label for domain in domains}),
        value=lambda f: f["score"],
        text=lambda f: [fixed(value) for value in f["score"]],
        target=lambda f: "community:" + f["community"],
    )
    order = {domain.code: place for place, domain in enumerate(domains)}
    frame = frame.sort_values("subject", key=lambda s: s.map(order), kind="stable")
    return frame.sort_values("position", kind="stable")


def community_dots(lists: Catalogue, found: Survey, subject: str) -> Chart:
    """Communities in their official order with intervals: no ranking."""
    wave, whole = found.latest, found.row(subject)
    frame = placed(found.of_latest(subject), lists).assign(
        label=lambda f: f["row"],
        value=lambda f: f["score"],
        target=lambda f: "community:" + f["community"],
    )
    limits = found.funnel(subject)
    if limits is not None:
        frame["state"] = limits.flags(frame)
    beyond = int(frame["state"].isin(["above", "below"]).sum())
    if beyond:
        title = _n("{name}满意度：{count} 个社区超出 99.8% 控制线", beyond)
    elif (frame["state"] == "ok").any():
        title = _("{name}满意度：各社区与平均水平无明显差异")
    else:
        title = _("{name}满意度：各社区样本不足，不作比较")
    return chart(
        "dots",
        charts.dot_interval(
            frame[["label", "value", "low", "high", "n", "state", "target"]],
            unit=_("分"),
            reference=None if whole is None else whole.score,
            reference_label=_("平均"),
        ),
        title=title.format(name=subject_label(lists, subject), count=beyond),
        subtitle=_(
            "{wave}，单位：分；点为得分，线为 95% 可信范围；按官方顺序排列，不作排名"
        ).format(wave=wave.label),
        source=survey_source(wave),
        height=120 + 30 * max(len(frame), 4),
        table=table(frame, score_columns(_("社区"))),
    )


def score_history(
    found: Survey,
    lists: Catalogue,
    subject: str,
    community: str,
    place: str,
    target: float | None = None,
    notes: Sequence[Note] = (),
) -> Chart:
    """A subject's score over all waves; the line breaks where waves may not be compared."""
    frame = _history(found, subject, community)
    series = f"score:{subject}"
    noted = by_wave(notes, series, list(frame["ended"]))
    change = found.change(subject, community)
    return chart(
        f"history-{subject}",
        noted.on(charts.wave_line(frame, unit=_("分"), target=target)),
        title=sentences.change(change) if change else _("历次调查结果"),
        subtitle=_("{place}{subject}满意度，单位：分；线为 95% 可信范围，n 为有效答卷").format(
            place=place, subject=subject_label(lists, subject)
        ),
        source=survey_source(found.latest),
        notes=[*(sentence for sentence in frame["break"] if sentence), *noted.sentences],
        series={series: _("{name}满意度").format(name=subject_label(lists, subject))},
        height=360,
        table=table(frame, score_columns(_("调查"))),
    )


def _history(found: Survey, subject: str, community: str) -> pd.DataFrame:
    """A row a wave with a score; `joined`: it may be compared with the row before, else `break`."""
    rows: list[dict[str, object]] = []
    earlier: Wave | None = None
    for wave in found.waves:
        row = found.row(subject, community, wave)
        if row is None:
            continue
        joined = earlier is not None and earlier.kind == wave.kind
        rows.append(
            {
                "wave": wave.code,
                "ended": wave.last_day,
                "label": wave.label,
                "value": row.score,
                "low": row.low,
                "high": row.high,
                "n": row.n,
                "joined": joined,
                "target": f"satisfaction:{wave.last_day:%Y-%m}",
                "break": "" if joined or not earlier else sentences.not_comparable(wave, earlier),
            }
        )
        earlier = wave
    columns = ["wave", "ended", "label", "value", "low", "high", "n", "joined", "target", "break"]
    return pd.DataFrame(rows, columns=columns)


def placed(rows: pd.DataFrame, lists: Catalogue) -> pd.DataFrame:
    """Score rows with the community's name and official place."""
    names = {community.code: community.name for community in lists.communities}
    places = {community.code: community.position for community in lists.communities}
    return rows.assign(
        row=rows["community"].map(names), position=rows["community"].map(places)
    ).sort_values("position", kind="stable")
