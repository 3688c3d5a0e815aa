"""The groups of people that are counted, as an administrator keeps them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from db.engine import Session
from db.reads import catalogue as reads
from services.admin import edits
from services.admin.list_checks import checked_label
from services.admin.list_facts import GroupFacts
from services.admin.population import RESIDENTS, own_headings
from services.entries import gathered, name_key
from services.errors import InvalidEntry, NotFound
from services.i18n import _, in_each_language
from services.permissions import CurrentUser, require
from services.satisfaction import weights

GROUP = "population_group"
# What figures per person, households and the weights of surveys rest on: never closed.
ALWAYS = frozenset({RESIDENTS, "households", *weights.GROUPS})
Entries = Mapping[str, GroupFacts]  # code → group, in order, what is out of use included


def groups_kept(session: Session, user: CurrentUser) -> Entries:
    """NotPermitted for all but administrators."""
    require(user, "manage_catalogue")
    return {
        row.code: GroupFacts(row.label, row.label_en, rank, row.active)
        for rank, row in enumerate(reads.population_groups(session), start=1)
    }


def add_group(session: Session, user: CurrentUser, facts: GroupFacts, now: datetime) -> str:
    """Add a group at the end of the list; its code."""
    edits.begin(session, user)
    known = groups_kept(session, user)
    checked = checked_group(session, known, "", facts)
    return edits.add(session, user, now, GROUP, edits.new_code("group_", known), checked)


def change_group(
    session: Session, user: CurrentUser, code: str, facts: GroupFacts, seen: str, now: datetime
) -> None:
    """Rename, move, close or reopen a group; what was counted of it stays."""
    edits.begin(session, user)
    known = groups_kept(session, user)
    if code not in known:
        raise NotFound(_("目录中没有这一项，请刷新页面。"))
    checked = checked_group(session, known, code, facts)
    edits.change(session, user, now, GROUP, code, known[code], checked, seen, list(known))


def checked_group(session: Session, known: Entries, code: str, facts: GroupFacts) -> GroupFacts:
    """The facts as they are kept; `code` "": of a new group. InvalidEntry names the field."""
    with gathered(("label", "label_en")) as part:
        checked = part(checked_label, facts, known, code) or facts
        part(_check_headings, checked, [one for other, one in known.items() if other != code])
        if code and known[code].active and not checked.active:
            part(_check_closing, session, code)
    return checked


def _check_headings(facts: GroupFacts, others: Iterable[GroupFacts]) -> None:
    """InvalidEntry for a name that is another column's in the workbook, in any language."""
    columns = [name for spoken in in_each_language(own_headings) for name in spoken.values()]
    taken = {name_key(name) for name in columns}
    taken |= {name_key(name) for one in others for name in (one.label, one.label_en) if name}
    with gathered() as part:
        part(_check_heading, facts.label, taken, "label")
        part(_check_heading, facts.label_en, taken, "label_en")


def _check_heading(name: str, taken: Collection[str], field: str) -> None:
    if name and name_key(name) in taken:
        raise InvalidEntry(
            _("人口表里已经有一列叫“{name}”，请换一个名称。").format(name=name), field
        )


def _check_closing(session: Session, code: str) -> None:
    """InvalidEntry while the program itself, or a measure in use, divides by the group."""
    if code in ALWAYS:
        raise InvalidEntry(_("人均数、覆盖率或调查加权要用到这个人群，不能停用。"), "active")
    used = [row.label for row in reads.measures(session)
            if row.active and row.population_group == code]  # fmt: skip
    if used:
        raise InvalidEntry(
            _("指标“{measures}”的对应人群是它，不能停用。请先在“指标”里更改对应人群。").format(
                measures=_("”和“").join(used)
            ),
            "active",
        )
