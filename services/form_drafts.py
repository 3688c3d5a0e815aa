"""Single forms that are not submitted yet: saved as they are typed, for the one who types."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from db.engine import Session
from db.reads import form_drafts as reads
from db.writes import form_drafts as writes
from services.drafts.saving import storable
from services.errors import InvalidEntry, NotPermitted
from services.i18n import _
from services.permissions import CurrentUser, may, require

# What a form begins with in its name → what a person must be allowed to do to have one.
FORMS = {
    "activity": "enter_activity",
    "feedback": "enter_feedback",
    "inspection": "record_inspection",
    "commitment": "hold_meeting",
}
KEPT = timedelta(days=30)
_ENDED_KEPT = timedelta(days=1)
MOST = 20  # unfinished ones of one person
LARGEST = 20_000  # bytes
_MOST_FIELDS = 100
_FORM = re.compile(r"[a-z]+(?:-[A-Z][0-9]{6,12}){0,2}")
_TOKEN = re.compile(r"[0-9a-f]{32}")
_FIELD = re.compile(r"[\w-]{1,80}")
OPEN, CLEARED, SENT, ELSEWHERE = "open", "cleared", "sent", "elsewhere"
Value = str | bool | None | list[str]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Draft:
    """A form as it was left, and when."""

    token: str
    form: str
    fields: Mapping[str, Value]
    version: int
    at: datetime


@dataclass(frozen=True)
class Kept:
    """What became of a save: `open` if it is kept; `elsewhere` if another page has saved the form
    since, `cleared` or `sent` if one has ended it. `version`: of what there is now."""

    state: str
    version: int


def save(
    session: Session,
    form: str,
    token: str,
    seen_version: int,
    fields: Mapping[str, Any],
    user: CurrentUser,
    now: datetime,
) -> Kept:
    """Keep all that is in a form, if it is still as its page has seen it; the same again does
    nothing. seen_version: 0 for a form that was never saved."""
    _may_have(user, form)
    stated = _checked(token, fields)
    row = reads.locked(session, token)
    if row is None:
        _make_room(session, user, now)
        writes.make(session, token, user.id, form, now)
        row = reads.locked(session, token)
        seen_version = 0
    if row.user_id != user.id or row.form != form:
        raise NotPermitted(_("这张表已由别人提交，请刷新页面后重新填写。"))
    if row.state == OPEN and row.version and row.fields == stated:
        return Kept(OPEN, row.version)
    if row.state == SENT or row.version != seen_version:
        return Kept(ELSEWHERE if row.state == OPEN else row.state, row.version)
    writes.put(session, row, stated, now)
    return Kept(OPEN, row.version)


def left(
    session: Session, form: str, user: CurrentUser, now: datetime, wanted: str = ""
) -> Draft | None:
    """What the person has left of a form: the draft `wanted`, else their newest; None without."""
    found = [one for one in _unfinished(session, user, now) if one.form == form]
    return next((one for one in found if one.token == wanted), found[0] if found else None)


def is_open(session: Session, token: str) -> bool:
    """Whether something is kept under the token and not submitted yet: asked while nobody is
    signed in any more, so it says nothing else."""
    row = reads.draft(session, token)
    return row is not None and row.state == OPEN and bool(row.fields)


def clear(session: Session, token: str, user: CurrentUser, now: datetime) -> None:
    """Empty a form of one's own for good; nothing if there is none to empty."""
    writes.clear(session, token, user.id, now)


def sent(
    session: Session,
    form: str,
    token: str,
    user: CurrentUser,
    now: datetime,
    service: Callable[..., Made],
    *args: Any,
) -> Made:
    """Let the service write what the form says, and end its draft, in one transaction."""
    made = service(session, *args)
    writes.sent(session, token, user.id, form, now)
    return made


def waiting(session: Session, user: CurrentUser, first: datetime) -> tuple[Draft, ...]:
    """The person's own forms that were left before `first`, the oldest first."""
    return tuple(one for one in reversed(_unfinished(session, user, first)) if one.at < first)


def _unfinished(session: Session, user: CurrentUser, now: datetime) -> list[Draft]:
    """The newest first; what the person may no longer submit is not among them."""
    return [
        Draft(row.token, row.form, row.fields, row.version, row.at)
        for row in reads.open_ones(session, user.id, now - KEPT)
        if row.fields and may(user, FORMS[row.form.partition("-")[0]])
    ]


def _may_have(user: CurrentUser, form: str) -> None:
    """What only a broken or a forged page names is refused as what nobody may."""
    kind = form.partition("-")[0]
    if kind not in FORMS or not _FORM.fullmatch(form):
        raise InvalidEntry(_("这张表已失效，请刷新页面后重新填写。"))
    require(user, FORMS[kind])


def _checked(token: str, fields: Mapping[str, Any]) -> dict[str, Value]:
    """The fields as they can be stored; InvalidEntry for what no page of ours sends."""
    known = all(_FIELD.fullmatch(name) and _is_value(value) for name, value in fields.items())
    if not known or len(fields) > _MOST_FIELDS or not _TOKEN.fullmatch(token):
        raise InvalidEntry(_("这张表已失效，请刷新页面后重新填写。"))
    stated = {name: storable(value) if isinstance(value, str) else value
              for name, value in fields.items()}  # fmt: skip
    if len(json.dumps(stated, ensure_ascii=False).encode(errors="replace")) > LARGEST:
        raise InvalidEntry(_("填写的内容太长，不能自动保存；请缩短，或尽快提交。"))
    return stated


def _is_value(value: Any) -> bool:
    if isinstance(value, list):
        return all(isinstance(one, str) for one in value)
    return value is None or isinstance(value, str | bool)


def _make_room(session: Session, user: CurrentUser, now: datetime) -> None:
    """Before a new one: what is too old goes, and of too many the oldest."""
    writes.forget_old(session, now - KEPT, now - _ENDED_KEPT)
    spare = reads.open_ones(session, user.id, now - KEPT)[MOST - 1 :]
    writes.forget(session, [row.token for row in spare])
