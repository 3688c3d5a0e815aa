"""How many people of each group live in a community in a year: what shares are divided by."""

from __future__ import annotations

from datetime import datetime

from db.engine import Session
from db.reads import catalogue as reads
from db.writes import kept
from services.admin import edits, places
from services.admin.edits import check_seen
from services.entries import people
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.satisfaction import estimates, weights
from services.writing import author_of

FIRST_YEAR, LAST_YEAR = 2000, 2099
RESIDENTS = "residents"

Counts = tuple[tuple[str, str], ...]  # (group, figure as typed or kept), "" for not counted


def groups() -> dict[str, str]:
    """Group → its label, in the order a form asks for them. Those after the gap weigh surveys."""
    return {
        RESIDENTS: _("常住人口"),
        "households": _("户数"),
        "aged_60": _("60岁及以上"),
        "pupils": _("中小学生"),
        "low_income": _("低保对象"),
        "disabled": _("残疾人"),
        "male": _("男"),
        "female": _("女"),
        "age_18_34": _("18—34岁"),
        "age_35_59": _("35—59岁"),
        "age_60_plus": _("60岁以上（调查用）"),
    }


def population(session: Session, user: CurrentUser, year: int) -> dict[str, Counts]:
    """Community → its groups in a year, each of them in order; "" where it was not counted."""
    require(user, "manage_catalogue")
    found = reads.population_of_year(session, year)
    return {
        code: tuple((group, str(found.get((code, group), ""))) for group in groups())
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
    labels = groups()
    counts = {
        group: people(text, labels[group], field=group) for group, text in typed if group in labels
    }
    check_parts(counts)
    check_seen(current[community], seen)
    before = {group: int(text) if text else None for group, text in current[community]}
    if counts != before:
        kept.replace_population(session, author_of(user, now), community, year, counts)
    if any(counts.get(group) != before.get(group) for group in weights.GROUPS):
        estimates.keep_since(session, year)


def check_parts(counts: dict[str, int | None]) -> None:
    """No group can be larger than all who live there."""
    whole = counts.get(RESIDENTS)
    for group, label in groups().items():
        if whole is not None and (counts.get(group) or 0) > whole:
            raise InvalidEntry(_("“{label}”不能多于常住人口，请核对。").format(label=label), group)
