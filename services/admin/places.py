"""Communities and their grids, as an administrator keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from db.engine import Session
from db.reads import catalogue as reads
from db.reads import uses
from db.writes.respondents import UNPLACED
from services.admin import edits
from services.entries import gathered, words
from services.errors import NotFound
from services.i18n import _
from services.permissions import CurrentUser, require


@dataclass(frozen=True)
class CommunityFacts:
    """What can be changed of a community. `position`: its rank in the list, from 1."""

    name: str
    name_en: str
    position: int
    active: bool


@dataclass(frozen=True)
class GridFacts:
    name: str
    position: int


def communities(session: Session, user: CurrentUser) -> dict[str, CommunityFacts]:
    """Code → community, in the official order, the closed ones included."""
    require(user, "manage_catalogue")
    rows = [row for row in reads.communities(session) if row.code != UNPLACED]
    return {
        row.code: CommunityFacts(row.name, row.name_en, rank, row.active)
        for rank, row in enumerate(rows, start=1)
    }


def grids(session: Session, user: CurrentUser, community: str) -> dict[str, GridFacts]:
    """Code → grid of a community, in order."""
    return all_grids(session, user).get(community, {})


def all_grids(session: Session, user: CurrentUser) -> dict[str, dict[str, GridFacts]]:
    """Community → code → grid, in order."""
    require(user, "manage_catalogue")
    found: dict[str, dict[str, GridFacts]] = {one: {} for one in communities(session, user)}
    for row in reads.grids(session):
        own = found.setdefault(row.community_code, {})
        own[row.code] = GridFacts(row.name, len(own) + 1)
    return found


def add_community(
    session: Session, user: CurrentUser, name: str, name_en: str, now: datetime
) -> str:
    """Add a community at the end of the list; its code."""
    edits.begin(session, user)
    known = communities(session, user)
    facts = checked_community(CommunityFacts(name, name_en, len(known) + 1, True), known, "")
    code = edits.new_code("p", {row.code for row in reads.communities(session)})
    return edits.add(session, user, now, "community", code, facts)


def change_community(
    session: Session, user: CurrentUser, code: str, facts: CommunityFacts, seen: str, now: datetime
) -> None:
    """Rename, move, close or reopen a community. What was recorded in it stays."""
    edits.begin(session, user)
    known = communities(session, user)
    if code not in known:
        raise NotFound(_("没有这个社区，请重新选择。"))
    checked = checked_community(facts, known, code)
    edits.change(session, user, now, "community", code, known[code], checked, seen, list(known))


def add_grid(
    session: Session, user: CurrentUser, community: str, name: str, now: datetime, code: str = ""
) -> str:
    """Add a grid at the end of its community's; `code`: it was taken out before."""
    edits.begin(session, user)
    if community not in communities(session, user):
        raise NotFound(_("没有这个社区，请重新选择。"))
    known = grids(session, user, community)
    label = checked_grid_name(name, known, "")
    code = code or edits.new_code(f"{community}-p", {*known, *uses.codes_ever(session, "grid")})
    facts = GridFacts(label, len(known) + 1)
    return edits.add(session, user, now, "grid", code, facts, community_code=community)


def remove_grid(
    session: Session, user: CurrentUser, community: str, code: str, reason: str, now: datetime
) -> None:
    """Take out a grid that nothing refers to."""
    edits.begin(session, user)
    known = grids(session, user, community)
    if code not in known:
        raise NotFound(_("没有这个网格，请重新选择。"))
    fixed = {"community_code": community}
    edits.remove(session, user, now, "grid", code, known[code], reason, **fixed)


def change_grid(
    session: Session, user: CurrentUser, community: str, code: str, facts: GridFacts, seen: str,
    now: datetime,
) -> None:  # fmt: skip
    """Rename or move a grid of a community."""
    edits.begin(session, user)
    known = grids(session, user, community)
    if code not in known:
        raise NotFound(_("没有这个网格，请重新选择。"))
    checked = replace(
        facts,
        name=checked_grid_name(facts.name, known, code),
        position=min(max(facts.position, 1), len(known)),
    )
    edits.change(session, user, now, "grid", code, known[code], checked, seen, list(known))


def checked_grid_name(name: str, known: Mapping[str, GridFacts], code: str) -> str:
    """The name as it is kept; InvalidEntry if it is missing, or of another grid of the community.
    `code` "": it is new."""
    others = {row.name for other, row in known.items() if other != code}
    return edits.new_label(name, "name", _("网格名称"), others)


def checked_community(
    facts: CommunityFacts, known: Mapping[str, CommunityFacts], code: str
) -> CommunityFacts:
    """The facts as they are kept; InvalidEntry for a name that is missing or taken. `code` "": it
    is new."""
    others = {row.name for other, row in known.items() if other != code}
    with gathered() as part:
        name = part(edits.new_label, facts.name, "name", _("社区名称"), others)
        name_en = part(words, facts.name_en, _("英文名称"), edits.LONGEST_LABEL, "name_en")
    return CommunityFacts(
        name,
        name_en,
        min(max(facts.position, 1), max(len(known), 1)) if code else facts.position,
        facts.active,
    )
