"""What the coverage page says in words: the finding, whom it is about, what was divided."""

from __future__ import annotations

from collections.abc import Sequence

from services.catalogue import Catalogue
from services.coverage import MONTHLY, Course, Found, Subject
from services.formats import number, percent
from services.i18n import _
from services.periods import day_label, month_label


def group_label(subject: Subject) -> str:
    """Whom the measure is for, as people: 60岁及以上居民."""
    label = subject.measure.group_label
    return {_("60岁及以上"): _("60岁及以上居民"), _("常住人口"): _("常住居民")}.get(label, label)


def span_label(found: Found) -> str:
    """第二轮; 2023年9月的平均每月; the view's days."""
    span = found.span
    if span.round is not None:
        return span.round.label
    if found.subject.kind == MONTHLY and span.months == 1:
        return month_label(span.first)
    if found.subject.kind == MONTHLY:
        return _("{first}至{last}平均每月").format(
            first=month_label(span.first), last=month_label(span.last)
        )
    return _("{first}至{last}").format(first=day_label(span.first), last=day_label(span.last))


def amounts(found: Found) -> str:
    """3,326 人 / 5,330 人: what was divided by what."""
    unit = _("人") if found.subject.counts_people else found.subject.measure.unit_label
    return _("{reached} {unit} / {people} 人").format(
        reached=number(found.whole.reached), unit=unit, people=number(found.whole.people)
    )


def finding(found: Found, place: str = "") -> str:
    """第二轮老年人免费查体已覆盖60岁及以上居民的 62.4%（3,326 人 / 5,330 人）; `place` where it is
    not of the whole subdistrict."""
    said = _finding(found)
    return _("{place}：{finding}").format(place=place, finding=said) if place else said


def _finding(found: Found) -> str:
    said = {
        "span": span_label(found),
        "measure": found.subject.measure.label,
        "group": group_label(found.subject),
        "share": percent(found.whole.share),
        "amounts": amounts(found),
    }
    if not found.whole.people:
        return _("{span}{measure}：没有{group}的人口数，无法计算覆盖率。").format(**said)
    if found.subject.counts_people:
        return _("{span}{measure}已覆盖{group}的 {share}（{amounts}）").format(**said)
    return _("{span}{measure}的人次相当于{group}的 {share}（{amounts}）").format(**said)


def course_sentence(ran: Sequence[Course]) -> str:
    """The round beside the one before on the same day, and where that one ended."""
    if len(ran) < 2:
        return ""
    newer, older = ran[0], ran[1]
    day = len(newer.shares)
    return _(
        "{newer}到第 {day} 天为 {share}，{older}同一天为 {before}（{difference} 个百分点），"
        "{older}最终为 {end}。"
    ).format(
        newer=newer.round.label,
        older=older.round.label,
        day=number(day),
        share=percent(newer.shares[-1]),
        before=percent(older.on_day(day)),
        difference=points(newer.shares[-1] - older.on_day(day)),
        end=percent(older.shares[-1]),
    )


def points(share: float) -> str:
    """A difference of shares in percentage points, with its sign."""
    from_zero = number(abs(share) * 100, 1)
    return from_zero if from_zero == "0" else ("+" if share > 0 else "−") + from_zero


def missing_sentence(found: Found, lists: Catalogue) -> str:
    if not found.missing:
        return ""
    return _(
        "{names}没有{group}的人口数，两边都没有计入；请系统管理员在“管理 · 社区与人口”补上。"
    ).format(
        names=_("、").join(lists.community(code).name for code in found.missing),
        group=group_label(found.subject),
    )


def how_counted(found: Found) -> str:
    """Persons or attendances: who came twice."""
    if found.subject.counts_people:
        return _("指标按人填报；同一人分两次填报的，系统无法识别，会计两次。")
    return _("指标按人次填报：一人多次按多次计，不等于覆盖的人数。")


def beyond_note(found: Found, lists: Catalogue) -> str:
    """A share beyond 100 % is shown as it is, and asks for a look."""
    if not found.beyond:
        return ""
    return _("{names}超过 100%，建议核实：可能一人多次计入，或人口数已过时。").format(
        names=_("、").join(lists.community(code).name for code in found.beyond)
    )
