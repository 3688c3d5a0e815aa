"""Read inspections: as a list, one with its chain, as a frame to count, and their photos."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import Session, aliased

from db.models import Inspection, InspectionPhoto
from db.reads.narrowing import narrowed

QUALIFIED = "qualified"
# What is to be put right stands open, past its day, or was looked at again.
OPEN, OVERDUE, FOLLOWED = "open", "overdue", "followed"
COLUMNS = ("day", "community_code", "domain_code", "verdict", "due_on", "follows", "followed")
_LATER = aliased(Inspection)


@dataclass(frozen=True)
class Choice:
    """Which inspections. What is empty does not narrow; void ones only if they are asked for.

    `state` is one of what is to be put right; OVERDUE is reckoned on `today`.
    """

    first: date | None = None
    last: date | None = None
    communities: tuple[str, ...] = ()
    domain: str | None = None
    verdict: str | None = None
    activity: int | None = None
    state: str = ""
    today: date | None = None
    recorded_by: int | None = None
    void: bool = False


# An inspection with the one that re-inspects it, if there is one.
Pair = tuple[Inspection, Inspection | None]


def inspection(session: Session, inspection_id: int) -> Inspection | None:
    return session.get(Inspection, inspection_id)


def by_key(session: Session, idempotency_key: str) -> Inspection | None:
    return session.scalar(select(Inspection).where(Inspection.idempotency_key == idempotency_key))


def follower(session: Session, inspection_id: int) -> Inspection | None:
    """The one that re-inspects it; void ones do not count, and there is at most one other."""
    return session.scalar(
        select(Inspection).where(
            Inspection.follows_id == inspection_id, Inspection.void_reason == ""
        )
    )


def chain(session: Session, inspection: Inspection) -> list[Inspection]:
    """What it goes back to, the first inspection first, itself, and what followed it."""
    found = [inspection]
    while found[0].follows_id is not None:
        found.insert(0, session.get_one(Inspection, found[0].follows_id))
    while (later := follower(session, found[-1].id)) is not None:
        found.append(later)
    return found


def chosen(session: Session, choice: Choice, limit: int, offset: int = 0) -> Sequence[Pair]:
    """The chosen inspections, newest first, each with what follows it."""
    rows = session.execute(
        _joined(select(Inspection, _LATER), choice)
        .order_by(Inspection.day.desc(), Inspection.id.desc())
        .limit(limit)
        .offset(offset)
    )
    return [(row[0], row[1]) for row in rows]


def count(session: Session, choice: Choice) -> int:
    return session.scalar(_joined(select(func.count(Inspection.id)), choice)) or 0


def frame(session: Session, choice: Choice) -> pd.DataFrame:
    """The chosen inspections, a row each, with COLUMNS; days are dates or None."""
    own = (Inspection.day, Inspection.community_code, Inspection.domain_code, Inspection.verdict,
           Inspection.due_on)  # fmt: skip
    rows = session.execute(
        _joined(
            select(*own, Inspection.follows_id.is_not(None), _LATER.id.is_not(None)), choice
        ).order_by(Inspection.id)
    )
    return pd.DataFrame([tuple(row) for row in rows], columns=list(COLUMNS)).astype(
        {"day": object, "due_on": object, "follows": bool, "followed": bool}
    )


def photos(session: Session, inspections: Iterable[int]) -> Sequence[InspectionPhoto]:
    """The photos of these inspections, those taken off too, without what is in them."""
    return session.scalars(
        select(InspectionPhoto)
        .where(InspectionPhoto.inspection_id.in_(tuple(inspections)))
        .order_by(InspectionPhoto.id)
    ).all()


def photo_counts(session: Session) -> dict[int, int]:
    """Inspection → how many photos it shows, where it shows any."""
    rows = session.execute(
        select(InspectionPhoto.inspection_id, func.count())
        .where(InspectionPhoto.shown)
        .group_by(InspectionPhoto.inspection_id)
    )
    return dict(rows.all())


def photo(session: Session, photo_id: int) -> InspectionPhoto | None:
    return session.get(InspectionPhoto, photo_id)


def picture(session: Session, photo_id: int, *, small: bool) -> bytes | None:
    """The JPEG itself."""
    column = InspectionPhoto.small if small else InspectionPhoto.image
    return session.scalar(select(column).where(InspectionPhoto.id == photo_id))


def _joined(statement: Select, choice: Choice) -> Select:
    later = and_(_LATER.follows_id == Inspection.id, _LATER.void_reason == "")
    return statement.outerjoin(_LATER, later).where(*_conditions(choice))


def _conditions(choice: Choice) -> list[ColumnElement[bool]]:
    equal = {
        Inspection.domain_code: choice.domain,
        Inspection.verdict: choice.verdict,
        Inspection.activity_id: choice.activity,
        Inspection.created_by: choice.recorded_by,
    }
    conditions = narrowed(equal, Inspection.day, choice.first, choice.last)
    conditions.append(Inspection.void_reason != "" if choice.void else Inspection.void_reason == "")
    if choice.communities:
        conditions.append(Inspection.community_code.in_(choice.communities))
    if choice.state:
        conditions.append(Inspection.verdict != QUALIFIED)
        followed = choice.state == FOLLOWED
        conditions.append(_LATER.id.is_not(None) if followed else _LATER.id.is_(None))
    if choice.state == OVERDUE:
        conditions.append(Inspection.due_on < choice.today)
    return conditions
