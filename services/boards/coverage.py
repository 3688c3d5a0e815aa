"""覆盖: how much of a population group was reached, by community, and rounds compared."""

from __future__ import annotations

from db.engine import Session
from services.boards.board import Board, Section, where
from services.boards.coverage_charts import by_community, by_day
from services.boards.coverage_words import (
    course_sentence,
    finding,
    group_label,
    how_counted,
    missing_sentence,
    span_label,
)
from services.catalogue import Catalogue, catalogue
from services.charts.cards import Card, Tile
from services.coverage import (
    ROUND,
    Found,
    Subject,
    Sums,
    begun,
    courses,
    reach,
    subjects,
)
from services.formats import NONE, number, percent
from services.i18n import _
from services.satisfaction import SUBDISTRICT
from services.targets import Targets, coverage_indicator, targets_of
from services.views import View


def board(session: Session, view: View, measure: str = "", number_of_round: int = 0) -> Board:
    """The whole page: of one measure, else of the first that reaches a population group."""
    lists = catalogue(session)
    known = subjects(lists, view.filters.domain)
    subject = next((one for one in known if one.code == measure), next(iter(known), None))
    shown = view if subject else view.within(None)
    everything = Section(_("各项覆盖"), tiles(session, shown, lists), _what_is_counted())
    if subject is None:
        return Board(_("没有对应人群的指标。"), (everything,), (_nothing_to_reach(),))
    found = reach(Sums(session, view), subject, lists, number_of_round)
    if found is None:
        return Board(_no_span(subject), (everything,), (_how_to_begin(subject),))
    targets = targets_of(session, found.span.last.year)
    ran = courses(session, view, found, lists)
    sentences = (
        course_sentence(ran),
        missing_sentence(found, lists),
        how_counted(found),
    )
    cards: tuple[Card, ...] = (by_community(found, view, lists, targets),)
    if ran:
        cards += (by_day(ran, len(found.places), view, lists),)
    return Board(
        finding(found, where(view, lists) if view.filters.communities else ""),
        (Section(span_label(found), cards), everything),
        tuple(filter(None, sentences)),
    )


def choices(session: Session, view: View) -> dict[str, str]:
    """Measure → what it reaches, of those that the page can show."""
    return {
        one.code: _("{measure}／{group}").format(measure=one.measure.label, group=group_label(one))
        for one in subjects(catalogue(session), view.filters.domain)
    }


def rounds_to_choose(session: Session, view: View, measure: str) -> dict[str, str]:
    """Number → the name of each round of a measure's type that began, the newest first."""
    known = subjects(catalogue(session), view.filters.domain)
    subject = next((one for one in known if one.code == measure), next(iter(known), None))
    found = begun(session, view, subject) if subject else ()
    return {str(one.number): one.label for one in found}


def tiles(session: Session, view: View, lists: Catalogue) -> tuple[Tile, ...]:
    """A tile for every subject of the view that can be counted, each leading to its page."""
    reported = Sums(session, view)
    found = [reach(reported, subject, lists) for subject in subjects(lists, view.filters.domain)]
    years = {one.span.last.year for one in found if one}
    targets = {year: targets_of(session, year) for year in years}
    return tuple(
        _tile(one, targets[one.span.last.year], view) for one in found if one and one.anything
    )


def _tile(found: Found, targets: Targets, view: View) -> Tile:
    """The share with what it was divided by; beyond 100 % it asks for a look."""
    whole, subject = found.whole, found.subject
    chosen = view.filters.communities
    place = chosen[0] if len(chosen) == 1 else SUBDISTRICT
    goal = targets.get((coverage_indicator(subject.measure), place)) if len(chosen) < 2 else None
    said = [
        _("{reached} / {people}（{year} 年）").format(
            reached=number(whole.reached), people=number(whole.people), year=whole.year
        )
        if whole.people
        else _("没有人口数")
    ]
    if goal is not None:
        said.append(_("目标 {value}").format(value=percent(goal / 100, 1)))
    if (whole.share or 0) > 1:
        said.append(_("建议核实"))
    return Tile(
        f"coverage-{subject.code}",
        _("{measure}（{span}）").format(measure=subject.measure.label, span=span_label(found)),
        percent(whole.share) if whole.people else NONE,
        note=" · ".join(said),
        tone="concern" if (whole.share or 0) > 1 else "neutral",
        target=f"coverage:measure={subject.code}",
        domain=subject.measure.domain,
    )


def _no_span(subject: Subject) -> str:
    if subject.kind == ROUND:
        return _("{measure}还没有开始的轮次。").format(measure=subject.measure.label)
    return _("{measure}按整月计算，所选时间范围内还没有满一个月。").format(
        measure=subject.measure.label
    )


def _how_to_begin(subject: Subject) -> str:
    if subject.kind == ROUND:
        return _("请系统管理员在“管理 · 目录 · 轮次”填写轮次的起止日期，或把时间范围放宽。")
    return _("请把左侧的时间范围放宽，至少含一个整月。")


def _nothing_to_reach() -> str:
    return _(
        "请放宽服务领域；或请系统管理员在“管理 · 目录 · 指标”给指标选择对应人群，例如60岁及以上。"
    )


def _what_is_counted() -> str:
    return _(
        "覆盖率 = 填报的人数（人次）合计 ÷ 该人群人口合计。“人次”一人多次按多次计，不等于覆盖人数；"
        "每月发放的按整月平均。联合活动在全街道只计一次。"
    )
