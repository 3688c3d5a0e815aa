"""One row of a file of activities: read as the batch grid reads its rows, with every reason."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.engine import Session
from db.reads import activities as reads
from db.writes.activities import number_of
from services.activities import APPROVED, Entry, approval_on
from services.activities.entry import entry_of
from services.activities.history import between, lines
from services.catalogue import Catalogue
from services.drafts.cells import Place, Reading, read_row
from services.entries import name_key, visible
from services.errors import InvalidEntry
from services.i18n import _
from services.imports import values
from services.periods import span_label
from services.permissions import CurrentUser, may
from services.privacy import mask
from services.workbook.lines import BLANK, CHANGED, NEW, REFUSED, SAME, Line, Reason, Upload
from services.workbook.sheet import BESIDE, MEASURE, Lists, check_code, record_texts, same_record
from services.workbook.table import Given

# What the template fills in ahead; a row that says no more was not filled in.
_PREPARED = {"type", "host", "communities", "grid", "place", "partners", "state", *BESIDE}
_FREE = ("place", "note")
_SHOWN = 40
_HIDDEN = "****"
_NUMBER = re.compile(r"[Aa]([0-9]{6,12})")
_DOTTED = re.compile(r"([0-9]{4}\.)?[0-9]{1,2}\.[0-9]{1,2}|[0-9]{4}\.[0-9]{1,2}")
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_TOTALS = re.compile(r"(合计|总计|小计|totals?)\W*", re.IGNORECASE)


@dataclass
class Reader:
    """Reads the rows of a file. `foreign` counts those with numbers of another office."""

    session: Session
    upload: Upload
    user: CurrentUser
    today: date
    lists: Lists
    catalogue: Catalogue
    foreign: int = 0
    _lines_of: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        where = self.upload.where
        self.place = Place(
            where.community or "",
            where.month,
            self.today,
            self.catalogue,
            self.lists.names,
            any_month=True,
        )
        asked = (_id_of(given) for given in self.upload.table.rows)
        self.records = reads.by_ids(self.session, {one for one in asked if one is not None})
        self.locks = approval_on(self.session)

    def line(self, given: Given) -> Line:
        if given.wrong:
            return self._refused(given, {"": given.wrong})
        typed = visible(given.cells.get("number", ""))
        if not typed:
            return self._fresh(given)
        if not _NUMBER.fullmatch(typed):
            return self._refused(given, {"number": _("编号形如 A000123，新的活动请留空。")})
        first = self._lines_of.setdefault(typed.upper(), given.line)
        if first != given.line:
            reason = _("编号与第 {line} 行相同。").format(line=first)
            return self._refused(given, {"number": reason})
        return self._numbered(given)

    def _numbered(self, given: Given) -> Line:
        """A row of a record: of this office, as it was exported, or of another one."""
        activity = self.records.get(_id_of(given) or 0)
        stated = given.cells.get("check", "").strip()
        if activity is not None and not stated:
            reason = _("有编号的行要有核对码。请重新导出，在导出的文件里改。")
            return self._refused(given, {"check": reason})
        if activity is None or not same_record(stated, check_code(activity)):
            self.foreign += 1
            if self.upload.choice.foreign:
                return self._fresh(given, f"{number_of(_id_of(given) or 0)} {stated}")
            reason = _("本单位没有这条记录。要作为新的活动导入，请清空编号。")
            return self._refused(given, {"number": reason})
        return self._of_record(given, activity, stated)

    def _of_record(self, given: Given, activity: reads.Activity, stated: str) -> Line:
        before = entry_of(activity)
        texts = record_texts(activity, before, self.lists)
        cells = {name: text for name, text in given.cells.items() if name in texts}
        cells |= {name: text for name, text in given.cells.items() if name.startswith(MEASURE)}
        known = texts | {name: "" for name in cells if name not in texts}
        told = {name for name in cells if name not in ("number", "check", "state")}
        if all(cells[name] == known[name] for name in told):
            return self._line(given, SAME, before, number=number_of(activity.id))
        if not may(self.user, "correct_activity", activity.host_code):
            return self._refused(given, {"host": self._not_yours()})
        entry, problems = self._read(known | cells, before, known)
        if entry is None:
            return self._refused(given, problems)
        if entry == before:
            return self._line(given, SAME, before, number=number_of(activity.id))
        problems = self._barred(activity, stated, entry)
        if problems:
            return self._refused(given, problems)
        return self._line(
            given, CHANGED, entry, number=number_of(activity.id), content=(activity, entry),
            differences=between(lines(before, self.lists.known), lines(entry, self.lists.known)),
        )  # fmt: skip

    def _barred(self, activity: reads.Activity, stated: str, entry: Entry) -> dict[str, str]:
        """Why a record cannot be changed like this; empty if it can."""
        if activity.state != "recorded":
            return {"": _("这条记录已作废，请先恢复再更正。")}
        if activity.review == APPROVED and self.locks:
            return {"": _("这条记录已审核通过，不能改动。需要改动时，请街道审核人先重新打开。")}
        if stated != check_code(activity):
            return {"check": _("导出之后，这条记录被别人改过。请重新导出，再改一次。")}
        if not may(self.user, "correct_activity", entry.host):
            return {"host": self._not_yours()}
        return {}

    def _fresh(self, given: Given, mark: str = "") -> Line:
        """A row that is no record of this office; `mark`: which one it is of another."""
        said = {name for name, text in given.cells.items() if text.strip()}
        if said <= _PREPARED:
            return Line(given.line, BLANK, "")
        if _TOTALS.fullmatch(next(filter(None, given.cells.values()))):
            return self._refused(given, {"": _("这是合计行，不导入。")})
        entry, problems = self._read(given.cells, None, {})
        if entry is None:
            return self._refused(given, problems)
        if not may(self.user, "enter_activity", entry.host):
            return self._refused(given, {"host": self._not_yours()})
        return self._line(given, NEW, entry, content=(mark, entry))

    def _read(
        self, cells: Mapping[str, str], before: Entry | None, kept: Mapping[str, str]
    ) -> tuple[Entry | None, dict[str, str]]:
        """The entry, or every reason why there is none. `kept`: the record's own texts."""
        cells, problems = dict(cells), {}
        for name in [name for name in cells if name not in kept or cells[name] != kept[name]]:
            try:
                values.trusted(cells[name])
            except InvalidEntry as refused:
                problems[name] = refused.sentence
                cells[name] = ""
        if before is not None:
            problems |= self._as_it_was(cells, before, kept)
        problems |= self._days(cells)
        place, problem = self._where(cells)
        reading: Reading = read_row(cells, place, before)
        said = problem | {
            name: text for name, text in reading.problems.items()
            if not (problem and name == "grid")
        }  # fmt: skip
        problems = said | problems
        missing = {"day": _("请填写日期。"), "type": _("请填写活动类型。")}
        if reading.entry is None and not problems:
            problems = {name: missing[name] for name in missing if not cells.get(name, "").strip()}
        return (None if problems else reading.entry), problems

    def _as_it_was(
        self, cells: dict[str, str], before: Entry, kept: Mapping[str, str]
    ) -> dict[str, str]:
        """Put back what was hidden, and leave out what is no longer offered, if untouched."""
        problems = {}
        for name in _FREE:
            own = getattr(before, name)
            if cells[name] == kept[name]:
                cells[name] = own
            elif own != kept[name] and _HIDDEN in cells[name]:
                problems[name] = _("号码在表格里是隐藏的，这一格请到记录的页面上改。")
        active = {measure.code for measure in self.catalogue.measures}
        for name in [name for name in cells if name.startswith(MEASURE)]:
            if name.removeprefix(MEASURE) not in active and cells.pop(name) != kept[name]:
                problems[name] = _("这项指标已停用，不能再改。")
        return problems

    def _days(self, cells: dict[str, str]) -> dict[str, str]:
        """Join the first and the last day as the grid writes them; a reason for what is no day."""
        last = cells.pop("last_day", "")
        for name, text in (("day", cells.get("day", "")), ("last_day", last)):
            typed = visible(text)
            problem = ""
            if _DOTTED.fullmatch(typed) and typed.count(".") < 2:
                problem = _("“{text}”分不清是哪一天，请写成 2023-10-03 的样子。")
            elif _SERIAL.fullmatch(typed):
                problem = _("“{text}”是没有设成日期格式的数字，请把这一列设成日期格式。")
            if problem:
                cells["day"] = ""
                return {name: problem.format(text=typed)}
        if last.strip():
            cells["day"] = f"{cells.get('day', '')} 至 {last}"
        return {}

    def _where(self, cells: Mapping[str, str]) -> tuple[Place, dict[str, str]]:
        """The place of the row's host, and what is wrong with the host."""
        named = cells.get("host", "").strip()
        code = self.lists.names.communities.get(name_key(named), "") if named else None
        if code == "":
            problem = _("没有叫“{name}”的社区，请从列表中选择。").format(name=mask(named)[:20])
        elif code is None and not self.place.community:
            problem = _("请填写社区。")
        else:
            return Place(code or self.place.community, *self._rest), {}
        stand_in = self.catalogue.active_communities[0].code
        return Place(stand_in, *self._rest), {"host": problem}

    @property
    def _rest(self) -> tuple[object, ...]:
        one = self.place
        return one.month, one.today, one.lists, one.names, one.any_month

    def _not_yours(self) -> str:
        return _("您只能填报、更正和作废本社区的活动。")

    def _line(self, given: Given, state: str, entry: Entry, **more: object) -> Line:
        said = lines(entry, self.lists.known)
        parts = [span_label(entry.first_day, entry.last_day), said["type_code"][1],
                 said["host"][1], said["place"][1]]  # fmt: skip
        return Line(given.line, state, " ".join(filter(None, parts)), **more)  # type: ignore[arg-type]

    def _refused(self, given: Given, problems: Mapping[str, str]) -> Line:
        headings = self.upload.table.headings
        reasons = tuple(
            Reason(headings.get(name, ""), mask(given.cells.get(name, ""))[:_SHOWN], sentence)
            for name, sentence in problems.items()
        )
        texts = (given.cells.get(name, "") for name in ("day", "type", "host", "place"))
        what = " ".join(mask(text)[:_SHOWN] for text in texts if text)
        return Line(given.line, REFUSED, what, given.cells.get("number", ""), reasons)


def _id_of(given: Given) -> int | None:
    found = _NUMBER.fullmatch(visible(given.cells.get("number", "")))
    return int(found[1]) if found else None
