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
from services.satisfaction import OVERALL, WEIGHTED, Option, Wave
from services.views import View

_COLUMNS = ["row", "option", "option_label", "position", "side", "points", "share", "count"]
_COLUMNS += ["target"]
_FIVE = 5  # options with points, of which the first three are 满意率 and the first two a rate too


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
        notes=_notes(frame, lists, found),
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


def _notes(frame: pd.DataFrame, lists: Catalogue, found: Survey) -> list[str]:
    """满意率 of every subject; of five options the two best too; and what is weighted."""
    weighted = False
    rates = []
    for subject in (OVERALL, *(domain.code for domain in lists.domains)):
        row = found.row(subject)
        if row is not None and row.state != "hidden" and row.share == row.share:
            rates.append((subject_label(lists, subject), row.share))
            weighted |= row.basis == WEIGHTED
    notes = [_listed(_("满意率"), rates)] if rates else []
    best = _two_best(found.latest)
    if best and len(frame):
        notes.append(_listed(_("{first}及{second}率").format(**best), _top(frame)))
    if weighted:
        notes.append(
            _("满意率已加权；各选项的份数和{first}及{second}率不加权。").format(**best)
            if best
            else _("各选项的份数不加权，满意率已加权。")
        )
    return notes


def _listed(name: str, rates: list[tuple[str, float]]) -> str:
    listed = _("、").join(f"{label} {percent(rate)}" for label, rate in rates)
    return _("{name}（不了解不计入）：{listed}。").format(name=name, listed=listed)


def _two_best(wave: Wave) -> dict[str, str]:
    """The two best of five options by name; nothing where 满意率 says all there is to say."""
    scored = sorted(
        (option for option in wave.options if option.points is not None),
        key=lambda option: -option.points,
    )
    if len(scored) != _FIVE or [option.satisfied for option in scored[:3]] != [True] * 3:
        return {}
    return {"first": scored[0].label, "second": scored[1].label}


def _top(frame: pd.DataFrame) -> list[tuple[str, float]]:
    """Each subject's share of the two best options among the valid answers."""
    valid = frame[frame["side"] != "apart"]
    best = valid.sort_values("points", ascending=False).groupby("row", sort=False).head(2)
    sums = valid.groupby("row", sort=False)["count"].sum()
    top = best.groupby("row", sort=False)["count"].sum()
    return [(label, top[label] / sums[label]) for label in frame["row"].unique() if sums[label]]


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
            told = (option.code, option.label, position, _side(option), option.points, share, count)
            rows.append((label, *told, target))
    return pd.DataFrame(rows, columns=_COLUMNS)


def _side(option: Option) -> str:
    if option.points is None:
        return "apart"
    return "right" if option.satisfied else "left"
