"""One row of a list's sheet beside what is kept: new, changed, unchanged, or refused and why."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Any

from services.activities.history import Difference
from services.errors import InvalidEntry
from services.formats import NONE
from services.i18n import _
from services.imports import values as texts
from services.privacy import mask
from services.workbook.lines import CHANGED, NEW, REFUSED, SAME, Line, Reason, Upload
from services.workbook.lists.cells import Field
from services.workbook.table import Given

KEY, MARK = "key", "check"
_SHOWN, _HIDDEN = 40, "****"


def marked(mark: str, fields: Sequence[Field], values: Mapping[str, Any]) -> str:
    """The check code, and behind it a mark of what the row only shows, where it shows such: a row
    that comes back later tells by it what was changed in the file and what in the office."""
    shown = [values[one.name] for one in fields if one.fixed]
    return f"{mark}-{blake2b(repr(shown).encode(), digest_size=3).hexdigest()}" if shown else mark


@dataclass
class Reader:
    """Reads the rows of a file. `keeper`: see services.workbook.lists.listing; `foreign` counts
    those with keys of another office."""

    keeper: Any
    fields: Sequence[Field]
    upload: Upload
    foreign: int = 0
    _first: dict[Hashable, int] = field(default_factory=dict)

    def line(self, given: Given) -> Line:
        if given.wrong:
            return self._refused(given, {"": given.wrong})
        stated = given.cells.get(KEY, "").strip()
        if not stated:
            return self._unnumbered(given)
        try:
            own = self.keeper.owns(stated, self._mark(given))
        except InvalidEntry as refused:
            return self._refused(given, {KEY: refused.sentence})
        if not own:
            self.foreign += 1
            if self.upload.choice.foreign:
                return self._of_another_office(given)
            reason = _("本单位没有这个编号。要作为新的一行导入，请清空编号。")
            return self._refused(given, {KEY: reason})
        return self._beside(given, stated, numbered=True)

    def _unnumbered(self, given: Given) -> Line:
        """A row that says by its name what it is about, or that is new."""
        found, _problems = self._read(given, None)
        return self._beside(given, self.keeper.find(found), numbered=False)

    def _of_another_office(self, given: Given) -> Line:
        """A new row here; what it says by numbers of that office cannot be told."""
        own = {one.name: _("这是别的单位的编号，请清空这一格。") for one in self.fields
               if one.local and given.cells.get(one.name, "").strip()}  # fmt: skip
        return self._refused(given, own) if own else self._unnumbered(given)

    def _beside(self, given: Given, key: str, *, numbered: bool) -> Line:
        before = self.keeper.now(key)
        stated, problems = self._read(given, before)
        problems = problems or self._fixed(given, before, stated) or self._twice(given, key)
        if problems:
            return self._refused(given, problems)
        if before is not None and stated == before:
            return Line(given.line, SAME, self.keeper.words(before), key)
        try:
            stated = self.keeper.checked(key, stated)
        except InvalidEntry as refused:
            return self._refused(given, {one.field: one.sentence for one in refused.every})
        what = self.keeper.words(stated)
        if stated == before:
            return Line(given.line, SAME, what, key)
        problems = self._twice(given, self.keeper.name(stated))
        if numbered and not problems:
            problems = self._barred(given, key)
        if problems:
            return self._refused(given, problems)
        if before is None:
            return Line(given.line, NEW, what, content=("", stated))
        return Line(given.line, CHANGED, what, self.keeper.words(before), content=(key, stated),
                    differences=self._differences(before, stated))  # fmt: skip

    def _read(
        self, given: Given, before: Mapping[str, Any] | None
    ) -> tuple[dict[str, Any], dict[str, str]]:
        """What the row states; what the file leaves out, or says as it is, stays as it is."""
        stated, problems = {}, {}
        for one in self.fields:
            now = one.empty if before is None else before[one.name]
            stated[one.name] = now
            text = None if one.read_only else given.cells.get(one.name)
            if text is None or (before is not None and text == one.say(now).strip()):
                continue
            try:
                texts.trusted(text)
                if one.hides and _HIDDEN in text:
                    raise InvalidEntry(_("号码在表格里是隐藏的，这一格请在页面上填写。"))
                stated[one.name] = one.read(text)
            except InvalidEntry as refused:
                if one.fixed:
                    stated[one.name] = text
                else:
                    problems[one.name] = refused.sentence
        return stated, problems

    def _fixed(
        self, given: Given, before: Mapping[str, Any] | None, stated: dict[str, Any]
    ) -> dict[str, str]:
        """Why the row may not say what it says of what is only shown; empty if it says what was
        exported, or what every new row says: that stands for what is so now."""
        numbered = bool(given.cells.get(KEY, "").strip())
        shown = [one for one in self.fields if one.fixed]
        now = {one.name: one.empty if before is None else before[one.name] for one in shown}
        said = {
            one.name: one.fixed()
            for one in shown
            if one.fixed
            and stated[one.name] != now[one.name]
            and (numbered or stated[one.name] != one.empty)
        }
        check = given.cells.get(MARK, "").strip()
        if said and (before is None or check != marked(self._mark(given), self.fields, stated)):
            return said
        stated |= now
        return {}

    def _mark(self, given: Given) -> str:
        """The check code without the mark of what is only shown."""
        check = given.cells.get(MARK, "").strip()
        return check.rpartition("-")[0] if any(one.fixed for one in self.fields) else check

    def _twice(self, given: Given, place: Hashable) -> dict[str, str]:
        """Why the row cannot stand beside the rows before it; empty if it can."""
        first = self._first.setdefault(place, given.line) if place else given.line
        if first == given.line:
            return {}
        return {"": _("与第 {line} 行是同一项。").format(line=first)}

    def _barred(self, given: Given, key: str) -> dict[str, str]:
        if not given.cells.get(MARK, "").strip():
            return {MARK: _("有编号的行要有核对码。请重新导出，在导出的文件里改。")}
        if self._mark(given) != self.keeper.mark(key):
            return {MARK: _("导出之后，这一行被别人改过。请重新导出，再改一次。")}
        return {}

    def _differences(
        self, before: Mapping[str, Any], after: Mapping[str, Any]
    ) -> tuple[Difference, ...]:
        return tuple(
            Difference(one.heading(), one.say(before[one.name]) or NONE,
                       one.say(after[one.name]) or NONE)
            for one in self.fields
            if before[one.name] != after[one.name]
        )  # fmt: skip

    def _refused(self, given: Given, problems: Mapping[str, str]) -> Line:
        headings = self.upload.table.headings
        reasons = tuple(
            Reason(headings.get(name, ""), mask(given.cells.get(name, ""))[:_SHOWN], sentence)
            for name, sentence in problems.items()
        )
        shown = [given.cells.get(one.name, "") for one in self.fields[:3]]
        what = " ".join(mask(text)[:_SHOWN] for text in shown if text)
        return Line(given.line, REFUSED, what, given.cells.get(KEY, ""), reasons)
