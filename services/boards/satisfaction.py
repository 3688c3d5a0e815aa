"""满意度: the waves, what was answered, and what has really changed."""

from __future__ import annotations

import pandas as pd

from db.engine import Session
from db.reads import survey as reads
from services import charts
from services.boards.board import Board, Section, chart, subject_label, survey_source, table, where
from services.boards.survey_charts import community_dots, heat_map, score_history
from services.boards.survey_parts import Survey, survey
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Chart, Table
from services.formats import fixed, percent
from services.i18n import _
from services.satisfaction import OVERALL, SUBDISTRICT, sentences
from services.views import View


def board(session: Session, view: View) -> Board:
    """The whole page for a view: the latest wave by then, and all before it."""
    lists = catalogue(session)
    found = survey(session, view, all_waves=True)
    if found.latest is None:
        return Board(
            _("还没有满意度调查结果。"),
            (),
            (_("请由街道办公室在“调查结果”页录入，或改选更晚的时间范围。"),),
        )
    subject = view.filters.domain or OVERALL
    label = subject_label(lists, subject)
    return Board(
        headline=_("{wave}：{place}{sentence}").format(
            wave=found.latest.label,
            place=where(view, lists),
            sentence=sentences.level(label, found.row(subject)),
        ),
        sentences=(
            sentences.change(found.change(subject)),
            sentences.comparisons(len(found.changes), int(found.changes["real"].sum())),
        ),
        sections=(
            Section(
                _("历次调查"),
                (
                    score_history(found, lists, subject, SUBDISTRICT, where(view, lists)),
                    changes_by_domain(found, lists),
                ),
            ),
            Section(_("居民怎样回答"), (options_by_domain(session, view, lists, found),)),
            Section(
                _("各社区"),
                (
                    community_dots(lists, found, subject),
                    heat_map(view, lists, found),
                ),
            ),
        ),
    )


def changes_by_domain(found: Survey, lists: Catalogue) -> Chart:
    """The change in every domain with its margin; coloured only where it survives correction."""
    rows = []
    for subject in (OVERALL, *(domain.code for domain in lists.domains)):
        row = found.change(subject)
        if row is not None:
            state = {"improved": "above", "concern": "below"}.get(sentences.tone(row), "ok")
            whole = found.row(subject)
            rows.append(
                (
                    subject_label(lists, subject),
                    row.diff,
                    row.diff - row.margin,
                    row.diff + row.margin,
                    whole.n,
                    state,
                    "page:satisfaction" if subject == OVERALL else f"domain:{subject}",
                    sentences.change(row),
                )
            )
    frame = pd.DataFrame(
        rows,
        columns=[
            "label",
            "value",
            "low",
            "high",
            "n",
            "state",
            "target",
            "sentence",
        ],
    )
    real = int((frame["state"] != "ok").sum())
    return chart(
        "changes",
        charts.dot_interval(
            frame.drop(columns="sentence"),
            unit=_("分"),
            reference=0.0,
            reference_label=_("无变化"),
        ),
        title=_("{count} 个领域的变化可以认定").format(count=real)
        if real
        else _("各领域的变化都在随机波动范围之内"),
        subtitle=_("{now}减{before}，单位：分；线为 95% 可信范围").format(
            now=found.latest.label, before=found.before.label
        )
        if found.before
        else _("没有可以比较的上期结果。"),
        source=survey_source(found.latest),
        height=360,
        empty=_("本期没有可以比较的上期结果：评分标准、方式、措辞都相同的两期才作比较。"),
        table=table(
            frame,
            {
                "label": _("服务领域"),
                "value": _("变化（分）"),
                "low": _("下限"),
                "high": _("上限"),
                "n": _("有效答卷（份）"),
                "sentence": _("判断"),
            },
        ),
    )


def options_by_domain(session: Session, view: View, lists: Catalogue, found: Survey) -> Chart:
    """The latest wave's answers as a diverging bar a subject, 不了解 apart."""
    wave = found.latest
    counted = reads.tallies(session, [wave.code], view.filters.communities)
    shown = counted.groupby(["subject", "option"])["count"].sum()
    rows = []
    for subject in (OVERALL, *(domain.code for domain in lists.domains)):
        whole = found.row(subject)
        if whole is None or whole.state == "hidden" or subject not in shown.index:
            continue
        answers = shown[subject]
        for position, option in enumerate(wave.options):
            count = int(answers.get(option.code, 0))
            side = "apart" if option.points is None else "right" if option.satisfied else "left"
            rows.append(
                (
                    subject_label(lists, subject),
                    option.code,
                    option.label,
                    position,
                    side,
                    count / answers.sum() * 100,
                    count,
                    "page:satisfaction" if subject == OVERALL else f"domain:{subject}",
                )
            )
    frame = pd.DataFrame(
        rows,
        columns=[
            "row",
            "option",
            "option_label",
            "position",
            "side",
            "share",
            "count",
            "target",
        ],
    )
    first = found.row(view.filters.domain or OVERALL)
    return chart(
        "options",
        charts.diverging_options(frame),
        title=_("{subject}满意率 {share}，{rate} 表示不了解").format(
            subject=subject_label(lists, view.filters.domain or OVERALL),
            share=percent(first.share) if first is not None else "—",
            rate=percent(first.dont_know_rate, 0) if first is not None else "—",
        ),
        subtitle=_("{wave}，占全部答卷的百分比；不满意在左，满意在右，不了解另列").format(
            wave=wave.label
        ),
        source=survey_source(wave),
        width="full",
        height=400,
        table=_options_table(frame),
    )


def _options_table(frame: pd.DataFrame) -> Table:
    return table(
        frame.assign(share=[fixed(value) for value in frame["share"]]),
        {
            "row": _("服务领域"),
            "option_label": _("回答"),
            "count": _("份数"),
            "share": _("占比（%）"),
        },
    )
