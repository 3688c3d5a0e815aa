"""Make a commitment and carry it on: who may, what is refused, and nothing twice."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from db.engine import Session
from db.reads import commitments as reads
from db.writes import commitments as writes
from db.writes.commitments import Facts
from services.catalogue import Catalogue, catalogue
from services.entries import LONGEST_REASON, gathered, needed, words
from services.errors import Conflict, InvalidEntry, NotFound
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of, first_sent

OPEN, DONE, VOID = "open", "done", "void"
# The states in which each step may be taken.
STEPS = {
    "report": (OPEN,),
    "finish": (OPEN,),
    "reschedule": (OPEN,),
    "reopen": (DONE,),
    "void": (OPEN, DONE),
    "restore": (VOID,),
}
LONGEST_TEXT, LONGEST_MEETING, LONGEST_OWNER = 2000, 120, 60
OLDEST_DAY = date(2000, 1, 1)


@dataclass(frozen=True)
class Typed:
    """The form as it was left; None where nothing was chosen, "" for no community or domain."""

    made_on: date | None
    meeting: str
    text: str
    owner: str
    community: str
    domain: str
    due_on: date | None


@dataclass(frozen=True)
class Receipt:
    """What is on record: the number people quote, and whether this call made it."""

    number: str
    created: bool


def make(
    session: Session, typed: Typed, key: str, user: CurrentUser, now: datetime, today: date
) -> Receipt:
    """Put a promise on record under the key of its form; the same key gives the first receipt."""
    require(user, "hold_meeting")
    first = _replayed(session, key, user)
    if first is not None:
        return first
    facts = checked(catalogue(session), typed, today)
    made = writes.make(session, author_of(user, now), key, facts)
    return Receipt(writes.number_of(made.id), created=True)


def take(
    session: Session,
    number: str,
    action: str,
    day: date | None,
    note: str,
    seen_version: int,
    key: str,
    user: CurrentUser,
    now: datetime,
    today: date,
    due_on: date | None = None,
) -> Receipt:
    """One step (an action of STEPS) under the key of its form; `due_on` goes with reschedule.

    Conflict if somebody changed it after `seen_version` was shown; InvalidEntry for a step that
    its state does not allow, or that lacks what it must say.
    """
    row = find(session, number)
    if action == "report":
        # That of the whole subdistrict is no community's own.
        require(user, "report_commitment", row.community_code or "")
    else:
        require(user, "hold_meeting")
    first = _replayed(session, key, user)
    if first is not None:
        return first
    said = _checked_step(row, action, day, note, due_on, today)
    author = author_of(user, now)
    changes = _changes(action, day, said, due_on)
    if not writes.take(session, author, key, row, seen_version, action, day, said, changes):
        raise moved_on()
    return Receipt(writes.number_of(row.id), created=True)


def _checked_step(
    row: reads.Commitment,
    action: str,
    day: date | None,
    note: str,
    due_on: date | None,
    today: date,
) -> str:
    """The note in its kept spelling. InvalidEntry names the fields and what to do."""
    if state_of(row) not in STEPS.get(action, ()):
        raise InvalidEntry(_("这项承诺现在不能进行这一步，请刷新后再看。"))
    with gathered() as part:
        part(_check_day, row, day, today)
        if action == "reschedule":
            part(_check_due, row, day or row.made_on, due_on)
        longest = LONGEST_REASON if action == "void" else LONGEST_TEXT
        said = words(note, _("说明"), longest, "note")
        if not said and action != "restore":
            raise InvalidEntry(_("请写明情况或原因。"), "note")
        return said


def _check_day(row: reads.Commitment, day: date | None, today: date) -> None:
    if day is None or not row.made_on <= day <= today:
        raise InvalidEntry(_("日期不能早于作出承诺之日，也不能晚于今天。"), "day")


def _check_due(row: reads.Commitment, day: date, due_on: date | None) -> None:
    if due_on is None or due_on < day or due_on == row.due_on:
        raise InvalidEntry(
            _("请选择新的完成期限：不能早于这一步的日期，也不能还是原来的期限。"), "due_on"
        )


def _changes(action: str, day: date | None, said: str, due_on: date | None) -> dict[str, Any]:
    """What a step makes different of the commitment."""
    return {
        "report": {},
        "finish": {"done_on": day},
        "reschedule": {"due_on": due_on},
        "reopen": {"done_on": None},
        "void": {"void_reason": said},
        "restore": {"void_reason": ""},
    }[action]


def find(session: Session, number: str) -> reads.Commitment:
    """The commitment with a number such as C000123; NotFound if there is none."""
    found = re.fullmatch(r"\s*[Cc]([0-9]{6,12})\s*", number)
    row = reads.commitment(session, int(found[1])) if found else None
    if row is None:
        raise NotFound(
            _("没有编号为“{number}”的承诺事项。编号形如 C000123，请核对。").format(
                number=number[:20]
            )
        )
    return row


def state_of(row: reads.Commitment) -> str:
    if row.void_reason:
        return VOID
    return DONE if row.done_on else OPEN


def _replayed(session: Session, key: str, user: CurrentUser) -> Receipt | None:
    """The receipt of a form that was sent before."""
    step = first_sent(session, key, user, reads.step_by_key, lambda row: row.user_id)
    return step and Receipt(writes.number_of(step.commitment_id), created=False)


def moved_on() -> Conflict:
    return Conflict(_("您打开之后，这项承诺已有新的进展。请看清最新情况，再决定怎么办。"))


def checked(lists: Catalogue, typed: Typed, today: date, place: str | None = None) -> Facts:
    """The commitment in its kept spelling. InvalidEntry names the fields and what to do.

    place: the community that it is of already, in use or not.
    """
    with gathered() as part:
        part(_check_days, typed, today)
        part(_check_place, lists, typed, place)
        return Facts(
            typed.made_on,
            part(needed, typed.meeting, _("会议名称"), LONGEST_MEETING, "meeting"),
            part(needed, typed.text, _("承诺内容"), LONGEST_TEXT, "text"),
            part(needed, typed.owner, _("责任人"), LONGEST_OWNER, "owner"),
            typed.community or None,
            typed.domain or None,
            typed.due_on,
        )


def _check_days(typed: Typed, today: date) -> None:
    with gathered() as part:
        known = part(_made_on, typed.made_on, today) or OLDEST_DAY
        if typed.due_on is None or typed.due_on < known:
            raise InvalidEntry(_("请选择完成期限，不能早于会议日期。"), "due_on")


def _made_on(day: date | None, today: date) -> date:
    if day is None or not OLDEST_DAY <= day <= today:
        raise InvalidEntry(_("请选择会议日期，不能晚于今天，也不能早于 2000 年。"), "made_on")
    return day


def _check_place(lists: Catalogue, typed: Typed, place: str | None) -> None:
    places = {"", place, *(one.code for one in lists.active_communities)}
    if typed.community not in places:
        raise InvalidEntry(_("没有这个社区，请重新选择。"), "community")
    if typed.domain and typed.domain not in {domain.code for domain in lists.domains}:
        raise InvalidEntry(_("没有这个服务领域，请重新选择。"), "domain")
