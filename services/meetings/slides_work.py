"""Slides of the work: the year's targets, and each domain beside how satisfied people are."""

from __future__ import annotations

from dataclasses import replace

from services import compared, kpis
from services.boards.activity_charts import types_held
from services.boards.board import activity_source, survey_source, where
from services.boards.survey_tiles import interval_note, level_tone
from services.boards.work import comparison, running_tiles
from services.boards.work_charts import year_progress
from services.catalogue import Measure
from services.chart_notes import seen
from services.charts.cards import Tile
from services.compared import Progress
from services.formats import fixed, number, percent, short, unit_of
from services.i18n import _, _n
from services.meetings.content import Content, Plot
from services.meetings.scope import Scope
from services.periods import day_label
from services.satisfaction import sentences

_TILES = 5  # beside the score


def domain(scope: Scope, code: str) -> Content:
    """A domain's activities and running totals beside its score."""
    lists, found = scope.lists, scope.survey
    view = scope.view.within(code)
    label = lists.domain(code).label
    done = kpis.totals(scope.session, view)
    work = _n(
        "{period}，{place}开展活动 {count} 次，其中联合活动 {joint} 次，参与 {people} 人次。",
        done.activities,
    )
    row = found.row(code)
    scored = found.latest is not None and row is not None
    source, said = activity_source(view), ()
    if scored:
        said = (sentences.level(label, row), sentences.change(found.change(code)))
        source = f"{source} · {survey_source(found.latest)}"
    return Content(
        "domain",
        code,
        label,
        work.format(
            period=view.filters.period.label,
            place=where(view, lists),
            count=number(done.activities),
            joint=number(done.joint),
            people=short(done.participants),
        ),
        tiles=(
            *((_score(scope, code),) if scored else ()),
            *running_tiles(view, kpis.running_totals(scope.session, view, lists)[:_TILES]),
        ),
        sentences=(*said, *_noted(scope, code)),
        chart=replace(types_held(scope.session, view, lists), subtitle=_subtitle(scope)),
        plot=Plot("bars", 0, (1,), _("次")),
        source=source,
    )


def targets(scope: Scope) -> Content:
    """How much of the year's targets was done, which are behind, and how the work compares."""
    view, lists = scope.view, scope.lists
    title = _("年度目标")
    found = compared.progress(scope.session, view, lists)
    drawn = year_progress(found, view, lists)
    if drawn is None:
        return Content("targets", "", title, _("还没有设定年度目标。"))
    gone = compared.gone_of_year(view)
    return Content(
        "targets",
        "",
        title,
        _("{finding}。").format(finding=drawn.title),
        sentences=(
            _("截至{day}，时间进度 {share}。").format(
                day=day_label(view.last_day), share=percent(gone)
            ),
            *(_behind(one) for one in found if not one.keeps_pace(gone)),
            *comparison(scope.session, view, compared.bases(scope.session, view)),
        ),
        chart=drawn,
        plot=Plot("bars", 0, (4,), "%"),
        source=activity_source(view),
    )


def _behind(one: Progress) -> str:
    return _("{measure}：完成 {total}，年度目标 {goal}，完成率 {share}。").format(
        measure=one.measure.label,
        total=_amount(one.total, one.measure),
        goal=_amount(one.goal, one.measure),
        share=percent(one.attained),
    )


def _amount(value: float, measure: Measure) -> str:
    return f"{number(value, 3)} {unit_of(value, measure.unit_label)}"


def _noted(scope: Scope, code: str) -> tuple[str, ...]:
    """What was noted of the period on the charts of the domain's work."""
    measured = (f"measure:{measure.code}" for measure in scope.lists.measures_of(code))
    series, since = {f"domain:{code}", *measured}, scope.view.filters.period.first_day
    return tuple(
        _("{day}：{text}").format(day=day_label(note.day), text=note.text)
        for note in seen(scope.session, scope.view)
        if note.series in series and note.day >= since
    )


def _subtitle(scope: Scope) -> str:
    """Printed as well as shown: nothing in it asks for a click."""
    return _("{period}，{place}，单位：次").format(
        period=scope.view.filters.period.label, place=where(scope.view, scope.lists)
    )


def _score(scope: Scope, code: str) -> Tile:
    row, change = scope.survey.row(code), scope.survey.change(code)
    return Tile(
        f"score-{code}",
        _("{name}满意度").format(name=scope.lists.domain(code).label),
        fixed(row.score),
        _("分"),
        interval_note(row, fixed(row.low), fixed(row.high)),
        tone=level_tone(row) if change is None else sentences.tone(change),
        domain=code,
    )
