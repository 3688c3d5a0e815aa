"""Commitments as a sheet: those on record stay as they are, new rows are put on record."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from hashlib import blake2b
from typing import Any

from db.engine import Session
from db.reads import commitments as reads
from db.reads.workbooks import Logged
from db.writes.commitments import ENTITY, Facts, number_of
from services import commitments as service
from services.catalogue import catalogue
from services.commitments import DONE, OPEN, VOID, Typed
from services.i18n import _
from services.permissions import CurrentUser
from services.privacy import mask
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import refuse_change
from services.workbook.lists.listing import Keeper, Listing, Values, key_of_content

_STATE = "state"


class _Keeper(Keeper):
    """The commitments as they are now; they are carried on and made void on the page only."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        rows = reads.commitments(session)
        self._values = {number_of(row.id): _values_of(row, service.state_of(row)) for row in rows}
        self._marks = {number_of(row.id): _mark_of(row) for row in rows}
        self._numbers: dict[tuple[Any, ...], str] = {}
        for number, values in self._values.items():
            self._numbers.setdefault(self.name(values), number)

    def keys(self) -> Iterable[str]:
        return (number for number, values in self._values.items() if values[_STATE] != VOID)

    def now(self, key: str) -> Values | None:
        return self._values.get(key)

    def find(self, values: Values) -> str:
        """A row that says what is on record, void or not, is not put on record again."""
        return self._numbers.get(self.name(values), "")

    def name(self, values: Values) -> tuple[Any, ...]:
        return tuple(value for name, value in values.items() if name != _STATE)

    def checked(self, key: str, values: Values) -> Values:
        if key:
            reason = _("已登记的承诺事项不能用表格改。登记错了的，请在页面上作废后重新登记。")
            refuse_change(self._values[key], values, reason)
        facts = service.checked(self.lists, _typed(values), self.today)
        return _values_of(facts, OPEN)

    def write(self, _key: str, values: Values, now: datetime) -> None:
        key = key_of_content(self.name(values))
        service.make(self.session, _typed(values), key, self.user, now, self.today)

    def mark(self, key: str) -> str:
        return self._marks[key]

    def owns(self, key: str, mark: str) -> bool:
        return key in self._marks and mark in ("", self._marks[key])

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        self._step(line, "void", reason, now)

    def restore(self, line: Logged, now: datetime) -> None:
        self._step(line, "restore", "", now)

    def _step(self, line: Logged, action: str, note: str, now: datetime) -> None:
        row = service.find(self.session, line.key)
        key, day = key_of_content((line.key, row.version, action)), self.today
        service.take(self.session, line.key, action, day, note, row.version, key, self.user, now,
                     day)  # fmt: skip

    def words(self, values: Values) -> str:
        return f"{values['made_on']} {mask(values['meeting'])} {mask(values['text'])[:40]}"


def _values_of(row: reads.Commitment | Facts, state: str) -> Values:
    return {
        "made_on": row.made_on,
        "meeting": row.meeting,
        "text": row.text,
        "owner": row.owner,
        "community": row.community_code or "",
        "domain": row.domain_code or "",
        "due_on": row.due_on,
        _STATE: state,
    }


def _typed(values: Values) -> Typed:
    return Typed(**{name: value for name, value in values.items() if name != _STATE})


def _mark_of(row: reads.Commitment) -> str:
    """A mark that no commitment of another office has."""
    return blake2b(row.steps[0].idempotency_key.encode(), digest_size=6).hexdigest()


def _fields(session: Session) -> tuple[Field, ...]:
    states = (OPEN, DONE, VOID)
    state = one_of(
        _STATE,
        lambda: _("状态"),
        lambda: {state: service.state_label(state) for state in states},
        empty=OPEN,
    )
    return (
        day("made_on", lambda: _("会议日期")),
        Field("meeting", lambda: _("会议名称"), width=24, say=mask, hides=True),
        Field("text", lambda: _("承诺内容"), width=50, say=mask, hides=True),
        Field("owner", lambda: _("责任人"), width=16, say=mask, hides=True),
        one_of("community", lambda: _("社区"),
               lambda: {one.code: one.name for one in catalogue(session).communities}, empty=""),
        one_of("domain", lambda: _("服务领域"),
               lambda: {one.code: one.label for one in catalogue(session).domains}, empty=""),
        day("due_on", lambda: _("完成期限")),
        replace(state, kind="kept", choices=(), fixed=lambda: _(
            "只能登记办理中的承诺事项；登记后再在页面上办结。")),
    )  # fmt: skip


LISTING = Listing(
    "commitments",
    "hold_meeting",
    lambda: _("承诺事项"),
    ("made_on", "meeting", "text", "owner", "due_on"),
    _fields,
    _Keeper,
    logged=(ENTITY,),
)
