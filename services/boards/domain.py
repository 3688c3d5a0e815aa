"""服务领域: one domain's measures, by community per 1,000 residents, types and rhythm."""

from __future__ import annotations

from db.engine import Session
from services import kpis, schedule
from services.boards.activity_charts import (
    by_community,
    types_held,
)
from services.boards.board import Board, Section, where
from services.boards.coverage import tiles as coverage_tiles
from services.boards.inspection_charts import section_of
from services.boards.monthly_charts import monthly_section
from services.boards.rhythm import kept_by_community, kept_by_type
from services.boards.rhythm_charts import rhythm_by_community, rhythm_by_type
from services.boards.survey_charts import community_dots, score_history
from services.boards.survey_parts import Survey, survey
from services.boards.work import work_sections
from services.catalogue import Catalogue, catalogue
from services.chart_notes import seen
from services.charts.cards import Chart
from services.formats import number, short
from services.i18n import _, _n
from services.satisfaction import SUBDISTRICT, sentences
from services.views import View


def board(session: Session, view: View, domain: str) -> Board:
    """The whole page of one domain; NotFound if there is no such domain."""
    lists = catalogue(session)
    label = lists.domain(domain).label
    inside = view.within(domain)
    found = survey(session, view, all_waves=True)
    row = found.row(domain)
    return Board(
        headline=_headline(inside, lists, label, kpis.totals(session, inside)),
        sentences=()
        if row is None
        else (
            sentences.level(label, row),
            sentences.change(found.change(domain)),
        ),
        sections=(
            *work_sections(session, inside, lists),
            Section(_("覆盖"), coverage_tiles(session, inside, lists)),
            monthly_section(session, inside, lists),
            Section(
                _("各社区与活动类型"),
                (by_community(session, inside, lists), types_held(session, inside, lists)),
            ),
            Section(_("节奏"), _rhythm(session, inside, lists)),
            Section(_("居民满意度"), _survey_charts(session, found, view, lists, domain)),
            section_of(session, inside, lists),
        ),
    )


def _rhythm(session: Session, inside: View, lists: Catalogue) -> tuple[Chart, ...]:
    """How the plans were kept; without plans, how regularly what should be regular was held."""
    kept = schedule.of_view(session, inside)
    if kept:
        return kept_by_community(kept, inside, lists), kept_by_type(kept, inside, lists)
    usual = kpis.rhythm(session, inside)
    if usual.empty:
        return ()
    return rhythm_by_community(usual, inside, lists), rhythm_by_type(usual, inside, lists)


def _survey_charts(
    session: Session, found: Survey, view: View, lists: Catalogue, domain: str
) -> tuple[Chart, ...]:
    if found.latest is None:
        return ()
    return (
        community_dots(lists, found, domain),
        score_history(
            found, lists, domain, SUBDISTRICT, where(view, lists), notes=seen(session, view)
        ),
    )


def _headline(view: View, lists: Catalogue, label: str, done: kpis.Totals) -> str:
    return _n(
        "{label}：{period}，{place}开展活动 {count} 次，参与 {people} 人次。", done.activities
    ).format(
        label=label,
        period=view.filters.period.label,
        place=where(view, lists),
        count=number(done.activities),
        people=short(done.participants),
    )
