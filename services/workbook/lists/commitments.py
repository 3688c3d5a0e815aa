"""Commitments as a sheet: open ones are corrected, new rows put on record; steps on the page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date, datetime
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
from services.workbook.lists.keepers import from_log
from services.workbook.lists.listing import Keeper, Listing, Values, key_of_content
from services.workbook.sheet import same_record, version_mark

_STATE = "state"
_SAID = tuple(one.name for one in fields(Typed))


class _Keeper(Keeper):
    """The commitments as they are now; they are carried on and made void on the page only."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        self._rows = {number_of(row.id): row for row in reads.commitments(session)}
        self._values = {
            number: _values_of(row, service.state_of(row)) for number, row in self._rows.items()
        }
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
        return tuple(values[name] for name in _SAID)

    def checked(self, key: str, values: Values) -> Values:
        typed = _typed(values)
        if key:
            facts = service.corrected(self.lists, self._rows[key], typed, self.today)
        else:
            facts = service.checked(self.lists, typed, self.today)
        return _values_of(facts, OPEN)

    def write(self, key: str, values: Values, now: datetime) -> None:
        typed, who = _typed(values), (self.user, now, self.today)
        if key:
            service.correct(self.session, key, typed, self._rows[key].version, *who)
        else:
            service.make(self.session, typed, key_of_content(self.name(values)), *who)

    def mark(self, key: str) -> str:
        """A mark that no commitment of another office has, and the version."""
        row = self._rows[key]
        return version_mark(row.version, row.steps[0].idempotency_key)

    def owns(self, key: str, mark: str) -> bool:
        return key in self._rows and (not mark or same_record(mark, self.mark(key)))

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        self._step(line, "void", reason, now)

    def restore(self, line: Logged, now: datetime) -> None:
        self._step(line, "restore", "", now)

    def put_back(self, line: Logged, now: datetime) -> None:
        before = from_log(line, "made_on", "due_on", "done_on")
        before |= {name: before[f"{name}_code"] or "" for name in ("community", "domain")}
        self.write(line.key, {name: before[name] for name in _SAID}, now)

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
    return Typed(**{name: values[name] for name in _SAID})


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
            "状态不能用表格改：新登记的都是办理中，以后在页面上办结。")),
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
