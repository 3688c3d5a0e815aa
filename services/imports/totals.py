"""Files of sums: counts of the options, or published scores, one row a community and subject."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

import numpy as np

from services.catalogue import Catalogue
from services.errors import InvalidEntry
from services.i18n import _
from services.imports import values
from services.imports.check import Refusals, place_reader
from services.imports.plan import (
    ANSWERS,
    COMMUNITY,
    COUNTS,
    SCORE,
    SUBJECT,
    WHOLE,
    Plan,
)
from services.imports.sheet import Sheet
from services.imports.values import answer_key
from services.satisfaction import SUBDISTRICT, Wave

T = TypeVar("T")


@dataclass(frozen=True)
class Total:
    """A place's figures of a subject: counts (option → answers), or else a score and its n."""

    community: str
    subject: str
    counts: dict[str, int]
    score: Decimal = Decimal(0)
    n: int = 0


@dataclass(frozen=True, eq=False)
class CheckedTotals:
    """What can be taken over of a file of sums."""

    sheet: Sheet
    plan: Plan
    totals: tuple[Total, ...]
    refusals: Refusals
    left_out: int = 0

    @property
    def refused(self) -> int:
        return int(self.refusals.refused.sum())

    @property
    def accepted(self) -> int:
        return len(self.totals)


def check_totals(
    sheet: Sheet, plan: Plan, kind: str, wave: Wave, lists: Catalogue
) -> CheckedTotals:
    """Read every row by the plan. InvalidEntry if the plan itself cannot be."""
    _possible(plan, kind)
    refusals = Refusals(sheet, np.zeros(sheet.rows, bool))
    first: dict[tuple[str, str], int] = {}
    totals = []
    for row in range(sheet.rows):
        total = _Row(sheet, row, plan, refusals).total(kind, wave, lists)
        if total is None:
            continue
        line = int(sheet.lines[row])
        earlier = first.setdefault((total.community, total.subject), line)
        if earlier != line:
            reason = _("与第 {line} 行是同一个社区的同一个领域。").format(line=earlier)
            refusals.add(np.array([row]), "", "", reason)
        else:
            totals.append(total)
    return CheckedTotals(sheet, plan, tuple(totals), refusals)


def _possible(plan: Plan, kind: str) -> None:
    needed = [COMMUNITY, SUBJECT] if kind == COUNTS else [SUBJECT, SCORE, ANSWERS]
    if any(plan.column(role) is None for role in needed) or (kind == COUNTS and not plan.options):
        raise InvalidEntry(
            _("请指出社区、服务领域和各选项份数在哪几列。")
            if kind == COUNTS
            else _("请指出服务领域、得分和有效答卷在哪几列。"),
            "roles",
        )
    given = [role for role in plan.roles.values() if role]
    if len(given) > len(set(given)):
        raise InvalidEntry(_("有两列的用途相同，请只留一列。"), "roles")


@dataclass(frozen=True, eq=False)
class _Row:
    """One row under inspection."""

    sheet: Sheet
    row: int
    plan: Plan
    refusals: Refusals

    def total(self, kind: str, wave: Wave, lists: Catalogue) -> Total | None:
        """What the row says; None if a cell of it is refused."""
        if self.row in self.sheet.ragged:
            self.refuse("", _("这一行的格数与表头不同。"))
            return None
        community = self.community(kind, lists)
        subject = self.read(SUBJECT, self._subject)
        if kind == COUNTS:
            counts = {
                option: self.read_column(column, values.count)
                for column, option in self.plan.options.items()
            }
            if None in (community, subject, *counts.values()):
                return None
            if not any(counts.values()):
                self.refuse("", _("各选项都没有份数。"))
                return None
            return Total(community, subject, counts)  # type: ignore[arg-type]
        score = self.read(SCORE, lambda text: _on_scale(text, wave))
        n = self.read(ANSWERS, values.count)
        if n == 0:
            self.refuse(str(self.plan.column(ANSWERS)), _("有效答卷至少为 1 份。"))
            return None
        if community is None or subject is None or score is None or n is None:
            return None
        return Total(community, subject, {}, Decimal(str(score)), n)

    def community(self, kind: str, lists: Catalogue) -> str | None:
        """The place; a published score may be of the whole subdistrict."""
        name = self.plan.column(COMMUNITY)
        if name is None:
            return SUBDISTRICT
        reader = place_reader(self.plan, lists)

        def place(text: str) -> str:
            code = self.plan.places.get(answer_key(text))
            if code == WHOLE:
                if kind == COUNTS:
                    raise InvalidEntry(_("份数要按社区填写，合计由系统计算。"))
                return SUBDISTRICT
            return reader(text)

        return self.read_column(name, place)

    def read(self, role: str, reader: Callable[[str], T]) -> T | None:
        return self.read_column(str(self.plan.column(role)), reader)

    def read_column(self, name: str, reader: Callable[[str], T]) -> T | None:
        column = self.sheet.column(name)
        text = column.values[column.codes[self.row]]
        try:
            return reader(text)
        except InvalidEntry as error:
            self.refuse(name, error.sentence, text)
            return None

    def refuse(self, column: str, reason: str, value: str = "") -> None:
        self.refusals.add(np.array([self.row]), column, value, reason)

    def _subject(self, text: str) -> str:
        values.trusted(text)
        subject = self.plan.subjects.get(answer_key(text))
        if subject is None:
            raise InvalidEntry(_("没有这个服务领域。"))
        return subject


def _on_scale(text: str, wave: Wave) -> float:
    score = values.score(text)
    points = [option.points for option in wave.options if option.points is not None]
    if not min(points) <= score <= max(points):
        raise InvalidEntry(
            _("得分应在 {low} 与 {high} 之间，请核对评分标准。").format(
                low=f"{min(points):g}", high=f"{max(points):g}"
            )
        )
    return score
