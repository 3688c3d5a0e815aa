"""Surveys as a sheet: those on record stay as they are, new rows are added with a known scale."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from typing import Any

from db.engine import Session
from db.reads import survey as reads
from db.reads import uses
from db.reads.workbooks import Logged
from services import surveys as service
from services.entries import name_key
from services.i18n import _
from services.permissions import CurrentUser
from services.satisfaction import line_up, mode_label
from services.surveys import MODES, NewWave
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import Named, from_log, refuse_change
from services.workbook.lists.listing import Listing, Values

ENTITY = "survey_wave"  # in the change log
_STATED = ("label", "mode", "scale", "wording", "first_day", "last_day")


class _Keeper(Named):
    """The surveys as they are now; they are changed on no page, so by no file."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.scales = _scales(session)
        newest_first = reversed(reads.waves(session))
        super().__init__(
            {row.code: {name: getattr(row, name) for name in _STATED} for row in newest_first}
        )

    def name(self, values: Values) -> str:
        return name_key(values["label"])

    def checked(self, key: str, values: Values) -> Values:
        if key:
            reason = _("已新增的调查不能用表格改；新的调查请换一个名称。")
            refuse_change(self.values[key], values, reason)
        wave = service.checked_wave(self.session, NewWave(**values), self.scales, self.today)
        return {name: getattr(wave, name) for name in _STATED}

    def write(self, _key: str, values: Values, now: datetime) -> None:
        wave = NewWave(**values)
        service.add_wave(self.session, wave, self.scales, self.user, now, self.today)

    def owns(self, key: str, mark: str) -> bool:
        return key in self.values and mark in ("", self.mark(key))

    def is_used(self, key: str) -> bool:
        return uses.is_used(self.session, ENTITY, key)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        service.remove_wave(self.session, line.key, reason, self.user, now)

    def restore(self, line: Logged, now: datetime) -> None:
        before = from_log(line, "first_day", "last_day")
        self.write("", {name: before[name] for name in _STATED}, now)

    def words(self, values: Values) -> str:
        return f"{values['label']} {mode_label(values['mode'])}"


def _scales(session: Session) -> Mapping[str, Any]:
    """The scales that surveys on record have, as config.toml writes them."""
    options: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in reads.options(session):
        options[row.wave_code].append(
            {"code": row.option_code, "label": row.label, "label_en": row.label_en,
             "points": row.points, "satisfied": row.satisfied}
        )  # fmt: skip
    return {row.scale: {"options": options[row.code]} for row in reads.waves(session)}


def _scale_labels(session: Session) -> dict[str, str]:
    """What the answers of a scale score, in words."""
    return {wave.scale: wave.scale_label for wave in line_up(session, date.max)}


def _fields(session: Session) -> tuple[Field, ...]:
    return (
        Field("label", lambda: _("调查名称"), width=36),
        one_of("mode", lambda: _("调查方式"), lambda: {mode: mode_label(mode) for mode in MODES}),
        one_of("scale", lambda: _("评分标准"), partial(_scale_labels, session), width=50),
        Field("wording", lambda: _("问卷版本"), width=10, empty="1"),
        day("first_day", lambda: _("开始日期")),
        day("last_day", lambda: _("结束日期")),
    )  # fmt: skip


def _help() -> tuple[str, ...]:
    return (_("新的调查填在新的一行。评分标准从已有的调查里选；用新的评分标准，请在页面上新增。"),)


LISTING = Listing(
    "waves",
    "record_survey",
    lambda: _("调查"),
    ("label", "mode", "scale"),
    _fields,
    _Keeper,
    help=_help,
    logged=(ENTITY,),
)
