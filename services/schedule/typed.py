"""A plan as it was typed, checked; and what it would come to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from db.engine import Session
from db.writes.plans import Facts
from services.catalogue import Catalogue
from services.entries import gathered, words
from services.errors import InvalidEntry
from services.i18n import _
from services.periods import day_label
from services.schedule import rules, workdays
from services.schedule.occasions import ON_DAY_OFF, Timing, due_day, is_off
from services.schedule.reading import rounds_of
from services.schedule.rules import Rule

LONGEST_LABEL, MOST_DAYS = 60, 60
SHOWN = 6  # occasions of a preview
_LOOK_AHEAD = timedelta(days=2 * 366)


@dataclass(frozen=True)
class Typed:
    """The form as it was left; None where nothing was chosen. grace: days."""

    type_code: str | None
    communities: tuple[str, ...]
    label: str
    rule: Rule
    first_day: date | None
    last_day: date | None
    on_day_off: str
    grace: int


@dataclass(frozen=True)
class PreviewLine:
    """An occasion to come: its day, and what is said of it; left out where it is a day off."""

    day: date
    label: str
    note: str
    left_out: bool = False


def check_choice(typed: Typed, lists: Catalogue) -> None:
    """InvalidEntry unless a new plan is for a type and for communities that are in use."""
    with gathered() as part:
        part(_check_type, typed, lists)
        known = {place.code for place in lists.active_communities}
        if not typed.communities or not set(typed.communities) <= known:
            raise InvalidEntry(_("请选择社区。"), "communities")


def _check_type(typed: Typed, lists: Catalogue) -> None:
    if typed.type_code not in {kind.code for kind in lists.types if kind.active}:
        raise InvalidEntry(_("请选择活动类型。"), "type_code")


def facts_of(session: Session, typed: Typed, lists: Catalogue) -> list[Facts]:
    """What is to be kept, a plan a community. InvalidEntry names the fields and what to do."""
    with gathered() as part:
        timing = part(_timing_held, session, typed)
        label = part(words, typed.label, _("计划名称"), LONGEST_LABEL, "label")
    label = " ".join(label.split())
    return [
        Facts(
            typed.type_code,
            place.code,
            label,
            timing.rule.text,
            timing.first_day,
            timing.last_day,
            timing.on_day_off,
            timing.grace,
        )
        for place in lists.communities
        if place.code in typed.communities
    ]


def _timing_held(session: Session, typed: Typed) -> Timing:
    """The plan's timing, by which it is held at least once."""
    timing = timing_of(typed)
    if timing.rule.kind != "round" and not any(
        not line.left_out for line in preview(session, typed, timing.first_day)
    ):
        raise InvalidEntry(
            _("按这样的安排一次也不会开展，请检查起止日期和遇休息日的办法。"), "first_day"
        )
    return timing


def timing_of(typed: Typed) -> Timing:
    """The plan's timing; InvalidEntry for one that can't be."""
    rule = typed.rule
    with gathered() as part:
        part(_check_rule, rule)
        part(_check_days, typed.first_day, typed.last_day)
        if not 0 <= typed.grace <= MOST_DAYS or typed.on_day_off not in ON_DAY_OFF:
            raise InvalidEntry(_("宽限天数要在 0 和 {most} 之间。").format(most=MOST_DAYS), "grace")
    last = None if rule.kind == "once" else typed.last_day
    return Timing(rule, typed.first_day, last, typed.on_day_off, typed.grace)


def _check_rule(rule: Rule) -> None:
    lacking = {
        "weekly": not rule.weekdays,
        "month_weekday": len(rule.weekdays) != 1,
        "festival": not rule.festivals,
    }
    if rule.kind not in rules.KINDS or lacking.get(rule.kind):
        raise InvalidEntry(_("请选择哪一天。"), "rule")
    within = 1 <= rule.every <= 8 and -1 <= rule.nth <= 28 and 0 <= rule.before <= MOST_DAYS
    if not within or not set(rule.festivals) <= set(workdays.festival_labels()):
        raise InvalidEntry(_("请选择哪一天。"), "rule")


def _check_days(first: date | None, last: date | None) -> None:
    years = range(workdays.FIRST_YEAR + 1, workdays.LAST_YEAR - 1)
    if first is None or first.year not in years:
        raise InvalidEntry(_("请选择从哪一天起。"), "first_day")
    if last is not None and (last < first or last.year not in years):
        raise InvalidEntry(_("结束日期不能早于开始日期。"), "last_day")


def preview(session: Session, typed: Typed, today: date) -> tuple[PreviewLine, ...]:
    """The next occasions, those left out in between among them."""
    timing = timing_of(typed)
    if timing.rule.kind == "round":
        found = rounds_of(session, typed.type_code or "")
        return tuple(
            PreviewLine(first, day_label(first), _to_the_end(last))
            for first, last in found
            if last is None or last >= max(today, timing.first_day)
        )
    lines: list[PreviewLine] = []
    for line in _lines(timing, max(today, timing.first_day)):
        lines.append(line)
        if sum(not one.left_out for one in lines) == SHOWN:
            break
    return tuple(lines)


def _lines(timing: Timing, start: date) -> Iterator[PreviewLine]:
    weekday = rules.weekday_labels()
    end = min(timing.last_day or date.max, start + _LOOK_AHEAD)
    for day in rules.days(timing.rule, timing.first_day, start, end):
        due = due_day(timing, day)
        shown = _("{day}（{weekday}）").format(
            day=day_label(day), weekday=weekday[day.isoweekday()]
        )
        yield PreviewLine(day, shown, _note(timing, day, due), left_out=due is None)


def _note(timing: Timing, day: date, due: date | None) -> str:
    """What is special about a day, and what follows from it."""
    said = []
    if workdays.is_moved_workday(day):
        said.append(_("调休上班"))
    if is_off(timing.rule, day):
        off = _("放假") if workdays.is_public_holiday(day) else _("休息日")
        if due is None:
            said.append(_("{off}，不开展").format(off=off))
        elif due == day:
            said.append(_("{off}，照常开展").format(off=off))
        else:
            said.append(_("{off}，顺延到{day}").format(off=off, day=day_label(due)))
    if due is not None and timing.grace:
        said.append(
            _("{day}前开展都算按时").format(day=day_label(due + timedelta(days=timing.grace + 1)))
        )
    if not workdays.is_published(day.year):
        said.append(_("调休以公布安排为准"))
    return _("；").join(said)


def _to_the_end(last: date | None) -> str:
    if last is None:
        return _("这一轮还没有结束日期")
    return _("这一轮到{day}结束").format(day=day_label(last))
