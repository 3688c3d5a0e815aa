"""简报: the running totals as prose, a paragraph a domain, every number with its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from db.reads.partners import partner_counts
from services import kpis
from services.boards.board import records_target, subject_label, where
from services.formats import fixed, number, short
from services.i18n import _
from services.meetings.scope import Scope
from services.satisfaction import OVERALL, sentences
from services.views import View

OPENING = "opening"
_MOST_PARTNERS = 6


@dataclass(frozen=True)
class Segment:
    """A piece of a paragraph. `link` leads to the records behind a number in it ("" for words);
    `exact` is that number as recorded, before it was rounded in words."""

    text: str
    link: str = ""
    exact: float | None = None


@dataclass(frozen=True)
class Paragraph:
    """`part`: opening, or a service domain's code."""

    part: str
    title: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        return "".join(segment.text for segment in self.segments)


def paragraphs(scope: Scope) -> tuple[Paragraph, ...]:
    """The whole bulletin as of the scope's day; a domain without activities is left out."""
    held = kpis.activity_sums(scope.session, scope.view, ("domain_code",))
    worked = set(held.loc[held["activities"] > 0, "domain_code"])
    return (
        Paragraph(OPENING, _("总体情况"), tuple(_opening(scope))),
        *(
            Paragraph(domain.code, domain.label, tuple(_domain(scope, domain.code)))
            for domain in scope.lists.domains
            if domain.code in worked
        ),
    )


def to_json(said: Sequence[Paragraph]) -> list[dict[str, Any]]:
    return [asdict(paragraph) for paragraph in said]


def from_json(kept: Sequence[Mapping[str, Any]]) -> tuple[Paragraph, ...]:
    return tuple(
        Paragraph(one["part"], one["title"], tuple(Segment(**part) for part in one["segments"]))
        for one in kept
    )


def _opening(scope: Scope) -> Iterator[Segment]:
    view, found = scope.view, scope.survey
    done = kpis.totals(scope.session, view)
    yield Segment(
        _("{period}，{place}围绕六个服务领域，").format(
            period=view.filters.period.label, place=where(view, scope.lists)
        )
    )
    yield Segment(
        _("开展活动 {count} 次").format(count=number(done.activities)),
        records_target(view),
        float(done.activities),
    )
    yield Segment(
        _("（其中联合活动 {joint} 次），参与 {people} 人次。").format(
            joint=number(done.joint), people=short(done.participants)
        )
    )
    row = found.row(OVERALL)
    if found.latest is None or row is None:
        return
    yield Segment(found.latest.label + _("：") + sentences.level(
        subject_label(scope.lists, OVERALL), row))  # fmt: skip
    yield Segment(sentences.change(found.change(OVERALL)))


def _domain(scope: Scope, code: str) -> Iterator[Segment]:
    view = scope.view.within(code)
    partners = _partners(scope, view)
    place = where(view, scope.lists)
    yield Segment(
        _("{place}联合{partners}，").format(place=place, partners=partners)
        if partners
        else _("{place}").format(place=place)
    )
    yield from _types(scope, view)
    yield from _totals(scope, view)
    row = scope.survey.row(code)
    if scope.survey.latest is not None and row is not None and row.state != "hidden":
        yield Segment(
            _("{wave}{domain}满意度 {score} 分（有效答卷 {n} 份）。").format(
                wave=scope.survey.latest.label,
                domain=scope.lists.domain(code).label,
                score=fixed(row.score),
                n=number(row.n),
            )
        )


def _partners(scope: Scope, view: View) -> str:
    """双报到单位、物业、志愿者等: those who joined most, in the official order."""
    filters = view.filters
    counts = partner_counts(
        scope.session,
        filters.period.first_day,
        view.last_day,
        filters.communities,
        filters.domain,
        filters.approved_only,
    )
    most = sorted(counts, key=lambda kind: -counts[kind])[:_MOST_PARTNERS]
    names = [kind.label for kind in scope.lists.partner_kinds if kind.code in most]
    listed = _("、").join(names)
    return _("{partners}等").format(partners=listed) if len(counts) > len(most) else listed


def _types(scope: Scope, view: View) -> Iterator[Segment]:
    """开展…12 次、…5 次。"""
    sums = kpis.activity_sums(scope.session, view, ("type_code",)).set_index("type_code")
    held = [
        (kind, int(sums.at[kind.code, "activities"]))
        for kind in scope.lists.types
        if kind.code in sums.index and sums.at[kind.code, "activities"] > 0
    ]
    yield Segment(_("开展"))
    for place, (kind, count) in enumerate(held):
        yield Segment(
            _("{type} {count} 次").format(type=kind.label, count=number(count)),
            records_target(view, type=kind.code),
            float(count),
        )
        yield Segment(_("、") if place < len(held) - 1 else _("。"))


def _totals(scope: Scope, view: View) -> Iterator[Segment]:
    """截至目前，累计清理乱堆乱放120余处、清运生活垃圾170余吨。"""
    totals = kpis.running_totals(scope.session, view, scope.lists)
    for place, total in enumerate(totals):
        yield Segment(_("截至目前，累计") if place == 0 else _("、"))
        yield Segment(
            _("{measure}{phrase}").format(measure=total.measure.label, phrase=total.phrase),
            records_target(view, measure=total.measure.code),
            total.quantity,
        )
    if totals:
        yield Segment(_("。"))
