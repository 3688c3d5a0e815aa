"""One occasion of a plan in words: what is planned, how it stands, what fulfils it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from db.engine import Session
from db.reads import plans as reads
from db.writes.activities import number_of as record_number
from services.catalogue import Catalogue, catalogue
from services.errors import NotFound
from services.i18n import _
from services.periods import day_label
from services.privacy import mask
from services.schedule import rules, workdays
from services.schedule.matching import CANCELLED, DONE, LATE, MISSING, PLANNED, Standing
from services.schedule.occasions import FURTHEST_MOVE, OPEN_END, Occasion, Plan
from services.schedule.reading import Chosen, near, plan, within


@dataclass(frozen=True)
class Shown:
    """An occasion as a page says it. `record`: the number of the activity that fulfils it."""

    code: str
    plan: Plan
    number: str
    title: str
    place: str
    rule: str
    due: date
    due_label: str
    until_label: str
    state: str
    state_label: str
    day_note: str
    record: str
    changed: str
    reason: str
    seen: int


def standing(session: Session, code: str, today: date) -> Standing:
    """The occasion a link names (P000012.2023-10-25) as it stands; NotFound if there is none."""
    number, day = _parsed(code)
    own = plan(session, number)
    if own.void_reason:
        raise NotFound(_("这项计划已经作废，请先恢复。"))
    due = [one.due for one in near(session, [own], day - FURTHEST_MOVE, day) if one.day == day]
    chosen = Chosen((own.community,), type_code=own.type_code)
    found = within(session, chosen, due[0], due[0], today) if due else ()
    for one in found:
        if (one.occasion.plan.id, one.occasion.day) == (own.id, day):
            return one
    raise NotFound(_("计划里没有这一次活动，可能安排已经更改。请返回看板重新选择。"))


def shown(session: Session, code: str, today: date) -> Shown:
    """The same in words."""
    one = standing(session, code, today)
    occasion, own = one.occasion, one.occasion.plan
    lists = catalogue(session)
    row = reads.exception(session, own.id, occasion.day)
    return Shown(
        code=code,
        plan=own,
        number=code.split(".")[0].upper(),
        title=title_of(own, lists),
        place=lists.community(own.community).name,
        rule=rules.words(own.timing.rule, own.timing.first_day),
        due=occasion.due,
        due_label=_dated(occasion.due),
        until_label="" if occasion.until in (occasion.due, OPEN_END) else _dated(occasion.until),
        state=one.state,
        state_label=state_labels()[one.state],
        day_note=day_note(occasion.due),
        record=record_number(one.held.activity) if one.held else "",
        changed=_("已取消") if occasion.cancelled else moved_note(occasion),
        reason=reason_of(occasion),
        seen=row.version if row else 0,
    )


def title_of(own: Plan, lists: Catalogue) -> str:
    """What a plan is called: its own name, else its type."""
    return mask(own.label) or lists.type(own.type_code).label


def state_labels() -> dict[str, str]:
    return {
        DONE: _("按时完成"),
        LATE: _("逾期完成"),
        MISSING: _("未开展"),
        PLANNED: _("计划中"),
        CANCELLED: _("已取消"),
    }


def reason_of(one: Occasion) -> str:
    """Why it was cancelled or moved, and by whom."""
    if one.change is None:
        return ""
    return mask(_("{reason}（{who}）").format(reason=one.change.reason, who=one.change.who))


def moved_note(one: Occasion) -> str:
    """From which day people moved it, "" if they did not."""
    if one.change is None or one.change.to is None:
        return ""
    return _("由{day}改期").format(day=_dated(one.day))


def day_note(day: date) -> str:
    """放假 or 调休上班, "" for an ordinary day."""
    if workdays.is_public_holiday(day):
        return _("放假")
    return _("调休上班") if workdays.is_moved_workday(day) else ""


def _dated(day: date) -> str:
    return _("{day}（{weekday}）").format(
        day=day_label(day), weekday=rules.weekday_labels()[day.isoweekday()]
    )


def _parsed(code: str) -> tuple[str, date]:
    found = re.fullmatch(r"([Pp][0-9]{6,12})\.(\d{4}-\d\d-\d\d)", code)
    try:
        if found:
            day = date.fromisoformat(found[2])
            if workdays.FIRST_YEAR < day.year < workdays.LAST_YEAR:
                return found[1], day
    except ValueError:
        pass
    raise NotFound(_("链接中的活动无法识别，请返回看板重新选择。"))
