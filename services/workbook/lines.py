"""What a row of a file comes to, and what was done with the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from services.activities.finding import Answer, Finding
from services.activities.history import Difference
from services.errors import InvalidEntry
from services.i18n import _
from services.periods import Period
from services.workbook.table import Table

# new · changes what is on record · says what is on record
NEW, CHANGED, SAME = "new", "changed", "same"
# perhaps there already · odd and to be confirmed · odd and left out by the person · cannot be
# taken · prepared by the template and not filled in
ALIKE, ASK, LEFT, REFUSED, BLANK = "alike", "ask", "left", "refused", "blank"
NOT_TAKEN = (REFUSED, ALIKE, ASK, LEFT)
LISTED = 5  # files that are listed to be taken back
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Reason:
    """Why a row is refused; `column` is "" where the row as a whole is the reason."""

    column: str
    value: str
    sentence: str


@dataclass(frozen=True)
class Line:
    """`what`: the row in a few words; `content`: what is to be written, its kind's own; `asked`:
    what is to be confirmed about it, and the `answer` to all of that."""

    line: int
    state: str
    what: str
    number: str = ""
    reasons: tuple[Reason, ...] = ()
    differences: tuple[Difference, ...] = ()
    note: str = ""
    content: Any = None
    asked: tuple[Finding, ...] = ()
    answer: Answer | None = None


@dataclass(frozen=True, eq=False)
class Checked:
    """`foreign`: rows whose numbers are not of this office."""

    table: Table
    lines: tuple[Line, ...]
    foreign: int = 0

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(line.state for line in self.lines)

    @property
    def to_write(self) -> int:
        return self.counts[NEW] + self.counts[CHANGED]

    def of(self, state: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.state == state)

    def require_rows(self) -> None:
        """InvalidEntry where no row can be taken, and none is on record as it is."""
        if not self.to_write and not self.counts[SAME]:
            raise InvalidEntry(_("没有一行可以导入，请查看各行的原因。"))


@dataclass(frozen=True)
class Where:
    """Whose the rows are that name no community, and the month of days written without one."""

    community: str | None
    month: Period


@dataclass(frozen=True)
class Said:
    """What a person says to the odd figures of a line; `answer` is None if it is to be left out."""

    line: int
    answer: Answer | None


@dataclass(frozen=True)
class Choice:
    """What a person decided on: rows like what is on record are others (`alike`); rows with the
    numbers of another office are new here (`foreign`); what was `said` to odd ones."""

    alike: bool = False
    foreign: bool = False
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, eq=False)
class Upload:
    name: str
    table: Table
    where: Where
    choice: Choice = Choice()


@dataclass(frozen=True)
class Receipt:
    """`refused`: all that was not taken, the `unconfirmed` among them; `numbers`: the first and
    the last of the records that were added."""

    added: int
    changed: int
    unchanged: int
    refused: int
    numbers: tuple[str, ...] = ()
    unconfirmed: int = 0


@dataclass(frozen=True)
class Taken:
    """A file that was taken over. `undoable`: what it added or corrected and nobody has changed
    since; `undone`: what was taken back."""

    number: int
    at: datetime
    who: str
    file_name: str
    added: int
    changed: int
    unchanged: int
    refused: int
    undoable: int
    undone: int


@dataclass(frozen=True)
class Stay:
    """A row that stays as it is, and why."""

    what: str
    why: str


@dataclass(frozen=True)
class Undone:
    """How many records were void and how many as they were before, or the other way round; `kept`:
    what was changed or approved since, and stays as it is; `stays`: which these are, where the
    kind tells them."""

    added: int
    changed: int
    kept: int = 0
    stays: tuple[Stay, ...] = ()


def receipt_of(checked: Checked, made: Sequence[str] = ()) -> Receipt:
    """What was taken of the file; `made`: the numbers of all that was added, in order."""
    counts = checked.counts
    return Receipt(
        added=counts[NEW],
        changed=counts[CHANGED],
        unchanged=counts[SAME],
        refused=sum(counts[state] for state in NOT_TAKEN),
        numbers=(*made[:1], *made[1:][-1:]),
        unconfirmed=counts[ASK],
    )


def facts_of_file(kind: str, upload: Upload, receipt: Receipt) -> dict[str, str | int]:
    """What is noted of a file that was taken over."""
    return {
        "kind": kind,
        "file_name": upload.name[:200],
        "sha256": upload.table.sha256,
        "rows": len(upload.table.rows),
        "added": receipt.added,
        "changed": receipt.changed,
        "unchanged": receipt.unchanged,
        "refused": receipt.refused,
    }
