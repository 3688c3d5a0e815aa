"""One activity as it is typed, and what it must be like to be kept."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import Facts
from services.catalogue import Catalogue, Measure
from services.entries import (
    LONGEST_NOTE,
    LONGEST_PLACE,
    check_people,
    check_quantity,
    gathered,
    words,
)
from services.errors import InvalidEntry, NotFound
from services.formats import number
from services.i18n import _

OLDEST_DAY = date(2000, 1, 1)
UNDO_REASON = "撤销"


@dataclass(frozen=True)
class Entry:
    """An activity as stated. `communities` are those beside the host; a count of None was left
    blank, which is not a zero. `partners`: (kind, headcount); `measures`: (measure, quantity)."""

    type_code: str
    first_day: date
    last_day: date
    host: str
    place: str = ""
    communities: tuple[str, ...] = ()
    grid: str | None = None
    partners: tuple[tuple[str, int | None], ...] = ()
    participants: int | None = None
    measures: tuple[tuple[str, Decimal], ...] = ()
    note: str = ""


@dataclass(frozen=True)
class Receipt:
    """What is on record: the number people quote, since when, and whether this call made it."""

    number: str
    at: datetime
    created: bool


def find(session: Session, number: str) -> reads.Activity:
    """The record with a number such as A000123; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Aa]([0-9]{6,12})\s*", number)
    activity = reads.activity(session, int(found[1])) if found else None
    if activity is None:
        raise NotFound(
            _("没有编号为“{number}”的记录。编号形如 A000123，请核对。").format(number=number[:20])
        )
    return activity


def entry_of(activity: reads.Activity) -> Entry:
    """What a stored activity states, in the order `checked` gives."""
    return Entry(
        type_code=activity.type_code,
        first_day=activity.first_day,
        last_day=activity.last_day,
        host=activity.host_code,
        place=activity.place,
        communities=tuple(
            sorted({row.community_code for row in activity.communities} - {activity.host_code})
        ),
        grid=activity.grid_code,
        partners=tuple(sorted((row.kind_code, row.headcount) for row in activity.partners)),
        participants=activity.participants,
        measures=tuple(sorted((row.measure_code, row.quantity) for row in activity.measures)),
        note=activity.note,
    )


def facts_of(entry: Entry) -> Facts:
    """What the database is to state."""
    return Facts(
        type_code=entry.type_code,
        first_day=entry.first_day,
        last_day=entry.last_day,
        host_code=entry.host,
        grid_code=entry.grid,
        place=entry.place,
        participants=entry.participants,
        note=entry.note,
        communities=frozenset({entry.host, *entry.communities}),
        partners=dict(entry.partners),
        measures=dict(entry.measures),
    )


def checked(entry: Entry, lists: Catalogue, today: date, before: Entry | None = None) -> Entry:
    """The entry in its kept order and spelling. InvalidEntry names the fields and what to do.

    before: what a correction starts from. What was retired since may stay in it.
    """
    with gathered() as part:
        part(_check_type, entry, lists, before)
        part(_check_days, entry, today)
        part(_check_places, entry, lists, before)
        place = part(words, entry.place, _("地点"), LONGEST_PLACE, "place")
        part(_check_partners, entry, lists)
        if entry.participants is not None:
            part(check_people, entry.participants, _("参加人数"), field="participants")
        measures = part(_measures, entry, lists, before)
        note = part(words, entry.note, _("备注"), LONGEST_NOTE, "note")
    return replace(
        entry,
        place=place,
        note=note,
        communities=tuple(sorted({*entry.communities} - {entry.host})),
        partners=tuple(sorted(entry.partners)),
        measures=tuple(sorted(measures.items())),
    )


def _check_type(entry: Entry, lists: Catalogue, before: Entry | None) -> None:
    known = {kind.code: kind for kind in lists.types}
    if entry.type_code not in known:
        raise InvalidEntry(_("请选择活动类型。"), "type_code")
    kept = before is not None and before.type_code == entry.type_code
    if not known[entry.type_code].active and not kept:
        raise InvalidEntry(_("这个活动类型已停用，请改选其他类型。"), "type_code")


def _check_days(entry: Entry, today: date) -> None:
    if entry.last_day < entry.first_day:
        raise InvalidEntry(_("结束日期不能早于开始日期，请改正。"), "last_day")
    if entry.first_day < OLDEST_DAY:
        raise InvalidEntry(_("日期不能早于 2000 年，请检查年份。"), "first_day")
    if entry.last_day > today:
        field = "first_day" if entry.first_day > today else "last_day"
        raise InvalidEntry(_("不能填报今天以后的活动，请在活动开展之后填报。"), field)


def _check_places(entry: Entry, lists: Catalogue, before: Entry | None) -> None:
    open_to = {place.code for place in lists.active_communities}
    if before is not None:
        open_to |= {before.host, *before.communities}
    closed = next((one for one in lists.communities if one.code == entry.host), None)
    if closed is not None and entry.host not in open_to:
        said = _("{name}已停用，不能再填报它的活动；需要时请联系管理员。")
        raise InvalidEntry(said.format(name=closed.name), "host")
    if entry.host not in open_to:
        raise InvalidEntry(_("请选择主办社区。"), "host")
    if not open_to.issuperset(entry.communities):
        raise InvalidEntry(_("共同开展的社区中有的已不存在，请重新选择。"), "communities")
    grids = {grid.code for grid in lists.grids if grid.community == entry.host}
    if entry.grid is not None and entry.grid not in grids:
        raise InvalidEntry(_("所选网格不属于主办社区，请重新选择。"), "grid")


def _check_partners(entry: Entry, lists: Catalogue) -> None:
    labels = {kind.code: kind.label for kind in lists.partner_kinds}
    kinds = [kind for kind, _count in entry.partners]
    if len(set(kinds)) < len(kinds) or not labels.keys() >= set(kinds):
        raise InvalidEntry(_("参与力量有重复或已不存在，请重新选择。"), "partners")
    with gathered() as part:
        for kind, count in entry.partners:
            if count is not None:
                part(check_people, count, labels[kind], least=1, field=f"headcount-{kind}")


def _measures(entry: Entry, lists: Catalogue, before: Entry | None) -> dict[str, Decimal]:
    """The quantities, each of the type's measures; a retired one keeps what was recorded."""
    known = {measure.code: measure for measure in lists.measures}
    recorded = dict(before.measures) if before and before.type_code == entry.type_code else {}
    retired = {code: value for code, value in recorded.items() if code not in known}
    stated = dict(entry.measures)
    if len(stated) < len(entry.measures):
        raise InvalidEntry(_("同一个指标填了两次，请只留一个。"), "measures")
    own = {code for kind in lists.types if kind.code == entry.type_code for code in kind.measures}
    with gathered() as part:
        for code, value in stated.items():
            if code in retired:
                continue
            if code not in {*own, *recorded} or code not in known:
                raise InvalidEntry(_("所填指标不属于这个活动类型，请重新选择。"), "measures")
            part(_check_measure, value, known[code], recorded.get(code))
    return stated | retired


def _check_measure(value: Decimal, measure: Measure, recorded: Decimal | None) -> None:
    field = f"measure-{measure.code}"
    check_quantity(value, measure.label, whole=measure.whole, field=field)
    if value != recorded:
        _check_range(value, measure)


def _check_range(value: Decimal, measure: Measure) -> None:
    """InvalidEntry outside of what the catalogue accepts of a single activity."""
    low = measure.least is not None and value < measure.least
    high = measure.most is not None and value > measure.most
    if not (low or high):
        return
    bound = measure.least if low else measure.most
    text = (
        _("“{label}”一次活动至少 {bound} {unit}，请检查数字和单位。")
        if low
        else _("“{label}”一次活动最多 {bound} {unit}，请检查数字和单位。")
    )
    raise InvalidEntry(
        text.format(label=measure.label, bound=number(bound, 3), unit=measure.unit_label),
        f"measure-{measure.code}",
    )
