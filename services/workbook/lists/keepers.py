"""What keepers of lists share: rows that are known by a name, and records that have numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from db.reads.workbooks import Logged
from services.errors import InvalidEntry
from services.i18n import _
from services.workbook.lines import NEW, SAME, Choice, Line
from services.workbook.lists.listing import Keeper, Values, mark_of
from services.workbook.sheet import same_record, version_mark


class Named(Keeper):
    """A list of which a row without a key is about the entry of its name."""

    def __init__(self, values: Mapping[str, Values]) -> None:
        self.values = values
        self._keys = {self.name(said): key for key, said in values.items()}

    def keys(self) -> Iterable[str]:
        return self.values

    def now(self, key: str) -> Values | None:
        return self.values.get(key)

    def find(self, values: Values) -> str:
        return self._keys.get(self.name(values), "")

    def mark(self, key: str) -> str:
        return mark_of(self.values[key])

    def called(self, key: str) -> str:
        return self.words(self.values[key]) if key in self.values else key

    def owns(self, key: str, _mark: str) -> bool:
        return key in self.values


class Numbered(Keeper):
    """Records of which a row without a number is a new one by its content, unless it says what one
    of them says; it never changes anything. `rows` have versions and idempotency keys."""

    def __init__(self, rows: Mapping[str, Any], values: Mapping[str, Values]) -> None:
        self.rows, self.values = rows, values
        self.made = {row.idempotency_key: number for number, row in rows.items()}
        self._numbers: dict[Any, str] = {}
        for number, said in values.items():
            self._numbers.setdefault(self.name(said), number)

    def now(self, key: str) -> Values | None:
        return self.values.get(key)

    def find(self, values: Values) -> str:
        return self._numbers.get(self.name(values), "")

    def key_of(self, values: Values) -> str:
        """The idempotency key under which such a new row is kept."""
        return str(self.name(values))

    def settled(self, lines: Sequence[Line], _choice: Choice) -> tuple[Line, ...]:
        """New rows that made a record before are no news, whatever became of it."""
        return tuple(self._settled(line) if line.state == NEW else line for line in lines)

    def _settled(self, line: Line) -> Line:
        number = self.made.get(self.key_of(line.content[1]))
        if number is None:
            return line
        return replace(line, state=SAME, number=number, note=_("已经导入过"), content=None)

    def mark(self, key: str) -> str:
        return version_mark(self.rows[key].version, self.rows[key].idempotency_key)

    def owns(self, key: str, mark: str) -> bool:
        return key in self.rows and (not mark or same_record(mark, self.mark(key)))


def refuse_change(now: Values, values: Values, reason: str) -> NoReturn:
    """Of a row on record that no file changes: say so beside the first cell that differs."""
    raise InvalidEntry(reason, next(name for name in now if now[name] != values[name]))


def from_log(line: Logged, *days: str) -> dict[str, Any]:
    """All that a row said before, as the change log keeps it, with its days as days."""
    before = line.before or {}
    return before | {
        name: date.fromisoformat(before[name]) if before[name] else None for name in days
    }
