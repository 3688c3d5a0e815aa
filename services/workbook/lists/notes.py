"""Notes on charts as a sheet: those on record stay as they are, new rows are put on the charts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from db.engine import Session
from db.reads import chart_notes as reads
from db.reads.workbooks import Logged
from db.writes.chart_notes import ENTITY, Facts
from services import chart_notes as service
from services.catalogue import catalogue
from services.chart_notes import Typed
from services.errors import InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, may
from services.privacy import mask
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import Numbered, refuse_change
from services.workbook.lists.listing import Listing, Values, key_of_content

NOTE = "annotate_chart"


class _Keeper(Numbered):
    """The notes as they are now; a person has those of their own community."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        rows = {str(row.id): row for row in reads.every(session)}
        super().__init__(rows, {key: _values_of(row) for key, row in rows.items()})

    def keys(self) -> Iterable[str]:
        return (
            key
            for key, row in self.rows.items()
            if not row.void_reason and may(self.user, NOTE, row.community_code or "")
        )

    def name(self, values: Values) -> str:
        """The idempotency key of a row: that of all it says."""
        said = " ".join(values["text"].split())
        return key_of_content((values["day"], values["series"], values["community"], said))

    def checked(self, key: str, values: Values) -> Values:
        if key:
            reason = _("已有的注记不能用表格改。写错了的，请在图上作废后另写一条。")
            refuse_change(self.values[key], values, reason)
        typed = Typed(**values)
        if not may(self.user, NOTE, typed.community):
            raise InvalidEntry(_("您只能查看和办理本社区的事项。"), "community")
        return _values_of(service.checked(typed, self.lists, self.today))

    def write(self, _key: str, values: Values, now: datetime) -> None:
        made = self.name(values)
        service.make(self.session, Typed(**values), made, self.user, now, self.today)

    def called(self, key: str) -> str:
        return self.words(self.values[key]) if key in self.values else key

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        note = self.rows[line.key]
        service.void(self.session, note.id, reason, note.version, self.user, now)

    def restore(self, line: Logged, now: datetime) -> None:
        note = self.rows[line.key]
        service.restore(self.session, note.id, note.version, self.user, now)

    def words(self, values: Values) -> str:
        return f"{values['day']} {mask(values['text'])[:40]}"


def _values_of(row: reads.ChartNote | Facts) -> Values:
    return {
        "day": row.day,
        "series": row.series,
        "community": row.community_code or "",
        "text": row.text,
    }


def _fields(session: Session) -> tuple[Field, ...]:
    return (
        day("day", lambda: _("日期")),
        one_of("series", lambda: _("注在哪项数字上"),
               lambda: service.series_labels(catalogue(session)), width=30),
        one_of("community", lambda: _("社区"),
               lambda: {"": _("全街道")} | {one.code: one.name
                                        for one in catalogue(session).communities}, empty=""),
        Field("text", lambda: _("发生了什么"), width=50, say=mask, hides=True),
    )  # fmt: skip


def _help() -> tuple[str, ...]:
    return (
        _("新的注记填在新的一行，编号和核对码留空；社区留空就是全街道。"),
        _("已有的注记只供查看；作废和恢复请在图上办理。"),
    )


LISTING = Listing(
    "notes",
    NOTE,
    lambda: _("图上注记"),
    ("day", "series", "text"),
    _fields,
    _Keeper,
    help=_help,
    logged=(ENTITY,),
)
