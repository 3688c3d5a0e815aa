"""New rows among themselves and beside what is on record: none is entered twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import blake2b

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import number_of
from services.activities import Entry
from services.activities.entry import entry_of
from services.formats import exact
from services.i18n import _
from services.workbook.lines import ALIKE, NEW, REFUSED, SAME, Choice, Line, Reason

_NAMED = 3


@dataclass(frozen=True)
class There:
    """What is on record near the new rows: by key, by place and days, and in full."""

    by_key: dict[str, int]
    taken: dict[tuple[str, str], list[tuple[int, date, date]]]
    records: dict[int, Entry]
    void: frozenset[int] = frozenset()

    def like(self, entry: Entry) -> list[int]:
        """Records of the type in which the host took part on one of these days."""
        return [
            number
            for number, first, last in self.taken.get((entry.type_code, entry.host), ())
            if first <= entry.last_day and last >= entry.first_day
        ]


def settled(session: Session, lines: Sequence[Line], choice: Choice) -> tuple[Line, ...]:
    """The lines with every new one under the key of its content, or why it is not new."""
    fresh = {place: line.content for place, line in enumerate(lines) if line.state == NEW}
    keys = {place: _key(mark, entry) for place, (mark, entry) in fresh.items()}
    there = _there(session, [entry for _mark, entry in fresh.values()], keys.values())
    first: dict[str, int] = {}
    found = list(lines)
    for place, (_mark, entry) in fresh.items():
        key, line = keys[place], lines[place]
        if first.setdefault(key, line.line) != line.line:
            found[place] = _twice(line, first[key])
        else:
            found[place] = _beside(line, key, entry, there, choice)
    return tuple(found)


def _key(mark: str, entry: Entry) -> str:
    """The same for every row that states the same, of one record of another office or of none."""
    measures = tuple((code, exact(value)) for code, value in entry.measures)
    stated = repr(replace(entry, measures=()))
    return "workbook-" + blake2b(f"{mark}{stated}{measures}".encode(), digest_size=20).hexdigest()


def _twice(line: Line, first: int) -> Line:
    reason = _(
        "与第 {line} 行完全相同。如果确是两场活动，请在地点或备注里写明区别；否则删去一行。"
    ).format(line=first)
    return replace(line, state=REFUSED, reasons=(Reason("", "", reason),), content=None)


def _beside(line: Line, key: str, entry: Entry, there: There, choice: Choice) -> Line:
    if key in there.by_key:
        number = number_of(there.by_key[key])
        void = there.by_key[key] in there.void
        note = _("已经导入过，后来作废；需要时请恢复。") if void else _("已经导入过")
        return replace(line, state=SAME, number=number, note=note, content=None)
    like = there.like(entry)
    same = next((one for one in like if there.records[one] == entry), None)
    if same is not None:
        note = _("已有内容相同的记录")
        return replace(line, state=SAME, number=number_of(same), note=note, content=None)
    if like and not choice.alike:
        note = _("当天已有同类记录 {numbers}。").format(
            numbers=_("、").join(number_of(one) for one in like[:_NAMED])
        )
        return replace(line, state=ALIKE, note=note, content=None)
    return replace(line, content=(key, entry))


def _there(session: Session, entries: Sequence[Entry], keys: Collection[str]) -> There:
    if not entries:
        return There({}, {}, {})
    taken: dict[tuple[str, str], list[tuple[int, date, date]]] = defaultdict(list)
    for row in reads.taking_part(
        session,
        {entry.host for entry in entries},
        {entry.type_code for entry in entries},
        min(entry.first_day for entry in entries),
        max(entry.last_day for entry in entries),
    ):
        taken[row.type_code, row.community_code].append((row.id, row.first_day, row.last_day))
    by_key = reads.ids_by_key(session, keys)
    there = There(by_key, dict(taken), {})
    near = {one for entry in entries for one in there.like(entry)}
    records = reads.by_ids(session, near | set(by_key.values()))
    return replace(
        there,
        records={one: entry_of(row) for one, row in records.items()},
        void=frozenset(one for one, row in records.items() if row.state == "void"),
    )
