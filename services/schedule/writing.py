"""Make and change plans, cancel and move occasions: who may, what is refused, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, timedelta

from db.engine import Session
from db.reads import plans as reads
from db.writes import plans as writes
from db.writes.log import raise_version
from db.writes.plans import Facts, number_of
from services.catalogue import Catalogue, catalogue
from services.entries import LONGEST_REASON, gathered, words
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.schedule.matching import DONE, LATE, Standing
from services.schedule.occasions import FURTHEST_MOVE
from services.schedule.one import standing
from services.schedule.reading import plan
from services.schedule.typed import Typed, check_choice, facts_of
from services.writing import author_of, first_sent

PLAN = "plan_activity"
# Keys of this form's plans are this with a number behind it.
_LONGEST_KEY = 56


@dataclass(frozen=True)
class Receipt:
    """The plans on record, and whether this call made them."""

    numbers: tuple[str, ...]
    created: bool


def make(
    session: Session, typed: Typed, key: str, user: CurrentUser, now: datetime,
    lists: Catalogue | None = None,
) -> Receipt:  # fmt: skip
    """A plan for each community under the key of its form; the same key gives the first receipt.

    lists: where the caller has read them.
    """
    require(user, PLAN)
    for place in typed.communities:
        require(user, PLAN, place)
    first = _replayed(session, key, len(typed.communities), user)
    if first is not None:
        return first
    lists = lists or catalogue(session)
    with gathered() as part:
        part(check_choice, typed, lists)
        facts = part(facts_of, session, typed, lists)
    _check_not_there(session, facts, lists)
    author = author_of(user, now)
    made = [writes.make(session, author, f"{key}-{place}", one) for place, one in enumerate(facts)]
    return Receipt(tuple(number_of(row.id) for row in made), created=True)


def change(
    session: Session,
    number: str,
    typed: Typed,
    seen_version: int,
    key: str,
    user: CurrentUser,
    now: datetime,
) -> Receipt:
    """Make a plan state something else, type and community apart.

    With a later first day than it had, the plan ends the day before it and a new one follows: what
    was held or missed until then stays as it was. Else all of it is put right. Conflict if somebody
    changed it after `seen_version` was shown.
    """
    old = plan(session, number)
    require(user, PLAN, old.community)
    first = _replayed(session, key, 1, user)
    if first is not None:
        return first
    row = _row(session, number)
    kept = replace(typed, type_code=old.type_code, communities=(old.community,))
    facts = facts_of(session, kept, catalogue(session))[0]
    author = author_of(user, now)
    if facts.first_day > old.timing.first_day:
        ends = facts.first_day - timedelta(days=1)
        _changed(writes.change(session, author, row, seen_version, "change", {"last_day": ends}))
        made = writes.make(session, author, f"{key}-0", facts)
        return Receipt((number_of(made.id),), created=True)
    _changed(writes.change(session, author, row, seen_version, "change", asdict(facts)))
    return Receipt((number_of(row.id),), created=False)


def put_back(
    session: Session, number: str, facts: Facts, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Make a plan state again what it stated before, with all its occasions."""
    row = _of_own(session, number, user)
    if row.void_reason:
        raise InvalidEntry(_("这项计划已作废，请先恢复再修改。"))
    author = author_of(user, now)
    _changed(writes.change(session, author, row, seen_version, "change", asdict(facts)))


def void(
    session: Session, number: str, reason: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Take a plan with all its occasions out of the board, with a reason."""
    row = _of_own(session, number, user)
    if row.void_reason:
        raise Conflict(_("这项计划已经作废。"))
    said = _reason(reason)
    author = author_of(user, now)
    _changed(writes.change(session, author, row, seen_version, "void", {"void_reason": said}, said))


def restore(
    session: Session, number: str, seen_version: int, user: CurrentUser, now: datetime
) -> None:
    """Let a void plan count again."""
    row = _of_own(session, number, user)
    if not row.void_reason:
        raise Conflict(_("这项计划没有作废。"))
    stated = Facts(**{field.name: getattr(row, field.name) for field in fields(Facts)})
    _check_not_there(session, [stated], catalogue(session))
    author = author_of(user, now)
    _changed(writes.change(session, author, row, seen_version, "restore", {"void_reason": ""}))


def cancel(
    session: Session, code: str, reason: str, seen: int, user: CurrentUser, now: datetime,
    today: date,
) -> None:  # fmt: skip
    """Say that an occasion is not to be; it leaves the base of all rates."""
    one = _occasion(session, code, seen, user, today)
    _except(session, one, "cancel", None, check_cancelled(one, reason), user, now)


def check_cancelled(one: Standing, reason: str) -> str:
    """The reason in its kept spelling; InvalidEntry for an occasion that cannot be cancelled."""
    if one.state in (DONE, LATE):
        raise InvalidEntry(_("这次活动已经开展，不能取消。"))
    return _reason(reason)


def move(
    session: Session, code: str, to: date | None, reason: str, seen: int, user: CurrentUser,
    now: datetime, today: date,
) -> None:  # fmt: skip
    """Put an occasion on another day, near its own."""
    one = _occasion(session, code, seen, user, today)
    _except(session, one, "move", to, check_moved(one, to, reason), user, now)


def check_moved(one: Standing, to: date | None, reason: str) -> str:
    """The same for another day."""
    if to is None or to == one.occasion.due:
        raise InvalidEntry(_("请选择另一个日期。"), "to")
    if abs(to - one.occasion.day) > FURTHEST_MOVE:
        raise InvalidEntry(
            _("只能改到原定日期前后 {days} 天之内；差得更远请取消这一次。").format(
                days=FURTHEST_MOVE.days
            ),
            "to",
        )
    return _reason(reason)


def undo(
    session: Session, code: str, seen: int, user: CurrentUser, now: datetime, today: date
) -> None:
    """Take back that an occasion was cancelled or moved."""
    one = _occasion(session, code, seen, user, today)
    if one.occasion.change is None:
        raise InvalidEntry(_("这次活动没有取消，也没有改期。"))
    _except(session, one, "undo", None, "", user, now)


def _except(
    session: Session, one: Standing, action: str, to: date | None, reason: str, user: CurrentUser,
    now: datetime,
) -> None:  # fmt: skip
    author = author_of(user, now)
    plan_id, day = one.occasion.plan.id, one.occasion.day
    writes.except_occasion(session, author, plan_id, day, action, to, reason)


def _occasion(session: Session, code: str, seen: int, user: CurrentUser, today: date) -> Standing:
    """The occasion to be changed, in the queue of all writers; Conflict if it is not as seen."""
    raise_version(session)
    one = standing(session, code, today)
    require(user, PLAN, one.occasion.plan.community)
    if exception_version(session, one) != seen:
        raise Conflict(_("您打开之后，这次活动已被别人改过。请看清最新情况，再决定怎么办。"))
    return one


def exception_version(session: Session, one: Standing) -> int:
    """How often an occasion was changed; what a form gives back as `seen`."""
    row = reads.exception(session, one.occasion.plan.id, one.occasion.day)
    return row.version if row else 0


def _of_own(session: Session, number: str, user: CurrentUser) -> reads.ActivityPlan:
    row = _row(session, number)
    require(user, PLAN, row.community_code)
    raise_version(session)
    return row


def _row(session: Session, number: str) -> reads.ActivityPlan:
    row = reads.plan(session, plan(session, number).id)
    if row is None:
        raise NotFound(_("这项计划已经不在了，请刷新页面。"))
    return row


def _replayed(session: Session, key: str, count: int, user: CurrentUser) -> Receipt | None:
    """The receipt of a form that was sent before, once all writes before this one are done."""

    def made(session: Session, key: str) -> Sequence[reads.ActivityPlan] | None:
        return reads.by_keys(session, [f"{key}-{place}" for place in range(max(count, 1))]) or None

    rows = first_sent(session, key, user, made, lambda rows: rows[0].created_by, _LONGEST_KEY)
    return rows and Receipt(tuple(number_of(row.id) for row in rows), created=False)


def _check_not_there(session: Session, new: Sequence[Facts], lists: Catalogue) -> None:
    """InvalidEntry for a plan that is on record already: of its occasions one activity would
    fulfil one, and the other would be missing for good."""
    for one in new:
        for row in reads.plans(session, (one.community_code,), None, one.type_code):
            apart = (row.last_day or date.max) < one.first_day
            apart = apart or (one.last_day or date.max) < row.first_day
            if (row.rule, row.label) == (one.rule, one.label) and not apart:
                raise InvalidEntry(
                    _(
                        "{community}已有同样的计划 {number}。要改它，请打开它；"
                        "确实要另立一项，请填写不同的计划名称。"
                    ).format(
                        community=lists.community(one.community_code).name,
                        number=number_of(row.id),
                    ),
                    "label",
                )


def _changed(done: bool) -> None:
    if not done:
        raise Conflict(_("您打开之后，这项计划已被别人改过。请看清最新情况，再决定怎么办。"))


def _reason(text: str) -> str:
    said = words(text, _("原因"), LONGEST_REASON, "reason")
    if not said:
        raise InvalidEntry(_("请写明原因。"), "reason")
    return said
