"""Slides of the survey: how satisfied, what has really changed, who stands out."""

from __future__ import annotations

from dataclasses import replace

from services.boards.board import subject_label, survey_source, where
from services.boards.noted import by_wave
from services.boards.survey_changes import changes_by_domain
from services.boards.survey_charts import score_history
from services.boards.survey_league import funnel_chart, league_chart
from services.boards.survey_targets import target_of, target_sentences
from services.boards.survey_tiles import change_tile, score_tile, share_tile
from services.chart_notes import seen
from services.charts.cards import Tile
from services.formats import number
from services.i18n import _
from services.meetings.content import Content, Plot
from services.meetings.scope import Scope
from services.satisfaction import OVERALL, SUBDISTRICT, detectable, sentences

_MOST_ROWS = 16


def satisfaction(scope: Scope, subject: str = OVERALL) -> Content:
    """The level of 总体 with its history, and whether it changed."""
    found, lists, view = scope.survey, scope.lists, scope.view
    title = _("居民满意度")
    row = found.row(subject)
    if found.latest is None or row is None:
        return Content("satisfaction", "", title, _("还没有满意度调查结果。"))
    place = where(view, lists)
    notes = seen(scope.session, view)
    history = score_history(
        found, lists, subject, SUBDISTRICT, place, target_of(scope.targets, view, subject), notes
    )
    ends = [wave.last_day for wave in found.waves if found.row(subject, wave=wave) is not None]
    noted = by_wave(notes, f"score:{subject}", ends)
    breaks = history.notes[: len(history.notes) - len(noted.sentences)]
    said = [sentences.change(found.change(subject))]
    said += target_sentences(scope.targets, view, found, subject)
    least = detectable(row, view.thresholds.level)
    if least == least:
        said.append(sentences.detectable(least))
    return Content(
        "satisfaction",
        "",
        title,
        _("{wave}：{place}{sentence}").format(
            wave=found.latest.label,
            place=place,
            sentence=sentences.level(subject_label(lists, subject), row),
        ),
        tiles=_tiles(scope, subject),
        # The notes before the breaks: without its sentence a mark says nothing.
        sentences=(*said, *noted.sentences, *breaks),
        chart=replace(history, notes=()),
        plot=Plot("intervals", 0, (1,), _("分"), low=2, high=3, marks=noted.rows(len(ends))),
        source=survey_source(found.latest),
    )


def _tiles(scope: Scope, subject: str) -> tuple[Tile, ...]:
    """Score, change, share, answers."""
    found = scope.survey
    row = found.row(subject)
    return (
        score_tile(row, _("{name}满意度").format(name=subject_label(scope.lists, subject))),
        change_tile(found.change(subject), found.since_label),
        share_tile(row),
        Tile("answers", _("有效答卷"), number(row.n), _("份")),
    )


def changes(scope: Scope) -> Content:
    """Domain by domain, and every community's change that survives the correction."""
    found, lists = scope.survey, scope.lists
    title = _("真正的变化")
    if found.latest is None or not len(found.changes):
        return Content("changes", "", title, _("没有可以比较的上期结果。"))
    names = {SUBDISTRICT: where(scope.view, lists)}
    names |= {place.code: place.name for place in lists.communities}
    real = found.changes[found.changes["real"]]
    real = real.sort_values("community", key=lambda code: code != SUBDISTRICT, kind="stable")
    said = [
        _("{place}{subject}：{sentence}").format(
            place=names[row.community],
            subject=subject_label(lists, row.subject),
            sentence=sentences.change(row),
        )
        for row in real.itertuples()
        if row.community in names
    ]
    return Content(
        "changes",
        "",
        title,
        sentences.comparisons(len(found.changes), len(real)),
        sentences=tuple(said),
        chart=changes_by_domain(found, lists, scope.view.thresholds.level),
        plot=Plot("intervals", 0, (1,), _("分"), low=2, high=3, reference=0.0,
                  reference_label=_("无变化")),
        source=survey_source(found.latest),
    )  # fmt: skip


def standing(scope: Scope) -> Content:
    """Communities beyond the 99.8 % limits, by the statistics only; the groups beside them."""
    found, lists, view = scope.survey, scope.lists, scope.view
    title = _("各社区")
    if found.latest is None or found.row(OVERALL) is None:
        return Content("standing", "", title, _("还没有满意度调查结果。"))
    league = league_chart(view, lists, found, OVERALL)
    funnel = funnel_chart(lists, found, OVERALL)
    few = len(league.table.rows) <= _MOST_ROWS  # a row each can be read from the back of a room
    first = 1 if few else 0
    return Content(
        "standing",
        "",
        title,
        _("{finding}。").format(finding=funnel.title),
        sentences=(_("{finding}。").format(finding=league.title), *league.notes, *funnel.notes),
        chart=league if few else funnel,
        plot=Plot("intervals", first, (first + 1,), _("分"), low=first + 2, high=first + 3,
                  reference=float(found.row(OVERALL).score), reference_label=_("平均")),
        source=survey_source(found.latest),
    )  # fmt: skip
