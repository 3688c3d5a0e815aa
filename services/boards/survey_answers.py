"""How residents answered: every option of every question."""

from __future__ import annotations

import pandas as pd

from db.engine import Session
from db.reads import survey as reads
from services import charts
from services.boards.board import chart, subject_label, survey_source, table
from services.boards.survey_parts import Survey, subject_target
from services.catalogue import Catalogue
from services.charts.cards import Chart
from services.formats import fixed, percent
from services.i18n import _
from services.satisfaction import OVERALL, WEIGHTED, Option
from services.views import View

_COLUMNS = ["row", "option", "option_label", "position", "side", "share", "count", "target"]


def options_by_domain(session: Session, view: View, lists: Catalogue, found: Survey) -> Chart:
    """The latest wave's answers as a diverging bar a subject, 不了解 apart."""
    wave = found.latest
    frame = _answers(session, view, lists, found)
    subject = view.filters.domain or OVERALL
    first = found.row(subject)
    return chart(
        "options",
        charts.diverging_options(frame),
        title=_("{subject}满意率 {share}，{rate} 表示不了解").format(
            subject=subject_label(lists, subject),
            share=percent(None if first is None else first.share),
            rate=percent(None if first is None else first.dont_know_rate, 0),
        ),
        subtitle=_("{wave}，占全部答卷的百分比；不满意在左，满意在右，不了解另列").format(
            wave=wave.label
        ),
        source=survey_source(wave),
        width="full",
        height=400,
        notes=(_("各选项的份数不加权，满意率已加权。"),)
        if first is not None and first.basis == WEIGHTED
        else (),
        table=table(
            frame.assign(share=[fixed(share) for share in frame["share"]]),
            {
                "row": _("服务领域"),
                "option_label": _("回答"),
                "count": _("份数"),
                "share": _("占比（%）"),
            },
        ),
    )


def _answers(session: Session, view: View, lists: Catalogue, found: Survey) -> pd.DataFrame:
    """A row for every option of every subject that may be shown."""
    wave = found.latest
    tallies = reads.tallies(session, [wave.code], view.filters.communities)
    counts = tallies.groupby(["subject", "option"])["count"].sum()
    rows = []
    for subject in (OVERALL, *(domain.code for domain in lists.domains)):
        whole = found.row(subject)
        if whole is None or whole.state == "hidden" or subject not in counts.index:
            continue
        given = counts[subject]
        label, target = subject_label(lists, subject), subject_target(subject)
        for position, option in enumerate(wave.options):
            count = int(given.get(option.code, 0))
            share = count / given.sum() * 100
            told = (option.code, option.label, position, _side(option), share, count)
            rows.append((label, *told, target))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _side(option: Option) -> str:
    if option.points is None:
        return "apart"
    return "right" if option.satisfied else "left"
