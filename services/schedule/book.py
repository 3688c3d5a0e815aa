"""The list of plans in words, as the page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.writes.plans import number_of
from services.catalogue import Catalogue, catalogue
from services.i18n import _
from services.periods import day_label
from services.privacy import mask
from services.schedule import rules
from services.schedule.occasions import Plan
from services.schedule.one import title_of
from services.schedule.reading import Chosen, plan, plans
from services.schedule.typed import Typed


@dataclass(frozen=True)
class PlanLine:
    """One plan: what, where, when in plain words. `ended`: its last day is over."""

    number: str
    version: int
    title: str
    place: str
    community: str
    rule: str
    days: str
    day_off: str
    void_reason: str
    ended: bool
    typed: Typed


def book(session: Session, chosen: Chosen, today: date) -> tuple[PlanLine, ...]:
    """The plans, by type and community in official order; those that are void at the end."""
    lists = catalogue(session)
    kinds = {kind.code: place for place, kind in enumerate(lists.types)}
    places = {place.code: place.position for place in lists.communities}
    return tuple(
        _line(one, lists, today)
        for void in (False, True)
        for one in sorted(
            plans(session, chosen, void=void),
            key=lambda one: (kinds[one.type_code], places[one.community]),
        )
    )


def line(session: Session, number: str, today: date) -> PlanLine:
    """One of them; NotFound if there is none."""
    return _line(plan(session, number), catalogue(session), today)


def day_off_labels() -> dict[str, str]:
    return {
        "keep": _("照常开展"),
        "skip": _("不开展"),
        "next_workday": _("顺延到下一个工作日"),
    }


def kind_labels() -> dict[str, str]:
    """The kinds of rules a form offers, the usual first."""
    return {
        "weekly": _("每周"),
        "month_day": _("每月某一天"),
        "month_workday": _("每月首个或末个工作日"),
        "month_weekday": _("每月第几个周几"),
        "festival": _("节日"),
        "round": _("每轮一次"),
        "once": _("只有一次"),
    }


def every_labels() -> dict[int, str]:
    """How many weeks apart."""
    return {1: _("每周"), 2: _("每 2 周"), 3: _("每 3 周"), 4: _("每 4 周")}


def nth_labels(kind: str) -> dict[int, str]:
    """Which day of a month, as the kind of rule counts them."""
    if kind == "month_day":
        return {day: _("{day} 日").format(day=day) for day in range(1, 29)} | {
            rules.LAST: _("最后一天")
        }
    if kind == "month_workday":
        return {rules.LAST: _("最后一个工作日"), 1: _("第一个工作日")}
    return {
        1: _("第一个"),
        2: _("第二个"),
        3: _("第三个"),
        4: _("第四个"),
        rules.LAST: _("最后一个"),
    }


def _line(one: Plan, lists: Catalogue, today: date) -> PlanLine:
    timing = one.timing
    once = timing.rule.kind == "once"
    return PlanLine(
        number=number_of(one.id),
        version=one.version,
        title=title_of(one, lists),
        place=lists.community(one.community).name,
        community=one.community,
        rule=rules.words(timing.rule, timing.first_day),
        days="" if once else _span(timing.first_day, timing.last_day),
        day_off=day_off_labels()[timing.on_day_off],
        void_reason=mask(one.void_reason),
        ended=timing.last_day is not None and timing.last_day < today,
        typed=Typed(
            one.type_code,
            (one.community,),
            one.label,
            timing.rule,
            timing.first_day,
            timing.last_day,
            timing.on_day_off,
            timing.grace,
        ),
    )


def _span(first: date, last: date | None) -> str:
    if last is None:
        return _("自{first}起").format(first=day_label(first))
    return _("{first}至{last}").format(first=day_label(first), last=day_label(last))
