"""简报: the running totals as prose, a paragraph a domain, every number with its records."""

from __future__ import annotations

from collections.abc import Iterator

from db.reads.sums import partner_counts
from services import kpis
from services.boards.board import list_target, records_target, subject_label, where
from services.formats import approximate_text, fixed, number
from services.i18n import _, _n
from services.meetings.prose import OPENING, Paragraph, Segment, linked, run_on, said, tight
from services.meetings.scope import Scope
from services.periods import day_label
from services.satisfaction import OVERALL, sentences
from services.views import View

_MOST_PARTNERS = 6


def paragraphs(scope: Scope) -> tuple[Paragraph, ...]:
    """The whole bulletin as of the scope's day; a domain without activities is left out."""
    held = kpis.activity_sums(scope.session, scope.view, ("domain_code",))
    worked = set(held.loc[held["activities"] > 0, "domain_code"])
    return (
        Paragraph(OPENING, _("总体情况"), run_on((_work(scope), _level(scope), _change(scope)))),
        *(
            Paragraph(domain.code, domain.label, _domain(scope, domain.code))
            for domain in scope.lists.domains
            if domain.code in worked
        ),
    )


def _work(scope: Scope) -> Iterator[Segment]:
    """2023年9月1日至10月28日，全街道围绕六个服务领域开展活动648次，参与3.3万余人次。"""
    view = scope.view
    done = kpis.totals(scope.session, view)
    domain = view.filters.domain
    yield Segment(
        _("{period}，{place}围绕{domains}").format(
            period=view.filters.period.label,
            place=where(view, scope.lists),
            domains=scope.lists.domain(domain).label if domain else _("六个服务领域"),
        )
    )
    if not done.activities:
        yield Segment(_("没有活动记录。"))
        return
    target = records_target(view)
    yield from said(
        _n("开展活动{figure}", done.activities),
        _times(done.activities),
        target,
        float(done.activities),
    )
    if done.joint:
        joint = _("（其中联合活动{figure}）")
        yield from said(joint, _times(done.joint), target, float(done.joint))
    if done.participants:
        people = approximate_text(done.participants, _("人次"))
        yield from said(_("，参与{figure}"), people, target, float(done.participants))
    yield Segment(_("。"))


def _level(scope: Scope) -> Iterator[Segment]:
    found = scope.survey
    if found.latest is None or found.row(OVERALL) is None:
        return
    yield Segment(found.latest.label + _("："))
    level = sentences.level(subject_label(scope.lists, OVERALL), found.row(OVERALL))
    yield from linked(tight(level), _survey_target(scope.view))


def _change(scope: Scope) -> Iterator[Segment]:
    if scope.survey.row(OVERALL) is not None:
        change = sentences.change(scope.survey.change(OVERALL))
        yield from linked(tight(change), _survey_target(scope.view))


def _domain(scope: Scope, code: str) -> tuple[Segment, ...]:
    view = scope.view.within(code)
    return run_on((_types(scope, view), _totals(scope, view), _score(scope, code)))


def _types(scope: Scope, view: View) -> Iterator[Segment]:
    """全街道联合双报到单位、志愿者，开展…12次，…5次。"""
    sums = kpis.activity_sums(scope.session, view, ("type_code",)).set_index("type_code")
    held = [
        (kind, int(sums.at[kind.code, "activities"]))
        for kind in scope.lists.types
        if kind.code in sums.index and sums.at[kind.code, "activities"] > 0
    ]
    partners = _partners(scope, view)
    opening = _("{place}联合{partners}，开展") if partners else _("{place}开展")
    yield Segment(opening.format(place=where(view, scope.lists), partners=partners))
    for place, (kind, count) in enumerate(held):
        if place:
            yield Segment(_("，"))
        target = records_target(view, type=kind.code)
        yield from said(
            _("{type}{figure}"), _times(count), target, float(count), type=kind.label
        )  # fmt: skip
    yield Segment(_("。"))


def _partners(scope: Scope, view: View) -> str:
    """双报到单位、物业、志愿者等: those who joined most, in the official order."""
    counts = partner_counts(scope.session, kpis.choice_of(view))
    most = sorted(counts, key=lambda kind: -counts[kind])[:_MOST_PARTNERS]
    names = [kind.label for kind in scope.lists.partner_kinds if kind.code in most]
    listed = _("、").join(names)
    return _("{partners}等").format(partners=listed) if len(counts) > len(most) else listed


def _totals(scope: Scope, view: View) -> Iterator[Segment]:
    """截至目前，累计清理乱堆乱放120余处，清运生活垃圾170余吨。"""
    totals = kpis.running_totals(scope.session, view, scope.lists)
    until = _("截至目前") if view.last_day == view.today else _("截至{day}")
    for place, total in enumerate(totals):
        yield Segment(
            _("，")
            if place
            else _("{until}，累计").format(until=until.format(day=day_label(view.last_day)))
        )
        target = records_target(view, measure=total.measure.code)
        yield from said(
            _("{measure}{figure}"), total.phrase, target, total.quantity,
            measure=total.measure.label,
        )  # fmt: skip
    if totals:
        yield Segment(_("。"))


def _score(scope: Scope, code: str) -> Iterator[Segment]:
    latest, row = scope.survey.latest, scope.survey.row(code)
    if latest is None or row is None or row.state == "hidden":
        return
    yield Segment(latest.label + _("："))
    sentence = _("{domain}满意度{score}分（有效答卷{n}份）。").format(
        domain=scope.lists.domain(code).label, score=fixed(row.score), n=number(row.n)
    )
    yield from linked(sentence, _survey_target(scope.view.within(code)))


def _times(count: int) -> str:
    return _("{count}次").format(count=number(count))


def _survey_target(view: View) -> str:
    return list_target("satisfaction", view)
