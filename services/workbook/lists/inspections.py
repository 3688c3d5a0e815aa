"""Inspections as a sheet: what was found can be corrected and added; steps are on the page only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import inspections as reads
from db.reads.workbooks import Logged
from db.writes.activities import number_of as activity_number
from db.writes.inspections import ENTITY, Facts, number_of
from services import inspections as service
from services.catalogue import catalogue
from services.errors import InvalidEntry
from services.i18n import _
from services.inspections import QUALIFIED, VERDICTS, VOID, Chosen, Typed
from services.inspections.course import state_of
from services.inspections.entry import checked, corrected
from services.inspections.reading import whole_list
from services.permissions import CurrentUser
from services.privacy import mask
from services.views import View
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import Numbered, from_log
from services.workbook.lists.listing import Listing, Values, key_of_content

_SUBJECT = ("community", "domain", "activity")
_SHOWN = ("later", "state", "photos")
_EVERY = 1_000_000


class _Keeper(Numbered):
    """The inspections as they are now; they are looked at again and made void on the page only."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        pairs = [
            pair
            for void in (False, True)
            for pair in reads.chosen(session, reads.Choice(void=void), _EVERY)
        ]
        photos = reads.photo_counts(session)
        super().__init__(
            {number_of(row.id): row for row, _later in pairs},
            {number_of(row.id): _values_of(row) | _shown(row, later, photos.get(row.id, 0), today)
             for row, later in pairs},
        )  # fmt: skip

    def keys(self) -> Iterable[str]:
        return (number for number, row in self.rows.items() if not row.void_reason)

    def name(self, values: Values) -> str:
        """A row's idempotency key; an activity brings its domain along, blanks do not count."""
        said = tuple(" ".join(values[name].split()) for name in ("inspector", "rank", "findings"))
        activity = values["activity"].strip().upper()
        due_on = None if values["verdict"] == QUALIFIED else values["due_on"]
        return key_of_content(
            (values["day"], values["community"], activity or values["domain"], *said,
             values["verdict"], due_on, values["follows"].strip().upper())
        )  # fmt: skip

    def checked(self, key: str, values: Values) -> Values:
        typed = _typed(values)
        if key:
            facts = corrected(self.session, self.rows[key], typed, self.today, self.lists)
        else:
            facts = checked(self.session, typed, self.today, None, lists=self.lists)
        self._check_subject(values, facts)
        return _values_of(facts) | {name: values[name] for name in ("follows", *_SHOWN)}

    def _check_subject(self, values: Values, facts: Facts) -> None:
        """What a re-inspection or an activity decides cannot be stated otherwise beside it."""
        decided = _values_of(facts)
        for name in _SUBJECT:
            if values[name] and values[name].strip().upper() != decided[name].upper():
                raise InvalidEntry(
                    _("复查的社区、服务领域和活动跟第一次督查一样，不能改。")
                    if values["follows"]
                    else _("填了活动编号，服务领域就跟活动一样，请留空。"),
                    name,
                )

    def write(self, key: str, values: Values, now: datetime) -> None:
        typed, who = _typed(values), (self.user, now, self.today, self.lists)
        if key:
            service.correct(self.session, key, typed, self.rows[key].version, *who)
        else:
            service.record(self.session, typed, (), self.name(values), *who)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        version = self.rows[line.key].version
        service.void(self.session, line.key, reason, version, self.user, now)

    def restore(self, line: Logged, now: datetime) -> None:
        version = self.rows[line.key].version
        service.restore(self.session, line.key, version, self.user, now)

    def put_back(self, line: Logged, now: datetime) -> None:
        self.write(line.key, _before(line), now)

    def words(self, values: Values) -> str:
        place = self.lists.community(values["community"]).name
        return f"{values['day']} {place} {mask(values['findings'])[:40]}".rstrip()


def _values_of(row: reads.Inspection | Facts) -> dict[str, Any]:
    return {
        "day": row.day,
        "community": row.community_code,
        "domain": row.domain_code or "",
        "activity": activity_number(row.activity_id) if row.activity_id else "",
        "inspector": row.inspector,
        "rank": row.rank,
        "verdict": row.verdict,
        "findings": row.findings,
        "due_on": row.due_on,
    }


def _before(line: Logged) -> Values:
    """What the page's form said when the inspection said what the log has of it."""
    before = from_log(line, "day", "due_on")
    activity = activity_number(before["activity_id"]) if before["activity_id"] else ""
    plain = {name: before[name] for name in ("day", "inspector", "rank", "verdict", "findings",
                                             "due_on")}  # fmt: skip
    return plain | {
        "community": before["community_code"],
        "domain": "" if activity else before["domain_code"] or "",
        "activity": activity,
    }


def _shown(
    row: reads.Inspection, later: reads.Inspection | None, photos: int, today: date
) -> dict[str, str]:
    """What only the page changes."""
    state = state_of(row, later, today)
    return {
        "follows": number_of(row.follows_id) if row.follows_id else "",
        "later": number_of(later.id) if later else "",
        "state": service.state_label(state, later.verdict if later else ""),
        "photos": str(photos or ""),
    }


def _typed(values: Values) -> Typed:
    return Typed(**{name: value for name, value in values.items() if name not in _SHOWN})


def _fields(session: Session) -> tuple[Field, ...]:
    return (
        day("day", lambda: _("督查日期")),
        one_of("community", lambda: _("社区"),
               lambda: {one.code: one.name for one in catalogue(session).communities}),
        one_of("domain", lambda: _("服务领域"),
               lambda: {"": _("综合")} | {one.code: one.label
                                        for one in catalogue(session).domains}, empty=""),
        Field("activity", lambda: _("活动"), local=True, called=("活动编号",)),
        Field("inspector", lambda: _("督查人"), width=16, say=mask, hides=True),
        Field("rank", lambda: _("职务"), width=16, say=mask, hides=True),
        one_of("verdict", lambda: _("结论"),
               lambda: {code: service.verdict_label(code) for code in VERDICTS}),
        Field("findings", lambda: _("督查情况"), width=50, say=mask, hides=True),
        day("due_on", lambda: _("整改期限")),
        Field("follows", lambda: _("复查哪一次"), "kept", fixed=_looked_at_again),
        Field("later", lambda: _("由哪一次复查"), "kept", fixed=_looked_at_again),
        Field("photos", lambda: _("照片（张）"), "kept", fixed=_photographed),
        Field("state", lambda: _("状态"), "kept"),
    )  # fmt: skip


def _looked_at_again() -> str:
    return _("复查请在页面上登记：打开要复查的那一次督查。")


def _photographed() -> str:
    return _("照片在页面上添加和撤下，请不要改这一格。")


def _help() -> tuple[str, ...]:
    return (
        _("新的督查填在新的一行，编号和核对码留空；改动某一行，导入时就更正那一次督查。"),
        _("复查、整改、照片、作废和恢复只在页面上办理：这几列只供查看，不能用表格改。"),
    )


LISTING = Listing(
    "inspections",
    "record_inspection",
    lambda: _("督查"),
    ("day", "community", "verdict"),
    _fields,
    _Keeper,
    help=_help,
    logged=(ENTITY,),
)


def inspections_book(session: Session, view: View, chosen: Chosen, user: CurrentUser) -> bytes:
    """The inspections of a view that are not void, newest first, to be changed."""
    rows = () if chosen.state == VOID else whole_list(session, view, chosen)
    return LISTING.export(session, user, view.today, (row.number for row in rows))
