"""The slides a meeting can have, and the agenda proposed from the data."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from services import compared, kpis
from services.catalogue import Catalogue
from services.i18n import _
from services.meetings import slides_follow, slides_survey, slides_work
from services.meetings.content import Content
from services.meetings.scope import Scope

OWN = "own"
DOMAIN = "domain"

_MAKERS: dict[str, Callable[[Scope], Content]] = {
    "cover": slides_follow.cover,
    "promises": slides_follow.promises,
    "satisfaction": slides_survey.satisfaction,
    "changes": slides_survey.changes,
    "targets": slides_work.targets,
    "standing": slides_survey.standing,
    "overdue": slides_follow.overdue,
    "ahead": slides_follow.ahead,
}
KINDS = (*_MAKERS, DOMAIN, OWN)


@dataclass(frozen=True)
class Item:
    """A slide of an agenda: its kind, and for a domain's slide the domain."""

    kind: str
    subject: str = ""


def kind_label(kind: str) -> str:
    return {
        "cover": _("封面"),
        "promises": _("上次承诺"),
        "satisfaction": _("居民满意度"),
        "changes": _("真正的变化"),
        "targets": _("年度目标"),
        "standing": _("各社区"),
        "overdue": _("超期的民声"),
        "ahead": _("下月安排"),
        DOMAIN: _("服务领域"),
        OWN: _("自拟"),
    }[kind]


def item_label(lists: Catalogue, item: Item) -> str:
    """The title of a slide in the agenda: for a domain's its name."""
    return lists.domain(item.subject).label if item.kind == DOMAIN else kind_label(item.kind)


def choices(lists: Catalogue) -> dict[Item, str]:
    """Every slide that can be added, with its title; one's own words first."""
    plain = [Item(kind) for kind in (OWN, *_MAKERS)]
    domains = [Item(DOMAIN, domain.code) for domain in lists.domains]
    return {item: item_label(lists, item) for item in (*plain, *domains)}


def made(scope: Scope, item: Item) -> Content:
    """The content of a slide as of now. One's own words have none but their title."""
    if item.kind == OWN:
        return Content(OWN, "", kind_label(OWN), "")
    if item.kind == DOMAIN:
        return slides_work.domain(scope, item.subject)
    return _MAKERS[item.kind](scope)


def proposed(scope: Scope) -> tuple[Item, ...]:
    """The order of a review meeting: promises, results, changes, the year's targets, each
    domain, who stands out, what is overdue, what is ahead. What has nothing to show is left out."""
    return tuple(_proposed(scope))


def _proposed(scope: Scope) -> Iterator[Item]:
    yield Item("cover")
    surveyed = scope.survey.latest is not None
    for kind in ("promises", *(("satisfaction",) if surveyed else ())):
        yield Item(kind)
    if len(scope.survey.changes):
        yield Item("changes")
    if compared.progress(scope.session, scope.view, scope.lists):
        yield Item("targets")
    held = kpis.activity_sums(scope.session, scope.view, ("domain_code",))
    worked = set(held.loc[held["activities"] > 0, "domain_code"])
    for domain in scope.lists.domains:
        if domain.code in worked or surveyed:
            yield Item(DOMAIN, domain.code)
    if surveyed:
        yield Item("standing")
    yield Item("overdue")
    yield Item("ahead")
