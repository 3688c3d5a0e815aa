"""How many people of each group live in a community in a year: what shares are divided by."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import NoReturn

from db.engine import Session
from db.reads import catalogue as reads
from db.writes import kept
from services.admin import edits, places
from services.admin.edits import check_seen
from services.catalogue import population_groups
from services.entries import gathered, people
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.satisfaction import estimates, weights
from services.writing import author_of

FIRST_YEAR, LAST_YEAR = 2000, 2099
RESIDENTS = "residents"

Counts = tuple[tuple[str, str], ...]  # (group, figure as typed or kept), "" for not counted


def groups(session: Session) -> dict[str, str]:
    """Group → its label, in the order a form asks for them; closed ones are not asked for."""
    return {one.code: one.label for one in population_groups(session) if one.active}


def own_headings() -> dict[str, str]:
    """What the columns of the workbook are called that are no group of people."""
    return {
        "name": _("社区名称"),
        "name_en": _("英文名称"),
        "state": _("状态"),
        "year": _("年份"),
        "code": _("编号"),
        "check": _("核对码"),
    }


def population(session: Session, user: CurrentUser, year: int) -> dict[str, Counts]:
    """Community → its groups in a year, each of them in order; "" where it was not counted."""
    require(user, "manage_catalogue")
    found, asked = reads.population_of_year(session, year), groups(session)
    return {
        code: tuple((group, str(found.get((code, group), ""))) for group in asked)
        for code in places.communities(session, user)
    }


def change_population(
    session: Session, user: CurrentUser, community: str, year: int, typed: Counts, seen: str,
    now: datetime,
) -> None:  # fmt: skip
    """State a community's groups of a year as they were typed; a blank takes a group out.

    Survey results that are weighted to these people are estimated anew with it.
    InvalidEntry names the group; Conflict if somebody changed them since they were shown.
    """
    edits.begin(session, user)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise InvalidEntry(_("请选择年份。"), "year")
    current = population(session, user, year)
    if community not in current:
        raise NotFound(_("没有这个社区，请重新选择。"))
    labels = groups(session)
    with gathered() as part:
        counts = {
            group: part(people, text, labels[group], field=group)
            for group, text in typed
            if group in labels
        }
        part(check_parts, counts, labels)
    check_seen(current[community], seen)
    before = {group: int(text) if text else None for group, text in current[community]}
    if counts != before:
        kept.replace_population(session, author_of(user, now), community, year, counts)
    if any(counts.get(group) != before.get(group) for group in weights.GROUPS):
        estimates.keep_since(session, year)


def check_parts(counts: Mapping[str, int | None], labels: Mapping[str, str]) -> None:
    """No group can be larger than all who live there; InvalidEntry names each that is."""
    whole = counts.get(RESIDENTS)
    with gathered() as part:
        for group, label in labels.items():
            if whole is not None and (counts.get(group) or 0) > whole:
                part(_refuse, group, label, labels[RESIDENTS])


def _refuse(group: str, label: str, whole: str) -> NoReturn:
    sentence = _("“{label}”不能多于{whole}，请核对。").format(label=label, whole=whole)
    raise InvalidEntry(sentence, group)
