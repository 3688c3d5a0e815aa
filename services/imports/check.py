"""A file of respondents against its plan: which rows can be taken over, and why others cannot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from typing import Any

import numpy as np
from numpy.typing import NDArray

from services.catalogue import Catalogue
from services.errors import InvalidEntry
from services.i18n import _
from services.imports import values
from services.imports.personal import personal
from services.imports.plan import (
    AGE,
    BLANK,
    COMMUNITY,
    DAY,
    INTERVIEWER,
    NUMBER,
    OUTCOME,
    SEX,
    UNPLACED,
    WEIGHT,
    WHOLE,
    Plan,
    asked_for,
)
from services.imports.sheet import Column, Sheet
from services.imports.values import answer_key
from services.privacy import mask
from services.satisfaction import Wave

Rows = NDArray[np.bool_]
_SHOWN = 40  # characters of a refused cell


@dataclass(frozen=True)
class Refusal:
    """A cell that keeps its row out; `column` is "" where the row as a whole is the reason."""

    line: int
    column: str
    value: str
    reason: str


@dataclass(eq=False)
class Refusals:
    """The reasons found so far, whole columns at a time."""

    sheet: Sheet
    refused: Rows
    _found: list[tuple[NDArray[np.intp], str, str, str]] = field(default_factory=list)

    def add(self, rows: NDArray[np.intp], column: str, value: str, reason: str) -> None:
        if len(rows):
            self.refused[rows] = True
            self._found.append((rows, column, mask(value)[:_SHOWN], reason))

    def listed(self) -> Iterator[Refusal]:
        """One by one, in the order of the file's rows and columns."""
        order = {name: place for place, name in enumerate(self.sheet.names)}
        self._found.sort(key=lambda found: order.get(found[1], -1))
        rows = np.concatenate([found[0] for found in self._found] or [np.zeros(0, int)])
        which = np.repeat(np.arange(len(self._found)), [len(found[0]) for found in self._found])
        for place in np.argsort(rows, kind="stable"):
            _rows, column, value, reason = self._found[which[place]]
            yield Refusal(int(self.sheet.lines[rows[place]]), column, value, reason)


@dataclass(frozen=True, eq=False)
class Checked:
    """`rows` of the sheet that can be taken over; the other arrays follow them.

    answers: question column → option's place in the wave, −1 for a blank. left_out: rows that
    the plan does not ask for.
    """

    sheet: Sheet
    plan: Plan
    rows: NDArray[np.intp]
    keys: list[str]
    facts: dict[str, list[Any]]
    answers: dict[str, NDArray[np.intp]]
    refusals: Refusals
    left_out: int

    @property
    def accepted(self) -> int:
        return len(self.rows)

    @property
    def refused(self) -> int:
        return int(self.refusals.refused.sum())


def check_respondents(sheet: Sheet, plan: Plan, wave: Wave, lists: Catalogue) -> Checked:
    """Read every row by the plan. InvalidEntry if the plan itself cannot be."""
    _possible(sheet, plan)
    every, sheet = sheet.rows, asked_for(sheet, plan.only)
    refusals = Refusals(sheet, np.zeros(sheet.rows, bool))
    for row, cells in sheet.ragged.items():
        reason = _("这一行有 {cells} 格，表头有 {columns} 格。").format(
            cells=cells, columns=len(sheet.columns)
        )
        refusals.add(np.array([row]), "", "", reason)
    facts = _facts(sheet, plan, wave, lists, refusals)
    answers = {
        name: _read(sheet.column(name), _answer_reader(plan.answers[name], wave), refusals)
        for name in plan.questions
    }
    if OUTCOME not in facts:
        silent = np.logical_and.reduce([own == -1 for own in answers.values()])
        rows = np.flatnonzero(silent & ~refusals.refused)
        refusals.add(rows, "", "", _("一个问题也没有回答。"))
    _only_once(sheet, plan, refusals)
    rows = np.flatnonzero(~refusals.refused)
    return Checked(
        sheet,
        plan,
        rows,
        _keys(sheet, plan, rows),
        {role: own[rows].tolist() for role, own in facts.items()},
        {name: own[rows].astype(int) for name, own in answers.items()},
        refusals,
        every - sheet.rows,
    )


def _possible(sheet: Sheet, plan: Plan) -> None:
    """InvalidEntry if the plan names the same thing twice, or no question."""
    double = [role for role, n in Counter(plan.roles.values()).items() if n > 1 and ":" not in role]
    if any(double):
        columns = [name for name, role in plan.roles.items() if role in double and role]
        raise InvalidEntry(
            _("“{columns}”的用途相同，请只留一列。").format(columns=_("”和“").join(columns)),
            "roles",
        )
    if not plan.questions:
        raise InvalidEntry(_("请至少指出一列是问题，并选择它属于哪个领域或总体满意度。"), "roles")
    for name in [name for name, role in plan.roles.items() if role]:
        if name not in sheet.names:
            raise InvalidEntry(_("文件里没有“{column}”这一列。").format(column=name), "roles")
        sentence = personal(sheet.column(name))
        if sentence:
            raise InvalidEntry(sentence, "roles")


def _facts(
    sheet: Sheet, plan: Plan, wave: Wave, lists: Catalogue, refusals: Refusals
) -> dict[str, NDArray[Any]]:
    """Role → what every row says; without a column of communities nobody is placed."""
    readers: dict[str, Callable[[str], Any]] = {
        COMMUNITY: place_reader(plan, lists),
        WEIGHT: values.weight,
        DAY: _day_reader(wave),
        OUTCOME: lambda text: values.words(text, 40),
        AGE: values.age_group,
        INTERVIEWER: lambda text: values.code(text, wave.code),
    }
    facts = {}
    for role, reader in readers.items():
        name = plan.column(role)
        if name:
            facts[role] = _read(sheet.column(name), reader, refusals)
    name = plan.column(SEX)
    if name:
        column = sheet.column(name)
        coded = set(column.keys) <= {"1", "2", "0", "9", ""}
        facts[SEX] = _read(column, lambda text: values.sex(text, coded), refusals)
    facts.setdefault(COMMUNITY, np.full(sheet.rows, UNPLACED, dtype=object))
    return facts


def _read(column: Column, reader: Callable[[str], Any], refusals: Refusals) -> NDArray[Any]:
    """What the reader makes of every row; each different text is read once."""
    read = np.full(len(column.values), -1, dtype=object)
    order = np.argsort(column.codes, kind="stable")
    rows_of = np.split(order, np.cumsum(column.counts)[:-1])
    for code, (text, rows) in enumerate(zip(column.values, rows_of, strict=True)):
        try:
            read[code] = reader(text)
        except InvalidEntry as error:
            refusals.add(rows, column.name, text, error.sentence)
    return read[column.codes]


def _answer_reader(words: Mapping[str, str], wave: Wave) -> Callable[[str], int]:
    places = {option.code: place for place, option in enumerate(wave.options)} | {BLANK: -1}

    def read(text: str) -> int:
        values.trusted(text)
        option = words.get(answer_key(text))
        if option is None:
            raise InvalidEntry(_("这个回答没有对应的选项。"))
        return places[option]

    return read


def place_reader(plan: Plan, lists: Catalogue) -> Callable[[str], str]:
    """Reads a community's name by the plan; InvalidEntry names the one it may be."""
    names = [community.name for community in lists.active_communities]

    def read(text: str) -> str:
        name = values.trusted(text)
        code = plan.places.get(answer_key(text))
        if code:
            return UNPLACED if code == WHOLE else code
        if not name:
            raise InvalidEntry(_("没有写明社区。"))
        near = values.nearest(name, names)
        if near:
            raise InvalidEntry(
                _("没有名为“{name}”的社区，是不是“{near}”？").format(name=mask(name), near=near)
            )
        raise InvalidEntry(_("没有名为“{name}”的社区。").format(name=mask(name)))

    return read


def _day_reader(wave: Wave) -> Callable[[str], date | None]:
    def read(text: str) -> date | None:
        day = values.day(text)
        if day is not None and not wave.first_day <= day <= wave.last_day:
            raise InvalidEntry(
                _("日期不在这次调查的起止日期（{first} 至 {last}）之内。").format(
                    first=wave.first_day, last=wave.last_day
                )
            )
        return day

    return read


def _only_once(sheet: Sheet, plan: Plan, refusals: Refusals) -> None:
    """Where rows have a number of their own, each stands once."""
    name = plan.column(NUMBER)
    if name is None:
        return
    column, first = sheet.column(name), {}
    for row, (code, line) in enumerate(
        zip(column.codes.tolist(), sheet.lines.tolist(), strict=True)
    ):
        key = column.keys[code]
        if not key:
            refusals.add(np.array([row]), name, "", _("没有编号。"))
        elif first.setdefault(key, line) != line:
            reason = _("编号与第 {line} 行相同。").format(line=first[key])
            refusals.add(np.array([row]), name, column.values[code], reason)


def _keys(sheet: Sheet, plan: Plan, rows: NDArray[np.intp]) -> list[str]:
    """What tells rows apart: their own number, else all that is taken over of them.

    Rows that are the same in all of it are different people: they are counted.
    """
    name = plan.column(NUMBER)
    used = [name] if name else [name for name, role in plan.roles.items() if role]
    texts = []
    for column in map(sheet.column, sorted(used)):
        texts.append([column.keys[code] for code in column.codes[rows].tolist()])
    found: Counter[str] = Counter()
    keys = []
    for cells in zip(*texts, strict=True):
        digest = blake2b("\x1f".join(cells).encode(), digest_size=12).hexdigest()
        found[digest] += 1
        keys.append(digest if found[digest] == 1 else f"{digest}-{found[digest]}")
    return keys
