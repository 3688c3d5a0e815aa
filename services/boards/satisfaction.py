"""满意度: the level, what has really changed, how residents answered, and where they live."""

from __future__ import annotations

from db.engine import Session
from db.reads import patterns
from services.boards.board import Board, Section, subject_label, where
from services.boards.survey_answers import options_by_domain
from services.boards.survey_changes import changes_by_domain
from services.boards.survey_charts import heat_map, score_history
from services.boards.survey_checks import checks_section
from services.boards.survey_drivers import drivers_section
from services.boards.survey_league import funnel_chart, league_chart
from services.boards.survey_parts import Survey, survey
from services.boards.survey_people import respondents_chart, weight_sentences
from services.boards.survey_targets import target_of, target_sentences, target_tiles
from services.catalogue import Catalogue, catalogue
from services.chart_notes import seen
from services.charts.cards import Chart
from services.i18n import _
from services.satisfaction import OVERALL, SUBDISTRICT, WEIGHTED, detectable, line_up, sentences
from services.targets import Targets, targets_of
from services.views import View


def has_weights(session: Session, view: View) -> bool:
    """Whether the latest wave's figures can be weighted and, a click away, not weighted."""
    waves = line_up(session, view.last_day, answered=True)
    return bool(waves) and patterns.has_weights(session, waves[-1].code)


def board(session: Session, view: View, basis: str = WEIGHTED) -> Board:
    """The whole page for a view: the latest wave by then, and all before it.

    basis: weighted (where there are weights) or unweighted.
    """
    lists = catalogue(session)
    found = survey(session, view, all_waves=True, basis=basis)
    if found.latest is None:
        return _nothing_yet()
    targets = targets_of(session, found.latest.last_day.year)
    subject = view.filters.domain or OVERALL
    return Board(
        headline=_("{wave}：{place}{sentence}").format(
            wave=found.latest.label,
            place=where(view, lists),
            sentence=sentences.score(subject_label(lists, subject), found.row(subject)),
        ),
        sentences=(
            *sentences.precision(found.row(subject)),
            *_verdict(targets, view, found, subject),
            *weight_sentences(found, subject, patterns.has_weights(session, found.latest.code)),
        ),
        sections=(
            Section(_("目标"), target_tiles(targets, view, found, lists)),
            Section(_("水平与变化"), _moves(session, view, lists, found, targets, subject)),
            Section(_("各社区"), _places(view, lists, found, subject)),
            drivers_section(session, view, lists, found, basis),
            Section(_("居民怎样回答"), _answers(session, view, lists, found)),
            checks_section(session, view, lists, found),
        ),
    )


def _nothing_yet() -> Board:
    ask = _("请由街道办公室在“导入调查”或“调查结果”页录入，或改选更晚的时间范围。")
    return Board(_("还没有满意度调查结果。"), (), (ask,))


def _moves(
    session: Session, view: View, lists: Catalogue, found: Survey, targets: Targets, subject: str
) -> tuple[Chart, ...]:
    place, target = where(view, lists), target_of(targets, view, subject)
    notes = seen(session, view)
    return (
        score_history(found, lists, subject, SUBDISTRICT, place, target, notes),
        changes_by_domain(found, lists, view.thresholds.level),
    )


def _places(view: View, lists: Catalogue, found: Survey, subject: str) -> tuple[Chart, ...]:
    return (
        league_chart(view, lists, found, subject),
        funnel_chart(lists, found, subject),
        heat_map(view, lists, found),
    )


def _answers(session: Session, view: View, lists: Catalogue, found: Survey) -> tuple[Chart, ...]:
    return (
        options_by_domain(session, view, lists, found),
        *respondents_chart(session, view, found),
    )


def _verdict(targets: Targets, view: View, found: Survey, subject: str) -> tuple[str, ...]:
    """What the figures allow to be said."""
    row, move, compared = found.row(subject), found.change(subject), found.comparisons
    few = row is not None and row.state == "few"
    said = [sentences.standing(row) if few else sentences.change(move)]
    said += target_sentences(targets, view, found, subject)
    least = detectable(row, view.thresholds.level)
    if least == least:
        said.append(sentences.detectable(least))
    if len(compared):
        said.append(sentences.comparisons(len(compared), int(compared["real"].sum())))
    return tuple(said)
