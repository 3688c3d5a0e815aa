"""Plans as a sheet: the rule in the words of the page's form, a row per plan and community."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import plans as reads
from db.reads.workbooks import Logged
from db.writes.plans import ENTITY, Facts, number_of
from services import schedule as service
from services.catalogue import catalogue
from services.entries import quantity
from services.errors import InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, may
from services.privacy import mask
from services.schedule import Typed
from services.schedule.book import book
from services.schedule.reading import chosen_of
from services.schedule.rules import Rule, rule_of
from services.schedule.typed import check_choice, facts_of
from services.schedule.writing import PLAN
from services.views import View
from services.workbook.lists.cells import Field, Words, day, one_of
from services.workbook.lists.keepers import Numbered, from_log
from services.workbook.lists.listing import Listing, Values, key_of_content

_NONE: dict[Any, str] = {None: ""}
_MONTHLY = ("month_day", "month_workday", "month_weekday")
_ALWAYS = ("last_day", "day_off", "grace")
# Kind of rule → the columns that go with it; of others a row says nothing.
_GOES_WITH = {
    "weekly": ("every", "weekdays", *_ALWAYS),
    "month_day": ("nth", *_ALWAYS),
    "month_workday": ("nth", *_ALWAYS),
    "month_weekday": ("nth", "weekdays", *_ALWAYS),
    "festival": ("festivals", "before", *_ALWAYS),
    "round": ("last_day",),
    "once": ("day_off", "grace"),
}
_VARYING = tuple(dict.fromkeys(name for names in _GOES_WITH.values() for name in names))
_COLUMNS = {"type_code": "type", "communities": "community"}  # of the form's fields
_DAYS = {"weekly": "weekdays", "month_weekday": "weekdays", "festival": "festivals"}


class _Keeper(Numbered):
    """The plans as they are now; a person changes those of their own community."""

    def __init__(self, session: Session, user: CurrentUser, today: date) -> None:
        self.session, self.user = session, user
        self.lists = catalogue(session)
        rows = [row for void in (False, True) for row in reads.plans(session, void=void)]
        super().__init__(
            {number_of(row.id): row for row in rows},
            {number_of(row.id): _values_of(row) | {"state": _state(row, today)} for row in rows},
        )

    def keys(self) -> Iterable[str]:
        return (
            number
            for number, row in self.rows.items()
            if not row.void_reason and may(self.user, PLAN, row.community_code)
        )

    def find(self, values: Values) -> str:
        return super().find(values) if values["kind"] else ""

    def key_of(self, values: Values) -> str:
        return f"{self.name(values)}-0"  # its service numbers the plans of a form

    def name(self, values: Values) -> str:
        """The idempotency key of a row: that of all it says."""
        return key_of_content(self._content(values))

    def _content(self, values: Values) -> tuple[object, ...]:
        typed = self._typed(values)
        label = " ".join(typed.label.split())
        return (typed.type_code, typed.communities, label, typed.rule.text, typed.first_day,
                typed.last_day, typed.on_day_off, typed.grace)  # fmt: skip

    def checked(self, key: str, values: Values) -> Values:
        if key and f"{self._change_key(key, -1, values)}-0" in self.made:
            return self.values[key]  # it ended when this row was taken over, and another began
        typed = self._typed(values)
        (place,) = typed.communities
        if place and not may(self.user, PLAN, place):
            raise InvalidEntry(_("您只能查看和办理本社区的事项。"), "community")
        if key:
            self._check_same(key, typed)
        _check_cells(values)
        try:
            if not key:
                check_choice(typed, self.lists)
            (facts,) = facts_of(self.session, typed, self.lists)
        except InvalidEntry as refused:
            column = _COLUMNS.get(refused.field, refused.field)
            if column == "rule":
                column = _DAYS.get(typed.rule.kind, "kind")
            raise InvalidEntry(refused.sentence, column) from None
        return _values_of(facts) | {"state": values["state"]}

    def _check_same(self, key: str, typed: Typed) -> None:
        row = self.rows[key]
        if row.void_reason:
            raise InvalidEntry(_("这项计划已作废，请先恢复再修改。"))
        if (typed.type_code, typed.communities) != (row.type_code, (row.community_code,)):
            raise InvalidEntry(
                _("活动类型和社区不能改；请另登记一项计划，再作废这一项。"),
                "type" if typed.type_code != row.type_code else "community",
            )

    def write(self, key: str, values: Values, now: datetime) -> None:
        typed, user = self._typed(values), self.user
        if key:
            seen, made = self.rows[key].version, self._change_key(key, 0, values)
            service.change(self.session, key, typed, seen, made, user, now)
        else:
            service.make(self.session, typed, self.name(values), user, now, self.lists)

    def _change_key(self, key: str, before: int, values: Values) -> str:
        """The idempotency key of a change of the plan's version (`before`: of one before it)."""
        version = self.rows[key].version + before
        return key_of_content((key, version, *self._content(values)))

    def is_used(self, key: str) -> bool:
        """Whether an occasion was cancelled or moved."""
        return reads.has_exception(self.session, self.rows[key].id)

    def void(self, line: Logged, reason: str, now: datetime) -> None:
        version = self.rows[line.key].version
        service.void(self.session, line.key, reason, version, self.user, now)

    def restore(self, line: Logged, now: datetime) -> None:
        service.restore(self.session, line.key, self.rows[line.key].version, self.user, now)

    def put_back(self, line: Logged, now: datetime) -> None:
        said = from_log(line, "first_day", "last_day")
        facts = Facts(**{one.name: said[one.name] for one in fields(Facts)})
        version = self.rows[line.key].version
        service.put_back(self.session, line.key, facts, version, self.user, now)

    def words(self, values: Values) -> str:
        typed = self._typed(values)
        (place,) = typed.communities
        kind = mask(typed.label) or self.lists.type(typed.type_code or "").label
        rule = service.words(typed.rule, typed.first_day or date.min)
        return f"{self.lists.community(place).name} {kind} {rule}"

    def _typed(self, values: Values) -> Typed:
        kind = values["kind"]
        rule = Rule(
            kind,
            values["weekdays"],
            values["every"] or 1,
            values["nth"][1] if values["nth"] else 0,
            values["festivals"],
            values["before"],
        )
        place = values["community"] or self.user.community or ""
        return Typed(
            values["type"], (place,), values["label"], rule, values["first_day"],
            values["last_day"], values["day_off"] or service.ON_DAY_OFF[0], values["grace"],
        )  # fmt: skip


def _check_cells(values: Values) -> None:
    """InvalidEntry for a day of the month that is missing, or a cell that goes with another kind
    of rule: what a person fills in is not passed over."""
    kind, nth = values["kind"], values["nth"]
    for name in _VARYING:
        if values[name] and name not in _GOES_WITH[kind]:
            label = service.kind_labels()[kind]
            raise InvalidEntry(_("“{kind}”的计划不填这一格，请清空。").format(kind=label), name)
    if kind in _MONTHLY and (nth is None or nth[0] != kind):
        days = service.nth_labels(kind).values()
        raise InvalidEntry(
            _("请填“{first}”到“{last}”之类的一天。").format(
                first=next(iter(days)), last=[*days][-1]
            ),
            "nth",
        )


def _values_of(row: reads.ActivityPlan | Facts) -> dict[str, object]:
    rule = rule_of(row.rule)
    stated = {
        "every": rule.every,
        "weekdays": rule.weekdays,
        "nth": (rule.kind, rule.nth),
        "festivals": tuple(sorted(rule.festivals)),
        "before": rule.before,
        "last_day": row.last_day,
        "day_off": row.on_day_off,
        "grace": row.grace_days,
    }
    empty = {"every": None, "weekdays": (), "nth": None, "festivals": (), "before": 0,
             "last_day": None, "day_off": None, "grace": 0}  # fmt: skip
    return {
        "type": row.type_code,
        "community": row.community_code,
        "label": row.label,
        "kind": rule.kind,
        "first_day": row.first_day,
        **{name: (stated if name in _GOES_WITH[rule.kind] else empty)[name] for name in stated},
    }


def _state(row: reads.ActivityPlan, today: date) -> str:
    if row.void_reason:
        return _("已作废")
    last = row.last_day if row.rule else row.first_day
    if last is not None and last < today:
        return _("已结束")
    return _("未开始") if row.first_day > today else _("进行中")


def _fields(session: Session) -> tuple[Field, ...]:
    weekdays, festivals = Words(service.weekday_labels), Words(service.festival_labels)
    return (
        one_of("type", lambda: _("活动类型"),
               lambda: {kind.code: kind.label for kind in catalogue(session).types}, width=30),
        one_of("community", lambda: _("社区"),
               lambda: {one.code: one.name for one in catalogue(session).communities}, empty=""),
        Field("label", lambda: _("计划名称"), width=20, say=mask, hides=True),
        one_of("kind", lambda: _("多久一次"), service.kind_labels, width=20),
        one_of("every", lambda: _("隔几周"), lambda: _NONE | service.every_labels(), empty=None),
        _several("weekdays", lambda: _("周几"), weekdays),
        one_of("nth", lambda: _("哪一天"), lambda: _NONE | _nth_labels(), empty=None),
        _several("festivals", lambda: _("节日"), festivals),
        _count("before", lambda: _("提前几天开始")),
        day("first_day", lambda: _("从哪一天起")),
        day("last_day", lambda: _("到哪一天止")),
        one_of("day_off", lambda: _("遇放假或休息日"),
               lambda: _NONE | service.day_off_labels(), empty=None),
        _count("grace", lambda: _("宽限天数")),
        Field("state", lambda: _("状态"), "kept"),
    )  # fmt: skip


def _nth_labels() -> dict[tuple[str, int], str]:
    return {
        (kind, nth): label for kind in _MONTHLY for nth, label in service.nth_labels(kind).items()
    }


def _several(name: str, heading: Callable[[], str], words: Words) -> Field:
    def read(text: str) -> tuple[object, ...]:
        return tuple(sorted(set(words.read_several(text))))

    return Field(name, heading, "several", 16, read, words.say_several, (), words.choices)


def _count(name: str, heading: Callable[[], str]) -> Field:
    def read(text: str) -> int:
        return int(quantity(text, heading(), whole=True, unit=(_("天"), "天")) or 0)

    def say(count: int) -> str:
        return str(count) if count else ""

    return Field(name, heading, "whole", 10, read, say, 0)


def _offers() -> dict[str, Sequence[str]]:
    return {label: _GOES_WITH[kind] for kind, label in service.kind_labels().items()}


def _help() -> tuple[str, ...]:
    return (
        _("一行一项计划。先选“多久一次”，灰色的格子不用填；新的计划，编号和核对码留空。"),
        _("“从哪一天起”不变，以前各次也按新的安排重算；改晚，原计划到前一天为止，以前各次不变。"),
        _("作废、恢复和某一次的取消、改期只在页面上办理。"),
    )


LISTING = Listing(
    "plans",
    PLAN,
    lambda: _("计划安排"),
    ("type", "kind", "first_day"),
    _fields,
    _Keeper,
    help=_help,
    of="kind",
    offers=_offers,
    logged=(ENTITY,),
)


def plans_book(session: Session, view: View, type_code: str, user: CurrentUser) -> bytes:
    """The plans of a view that are the person's to change, in the order of the page."""
    lines = book(session, chosen_of(view, type_code), view.today)
    own = [one.number for one in lines if not one.void_reason and may(user, PLAN, one.community)]
    return LISTING.export(session, user, view.today, own)
