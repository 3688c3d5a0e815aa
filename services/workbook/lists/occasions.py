"""Cancelled and moved occasions of plans as a sheet: a row per occasion that is not as planned."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from db.engine import Session
from db.reads import changes as logs
from db.reads import plans as reads
from db.reads.workbooks import Logged
from db.writes.plans import OCCASION, key_of, number_of
from services import schedule as service
from services.catalogue import catalogue
from services.errors import InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, may
from services.privacy import mask
from services.schedule import Standing
from services.schedule.reading import plan_of
from services.schedule.writing import PLAN
from services.workbook.lines import NEW, SAME, Choice, Line
from services.workbook.lists.cells import Field, day, one_of
from services.workbook.lists.keepers import Named
from services.workbook.lists.listing import Listing, Values
from services.workbook.sheet import same_record, version_mark

_CANCEL, _MOVE = "cancel", "move"
_Said = tuple[str, str, str | None, str]  # the occasion, what was done, to which day, why


class _Keeper(Named):
    """What is said of occasions now; a person has those of their own community's plans."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user, self.today = session, user, today
        self.lists = catalogue(session)
        self.plans = {number_of(row.id): row for void in (False, True)
                      for row in reads.plans(session, void=void)}  # fmt: skip
        self.rows = {key_of(row.plan_id, row.day): row for row in reads.every_exception(session)}
        super().__init__({key: self._values_of(row) for key, row in self.rows.items()
                          if row.active})  # fmt: skip

    def _values_of(self, row: reads.PlanException) -> Values:
        number = number_of(row.plan_id)
        return self._with_plan(
            {"plan": number, "day": row.day, "action": _MOVE if row.moved_to else _CANCEL,
             "to": row.moved_to, "reason": row.reason}
        )  # fmt: skip

    def _with_plan(self, values: Values) -> Values:
        """With what the plan says, which is only to be read."""
        row = self.plans[values["plan"]]
        return {
            **values,
            "title": service.title_of(plan_of(row), self.lists),
            "community": self.lists.community(row.community_code).name,
        }

    def keys(self) -> Iterable[str]:
        return (key for key, values in self.values.items() if self._own(values["plan"]))

    def _own(self, number: str) -> bool:
        """Whether the plan is in force, and the person's to change."""
        row = self.plans[number]
        return not row.void_reason and may(self.user, PLAN, row.community_code)

    def name(self, values: Values) -> str:
        return f"{values['plan']}/{values['day']}"

    def checked(self, key: str, values: Values) -> Values:
        name = self.name(values)
        if key and key != name:
            raise InvalidEntry(_("编号是另一次活动的，请清空编号。"), "day")
        row = self.plans.get(values["plan"])
        if row is None:
            raise InvalidEntry(_("没有这个编号的计划，请核对。"), "plan")
        if not may(self.user, PLAN, row.community_code):
            raise InvalidEntry(_("您只能查看和办理本社区的事项。"), "plan")
        if values["day"] is None:
            raise InvalidEntry(_("请填写原定日期。"), "day")
        try:
            one = service.standing(self.session, _code(name), self.today)
        except NotFound as missing:
            raise InvalidEntry(missing.sentence, "day") from None
        return self._with_plan(values | {"reason": self._reason(one, values)})

    def _reason(self, one: Standing, values: Values) -> str:
        """Why, in its kept spelling; InvalidEntry for what cannot be done with the occasion."""
        if values["action"] == _MOVE:
            return service.check_moved(one, values["to"], values["reason"])
        if values["to"] is not None:
            raise InvalidEntry(_("取消的不填这一格，请清空。"), "to")
        return service.check_cancelled(one, values["reason"])

    def settled(self, lines: Sequence[Line], _choice: Choice) -> tuple[Line, ...]:
        """What was said before and taken back since is no news."""
        gone = [key for key, row in self.rows.items() if not row.active]
        said: set[_Said] = {
            (one.entity_key, one.action, (one.after or {}).get("moved_to"), one.reason)
            for one in logs.about(self.session, OCCASION, gone)
        }
        return tuple(
            replace(line, state=SAME, note=_("已经导入过"), content=None)
            if line.state == NEW and self._said(line.content[1]) in said
            else line
            for line in lines
        )

    def _said(self, values: Values) -> _Said:
        to = values["to"].isoformat() if values["to"] else None
        return self.name(values), values["action"], to, values["reason"]

    def write(self, _key: str, values: Values, now: datetime) -> None:
        name, reason = self.name(values), values["reason"]
        row = self.rows.get(name)
        who = (row.version if row else 0, self.user, now, self.today)
        if values["action"] == _MOVE:
            service.move(self.session, _code(name), values["to"], reason, *who)
        else:
            service.cancel(self.session, _code(name), reason, *who)

    def take_back(self, line: Logged, _reason: str, now: datetime) -> None:
        """As planned again, or what was said of the occasion before."""
        if line.before is None:
            who = (self.rows[line.key].version, self.user, now, self.today)
            service.undo(self.session, _code(line.key), *who)
            return
        to = line.before["moved_to"]
        earlier = [one for one in logs.about(self.session, OCCASION, [line.key])
                   if one.id < line.id and one.action != "undo"]  # fmt: skip
        plan, _slash, day = line.key.partition("/")
        values = {"plan": plan, "day": date.fromisoformat(day), "reason": earlier[-1].reason,
                  "action": _MOVE if to else _CANCEL,
                  "to": date.fromisoformat(to) if to else None}  # fmt: skip
        self.write(line.key, values, now)

    def mark(self, key: str) -> str:
        row = self.rows[key]
        return version_mark(row.version, self.plans[number_of(row.plan_id)].idempotency_key)

    def owns(self, key: str, mark: str) -> bool:
        return key in self.rows and (not mark or same_record(mark, self.mark(key)))

    def words(self, values: Values) -> str:
        return f"{values['day']} {values['community']} {values['title']}"


def _code(key: str) -> str:
    """An occasion in a link."""
    return key.replace("/", ".")


def _fields(_session: Session) -> tuple[Field, ...]:
    return (
        Field("plan", lambda: _("计划编号"), read=lambda text: text.strip().upper(), local=True),
        day("day", lambda: _("原定日期")),
        one_of("action", lambda: _("怎么改"),
               lambda: {_CANCEL: _("取消"), _MOVE: _("改期")}),
        day("to", lambda: _("改到哪一天")),
        Field("reason", lambda: _("原因"), width=40, say=mask, hides=True),
        Field("title", lambda: _("计划"), "kept", 30),
        Field("community", lambda: _("社区"), "kept"),
    )  # fmt: skip


def _help() -> tuple[str, ...]:
    return (
        _("一行一次活动。计划编号在计划安排的表格里；原定日期填计划里的日子，遇放假顺延的填顺延以前的。"),
        _("新的一行，编号、核对码、计划和社区留空。恢复原计划在日历上点开那一次办理。"),
    )  # fmt: skip


LISTING = Listing(
    "occasions",
    PLAN,
    lambda: _("取消和改期"),
    ("plan", "day", "action"),
    _fields,
    _Keeper,
    help=_help,
    logged=(OCCASION,),
)
