"""社区: one community beside the subdistrict, in all domains, and what it did."""

from __future__ import annotations

import pandas as pd

from db.engine import Session
from services import charts, kpis, schedule
from services.boards.activity_charts import (
    monthly_activity,
    rates_beside,
    types_held,
)
from services.boards.board import (
    Board,
    Section,
    chart,
    subject_label,
    survey_source,
    table,
)
from services.boards.coverage import tiles as coverage_tiles
from services.boards.inspection_charts import tiles_of
from services.boards.rhythm import kept_by_type, tiles
from services.boards.rhythm_charts import rhythm_by_type
from services.boards.survey_charts import score_history
from services.boards.survey_parts import Survey, survey
from services.boards.survey_tiles import answers_tile, change_tile, score_tile, share_tile
from services.boards.work import work_sections
from services.catalogue import Catalogue, catalogue
from services.chart_notes import seen
from services.charts.cards import Card, Chart, Tile
from services.formats import NONE, fixed, number, short
from services.i18n import _, _n
from services.satisfaction import OVERALL, sentences
from services.views import View


def board(session: Session, view: View, community: str) -> Board:
    """The whole page of one community; NotFound if there is no such community."""
    lists = catalogue(session)
    name = lists.community(community).name
    found = survey(session, view.only(), all_waves=True)
    own = view.only(community)
    row = found.row(OVERALL, community)
    return Board(
        headline=_headline(view, name, kpis.totals(session, own)),
        sentences=(
            sentences.level(_("总体"), row),
            sentences.change(found.change(OVERALL, community)),
        )
        if row is not None
        else (_("还没有该社区的调查结果。"),),
        sections=(
            Section(
                _("居民满意度"),
                (
                    *_tiles(view, found, community),
                    *_survey_charts(session, own, found, lists, community),
                ),
            ),
            *work_sections(session, own, lists),
            Section(_("覆盖"), coverage_tiles(session, own, lists)),
            *_rhythm(session, own, lists),
            Section(
                _("活动"),
                (
                    monthly_activity(session, own, lists),
                    rates_beside(session, view.only(), lists, community),
                    types_held(session, own, lists),
                ),
            ),
            Section(_("督查"), tiles_of(session, own)),
        ),
    )


def _rhythm(session: Session, own: View, lists: Catalogue) -> tuple[Section, ...]:
    """How the plans were kept; without plans, how regularly what should be regular was held."""
    kept = schedule.of_view(session, own)
    if not kept:
        usual = rhythm_by_type(kpis.rhythm(session, own), own, lists)
        return (Section(_("工作节律"), (usual,)),)
    chosen = own.filters
    query = f"part=figures&period={chosen.period.code}&communities={chosen.communities[0]}"
    cards = (*tiles(schedule.tally(kept), f"rhythm:{query}"), kept_by_type(kept, own, lists))
    return (Section(_("工作节律"), cards),)


def _headline(view: View, name: str, done: kpis.Totals) -> str:
    return _n(
        "{name}：{period}开展活动 {count} 次（其中联合 {joint} 次），参与 {people} 人次。",
        done.activities,
    ).format(
        name=name,
        period=view.filters.period.label,
        count=number(done.activities),
        joint=number(done.joint),
        people=short(done.participants),
    )


def _tiles(view: View, found: Survey, community: str) -> tuple[Card, ...]:
    row, change = found.row(OVERALL, community), found.change(OVERALL, community)
    if row is None:
        return ()
    whole = found.row(OVERALL)
    return (
        score_tile(row, _("总体满意度")),
        Tile("whole", _("全街道"), fixed(whole.score) if whole else NONE, _("分")),
        change_tile(change, _("与上期比")),
        share_tile(row),
        answers_tile(row, view.thresholds),
    )


def _survey_charts(
    session: Session, own: View, found: Survey, lists: Catalogue, community: str
) -> tuple[Chart, ...]:
    if found.latest is None:
        return ()
    name, notes = lists.community(community).name, seen(session, own)
    return (
        beside_the_subdistrict(found, lists, community, name),
        score_history(found, lists, OVERALL, community, name, notes=notes),
    )


def beside_the_subdistrict(found: Survey, lists: Catalogue, community: str, name: str) -> Chart:
    """The community's score in every domain, with the subdistrict's as a tick."""
    wave = found.latest
    frame = _beside(found, lists, community)
    return chart(
        "beside",
        charts.beside(frame, unit=_("分")),
        title=_("{name}各领域满意度与全街道对照").format(name=name),
        subtitle=_("{wave}，单位：分；点为本社区，线为 95% 可信范围，竖线为全街道").format(
            wave=wave.label
        ),
        source=survey_source(wave),
        height=340,
        table=table(
            frame,
            {
                "label": _("服务领域"),
                "value": _("本社区（分）"),
                "low": _("下限"),
                "high": _("上限"),
                "n": _("有效答卷（份）"),
                "reference": _("全街道（分）"),
            },
        ),
    )


def _beside(found: Survey, lists: Catalogue, community: str) -> pd.DataFrame:
    rows = [
        {
            "label": subject_label(lists, subject),
            "code": subject,
            "value": own.score,
            "low": own.low,
            "high": own.high,
            "n": own.n,
            "state": own.state,
            "reference": whole.score,
            "target": "page:satisfaction" if subject == OVERALL else f"domain:{subject}",
        }
        for subject in (OVERALL, *(domain.code for domain in lists.domains))
        if (own := found.row(subject, community)) is not None
        and (whole := found.row(subject)) is not None
    ]
    columns = ["label", "code", "value", "low", "high", "n", "state", "reference", "target"]
    return pd.DataFrame(rows, columns=columns)
