"""The sheet of activities: its columns, and a record as the texts of its cells."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from hashlib import blake2b

from db.engine import Session
from db.reads.activities import Activity
from db.writes.activities import number_of
from services.activities import Entry
from services.activities.history import Labels, labels
from services.activities.records import state_label
from services.drafts.names import CALLED, Names, listed, names, spoken
from services.drafts.stated import stated
from services.i18n import _
from services.privacy import mask
from services.workbook.table import Column

NEEDED = ("day", "type")
BESIDE = ("line", "reason")  # what a workbook of refused rows says of them
MEASURE = "measure-"
_ALSO = {
    "last_day": "结束日期 End_date Last_day",
    "host": "社区 主办社区 Community Host Host_community",
    "grid": "网格 Grid",
    "number": "编号 Number",
    "check": "核对码 Check_code",
    "state": "状态 State Status",
    "line": "原表行号 Line",
    "reason": "原因 Reason",
}
# The sheet's own colours of the six domains, light enough for black writing.
_TINTS = ("#DDEFE3", "#DDE8F6", "#F6E3EC", "#FBE9D7", "#E9E3F5", "#F7F0D2")


@dataclass(frozen=True)
class Lists:
    """The lists in words, and what their words mean."""

    known: Labels
    names: Names


def lists_of(session: Session) -> Lists:
    return Lists(labels(session), names(session, closed=True))


def sheet_name() -> str:
    return _("活动")


def all_columns(session: Session) -> list[Column]:
    """Every column a file may have, those of measures out of use included."""
    beside = [Column(name, "", "kept", called=called(name)) for name in BESIDE]
    return [*columns(lists_of(session)), *beside]


def columns(lists: Lists, measures: Collection[str] | None = None, own: str = "") -> list[Column]:
    """In the sheet's order. `measures`: only these codes, else every one there is.

    own: the community whose grids are offered; "" offers no list of grids.
    """
    known = lists.known.lists
    kinds = [spoken(one.label, one.code, lists.names.types) for one in known.types if one.active]
    places = [spoken(one.name, one.code, lists.names.communities)
              for one in known.active_communities]  # fmt: skip
    forces = [listed(one.label, one.code, lists.names.kinds) for one in known.partner_kinds]
    grids = [grid.name for grid in known.grids if grid.community == own]
    many = _("多项用顿号隔开。")
    first = [
        ("day", _("日期"), "day", 12, [], ""),
        ("last_day", _("结束日期"), "day", 12, [], _("只有一天的留空。")),
        ("type", _("活动类型"), "one", 30, kinds, ""),
        ("host", _("社区"), "one", 14, places, ""),
        ("communities", _("共同开展的社区"), "several", 20, places, many),
        ("grid", _("网格"), "one", 14, grids, ""),
        ("place", _("地点"), "text", 20, [], ""),
        ("partners", _("参与力量"), "several", 24, forces,
         _("多项用顿号隔开，人数写在后面：志愿者 12、物业")),
        ("participants", with_unit(_("参加人数"), _("人")), "whole", 10, [],
         _("没有统计的留空。")),
    ]  # fmt: skip
    last = [
        ("note", _("备注"), "text", 30, [], ""),
        ("number", _("编号"), "kept", 10, [], ""),
        ("check", _("核对码"), "kept", 12, [], ""),
        ("state", _("状态"), "kept", 10, [], ""),
    ]
    return [*_columns(first), *_measures(lists, measures), *_columns(last)]


def _columns(rows: list[tuple[str, str, str, int, list[str], str]]) -> list[Column]:
    return [
        Column(field, heading, kind, width, tuple(choices), called(field), hint=hint)
        for field, heading, kind, width, choices, hint in rows
    ]


def called(field: str) -> tuple[str, ...]:
    known = f"{CALLED.get(field, '')} {_ALSO.get(field, '')}".split()
    return tuple(word.replace("_", " ") for word in known)


def _measures(lists: Lists, wanted: Collection[str] | None) -> list[Column]:
    known = lists.known.lists
    active = {measure.code: measure for measure in known.measures}
    tints = {domain.code: _TINTS[place % len(_TINTS)] for place, domain in enumerate(known.domains)}
    found = []
    for code, (label, unit) in lists.known.measures.items():
        if wanted is None or code in wanted:
            measure = active.get(code)
            said = spoken(label, code, lists.names.measures)
            ways = (name for name, meant in lists.names.measures.items() if meant == code)
            found.append(
                Column(
                    f"{MEASURE}{code}",
                    with_unit(said, unit),
                    "whole" if measure and measure.whole else "decimal",
                    max(10, min(18, 2 * len(said))),
                    called=tuple(ways),
                    tint=tints[measure.domain] if measure else "",
                )
            )
    return found


def with_unit(label: str, unit: str) -> str:
    return _("{label}\n（{unit}）").format(label=label, unit=unit)


def record_texts(activity: Activity, entry: Entry, lists: Lists) -> dict[str, str]:
    """The cells of a record, with its number and what tells its version.

    Numbers of persons are hidden.
    """
    known = lists.known.lists
    said = stated(entry, known, lists.names)
    host = known.community(entry.host)
    grids = {one.code: one.name for one in known.grids}
    return said | {
        "day": entry.first_day.isoformat(),
        "last_day": "" if entry.last_day == entry.first_day else entry.last_day.isoformat(),
        "host": spoken(host.name, host.code, lists.names.communities),
        "grid": grids[entry.grid] if entry.grid else "",
        "place": mask(said["place"]),
        "note": mask(said["note"]),
        "number": number_of(activity.id),
        "check": check_code(activity),
        "state": state_label(activity.state == "void", activity.review),
    }


def check_code(activity: Activity) -> str:
    return version_mark(activity.version, activity.idempotency_key)


def same_record(code: str, other: str) -> bool:
    """Whether two check codes are of the same record, of whatever versions."""
    return code.partition("-")[2] == other.partition("-")[2]


def version_mark(version: int, idempotency_key: str) -> str:
    """A record's version, and a mark that no record of another office has: v3-a1b2c3."""
    mark = blake2b(idempotency_key.encode(), digest_size=3).hexdigest()
    return f"v{version}-{mark}"
