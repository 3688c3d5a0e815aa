"""What every edit of an administrator shares: it knows what it saw, and it is logged by name."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from itertools import count
from typing import Any

from db.engine import Session
from db.reads import uses
from db.writes import kept
from db.writes.log import raise_version
from services.entries import words
from services.errors import Conflict, InvalidEntry
from services.i18n import _
from services.permissions import CurrentUser, require
from services.writing import author_of

LONGEST_LABEL = 120


def fingerprint(facts: object) -> str:
    """A short mark of a frozen value: the form keeps it, and gives it back with what was typed."""
    return sha256(repr(facts).encode()).hexdigest()[:16]


def check_seen(facts: object, seen: str) -> None:
    """Conflict if these are not the facts that the form showed; ask within the write's queue."""
    if fingerprint(facts) != seen:
        raise Conflict(_("您打开之后，这一项被别人改过。请对照下面两种内容，决定保留哪一种。"))


def new_label(text: str, field: str, called: str, others: Collection[str]) -> str:
    """A name that must be there, on one line, and that nothing else in the list has; InvalidEntry
    says which one is missing or taken."""
    label = " ".join(words(text, called, LONGEST_LABEL, field).split())
    if not label:
        raise InvalidEntry(_("请填写“{label}”。").format(label=called), field)
    if label in others:
        raise InvalidEntry(_("已经有“{name}”，请换一个名称。").format(name=label), field)
    return label


def begin(session: Session, user: CurrentUser) -> None:
    """Before a list is read in order to change it: no other write comes between."""
    require(user, "manage_catalogue")
    raise_version(session)


def new_code(prefix: str, known: Collection[str]) -> str:
    """A code nobody chose, so that none of config.toml's or of the program's lists meets it.
    known: of a list that rows are taken out of, also theirs."""
    return next(code for n in count(1) if (code := f"{prefix}{n:03d}") not in known)


def add(
    session: Session, user: CurrentUser, now: datetime, entity: str, code: str, facts: Any,
    **fixed: Any,
) -> str:  # fmt: skip
    """Add a row with the facts (a frozen dataclass) and columns that never change; its code."""
    kept.add(session, author_of(user, now), entity, code, fixed, asdict(facts))
    return code


def remove(
    session: Session, user: CurrentUser, now: datetime, entity: str, code: str, facts: Any,
    reason: str, **fixed: Any,
) -> None:  # fmt: skip
    """Take out a row that was added by mistake; InvalidEntry once anything refers to it."""
    check_unused(session, entity, code)
    said = {**fixed, **asdict(facts)}
    kept.remove(session, author_of(user, now), entity, code, said, reason)


def check_unused(session: Session, entity: str, code: str) -> None:
    if uses.is_used(session, entity, code):
        raise InvalidEntry(_("已有别的内容用到它"))


def change(
    session: Session, user: CurrentUser, now: datetime, entity: str, code: str, current: Any,
    facts: Any, seen: str, siblings: Sequence[str],
) -> None:  # fmt: skip
    """Make a row state other facts. `siblings`: the codes of the list it has its place in.

    Conflict unless `current` is what the form showed. Nothing is written where nothing differs.
    """
    check_seen(current, seen)
    if facts == current:
        return
    order: list[str] = []
    if facts.position != current.position:
        order = [one for one in siblings if one != code]
        order.insert(facts.position - 1, code)
    before, after = asdict(current), asdict(facts)
    kept.change(session, author_of(user, now), entity, code, before, after, order)
