"""What every write shares: who writes, and that a form sent twice is written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from db.engine import Session
from db.writes.log import Author, raise_version
from services.errors import InvalidEntry, NotPermitted
from services.i18n import _
from services.permissions import CurrentUser

LONGEST_KEY = 64
Row = TypeVar("Row")


def author_of(user: CurrentUser, now: datetime) -> Author:
    return Author(user.id, user.name, now)


def first_sent(
    session: Session,
    key: str,
    user: CurrentUser,
    find: Callable[[Session, str], Row | None],
    sender: Callable[[Row], Any],
    longest: int = LONGEST_KEY,
) -> Row | None:
    """What a form wrote when it was sent before, once all writes before this one are done.

    find: the row under the form's key; sender: who wrote it. InvalidEntry for no key at all or
    one beyond `longest`, NotPermitted where somebody else sent it.
    """
    if not 1 <= len(key) <= longest:
        raise InvalidEntry(_("这张表已失效，请刷新页面后重新填写。"))
    raise_version(session)  # its row is the queue of all writers
    row = find(session, key)
    if row is not None and sender(row) != user.id:
        raise NotPermitted(_("这张表已由别人提交，请刷新页面后重新填写。"))
    return row
