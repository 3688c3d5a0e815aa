"""Which domains go closely with overall satisfaction, and how they score."""

from __future__ import annotations

import pandas as pd

from db.engine import Session
from db.reads import patterns as reads
from services import charts
from services.boards.board import Section, chart, subject_label, survey_source, table
from services.boards.survey_parts import Survey, subject_target
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.formats import number
from services.i18n import _
from services.satisfaction import OVERALL, UNWEIGHTED, sentences
from services.statistics.drivers import grades
from services.views import View


def drivers_section(
    session: Session, view: View, lists: Catalogue, found: Survey, basis: str
) -> Section:
    """Sentence and chart; empty where the wave keeps no drivers, or for a choice of places."""
    title = _("与总体满意度的关系")
    frame = pd.DataFrame() if view.filters.communities else _drivers(session, lists, found, basis)
    if frame.empty:
        return Section(title, ())
    high = frame.loc[frame["grade"] == "high", "label"].tolist()
    return Section(title, (_chart(found, frame),), sentences=(sentences.drivers(high),))


def _chart(found: Survey, frame: pd.DataFrame) -> Chart:
    wave, whole = found.latest, found.row(OVERALL)
    return chart(
        "drivers",
        charts.importance_performance(
            frame.drop(columns=["grade", "word"]).assign(label=_with_grade(frame)),
            unit=_("分"),
            equal=100 / len(frame),
            overall=None if whole is None else whole.score,
        ),
        title=_title(frame),
        subtitle=_(
            "{wave}，横轴为各领域对总体满意度差异的解释份额，纵轴为得分；线为 95% 可信范围，"
            "虚线为平均份额与总体得分；{n} 份各题都有效的答卷"
        ).format(wave=wave.label, n=number(frame["complete"].iloc[0])),
        source=survey_source(wave),
        width="full",
        height=440,
        table=table(
            frame,
            {
                "label": _("服务领域"),
                "word": _("关系"),
                "share": _("解释份额（%）"),
                "share_low": _("下限"),
                "share_high": _("上限"),
                "value": _("满意度（分）"),
                "n": _("有效答卷（份）"),
            },
        ),
    )


def _with_grade(frame: pd.DataFrame) -> list[str]:
    """居住环境（高）: the close ones stand out, the others have their grade in the table."""
    return [
        _("{name}（{grade}）").format(name=row.label, grade=row.word.lower())
        if row.grade == "high"
        else row.label
        for row in frame.itertuples()
    ]


def _title(frame: pd.DataFrame) -> str:
    """The closest domain that scores below the middle of all, if there is one."""
    first = frame[(frame["grade"] == "high") & (frame["value"] < frame["value"].median())]
    if first.empty:
        return _("各领域的关系密切程度与得分")
    row = first.sort_values("share", ascending=False).iloc[0]
    return _("{name}关系密切而得分偏低，可优先关注").format(name=row["label"])


def _drivers(session: Session, lists: Catalogue, found: Survey, basis: str) -> pd.DataFrame:
    """A row a domain, in the official order."""
    kept = reads.drivers(session, found.latest.code)
    bases = set(kept["basis"])
    kept = kept[kept["basis"] == (basis if basis in bases else UNWEIGHTED)].set_index("subject")
    subjects = [domain.code for domain in lists.domains if domain.code in kept.index]
    if not subjects:
        return pd.DataFrame()
    kept = kept.loc[subjects]
    words = {"high": _("高"), "middle": _("中"), "low": _("低")}
    graded = grades(kept["low"], kept["high"])
    rows = [
        {
            "label": subject_label(lists, subject),
            "code": subject,
            "complete": kept.at[subject, "n"],
            "share": kept.at[subject, "share"] * 100,
            "share_low": kept.at[subject, "low"] * 100,
            "share_high": kept.at[subject, "high"] * 100,
            "value": row.score,
            "low": row.low,
            "high": row.high,
            "n": row.n,
            "state": row.state,
            "target": subject_target(subject),
            "grade": grade,
            "word": words[grade],
        }
        for subject, grade in zip(subjects, graded, strict=True)
        if (row := found.row(subject)) is not None
    ]
    return pd.DataFrame(rows)
