"""What a sheet's texts and headings may call the things of our lists, in every language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from db.engine import Session
from db.reads import catalogue as list_reads
from services.entries import name_key

# What parts the names in one cell.
APART = re.compile(r"[、，,;；/\n]")
# What a column may be called beside its own heading: field → words, _ for a blank.
CALLED = {
    "day": "日期 活动日期 时间 活动时间 开展日期 Date Day",
    "type": "活动类型 类型 活动名称 活动 Type Activity Activity_type",
    "place": "地点 活动地点 Place Venue Location",
    "communities": "共同开展的社区 联合社区 参与社区 Held_together_with Joint_communities"
    " Communities",
    "partners": "参与力量 参加力量 Partners Forces",
    "participants": "参加人数 参与人数 人数 Participants",
    "note": "备注 说明 Note Notes Remarks",
}


@dataclass(frozen=True)
class Names:
    """What things may be called → their code; see `name_key` of services.entries."""

    types: Mapping[str, str]
    communities: Mapping[str, str]
    kinds: Mapping[str, str]
    measures: Mapping[str, str]


def spoken(label: str, code: str, meant: Mapping[str, str]) -> str:
    """The label, unless a reader would take it for something else: then the code."""
    return label if meant.get(name_key(label), code) == code else code


def listed(label: str, code: str, meant: Mapping[str, str]) -> str:
    """The same for a cell with several, which a label must not part."""
    return code if APART.search(label) else spoken(label, code, meant)


def names(session: Session, *, closed: bool = False) -> Names:
    """The lists' names as a sheet's texts and headings may have them.

    closed: with the communities that are out of use; an open one of the same name goes before.
    """
    places = [row for row in list_reads.communities(session) if row.active or closed]
    return Names(
        types=_named(
            (row.code, row.label, row.label_en) for row in list_reads.activity_types(session)
        ),
        communities=_named(
            (row.code, row.name, row.name_en, row.name.removesuffix("社区"))
            for row in sorted(places, key=lambda row: row.active)
        ),
        kinds=_named(
            (row.code, row.label, row.label_en) for row in list_reads.partner_kinds(session)
        ),
        measures=_named(
            (row.code, row.label, row.label_en) for row in list_reads.measures(session)
        ),
    )


def _named(rows: Iterable[tuple[str, ...]]) -> dict[str, str]:
    return {name_key(name): code for code, *named in rows for name in (code, *named) if name}
