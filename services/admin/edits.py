"""What every edit of an administrator shares: it knows what it saw, and it is logged by name."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from db.writes.log import Author
from services.entries import words
from services.errors import Conflict, InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser

LONGEST_LABEL = 120


def fingerprint(facts: object) -> str:
    """A short mark of a frozen value: the form keeps it, and gives it back with what was typed."""
    return sha256(repr(facts).encode()).hexdigest()[:16]


def check_seen(facts: object, seen: str) -> None:
    """Conflict if these are not the facts that the form showed; ask within the write's queue."""
    if fingerprint(facts) != seen:
        raise Conflict(_("您打开之后，这一项被别人改过。请对照下面两种内容，决定保留哪一种。"))


def author_of(user: CurrentUser, now: datetime) -> Author:
    return Author(user.id, user.name, now)


def label_of(text: str, field: str, called: str) -> str:
    """A name that must be there, on one line; InvalidEntry says which one is missing."""
    label = " ".join(words(text, called, LONGEST_LABEL, field).split())
    if not label:
        raise InvalidEntry(_("请填写“{label}”。").format(label=called), field)
    return label
