"""A list as a sheet: its rows beside what is kept, and the file taken over whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import blake2b
from typing import Any, Protocol

from db.engine import Session
from db.reads.workbooks import Logged
from db.writes import workbooks
from db.writes.log import raise_version
from services.admin.edits import fingerprint
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _, in_each_language
from services.permissions import CurrentUser, require
from services.workbook.book import Page, book
from services.workbook.lines import (
    CHANGED,
    NEW,
    Checked,
    Choice,
    Line,
    Progress,
    Receipt,
    Upload,
    facts_of_file,
    receipt_of,
)
from services.workbook.lists.cells import Field
from services.workbook.lists.rows import KEY, MARK, Reader, marked
from services.workbook.table import Column
from services.writing import author_of

Values = Mapping[str, Any]  # field → value


class Keeper(Protocol):
    """A list as it is kept now; made anew for every check."""

    def keys(self) -> Iterable[str]:
        """What an export lists, in order."""

    def now(self, key: str) -> Values | None:
        """What is kept under a key; None where there is no such key."""

    def find(self, values: Values) -> str:
        """The key of what a row without a key is about; "" if it is new."""

    def name(self, values: Values) -> Hashable:
        """What only one row of a file may add or change."""

    def checked(self, key: str, values: Values) -> Values:
        """The values as they would be kept; InvalidEntry names the field."""

    def settled(self, lines: Sequence[Line], _choice: Choice) -> tuple[Line, ...]:
        """The lines of a file beside each other, once every one of them is read."""
        return tuple(lines)

    def write(self, key: str, values: Values, now: datetime) -> None:
        """Keep them through the list's own service; `key` "" adds."""

    def write_all(
        self, rows: Sequence[tuple[str, Values]], now: datetime, progress: Progress
    ) -> Sequence[str]:
        """Keep them all; the numbers of what was added, where people go by numbers."""
        for done, (key, values) in enumerate(rows, start=1):
            self.write(key, values, now)
            progress(done / len(rows))
        return ()

    def mark(self, key: str) -> str:
        """The check code: what tells whether a row is still as it was exported."""

    def owns(self, key: str, mark: str) -> bool:
        """Whether a row with this key and mark is of this office; InvalidEntry: none of the
        person's business."""

    def words(self, values: Values) -> str:
        """The row in a few words."""

    def key_of_line(self, line: Logged) -> str:
        """The key of what a line of the change log is about."""
        return line.key

    def called(self, key: str) -> str:
        """What people call the row of a key: its number, where they go by numbers."""
        return key

    def is_used(self, _key: str) -> bool:
        """Whether something else stands on a row: what added it is not taken back then."""
        return False

    def take_back_all(self, lines: Sequence[Logged], reason: str, now: datetime) -> Sequence[str]:
        """Undo these lines of the log in this order; of each why it stays, "" if it is undone."""
        return [self.tried(line, reason, now) for line in lines]

    def tried(self, line: Logged, reason: str, now: datetime) -> str:
        """The same for one line."""
        if line.before is None and self.is_used(self.key_of_line(line)):
            return _("已有别的内容用到它")
        try:
            self.take_back(line, reason, now)
        except (InvalidEntry, Conflict, NotFound) as refused:
            return refused.sentence
        return ""

    def take_back(self, line: Logged, reason: str, now: datetime) -> None:
        """Undo what a line of the change log says, by the list's own service; an AppError says why
        it stays."""
        if line.before is None or line.action == "restore":
            self.void(line, reason, now)
        elif line.action in ("void", "clear"):
            self.restore(line, now)
        else:
            self.put_back(line, now)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        """Take a row out, as the list does that."""

    def restore(self, line: Logged, now: datetime) -> None:
        """Have a row in again that was taken out."""

    def put_back(self, line: Logged, now: datetime) -> None:
        """Have a row say again what it said before."""

    def follow(self) -> None:
        """What follows once from all that was taken back."""


@dataclass(frozen=True)
class Listing:
    """A list that goes out and comes back. `permission`: who may change it; `seen_with`: who may
    have it, if others may too; `alike`: asked where so many new rows resemble others; `help`: what
    a person needs to know; `of` and `offers`: see `book.Page`; `logged`: what the change log calls
    its rows."""

    code: str
    permission: str
    label: Callable[[], str]
    needed: tuple[str, ...]
    fields: Callable[[Session], tuple[Field, ...]]
    keeper: Callable[[Session, CurrentUser, date], Keeper]
    logged: tuple[str, ...]
    seen_with: str = ""
    alike: Callable[[int], str] = str
    help: Callable[[], Sequence[str]] = tuple
    of: str = ""
    offers: Callable[[], Mapping[str, Sequence[str]]] = dict

    def columns(self, session: Session) -> list[Column]:
        """The list's own columns, then the key and the check code, which are the machine's."""
        shown = [_column(field) for field in self.fields(session)]
        machine = (Field(KEY, _key_heading, "kept"), Field(MARK, _mark_heading, "kept", 20))
        return [*shown, *map(_column, machine)]

    def export(
        self, session: Session, user: CurrentUser, today: date, keys: Iterable[str] | None = None
    ) -> bytes:
        """What is kept (of these keys, else all), to be changed and imported back."""
        require(user, self.seen_with or self.permission)
        keeper, fields = self.keeper(session, user, today), self.fields(session)
        kept = [(key, keeper.now(key)) for key in (keeper.keys() if keys is None else keys)]
        rows = [
            {field.name: field.say(values[field.name]) for field in fields}
            | {KEY: key, MARK: marked(keeper.mark(key), fields, values)}
            for key, values in kept
            if values is not None
        ]
        shown, frozen = self.columns(session), len(self.needed)
        return book(Page(self.label(), shown, rows, frozen, self.of, self.offers(), self.help()))

    def check(self, session: Session, upload: Upload, user: CurrentUser, today: date) -> Checked:
        """What every row comes to; nothing is written."""
        return self._checked(session, upload, user, today)[1]

    def _checked(
        self, session: Session, upload: Upload, user: CurrentUser, today: date
    ) -> tuple[Keeper, Checked]:
        require(user, self.permission)
        keeper = self.keeper(session, user, today)
        reader = Reader(keeper, self.fields(session), upload)
        lines = [reader.line(given) for given in upload.table.rows]
        settled = keeper.settled(lines, upload.choice)
        return keeper, Checked(upload.table, settled, reader.foreign)

    def take(
        self,
        session: Session,
        upload: Upload,
        user: CurrentUser,
        now: datetime,
        today: date,
        progress: Progress = lambda _share: None,
    ) -> Receipt:
        """Add the new rows and change the changed ones. The same file again changes nothing."""
        require(user, self.permission)
        raise_version(session)  # its row is the queue of all writers
        keeper, checked = self._checked(session, upload, user, today)
        checked.require_rows()
        rows = [line.content for line in (*checked.of(CHANGED), *checked.of(NEW))]
        made = keeper.write_all(rows, now, progress) if rows else ()
        receipt = receipt_of(checked, made)
        if rows:
            facts = facts_of_file(self.code, upload, receipt)
            workbooks.note(session, author_of(user, now), facts)
        return receipt


def mark_of(values: Values) -> str:
    return fingerprint(sorted(values.items()))


def key_of_content(content: tuple[Any, ...]) -> str:
    """The idempotency key of a new row: that of all it says."""
    return f"workbook-{blake2b(repr(content).encode(), digest_size=20).hexdigest()}"


def _column(field: Field) -> Column:
    called = (*in_each_language(field.heading), *field.called)
    return Column(field.name, field.heading(), field.kind, field.width, field.choices, called)


def _key_heading() -> str:
    return _("编号")


def _mark_heading() -> str:
    return _("核对码")
